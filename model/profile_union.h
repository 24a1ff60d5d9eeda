// SPDX-License-Identifier: GPL-3.0-or-later
// Lays two profiles over each other: one table of frames, one tree of paths, and for each side where its own frames
// and nodes stand in them. The ground of comparisons and of means over several runs.
#pragma once

#include "model/function_identity.h"
#include "model/profile.h"

#include <span>
#include <vector>

namespace sundial
{

/// Row i of `frames` is match i: the frames of before in their order, then what is new. Text is that of the after side
/// where there is one.
struct FrameUnion {
    FrameTable frames;
    std::vector<FrameId> ofBefore; ///< By frame of before: its row. The first rows, in order.
    std::vector<FrameId> ofAfter;  ///< By frame of after.
};
FrameUnion uniteFrames(const FrameTable& before, const FrameTable& after, std::span<const FrameMatch> matches);

/// `graph` with its frames renumbered by `rows`, in a table of `rowCount`, and every weight multiplied by `scale`.
CallGraph onUnion(const CallGraph& graph, std::span<const FrameId> rows, std::uint32_t rowCount, double scale = 1);

/// The sum of two graphs over the same frames; calls that one of them does not know stay unknown. O(edges).
CallGraph sumOf(const CallGraph& x, const CallGraph& y);
/// What y has more than x in every weight, below zero where it has less; edges are numbered as sumOf() does.
CallGraph changeOf(const CallGraph& x, const CallGraph& y);
/// `graph` without signs.
CallGraph sizesOf(const CallGraph& graph);

/// Every path of either tree once: children of before in their order, then what only after has. Folded and unattributed
/// nodes of estimated trees are joined with their like.
struct TreeUnion {
    CallTree::TopologyPtr topology;
    std::vector<NodeId> before, after; ///< By node of the union: the node of each side, or none.
    /// The weights of one side along the union, each multiplied by `scale`.
    CallTree::ColumnPtr column(const CallTree& side, MetricId metric, const std::vector<NodeId>& nodes,
                               double scale = 1) const;
    /// What is known of the nodes, where one of the sides is estimated: the hull of both intervals. Else null.
    CallTree::EstimatePtr estimate(const CallTree& beforeTree, const CallTree& afterTree) const;
};
/// O(nodes), without hashing.
TreeUnion uniteTrees(const CallTree& before, const CallTree& after, const FrameUnion& frames);

} // namespace sundial
