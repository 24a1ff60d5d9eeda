// SPDX-License-Identifier: GPL-3.0-or-later
// How well typed letters fit a name: for the command palette.
#pragma once

#include <optional>
#include <string_view>

namespace sundial
{

/// A score for `pattern` as a subsequence of `text`, ASCII case ignored; none if it is not one. Letters that begin a
/// word or follow each other count more, gaps and long texts less. O(|text|).
std::optional<int> fuzzyScore(std::string_view pattern, std::string_view text);

} // namespace sundial
