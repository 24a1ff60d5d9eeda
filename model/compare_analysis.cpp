// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/compare_analysis.h"

#include "model/graph_prune.h"
#include "model/memory_guard.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sundial
{

namespace
{

constexpr std::array kSteps{0.004, 0.02, 0.06, 0.12}; // of the before total

RunSet runSetOf(const ComparedSide& side)
{
    std::vector<Run> runs;
    for (const AnalysisPtr& run : side.runs)
        runs.push_back(wholeRun(run->profile, run->metric));
    return makeRunSet(runs);
}

/// The tree of the only run, or that of the mean of several.
Result<SideTree> treeOf(const ComparedSide& side, const RunSet& set, Progress& progress)
{
    if (side.runs.size() > 1)
        return treeOf(set, progress);
    return SideTree{side.runs.front()->tree, side.runs.front()->metric};
}

template <class Combine>
CallTree::ColumnPtr combined(const TreeTopology& topology, const WeightColumn& before, const WeightColumn& after,
                             Combine combine)
{
    std::vector<double> self(before.self.size());
    for (std::size_t n = 0; n < self.size(); ++n)
        self[n] = combine(before.self[n], after.self[n]);
    return std::make_shared<const WeightColumn>(makeWeightColumn(topology, std::move(self)));
}

/// By node: its change where its function's is one, so that a sum over a subtree tells changes from noise.
CallTree::ColumnPtr movedColumn(const CompareAnalysis& info, const CallTree& tree)
{
    std::vector<double> self(tree.size(), 0);
    for (std::uint32_t n = 1; n < tree.size(); ++n) {
        const FrameId row = tree.frame(NodeId{n});
        if (row && info.noise.isBeyond(row))
            self[n] = info.deltaSelf(NodeId{n});
    }
    return std::make_shared<const WeightColumn>(makeWeightColumn(*tree.topology(), std::move(self)));
}

/// A profile that holds the union's frames and names its four columns.
ProfilePtr unionProfile(const Comparison& comparison, const CallTree& tree)
{
    Profile profile;
    profile.formatId = "comparison";
    for (std::uint32_t f = 0; f < comparison.size(); ++f) {
        const FrameTable& from = comparison.frames.frames;
        FrameKey key = from.key(FrameId{f});
        key.name = profile.frames.strings().intern(from.name(FrameId{f}));
        key.file = profile.frames.strings().intern(from.file(FrameId{f}));
        profile.frames.append(key);
    }
    const Metric& metric = comparison.metric;
    for (const auto& [id, title] : {std::pair{"before", "Before"}, std::pair{"after", "After"},
                                    std::pair{"larger", "Larger of both"}, std::pair{"change", "Change"}})
        profile.metrics.push_back({id, title, metric.unit, metric.kind, metric.unitText});
    profile.origin = TreeOrigin::Exact;
    profile.lanes.push_back({.name = "all"});
    profile.tree = tree;
    profile.warnings = comparison.notes;
    return std::make_shared<const Profile>(std::move(profile));
}

} // namespace

int CompareAnalysis::step(double delta) const
{
    const double total = comparison->before.total > 0 ? comparison->before.total : comparison->after.total;
    if (total <= 0)
        return 0;
    const double fraction = std::abs(delta) / total;
    const auto steps = int(std::upper_bound(kSteps.begin(), kSteps.end(), fraction) - kSteps.begin());
    return delta < 0 ? -steps : steps;
}

bool CompareAnalysis::isBeyond(NodeId n) const
{
    if (n.value == 0 && noise.totalBeyond)
        return true;
    const int shown = step(deltaTotal(n));
    return shown != 0 && shown * step(moved->total[n.value]) > 0;
}

bool CompareAnalysis::isTotalBeyond(FrameId row) const
{
    return sundial::isTotalBeyond(*comparison, noise, row);
}

Result<SideTree> treeOf(const RunSet& side, Progress& progress)
{
    if (!side.tree.isEmpty() || side.profile->origin != TreeOrigin::Estimated)
        return SideTree{side.tree, side.metric};
    Result<EstimatedTreePtr> estimate = withinMemory([&] { return estimateTree(*side.profile, {}, progress); });
    if (estimate)
        return SideTree{(*estimate)->tree(), side.metric};
    if (estimate.error().kind == ErrorKind::Cancelled || estimate.error().kind == ErrorKind::TooLarge)
        return estimate.error();
    return SideTree{{}, side.metric};
}

AnalysisPtr joinSides(JudgedSides sides, CompareWidth width)
{
    auto info = std::make_shared<CompareAnalysis>();
    info->comparison = std::move(sides.comparison);
    const Comparison& comparison = *info->comparison;
    const CallGraph change = changeOf(comparison.before.graph, comparison.after.graph);
    info->change = sizesOf(change);
    info->edgeDelta = edgeTotals(change);
    info->noise = std::move(sides.noise);
    info->verdict = std::move(sides.verdict);
    info->beforeName = std::move(sides.beforeName);
    info->afterName = std::move(sides.afterName);
    info->beforeRuns = std::move(sides.beforeRuns);
    info->afterRuns = std::move(sides.afterRuns);
    info->options = std::move(sides.options);

    DiffTree tree = diffTree(comparison, sides.before.tree, sides.before.metric, sides.after.tree, sides.after.metric);
    info->beforeNode = std::move(tree.before);
    info->afterNode = std::move(tree.after);
    info->before = tree.tree.columns()[kBeforeColumn.value];
    info->after = tree.tree.columns()[kAfterColumn.value];
    info->moved = movedColumn(*info, tree.tree);
    const CallTree::TopologyPtr& topology = tree.tree.topology();
    const CallTree whole(
        topology,
        {info->before, info->after,
         combined(*topology, *info->before, *info->after, [](double b, double a) { return std::max(b, a); }),
         combined(*topology, *info->before, *info->after, [](double b, double a) { return std::abs(a - b); })},
        tree.tree.estimate());

    auto analysis = std::make_shared<Analysis>();
    analysis->profile = unionProfile(comparison, whole);
    if (!info->beforeRuns.empty())
        analysis->names = std::make_shared<const NameIndex>(analysis->frames());
    analysis->tree = whole;
    analysis->comparison = std::move(info);
    return withWidth(analysis, width);
}

Result<AnalysisPtr> compareRuns(const Run& before, const Run& after, CompareWidth width, Progress& progress)
{
    const RunSet beforeSet = makeRunSet({&before, 1}), afterSet = makeRunSet({&after, 1});
    Result<SideTree> beforeTree = treeOf(beforeSet, progress);
    if (!beforeTree)
        return beforeTree.error();
    Result<SideTree> afterTree = treeOf(afterSet, progress);
    if (!afterTree)
        return afterTree.error();
    JudgedSides sides{.comparison = compare(beforeSet, afterSet),
                      .noise = {},
                      .verdict = {},
                      .options = {},
                      .before = std::move(*beforeTree),
                      .after = std::move(*afterTree),
                      .beforeName = {},
                      .afterName = {}};
    sides.noise = measureNoise(*sides.comparison);
    sides.verdict = judge(*sides.comparison, sides.noise);
    return joinSides(std::move(sides), width);
}

Result<AnalysisPtr> analyseComparison(const ComparedSide& before, const ComparedSide& after,
                                      const CompareOptions& options, CompareWidth width, Progress& progress)
{
    const RunSet beforeSet = runSetOf(before), afterSet = runSetOf(after);
    JudgedSides sides{.comparison = compare(beforeSet, afterSet, options),
                      .noise = {},
                      .verdict = {},
                      .options = options,
                      .before = {},
                      .after = {},
                      .beforeName = before.name,
                      .afterName = after.name,
                      .beforeRuns = before.runs,
                      .afterRuns = after.runs};
    for (const bool isBefore : {true, false}) {
        Result<SideTree> tree = isBefore ? treeOf(before, beforeSet, progress) : treeOf(after, afterSet, progress);
        if (!tree)
            return tree.error();
        (isBefore ? sides.before : sides.after) = std::move(*tree);
    }
    sides.noise = measureNoise(*sides.comparison);
    sides.verdict = judge(*sides.comparison, sides.noise);
    if (progress.isCancelled())
        return Error{ErrorKind::Cancelled, {}};
    return joinSides(std::move(sides), width);
}

std::vector<Metric> commonMetrics(const CompareAnalysis& comparison)
{
    const auto has = [](const std::vector<AnalysisPtr>& runs, const std::string& id) {
        return std::all_of(runs.begin(), runs.end(),
                           [&id](const AnalysisPtr& run) { return findMetric(*run->profile, id); });
    };
    std::vector<Metric> common;
    for (const Metric& metric : comparison.beforeRuns.front()->profile->metrics) {
        if (has(comparison.beforeRuns, metric.id) && has(comparison.afterRuns, metric.id))
            common.push_back(metric);
    }
    return common;
}

Result<std::vector<AnalysisPtr>> throughMetric(const std::vector<AnalysisPtr>& runs, const std::string& metric,
                                               Progress& progress)
{
    std::vector<AnalysisPtr> result;
    for (const AnalysisPtr& run : runs) {
        const MetricId id = findMetric(*run->profile, metric);
        if (!id || id == run->metric) {
            result.push_back(run);
            continue;
        }
        Result<AnalysisPtr> other = analyse(run->profile, id, progress);
        if (!other)
            return other.error();
        result.push_back(std::move(*other));
    }
    return result;
}

AnalysisPtr withWidth(const AnalysisPtr& comparison, CompareWidth width)
{
    auto analysis = std::make_shared<Analysis>(*comparison);
    const Comparison& sides = *comparison->comparison->comparison;
    analysis->metric = MetricId{std::uint32_t(width)};
    const bool isOfOneSide = width == CompareWidth::Before || width == CompareWidth::After;
    const bool hasModules = !analysis->modules.modules.empty();
    if (!isOfOneSide || !hasModules)
        analysis->graph = sumOf(sides.before.graph, sides.after.graph);
    if (!hasModules) // a module keeps its rank, and so its hue, whatever the width
        analysis->modules = moduleTable(analysis->frames(), analysis->functions());
    if (isOfOneSide)
        analysis->graph = (width == CompareWidth::Before ? sides.before : sides.after).graph;
    analysis->total = analysis->tree.isEmpty() ? 0 : analysis->tree.total(analysis->metric, NodeId{0});
    return analysis;
}

} // namespace sundial
