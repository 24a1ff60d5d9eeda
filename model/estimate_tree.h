// SPDX-License-Identifier: GPL-3.0-or-later
// A call tree from arcs. pstats and callgrind tell who calls whom, how often and for how long, but no paths; icicle and
// sunburst need paths. This is the estimate behind them, and how far it can be trusted.
//
// Method. Entries come from counts: what a function was called beyond its in-edges came from outside. A function
// outside any cycle hands its time on in proportion to its edges. Inside a cycle every edge has a budget of calls, and
// a function may be entered again inside itself while budget is left; a caller of many functions (a hub) picks those
// calls that fit its own time, by greatest entropy. The largest node is expanded first and ties keep file order, so the
// same file gives the same tree on every platform. estimate_expand.cpp holds the rules, estimate_hub.cpp the hub.
//
// What holds whatever the arcs are:
//   - Σ self over the tree = Σ self of the function table, to the last bit: every time in the tree is a multiple of the
//     last binary digit of that sum, so that sums of them are exact and independent of their order;
//   - self ≥ 0, and no node exceeds its in-edge's total; the calls of an edge inside a cycle never exceed the file's;
//   - children below the cut stay in the sum as one "(N smaller)" node, and what the entries leave over is one
//     "(unattributed)" node;
//   - zooming in splits such a node and changes no node that was shown.
//
// Limits. Every node has an interval [lo, hi] that follows from the arcs alone; where it closes the node is exact.
// Elsewhere the shown time is a guess: good near the root and where recursion is simple, poor below the third nested
// import, in recursive descent and in symbolic algebra, where the arcs do not say which call led to which. Dialects
// that lost numbers, counts without times and samples (ArcDialect) never give an exact node.
#pragma once

#include "model/call_tree.h"
#include "model/profile.h"
#include "model/progress.h"
#include "model/result.h"

#include <cstdint>
#include <memory>

namespace sundial
{

namespace estimate
{
class GrowingTree;
}

class EstimatedTree;
using EstimatedTreePtr = std::shared_ptr<const EstimatedTree>;

struct EstimateOptions {
    double cutFraction = 1.0 / 20'000; ///< Of the root that is drawn: smaller nodes are folded.
    std::uint32_t nodeLimit = 60'000;  ///< Nodes that one call may add; what is beyond stays folded.
};

/// An estimated call tree and what is needed to look closer. Immutable: any thread may read it, zoom it, re-root it.
/// It keeps no reference to the profile.
class EstimatedTree
{
public:
    /// Depth first, with one column in the unit of the profile's first metric and an estimate(). Children stand by
    /// total descending, ties in file order, a folded node last.
    const CallTree& tree() const { return m_tree; }

    /// The same tree with the children below `z` that were folded for being small against the whole, but are not small
    /// against `z`. Shown nodes keep their numbers. Each zoom continues the budgets of the tree it starts from, so the
    /// result depends on the file and the chain of zooms alone. Errors: Cancelled.
    Result<EstimatedTreePtr> zoomedTo(NodeId z, Progress& progress) const;

    /// The tree below one function, wherever it is called: the root holds its total, with all budgets unspent.
    /// Errors: Cancelled.
    Result<EstimatedTreePtr> rootedAt(FrameId function, Progress& progress) const;

private:
    friend Result<EstimatedTreePtr> estimateTree(const Profile&, const Components&, const EstimateOptions&, Progress&);
    struct State;
    static Result<EstimatedTreePtr> grown(estimate::GrowingTree tree, std::uint32_t top, const EstimateOptions& options,
                                          Progress& progress);
    explicit EstimatedTree(State state);

    std::shared_ptr<const State> m_state;
    CallTree m_tree;
};

/// Estimates the tree of a profile's arcs. Errors: NoData if there are no arcs, Cancelled. Linear in functions and
/// edges, then bounded by the node limit, whatever the cycles.
Result<EstimatedTreePtr> estimateTree(const Profile& profile, const EstimateOptions& options, Progress& progress);

/// The same where the strongly connected components of the profile's arcs are known already.
Result<EstimatedTreePtr> estimateTree(const Profile& profile, const Components& components,
                                      const EstimateOptions& options, Progress& progress);

/// Where `n` of one tree stands in another tree of the same profile (zoomed in or out, another cut): the node with the
/// same path, or its nearest ancestor that is there. O(depth · children).
NodeId samePlace(const CallTree& from, NodeId n, const CallTree& to);

} // namespace sundial
