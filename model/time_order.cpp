// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/time_order.h"

#include "model/lanes.h"

#include <algorithm>

namespace sundial
{

TimeOrder::TimeOrder(const Profile& profile, LaneId id) : m_start(sampleStarts(profile, id))
{
    const CallTree& tree = profile.tree;
    const Samples& samples = profile.samples;
    const Lane& lane = profile.lanes[id.value];
    const auto count = std::uint32_t(lane.endSample - lane.firstSample);
    if (!samples.start.empty()) {
        m_end.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i)
            m_end.push_back(m_start[i] + samples.weight[lane.firstSample + i]);
    }
    m_rows.resize(tree.maxDepth());
    NodeId before{0};
    const auto closeTo = [&](std::uint32_t depth, std::uint32_t sample) {
        for (std::uint32_t d = depth; d < tree.depth(before); ++d)
            m_rows[d].end.back() = sample;
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        const NodeId node{samples.node[lane.firstSample + i]};
        NodeId shared = before;
        while (!tree.contains(shared, node)) // each step closes a box
            shared = tree.parent(shared);
        std::uint32_t kept = tree.depth(shared);
        if (!samples.continued.empty())
            kept = std::min(kept, samples.continued[lane.firstSample + i]);
        if (i > 0 && !m_end.empty() && m_start[i] > m_end[i - 1])
            kept = 0; // nothing is known of the time between
        closeTo(kept, i);
        for (NodeId n = node; tree.depth(n) > kept; n = tree.parent(n)) {
            TimeRow& row = m_rows[tree.depth(n) - 1];
            row.first.push_back(i);
            row.end.push_back(i + 1);
            row.node.push_back(n.value);
            ++m_boxCount;
        }
        before = node;
    }
    closeTo(0, count);
    while (!m_rows.empty() && m_rows.back().size() == 0) // another lane is deeper
        m_rows.pop_back();
}

std::size_t TimeOrder::firstEndingAfter(const TimeRow& row, double time) const
{
    const auto box = std::partition_point(row.end.begin(), row.end.end(),
                                          [&](std::uint32_t end) { return endOfSample(end - 1) <= time; });
    return std::size_t(box - row.end.begin());
}

NodeId TimeOrder::nodeAt(std::size_t depth, double time) const
{
    if (depth >= m_rows.size())
        return {};
    const TimeRow& row = m_rows[depth];
    const std::size_t box = firstEndingAfter(row, time);
    return box < row.size() && startOf(row, box) <= time ? NodeId{row.node[box]} : NodeId{};
}

} // namespace sundial
