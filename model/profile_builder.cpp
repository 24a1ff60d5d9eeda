// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/profile_builder.h"

#include "model/release.h"

#include <cassert>

namespace sundial
{

ProfileBuilder::ProfileBuilder(std::vector<Metric> metrics)
{
    m_self.resize(metrics.size());
    m_profile.metrics = std::move(metrics);
}

FrameId ProfileBuilder::internFrame(std::string_view name, std::string_view file, std::uint32_t line, FrameKind kind)
{
    StringTable& strings = m_profile.frames.strings();
    return m_profile.frames.intern({strings.intern(name), strings.intern(file), line, kind, 0});
}

MetricId ProfileBuilder::addMetric(Metric metric)
{
    m_profile.metrics.push_back(std::move(metric));
    m_self.emplace_back();
    return {std::uint32_t(m_self.size() - 1)};
}

LaneId ProfileBuilder::addLane(Lane lane)
{
    const LaneId id{laneCount()};
    lane.total = 0;
    m_profile.lanes.push_back(std::move(lane));
    setLane(id);
    return id;
}

void ProfileBuilder::setLane(LaneId lane)
{
    assert(lane.value < laneCount());
    if (m_laneRuns.empty() || !(m_laneRuns.back().lane == lane))
        m_laneRuns.push_back({lane, m_profile.samples.size()});
}

Lane& ProfileBuilder::currentLane()
{
    if (m_profile.lanes.empty())
        addLane({.name = "all"});
    return m_profile.lanes[m_laneRuns.back().lane.value];
}

std::uint32_t ProfileBuilder::childAt(std::uint32_t hash, std::uint32_t parent, FrameId frame)
{
    if (const std::uint32_t known = m_children.find(hash, parent, frame); known != ChildIndex::kNone)
        return known;
    const std::uint32_t node = m_topology.add(parent, frame);
    m_pathHash.push_back(hash);
    m_children.insert(hash, parent, frame, node);
    return node;
}

std::uint32_t ProfileBuilder::child(std::uint32_t parent, FrameId frame)
{
    return childAt(ChildIndex::pathHash(m_pathHash[parent], frame), parent, frame);
}

std::uint32_t ProfileBuilder::stack(std::span<const FrameId> frames)
{
    std::uint32_t node = 0;
    for (const FrameId frame : frames)
        node = child(node, frame);
    return node;
}

void ProfileBuilder::addSample(std::uint32_t node, double weight)
{
    currentLane().total += weight; // may add the lane, which starts at the next sample
    m_profile.samples.node.push_back(node);
    m_profile.samples.weight.push_back(weight);
    ++m_sampleCount;
}

void ProfileBuilder::addSample(std::uint32_t node, std::span<const double> weights)
{
    std::vector<std::vector<double>>& more = m_profile.samples.more;
    assert(weights.size() == m_profile.metrics.size());
    more.resize(weights.size() - 1);
    for (std::size_t i = 0; i < more.size(); ++i)
        more[i].push_back(weights[i + 1]);
    addSample(node, weights[0]);
}

void ProfileBuilder::reserveSamples(std::size_t count)
{
    Samples& samples = m_profile.samples;
    samples.more.resize(m_profile.metrics.size() - 1);
    for (std::vector<double>& column : samples.more)
        column.reserve(count);
    samples.weight.reserve(count);
    samples.node.reserve(count);
}

void ProfileBuilder::addSampleAt(std::uint32_t node, double weight, double start)
{
    assert(m_profile.samples.start.size() == m_profile.samples.size());
    m_profile.samples.start.push_back(start);
    addSample(node, weight);
}

void ProfileBuilder::addSamples(std::vector<std::uint32_t> nodes, std::vector<double> weights,
                                std::vector<std::uint32_t> continued)
{
    assert(nodes.size() == weights.size() && (continued.empty() || continued.size() == nodes.size()));
    Lane& lane = currentLane();
    for (const double weight : weights)
        lane.total += weight;
    m_sampleCount += nodes.size();
    Samples& samples = m_profile.samples;
    if (samples.size() == 0) {
        samples.node = std::move(nodes);
        samples.weight = std::move(weights);
        samples.continued = std::move(continued);
        return;
    }
    if (!continued.empty())
        samples.continued.resize(samples.size(), kContinuedUnknown);
    samples.continued.insert(samples.continued.end(), continued.begin(), continued.end());
    samples.node.insert(samples.node.end(), nodes.begin(), nodes.end());
    samples.weight.insert(samples.weight.end(), weights.begin(), weights.end());
}

void ProfileBuilder::addWeight(MetricId metric, std::uint32_t node, double weight)
{
    std::vector<double>& self = m_self[metric.value];
    if (self.size() <= node)
        self.resize(std::size_t(node) + 1, 0);
    self[node] += weight;
    ++m_sampleCount;
}

void ProfileBuilder::addFunction(FrameId frame, const ArcCounts& counts)
{
    const std::size_t size = std::size_t(frame.value) + 1;
    if (m_functions.self.size() < size) {
        m_functions.self.resize(size, 0);
        m_functions.total.resize(size, 0);
        m_functions.calls.resize(size, kCallsUnknown);
        m_functions.primitiveCalls.resize(size, kCallsUnknown);
        m_functions.listed.resize(size, false);
    }
    m_functions.self[frame.value] = counts.self;
    m_functions.total[frame.value] = counts.total;
    m_functions.calls[frame.value] = counts.calls;
    m_functions.primitiveCalls[frame.value] = counts.primitiveCalls;
    m_functions.listed[frame.value] = true;
    ++m_functionCount;
}

void ProfileBuilder::addEdge(FrameId caller, FrameId callee, const ArcCounts& counts)
{
    m_edges.push_back({caller, callee, counts.calls, counts.primitiveCalls, counts.self, counts.total});
}

void ProfileBuilder::setArcs(FunctionTable functions, std::vector<Edge> edges)
{
    assert(functions.size() == m_profile.frames.size() && m_functionCount == 0 && m_edges.empty());
    m_functionCount = functions.size();
    m_functions = std::move(functions);
    m_edges = std::move(edges);
}

Profile ProfileBuilder::build() &&
{
    if (m_profile.lanes.empty())
        addLane({.name = "all"});
    const bool isArcs = m_functionCount > 0 || !m_edges.empty();
    assert(!isArcs || m_sampleCount == 0);
    Profile profile = isArcs ? buildArcs() : buildTree();
    assert(validate(profile).empty());
    return profile;
}

Profile ProfileBuilder::buildTree()
{
    sortByLane();
    Samples& samples = m_profile.samples;
    auto [sorted, newIndex] = std::move(m_topology).sort();
    const auto topology = std::make_shared<const TreeTopology>(std::move(sorted));
    for (std::uint32_t& node : samples.node)
        node = newIndex[node];
    std::vector<CallTree::ColumnPtr> columns;
    for (std::uint32_t m = 0; m < m_self.size(); ++m) {
        std::vector<double> self(newIndex.size());
        for (std::size_t n = 0; n < m_self[m].size(); ++n)
            self[newIndex[n]] = m_self[m][n];
        if (m_weigh)
            m_weigh(MetricId{m}, newIndex, self);
        release(m_self[m]); // one metric at a time: wide trees with many metrics are large
        for (const Lane& lane : m_profile.lanes) {
            for (std::uint64_t i = lane.firstSample; lane.metric.value == m && i < lane.endSample; ++i)
                self[samples.node[i]] += samples.weight[i];
        }
        for (std::size_t i = 0; m > 0 && m <= samples.more.size() && i < samples.size(); ++i)
            self[samples.node[i]] += samples.more[m - 1][i];
        columns.push_back(std::make_shared<const WeightColumn>(makeWeightColumn(*topology, std::move(self))));
    }
    if (m_nodes)
        *m_nodes = std::move(newIndex);
    if (!samples.inTimeOrder && m_profile.lanes.size() == 1) {
        samples = {};
        m_profile.lanes.front().firstSample = m_profile.lanes.front().endSample = 0;
    }
    m_profile.origin = TreeOrigin::Exact;
    m_profile.tree = CallTree(topology, std::move(columns));
    if (Lane& lane = m_profile.lanes.front(); m_profile.lanes.size() == 1)
        lane.total = m_profile.tree.total(lane.metric, NodeId{0});
    return std::move(m_profile);
}

Profile ProfileBuilder::buildArcs()
{
    const std::size_t count = m_profile.frames.size();
    m_functions.self.resize(count, 0);
    m_functions.total.resize(count, 0);
    m_functions.calls.resize(count, kCallsUnknown);
    m_functions.primitiveCalls.resize(count, kCallsUnknown);
    m_functions.listed.resize(count, false);
    for (std::size_t f = 0; f < count; ++f) {
        if (m_functions.listed[f])
            m_functions.totalSelf += m_functions.self[f];
    }
    m_profile.lanes.front().total = m_functions.totalSelf;
    m_profile.origin = m_edges.empty() ? TreeOrigin::None : TreeOrigin::Estimated;
    m_profile.arcs = CallGraph(std::move(m_functions), std::move(m_edges), m_dialect);
    return std::move(m_profile);
}

} // namespace sundial
