// SPDX-License-Identifier: GPL-3.0-or-later
// Both sides of one function: the trees of its callers and of its callees, to be drawn one above the other.
#pragma once

#include "model/analysis.h"

namespace sundial
{

/// Each side is an analysis of the same profile, metric and options whose root holds the function's total and has the
/// function as its only child. Only what trees need is filled; table and graph are empty. Both trees are empty where
/// the function stands in no stack that is shown.
struct Sandwich {
    FrameId function;
    AnalysisPtr callers; ///< From the function up: a node's children are its callers.
    AnalysisPtr callees; ///< From the function down.

    bool isEmpty() const { return callees->tree.size() < 2; }
    double total() const { return callees->shownTotal(); }
};

/// Of an analysis with an exact tree. For a worker: O(nodes + frames above the function's calls). Where these are too
/// many for memory, the outermost callers are left out.
Sandwich sandwich(const Analysis& analysis, FrameId function);

} // namespace sundial
