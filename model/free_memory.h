// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that was freed, back to the system.
#pragma once

namespace sundial
{

/// Gives back what the C library keeps of freed memory; without it a window that held a gigabyte stays that large.
/// Walks the heaps: milliseconds a gigabyte, so not on the UI thread.
void returnFreeMemory();

/// At the start of a program: blocks from 256 KiB on are mapped one by one, so that each goes back to the system as it is
/// freed. Left alone, the C library raises that bound to 32 MiB as it sees such blocks freed, and columns that grow leave
/// holes in its heap: a sixth of the peak memory of a large load.
void mapLargeBlocks();

} // namespace sundial
