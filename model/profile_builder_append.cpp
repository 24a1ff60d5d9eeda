// SPDX-License-Identifier: GPL-3.0-or-later
// Builders that were filled apart, one for each piece of an input, become one.
#include "model/profile_builder.h"

#include <algorithm>
#include <cassert>

namespace sundial
{

namespace
{

constexpr std::uint32_t kAhead = 16; // nodes whose place in the table is asked for before it is needed

} // namespace

void ProfileBuilder::append(const ProfileBuilder& other, std::span<const LaneId> laneOf)
{
    assert(m_self.size() == other.m_self.size() && laneOf.size() == other.laneCount());
    const FrameTable& theirs = other.m_profile.frames;
    StringTable& strings = m_profile.frames.strings();
    std::vector<FrameId> frameOf(theirs.size());
    for (std::uint32_t f = 0; f < theirs.size(); ++f) {
        FrameKey key = theirs.key(FrameId{f});
        key.name = strings.intern(theirs.name(FrameId{f}));
        key.file = strings.intern(theirs.file(FrameId{f}));
        frameOf[f] = m_profile.frames.intern(key);
    }

    // A node's path hash follows from its frames alone, so that the table can be asked ahead of time.
    const std::uint32_t nodes = other.m_topology.size();
    std::vector<std::uint32_t> hash(nodes, ChildIndex::kRootHash), nodeOf(nodes, 0);
    std::uint32_t asked = 1;
    for (std::uint32_t n = 1; n < nodes; ++n) {
        for (; asked < std::min(nodes, n + kAhead); ++asked) {
            const FrameId frame = frameOf[other.m_topology.frame(asked).value];
            hash[asked] = ChildIndex::pathHash(hash[other.m_topology.parent(asked)], frame);
            m_children.prefetch(hash[asked]);
        }
        nodeOf[n] = childAt(hash[n], nodeOf[other.m_topology.parent(n)], frameOf[other.m_topology.frame(n).value]);
    }

    const Samples& samples = other.m_profile.samples;
    std::vector<double> weights(m_profile.metrics.size());
    for (std::size_t run = 0; run < other.m_laneRuns.size(); ++run) {
        const bool isLast = run + 1 == other.m_laneRuns.size();
        const std::uint64_t end = isLast ? samples.size() : other.m_laneRuns[run + 1].firstSample;
        setLane(laneOf[other.m_laneRuns[run].lane.value]);
        for (std::uint64_t i = other.m_laneRuns[run].firstSample; i < end; ++i) {
            if (samples.more.empty()) {
                addSample(nodeOf[samples.node[i]], samples.weight[i]);
                continue;
            }
            weights[0] = samples.weight[i];
            for (std::size_t m = 1; m < weights.size(); ++m)
                weights[m] = samples.more[m - 1][i];
            addSample(nodeOf[samples.node[i]], weights);
        }
    }
    for (std::uint32_t m = 0; m < other.m_self.size(); ++m) {
        for (std::uint32_t n = 0; n < other.m_self[m].size(); ++n) {
            if (other.m_self[m][n] != 0)
                addWeight(MetricId{m}, nodeOf[n], other.m_self[m][n]);
        }
    }
}

} // namespace sundial
