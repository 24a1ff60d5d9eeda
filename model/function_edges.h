// SPDX-License-Identifier: GPL-3.0-or-later
// Who calls a function and where its total goes, in numbers that add up.
#pragma once

#include "model/call_graph.h"

#include <vector>

namespace sundial
{

/// Edges of one function, largest total first (then most calls, then file order); those inside a recursion at the end,
/// since they keep their own recursion level and do not add up with the others.
struct FunctionEdges {
    std::vector<EdgeId> edges;
    std::size_t outside = 0; ///< How many of them, from the front, are outside any recursion.
};
FunctionEdges callersOf(const CallGraph& graph, const Components& components, FrameId function);
FunctionEdges calleesOf(const CallGraph& graph, const Components& components, FrameId function);

/// A function's total, taken apart: self + Σ callees outside its recursion + rest = whole.
struct TotalSplit {
    double whole = 0; ///< The total; more if the edges of a damaged or merged file say so.
    double self = 0;
    std::vector<EdgeId> callees; ///< Largest first.
    double rest = 0;             ///< Inside its recursion, or in callees that the file does not tell.
    bool isRecursive = false;
};
TotalSplit splitTotal(const CallGraph& graph, const Components& components, FrameId function);

} // namespace sundial
