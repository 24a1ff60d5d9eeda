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

/// What one sample of a sampled metric weighs: 1 where samples are counted, else the mean weight of the samples, or
/// the least weight of a node if the file kept sums only.
double weightOfSample(const Profile& profile, MetricId metric, const CallGraph& graph)
{
    const Metric& info = profile.metrics[metric.value];
    if (info.unit == Unit::Samples)
        return 1;
    if (info.kind != NumberKind::Sampled && !graph.dialect().sampled)
        return 0;
    if (const std::size_t samples = profile.samples.size(); samples > 0)
        return profile.total(metric) / double(samples);
    double least = 0;
    for (std::uint32_t i = 0; i < profile.tree.size(); ++i) {
        const double self = profile.tree.self(metric, NodeId{i});
        if (self > 0 && (least == 0 || self < least))
            least = self;
    }
    for (const double self : graph.functions().self) {
        if (self > 0 && (least == 0 || self < least))
            least = self;
    }
    return least;
}

/// The sum of runs, growing by one run at a time. Frames keep their numbers while it grows.
class RunSum
{
public:
    void add(const Profile& run, MetricId metric)
    {
        const CallGraph graph = callGraph(run, metric);
        FrameUnion frames = uniteFrames(m_frames, run.frames, matchFunctions({m_frames, m_graph}, {run.frames, graph}));
        const std::uint32_t rows = frames.frames.size();
        CallGraph addend = onUnion(graph, frames.ofAfter, rows);
        m_selfOfRun.push_back(addend.functions().self);
        m_graph = m_runs == 0 ? std::move(addend) : sumOf(onUnion(m_graph, frames.ofBefore, rows), addend);
        m_allExact = m_allExact && run.origin == TreeOrigin::Exact;
        if (m_allExact)
            addTree(run.tree, metric, frames);
        m_frames = std::move(frames.frames);
        ++m_runs;
    }

    /// The mean over the runs. Call once.
    void finish(RunSet& set, const Profile& first, const Metric& metric)
    {
        const std::uint32_t rows = m_frames.size();
        for (std::vector<double>& self : m_selfOfRun)
            self.resize(rows, 0);
        std::vector<FrameId> same(rows);
        for (std::uint32_t i = 0; i < rows; ++i)
            same[i] = FrameId{i};
        const double share = 1.0 / m_runs;
        set.graph = withMeanCalls(onUnion(m_graph, same, rows, share));
        set.selfOfRun = std::move(m_selfOfRun);

        Profile mean;
        mean.formatId = first.formatId;
        mean.producer = first.producer;
        mean.metrics = {metric};
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
};

} // namespace

MetricId findMetric(const Profile& profile, std::string_view id)
{
    for (std::uint32_t i = 0; i < profile.metrics.size(); ++i) {
        if (id.empty() || profile.metrics[i].id == id)
            return MetricId{i};
    }
    return {};
}

RunSet makeRunSet(std::span<const ProfilePtr> runs, std::span<const MetricId> metrics)
{
    assert(!runs.empty() && runs.size() == metrics.size());
    RunSet set;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        set.totalOfRun.push_back(runs[i]->total(metrics[i]));
        set.isPartial = set.isPartial || runs[i]->isPartial;
    }
    if (runs.size() == 1) {
        set.profile = runs[0];
        set.metric = metrics[0];
        set.graph = callGraph(*runs[0], metrics[0]);
        set.selfOfRun = {set.graph.functions().self};
    } else {
        RunSum sum;
        for (std::size_t i = 0; i < runs.size(); ++i)
            sum.add(*runs[i], metrics[i]);
        sum.finish(set, *runs[0], runs[0]->metrics[metrics[0].value]);
    }
    set.sampleWeight = weightOfSample(*runs[0], metrics[0], set.graph);
    return set;
}

} // namespace sundial
