// SPDX-License-Identifier: GPL-3.0-or-later
// The names that views write: C functions without the words that the interpreter wraps around them.
#pragma once

#include "model/frame_table.h"

#include <string>

namespace sundial
{

/// A frame's name as pictures and tables show it. "<built-in method builtins.len>" is "len", "<method 'append' of
/// 'list' objects>" is "list.append", "<built-in method __new__ of type object at 0x7f…>" is "type.__new__", and perf's
/// "vfs_read_[k]" is "vfs_read"; all other names are as the file has them. Two different C functions may share one: the
/// full name belongs into tooltips and copies.
std::string frameName(const FrameTable& frames, FrameId frame);

/// "shop/report.py:30" or "built-in": frameLocation without what is the same for every reader (see shortPath).
std::string shortLocation(const FrameTable& frames, FrameId frame);

} // namespace sundial
