// SPDX-License-Identifier: GPL-3.0-or-later
// What a function could be matched with by hand: the likeliest functions of the other side.
#pragma once

#include "model/diff.h"

#include <vector>

namespace sundial
{

struct MatchCandidate {
    FrameId row;         ///< Whose function of the other side is meant.
    double likeness = 0; ///< 0…1: how alike callers, callees and calls are.
};

/// Partners for the function that `row` has before (`isBefore`) or after: those of the other side that have none yet,
/// and those of its own name. Likeliest first, at most `most`. O(functions + edges of the candidates).
std::vector<MatchCandidate> matchCandidates(const Comparison& comparison, FrameId row, bool isBefore,
                                            std::size_t most = 8);

} // namespace sundial
