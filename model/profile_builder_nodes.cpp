// SPDX-License-Identifier: GPL-3.0-or-later
// What a builder does to nodes and samples that it already has: other frames, fewer stacks, lanes one after another.
#include "model/profile_builder.h"

#include <cassert>

namespace sundial
{

namespace
{

constexpr std::uint32_t kDropped = UINT32_MAX;

/// The rows of `column` that stand in [run.first, run.second) for each run, one run after another.
template <class T> void gather(std::vector<T>& column, const std::vector<std::pair<std::uint64_t, std::uint64_t>>& runs)
{
    if (column.empty())
        return;
    std::vector<T> gathered;
    gathered.reserve(column.size());
    for (const auto& [first, end] : runs)
        gathered.insert(gathered.end(), column.begin() + std::ptrdiff_t(first), column.begin() + std::ptrdiff_t(end));
    column = std::move(gathered);
}

void gather(Samples& samples, const std::vector<std::pair<std::uint64_t, std::uint64_t>>& runs)
{
    gather(samples.node, runs);
    gather(samples.weight, runs);
    gather(samples.start, runs);
    gather(samples.continued, runs);
    for (std::vector<double>& column : samples.more)
        gather(column, runs);
}

} // namespace

void ProfileBuilder::removeLane(LaneId removed)
{
    assert(removed.value < laneCount());
    std::vector<std::pair<std::uint64_t, std::uint64_t>> kept;
    std::vector<LaneRun> runs;
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < m_laneRuns.size(); ++i) {
        auto [lane, first] = m_laneRuns[i];
        const std::uint64_t end = i + 1 < m_laneRuns.size() ? m_laneRuns[i + 1].firstSample : m_profile.samples.size();
        if (lane == removed)
            continue;
        kept.emplace_back(first, end);
        runs.push_back({LaneId{lane.value - (removed < lane)}, size});
        size += end - first;
    }
    m_sampleCount -= m_profile.samples.size() - size;
    gather(m_profile.samples, kept);
    m_laneRuns = std::move(runs);
    m_profile.lanes.erase(m_profile.lanes.begin() + removed.value);
}

void ProfileBuilder::sortByLane()
{
    Samples& samples = m_profile.samples;
    if (!samples.continued.empty())
        samples.continued.resize(samples.size(), kContinuedUnknown);
    std::vector<std::vector<std::pair<std::uint64_t, std::uint64_t>>> runsOfLane(laneCount());
    bool isSorted = true;
    for (std::size_t i = 0; i < m_laneRuns.size(); ++i) {
        const std::uint64_t end = i + 1 < m_laneRuns.size() ? m_laneRuns[i + 1].firstSample : samples.size();
        runsOfLane[m_laneRuns[i].lane.value].emplace_back(m_laneRuns[i].firstSample, end);
        isSorted = isSorted && (i == 0 || !(m_laneRuns[i].lane < m_laneRuns[i - 1].lane));
    }
    std::vector<std::pair<std::uint64_t, std::uint64_t>> order;
    std::uint64_t next = 0;
    for (std::uint32_t lane = 0; lane < laneCount(); ++lane) {
        m_profile.lanes[lane].firstSample = next;
        for (const auto& run : runsOfLane[lane]) {
            order.push_back(run);
            next += run.second - run.first;
        }
        m_profile.lanes[lane].endSample = next;
    }
    if (!isSorted)
        gather(samples, order);
}

/// Takes another set of nodes; node n became newIndex[n], or kDropped if nothing refers to it.
void ProfileBuilder::moveNodes(TreeTopologyBuilder topology, const std::vector<std::uint32_t>& newIndex)
{
    for (std::uint32_t& node : m_profile.samples.node)
        node = newIndex[node];
    for (std::vector<double>& self : m_self) {
        std::vector<double> moved(self.empty() ? 0 : topology.size(), 0);
        for (std::size_t n = 0; n < self.size(); ++n) {
            if (newIndex[n] != kDropped)
                moved[newIndex[n]] += self[n];
        }
        self = std::move(moved);
    }
    m_topology = std::move(topology);
    m_children.clear();
}

ProfileBuilder ProfileBuilder::condensed() const
{
    assert(m_functionCount == 0 && m_edges.empty());
    const Samples& samples = m_profile.samples;
    ProfileBuilder copy(m_profile.metrics);
    copy.m_profile.formatId = m_profile.formatId;
    copy.m_profile.producer = m_profile.producer;
    copy.m_profile.name = m_profile.name;
    copy.m_profile.meta = m_profile.meta;
    copy.m_profile.warnings = m_profile.warnings;
    StringTable& strings = copy.m_profile.frames.strings();
    for (std::uint32_t f = 0; f < m_profile.frames.size(); ++f) { // the same frames under the same ids
        FrameKey key = m_profile.frames.key(FrameId{f});
        key.name = strings.intern(m_profile.frames.name(FrameId{f}));
        key.file = strings.intern(m_profile.frames.file(FrameId{f}));
        copy.m_profile.frames.append(key);
    }
    copy.m_topology = m_topology;
    copy.m_self = m_self;
    copy.m_sampleCount = m_sampleCount;
    for (std::vector<double>& self : copy.m_self)
        self.resize(m_topology.size(), 0);
    for (std::size_t run = 0; run < m_laneRuns.size(); ++run) {
        const std::uint64_t end = run + 1 < m_laneRuns.size() ? m_laneRuns[run + 1].firstSample : samples.size();
        std::vector<double>& self = copy.m_self[m_profile.lanes[m_laneRuns[run].lane.value].metric.value];
        for (std::uint64_t i = m_laneRuns[run].firstSample; i < end; ++i)
            self[samples.node[i]] += samples.weight[i];
    }
    for (std::size_t m = 1; m <= samples.more.size(); ++m) {
        for (std::size_t i = 0; i < samples.size(); ++i)
            copy.m_self[m][samples.node[i]] += samples.more[m - 1][i];
    }
    return copy;
}

std::vector<FrameId> ProfileBuilder::framesInUse() const
{
    std::vector<FrameId> frames;
    std::vector<bool> isSeen;
    for (std::uint32_t n = 1; n < m_topology.size(); ++n) {
        const FrameId frame = m_topology.frame(n);
        if (frame.value >= isSeen.size())
            isSeen.resize(std::max<std::size_t>(frame.value + 1, isSeen.size() * 2), false);
        if (!isSeen[frame.value])
            frames.push_back(frame);
        isSeen[frame.value] = true;
    }
    return frames;
}

void ProfileBuilder::renameFrames(std::span<const FrameId> to)
{
    // Where no two frames become one, no two nodes do either, and the tree keeps its shape.
    std::vector<bool> isTaken(to.size(), false);
    bool isOneToOne = true;
    for (const FrameId frame : framesInUse()) {
        const std::uint32_t target = to[frame.value].value;
        if (target >= isTaken.size())
            isTaken.resize(std::size_t(target) + 1, false);
        isOneToOne = isOneToOne && !isTaken[target];
        isTaken[target] = true;
    }
    if (isOneToOne) {
        for (std::uint32_t n = 1; n < m_topology.size(); ++n)
            m_topology.setFrame(n, to[m_topology.frame(n).value]);
        m_children.clear();
        return;
    }
    const TreeTopologyBuilder old = std::move(m_topology);
    m_topology = {};
    m_children.clear();
    m_pathHash = {ChildIndex::kRootHash};
    std::vector<std::uint32_t> newIndex(old.size(), 0);
    for (std::uint32_t n = 1; n < old.size(); ++n)
        newIndex[n] = child(newIndex[old.parent(n)], to[old.frame(n).value]);
    moveNodes(std::move(m_topology), newIndex);
}

void ProfileBuilder::dropUnsampledNodes()
{
    std::vector<bool> isUsed(m_topology.size(), false);
    isUsed[0] = true;
    for (const std::uint32_t node : m_profile.samples.node)
        isUsed[node] = true;
    for (std::uint32_t n = m_topology.size(); n-- > 1;) {
        if (isUsed[n])
            isUsed[m_topology.parent(n)] = true;
    }
    TreeTopologyBuilder kept;
    std::vector<std::uint32_t> newIndex(m_topology.size(), kDropped);
    newIndex[0] = 0;
    for (std::uint32_t n = 1; n < m_topology.size(); ++n) {
        if (isUsed[n])
            newIndex[n] = kept.add(newIndex[m_topology.parent(n)], m_topology.frame(n));
    }
    moveNodes(std::move(kept), newIndex);
}

} // namespace sundial
