// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis.h"

#include "model/helper_thread.h"
#include "model/invert.h"
#include "model/memory_guard.h"

#include <algorithm>
#include <iterator>

namespace sundial
{

namespace
{

constexpr std::uint64_t kMostInvertedNodes = 20'000'000; // where stacks are deep, not all callers fit into memory

/// How deep a bottom-up tree may be, so that its size stays bounded.
std::uint32_t invertedDepth(const CallTree& tree, MetricId metric)
{
    std::uint64_t leaves = 0;
    std::uint64_t frames = 0;
    for (std::uint32_t n = 0; n < tree.size(); ++n) {
        if (tree.self(metric, NodeId{n}) > 0) {
            ++leaves;
            frames += tree.depth(NodeId{n});
        }
    }
    return frames <= kMostInvertedNodes ? UINT32_MAX
                                        : std::uint32_t(std::max<std::uint64_t>(kMostInvertedNodes / leaves, 2));
}

/// The steps that change what a function holds. Folding recursion changes pictures alone: a table counts a recursive
/// function once in any case, and the self of the folded calls is still its own.
std::vector<FilterStep> tableSteps(const std::vector<FilterStep>& steps)
{
    std::vector<FilterStep> kept;
    std::copy_if(steps.begin(), steps.end(), std::back_inserter(kept),
                 [](const FilterStep& step) { return step.kind != FilterKind::FoldRecursion; });
    return kept;
}

void findComponents(Analysis& analysis)
{
    analysis.components = std::make_shared<const Components>(stronglyConnectedComponents(analysis.graph));
}

/// Leaves of an exact analysis of the whole profile what the options ask for.
void narrowExact(Analysis& analysis)
{
    const Profile& profile = *analysis.profile;
    const AnalysisOptions& options = analysis.options;
    const CallTree whole = weighedTree(profile, analysis.metric, options);
    analysis.total = whole.total(analysis.metric, NodeId{0});
    const std::vector<FilterStep> forTable = tableSteps(options.filters);
    CallTree tree = filtered(whole, forTable, profile.frames, analysis.modules, &analysis.pathOf);
    if (options.range || options.allocator || !options.lanes.empty() || !forTable.empty()) {
        analysis.graph =
            callGraph(tree, analysis.metric, profile.frames.size(), blocksMetric(profile, analysis.metric));
        findComponents(analysis);
        refreshSelf(analysis.modules, analysis.functions());
    }
    if (forTable.size() != options.filters.size())
        tree = filtered(whole, options.filters, profile.frames, analysis.modules, &analysis.pathOf);
    analysis.tree = options.inverted ? invert(tree, invertedDepth(tree, analysis.metric)) : tree;
    analysis.paths = std::move(tree);
}

/// An estimate folds what is small against the whole. Where steps ask for the stacks of a function that stands nowhere
/// in it, they find a tree of its own, which starts with it.
void lookInsideFolds(Analysis& analysis, Progress& progress)
{
    for (const FilterStep& step : analysis.options.filters) {
        const bool asksForOne = step.kind == FilterKind::Focus || step.kind == FilterKind::ShowFrom;
        if (!asksForOne || step.scope != FilterScope::Function || !analysis.estimate)
            continue;
        const std::vector<FrameId>& shown = analysis.tree.topology()->frame;
        if (std::find(shown.begin(), shown.end(), step.frame) != shown.end())
            continue;
        if (const Result<EstimatedTreePtr> own = analysis.estimate->rootedAt(step.frame, progress))
            analysis.tree = (*own)->tree();
        return;
    }
}

void narrowEstimated(Analysis& analysis, Progress& progress)
{
    lookInsideFolds(analysis, progress);
    analysis.tree = filtered(analysis.tree, analysis.options.filters, analysis.profile->frames, analysis.modules);
    if (!analysis.options.filters.empty())
        analysis.estimate.reset();
}

/// What the names of a profile tell, whatever its tree.
struct Naming {
    ModuleTable modules;
    HidableFrames hidable;
    std::shared_ptr<const NameIndex> names;
};
Naming lookAtNames(const FrameTable& frames, const FunctionTable& functions)
{
    return {moduleTable(frames, functions), hidableFrames(frames), std::make_shared<const NameIndex>(frames)};
}

Result<AnalysisPtr> makeAnalysis(ProfilePtr profile, MetricId metric, const AnalysisOptions& options,
                                 Progress& progress)
{
    auto analysis = std::make_shared<Analysis>();
    analysis->profile = std::move(profile);
    const Profile& source = *analysis->profile;
    analysis->metric = metric;
    analysis->graph = callGraph(source, metric);
    // Of an estimated tree, names take a third as long as the tree: a second thread looks at them meanwhile.
    std::future<Naming> naming =
        std::async(kHelperThread, [&] { return lookAtNames(source.frames, analysis->functions()); });
    findComponents(*analysis);
    if (progress.isCancelled())
        return Error{ErrorKind::Cancelled, {}};
    analysis->total = source.total(metric);
    analysis->tree = source.tree;
    if (source.origin == TreeOrigin::Exact)
        analysis->paths = source.tree;
    if (source.origin == TreeOrigin::Estimated) {
        Result<EstimatedTreePtr> estimate = estimateTree(source, *analysis->components, {}, progress);
        if (!estimate && estimate.error().kind == ErrorKind::Cancelled)
            return estimate.error();
        if (estimate) {
            analysis->estimate = *estimate;
            analysis->tree = analysis->estimate->tree();
        }
    }
    Naming found = naming.get();
    analysis->modules = std::move(found.modules);
    analysis->hidable = std::move(found.hidable);
    analysis->names = std::move(found.names);
    analysis->notes = profileNotes(*analysis);
    analysis->options = options;
    if (options != AnalysisOptions())
        source.origin == TreeOrigin::Exact ? narrowExact(*analysis) : narrowEstimated(*analysis, progress);
    if (progress.isCancelled())
        return Error{ErrorKind::Cancelled, {}};
    return AnalysisPtr(std::move(analysis));
}

} // namespace

CallTree weighedTree(const Profile& profile, MetricId metric, const AnalysisOptions& options)
{
    if (const std::optional<MemoryRange> range = memoryRange(options))
        return memoryRangeTree(profile, *range, options.lanes, options.allocator);
    if (options.allocator && profile.memory)
        return memoryTree(profile, options.lanes, options.allocator);
    const std::optional<TimeRange> range = timeRange(options);
    if (range && options.lanes.empty())
        return selectSamples(profile, timeScale(profile, metric).lanes, range);
    return options.lanes.empty() ? profile.tree : selectSamples(profile, options.lanes, range);
}

std::optional<TimeRange> timeRange(const AnalysisOptions& options)
{
    const TimeRange* const range = options.range ? std::get_if<TimeRange>(&options.range->of) : nullptr;
    return range ? std::optional(*range) : std::nullopt;
}

std::optional<MemoryRange> memoryRange(const AnalysisOptions& options)
{
    const MemoryRange* const range = options.range ? std::get_if<MemoryRange>(&options.range->of) : nullptr;
    return range ? std::optional(*range) : std::nullopt;
}

Result<AnalysisPtr> analyse(ProfilePtr profile, MetricId metric, Progress& progress)
{
    return analyse(std::move(profile), metric, {}, progress);
}

Result<AnalysisPtr> analyse(ProfilePtr profile, MetricId metric, const AnalysisOptions& options, Progress& progress)
{
    return withinMemory([&] { return makeAnalysis(std::move(profile), metric, options, progress); });
}

Result<ExpandedAnalysis> expanded(const AnalysisPtr& analysis, NodeId node, Progress& progress)
{
    return withinMemory([&]() -> Result<ExpandedAnalysis> {
        Result<EstimatedTreePtr> estimate = analysis->estimate->zoomedTo(node, progress);
        if (!estimate)
            return estimate.error();
        auto result = std::make_shared<Analysis>(*analysis);
        result->estimate = *estimate;
        result->tree = result->estimate->tree();
        const NodeId place = samePlace(analysis->tree, node, result->tree);
        return ExpandedAnalysis{std::move(result), place};
    });
}

} // namespace sundial
