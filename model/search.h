// SPDX-License-Identifier: GPL-3.0-or-later
// Search text → the functions that match, and how much of the total they hold.
#pragma once

#include "model/analysis.h"

#include <string_view>
#include <vector>

namespace sundial
{

struct SearchResult {
    std::vector<bool> matches; ///< By FrameId; empty if there is no search.
    std::uint32_t count = 0;
    double total = 0; ///< Weight of all stacks with a match in them, each counted once, in the metric's unit.
    bool isActive() const { return !matches.empty(); }
    bool contains(FrameId f) const { return f && f.value < matches.size() && matches[f.value]; }
};

/// Frames whose "file:line(name)" contains `text`, by FrameId; letter case is ignored for ASCII unless `text` has a
/// capital. All of them if `text` is empty. O(bytes of all names).
std::vector<bool> framesContaining(const Analysis& analysis, std::string_view text);
/// These frames, and what they hold. An empty text is no search. O(bytes of all names + nodes).
SearchResult search(const Analysis& analysis, std::string_view text);
/// The name most like `text` by common letter pairs, for "no function contains …"; none if nothing is close.
FrameId nearestName(const Analysis& analysis, std::string_view text);

} // namespace sundial
