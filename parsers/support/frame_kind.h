// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of code a frame is, where a file tells only names.
#pragma once

#include "model/frame_table.h"

#include <string_view>

namespace sundial
{

/// Native for addresses and for code in shared objects, Other for entries that stand for a thread or process, else
/// Python.
FrameKind guessFrameKind(std::string_view name, std::string_view file);

} // namespace sundial
