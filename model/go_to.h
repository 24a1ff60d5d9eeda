// SPDX-License-Identifier: GPL-3.0-or-later
// Where a reader means to go who types part of a name, or a file and a line.
#pragma once

#include "model/analysis.h"

#include <string_view>
#include <vector>

namespace sundial
{

/// Functions whose names have the letters of `text` in this order, best fit first, ties by total; at most `most`.
/// O(functions · length of names).
std::vector<FrameId> functionsLike(const Analysis& analysis, std::string_view text, std::size_t most);

/// "report.py:30": for each file whose path contains the part before the last colon, the function that this line
/// belongs to: the last one that is defined there or above, else the file's first. Without a line: the function that
/// holds most itself. Files with the largest self first; at most `most`. Letter case is ignored for ASCII. O(functions
/// + bytes of all paths).
std::vector<FrameId> functionsAt(const Analysis& analysis, std::string_view place, std::size_t most);

} // namespace sundial
