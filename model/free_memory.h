// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that was freed, back to the system.
#pragma once

namespace sundial
{

/// Gives back what the C library keeps of freed memory; without it a window that held a gigabyte stays that large.
/// Walks the heaps: milliseconds a gigabyte, so not on the UI thread.
void returnFreeMemory();

} // namespace sundial
