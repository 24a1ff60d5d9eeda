// SPDX-License-Identifier: GPL-3.0-or-later
// How the writers of collapsed stacks put a frame into text.
#pragma once

#include "model/frame_table.h"

#include <string_view>

namespace sundial::collapsed
{

struct FrameText {
    std::string_view name{};
    std::string_view file{};
    std::uint32_t line = 0; ///< The one that was running; 0: not told.
    FrameKind kind = FrameKind::Python;
};

/// "name (file:line)" as py-spy writes it, "py::name:file" of Python's perf trampoline, and names with perf's suffixes:
/// _[k] kernel, _[j] compiled at run time, _[i] inlined, _[w] waker, which stay in the name. Any other text is all
/// name.
FrameText splitFrame(std::string_view text);
/// "file:name:line", as Austin and Python's own sampling profiler write it. The file may hold colons.
FrameText splitFileNameLine(std::string_view text);

} // namespace sundial::collapsed
