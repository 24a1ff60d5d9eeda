// SPDX-License-Identifier: GPL-3.0-or-later
// Which functions of a profile begin in which lines of a source file.
#pragma once

#include "model/analysis.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace sundial
{

struct SourceMark {
    std::uint32_t line = 0;         ///< From 1.
    std::vector<FrameId> functions; ///< Largest total first, ties in file order.
};

/// The functions whose file is that of `function`, by line. Formats that tell no line of definition (samplers know the
/// line that ran) get that of the only `def` with their name in `text`, and no mark if there are several or none.
/// O(functions + text).
std::vector<SourceMark> sourceMarks(const Analysis& analysis, FrameId function, std::string_view text);

/// The mark that holds `function`, or null.
const SourceMark* markOf(const std::vector<SourceMark>& marks, FrameId function);

} // namespace sundial
