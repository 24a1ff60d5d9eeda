// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison in the shape of an analysis: one tree, one table, one graph over both sides, so that every view can
// show it.
#pragma once

#include "model/analysis.h"
#include "model/diff.h"
#include "model/noise.h"
#include "model/verdict.h"

namespace sundial
{

/// The metrics of a comparison's analysis: what gives boxes their widths.
enum class CompareWidth : std::uint8_t {
    Before,
    After,
    Larger, ///< Σ over the subtree of the larger self: room for what vanished and for what came.
    Change, ///< Σ |Δ self|: only what moved has a width.
};

/// What a comparison knows beyond an analysis.
struct CompareAnalysis {
    ComparisonPtr comparison;
    Noise noise;
    Verdict verdict;
    std::vector<NodeId> beforeNode, afterNode; ///< By node of the union tree; none where a side lacks it.
    CallTree::ColumnPtr before, after;         ///< The weights of the sides over the union tree.
    CallTree::ColumnPtr moved;                 ///< Δ self where the node's function is outside the noise, else 0.
    CallGraph change; ///< |Δ| of every function and edge: what the call graph is reduced by. Edges as in the sum.
    std::vector<double> edgeDelta;                  ///< By edge of `change`: Δ total with its sign.
    std::string beforeName, afterName;              ///< File names, for titles.
    std::vector<AnalysisPtr> beforeRuns, afterRuns; ///< Empty if it is for a picture.
    CompareOptions options;

    double deltaTotal(NodeId n) const { return after->total[n.value] - before->total[n.value]; }
    double deltaSelf(NodeId n) const { return after->self[n.value] - before->self[n.value]; }
    bool isNew(NodeId n) const { return !beforeNode[n.value]; }
    bool isRemoved(NodeId n) const { return !afterNode[n.value]; }
    /// Whether enough of the change at and below a node comes from functions outside the noise.
    bool isBeyond(NodeId n) const;
    /// Whether a function's total changed by more than noise may do.
    bool isTotalBeyond(FrameId row) const;
    /// −4…4: how much a change of `delta` is against the before total (steps at 0.4, 2, 6, 12 %); 0 is no change to
    /// speak of.
    int step(double delta) const;
};

struct ComparedSide {
    std::vector<AnalysisPtr> runs; ///< At least one, all of one metric.
    std::string name;              ///< For titles.
};

/// The tree of a side: the exact one of its run set, one estimated from its arcs, or none.
struct SideTree {
    CallTree tree;
    MetricId metric{0};
};
/// Errors: Cancelled, TooLarge.
Result<SideTree> treeOf(const RunSet& side, Progress& progress);

/// Two sides that were compared and judged.
struct JudgedSides {
    ComparisonPtr comparison;
    Noise noise;
    Verdict verdict;
    CompareOptions options;
    SideTree before, after;
    std::string beforeName, afterName; ///< For titles.
    /// For a window, where functions are searched and another metric of the runs is chosen; a picture needs none.
    std::vector<AnalysisPtr> beforeRuns{}, afterRuns{};
};
/// Joins them, without a second look at what the sides hold. About linear.
AnalysisPtr joinSides(JudgedSides sides, CompareWidth width);

/// Two runs compared, judged and joined, for a picture. Errors: Cancelled, TooLarge. About linear.
Result<AnalysisPtr> compareRuns(const Run& before, const Run& after, CompareWidth width, Progress& progress);

/// Joins two sides. The result's `comparison` is set, and its metric is `width`. Errors: Cancelled. About linear.
Result<AnalysisPtr> analyseComparison(const ComparedSide& before, const ComparedSide& after,
                                      const CompareOptions& options, CompareWidth width, Progress& progress);
/// What all runs of both sides count, as the first run has it: what can be compared. Where units differ, shares are.
std::vector<Metric> commonMetrics(const CompareAnalysis& comparison);
/// The runs of a side through another of their metrics, by its id; runs that have none stay. Errors: Cancelled.
Result<std::vector<AnalysisPtr>> throughMetric(const std::vector<AnalysisPtr>& runs, const std::string& metric,
                                               Progress& progress);
/// The same comparison with other widths. O(nodes + edges).
AnalysisPtr withWidth(const AnalysisPtr& comparison, CompareWidth width);

} // namespace sundial
