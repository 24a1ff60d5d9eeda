// SPDX-License-Identifier: GPL-3.0-or-later
// Which functions to draw if only so many may be: a ranking in which every prefix is connected.
#pragma once

#include "model/call_graph.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sundial
{

struct ExplainOrder {
    std::vector<FrameId> frames;    ///< Each stands behind its main caller; the first n explain most.
    std::vector<EdgeId> mainCaller; ///< By frame: the edge through which it was reached; none for an entry.
};

/// Ranks the functions of `candidates` (by frame) by how much they explain. `edgeTotals` is by edge. `entries` are
/// where to begin; if empty, functions that no candidate calls.
///
/// Every function is first put under the caller that gives it most, among those that can be reached without it (a
/// greatest spanning forest). Half of a function's value is its share of all self, where the time is spent; half is
/// its share of all totals, how it got there. The forest is then read in order of the greatest value per node: a chain
/// of plain callers is worth showing if what it leads to is (Horn 1972: the best order under "parents first").
/// O(functions · log + edges · log).
ExplainOrder explainOrder(const CallGraph& graph, std::span<const double> edgeTotals,
                          const std::vector<bool>& candidates, std::span<const FrameId> entries);

} // namespace sundial
