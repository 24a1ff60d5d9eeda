// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/run_set.h"

#include "model/profile_union.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace sundial
{

namespace
{

CallGraph graphOf(const Run& run)
{
    return run.tree.isEmpty() ? run.profile->arcs : callGraph(run.tree, run.metric, run.profile->frames.size());
}

/// What one sample of a sampled metric weighs: 1 where samples are counted, else the mean weight of the samples, or
/// the least weight of a node if the file kept sums only.
double weightOfSample(const Run& run, const CallGraph& graph)
{
    const Metric& info = run.profile->metrics[run.metric.value];
    if (info.unit == Unit::Samples)
        return 1;
    if (info.kind != NumberKind::Sampled && !graph.dialect().sampled)
        return 0;
    if (const std::size_t samples = run.profile->samples.size(); samples > 0)
        return run.profile->total(run.metric) / double(samples);
    double least = 0;
    const auto consider = [&least](double self) {
        if (self > 0 && (least == 0 || self < least))
            least = self;
    };
    for (std::uint32_t i = 0; i < run.tree.size(); ++i)
        consider(run.tree.self(run.metric, NodeId{i}));
    if (run.tree.isEmpty())
        std::for_each(graph.functions().self.begin(), graph.functions().self.end(), consider);
    return least;
}

/// The sum of runs, growing by one run at a time. Frames keep their numbers while it grows.
class RunSum
{
public:
    void add(const Run& run)
    {
        const CallGraph graph = graphOf(run);
        const FrameTable& own = run.profile->frames;
        FrameUnion frames = uniteFrames(m_frames, own, matchFunctions({m_frames, m_graph}, {own, graph}));
        const std::uint32_t rows = frames.frames.size();
        CallGraph addend = onUnion(graph, frames.ofAfter, rows);
        m_selfOfRun.push_back(addend.functions().self);
        m_callsOfRun.push_back(addend.functions().calls);
        m_graph = m_runs == 0 ? std::move(addend) : sumOf(onUnion(m_graph, frames.ofBefore, rows), addend);
        m_allExact = m_allExact && !run.tree.isEmpty();
        if (m_allExact)
            addTree(run.tree, run.metric, frames);
        m_frames = std::move(frames.frames);
        ++m_runs;
    }

    /// The mean over the runs. Call once.
    void finish(RunSet& set, const Run& first)
    {
        const std::uint32_t rows = m_frames.size();
        for (std::vector<double>& self : m_selfOfRun)
            self.resize(rows, 0);
        for (std::vector<std::int64_t>& calls : m_callsOfRun)
            calls.resize(rows, 0);
        set.steadyCalls.resize(rows);
        std::vector<FrameId> same(rows);
        for (std::uint32_t i = 0; i < rows; ++i) {
            same[i] = FrameId{i};
            set.steadyCalls[i] = std::all_of(m_callsOfRun.begin(), m_callsOfRun.end(), [&](const auto& calls) {
                return calls[i] == m_callsOfRun.front()[i];
            });
        }
        const double share = 1.0 / m_runs;
        set.graph = withMeanCalls(onUnion(m_graph, same, rows, share));
        set.selfOfRun = std::move(m_selfOfRun);

        Profile mean;
        mean.formatId = first.profile->formatId;
        mean.producer = first.profile->producer;
        mean.metrics = {first.profile->metrics[first.metric.value]};
        mean.frames = std::move(m_frames);
        mean.origin = m_allExact ? TreeOrigin::Exact : TreeOrigin::Estimated;
        if (m_allExact) {
            std::vector<double> self = m_tree.columns()[0]->self;
            for (double& weight : self)
                weight *= share;
            mean.tree =
                CallTree(m_tree.topology(),
                         {std::make_shared<const WeightColumn>(makeWeightColumn(*m_tree.topology(), std::move(self)))});
        } else {
            mean.arcs = set.graph;
        }
        mean.lanes = {Lane{.name = "all"}};
        mean.lanes[0].total = mean.total(MetricId{0});
        set.tree = mean.tree;
        set.profile = std::make_shared<const Profile>(std::move(mean));
    }

private:
    void addTree(const CallTree& tree, MetricId metric, const FrameUnion& frames)
    {
        const TreeUnion both = uniteTrees(m_tree, tree, frames);
        std::vector<double> self = both.column(tree, metric, both.after)->self;
        for (std::size_t i = 0; i < self.size(); ++i) {
            if (both.before[i] && !m_tree.isEmpty())
                self[i] += m_tree.self(MetricId{0}, both.before[i]);
        }
        m_tree = CallTree(both.topology,
                          {std::make_shared<const WeightColumn>(makeWeightColumn(*both.topology, std::move(self)))});
    }

    CallGraph withMeanCalls(const CallGraph& sum) const
    {
        const auto mean = [this](std::int64_t calls) {
            return calls == kCallsUnknown ? calls : std::int64_t(std::llround(double(calls) / m_runs));
        };
        FunctionTable table = sum.functions();
        std::transform(table.calls.begin(), table.calls.end(), table.calls.begin(), mean);
        std::transform(table.primitiveCalls.begin(), table.primitiveCalls.end(), table.primitiveCalls.begin(), mean);
        std::vector<Edge> edges = sum.edges();
        for (Edge& edge : edges) {
            edge.calls = mean(edge.calls);
            edge.primitiveCalls = mean(edge.primitiveCalls);
        }
        return CallGraph(std::move(table), std::move(edges), sum.dialect());
    }

    FrameTable m_frames;
    CallGraph m_graph;
    CallTree m_tree;
    bool m_allExact = true;
    int m_runs = 0;
    std::vector<std::vector<double>> m_selfOfRun;
    std::vector<std::vector<std::int64_t>> m_callsOfRun;
};

} // namespace

Run wholeRun(ProfilePtr profile, MetricId metric)
{
    Run run{profile, metric, profile->tree, profile->total(metric)};
    return run;
}

RunSet makeRunSet(std::span<const Run> runs)
{
    assert(!runs.empty());
    RunSet set;
    for (const Run& run : runs) {
        set.totalOfRun.push_back(run.total);
        set.isPartial = set.isPartial || run.profile->isPartial;
    }
    const Run& first = runs.front();
    if (runs.size() == 1) {
        set.profile = first.profile;
        set.metric = first.metric;
        set.tree = first.tree;
        set.graph = graphOf(first);
        set.selfOfRun = {set.graph.functions().self};
        set.steadyCalls.assign(first.profile->frames.size(), true);
    } else {
        RunSum sum;
        for (const Run& run : runs)
            sum.add(run);
        sum.finish(set, first);
    }
    set.sampleWeight = weightOfSample(first, set.graph);
    return set;
}

} // namespace sundial
