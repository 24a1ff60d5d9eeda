// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/time_order.h"

#include "model/lanes.h"

#include <algorithm>

namespace sundial
{

TimeOrder::TimeOrder(const Profile& profile, LaneId id) : TimeOrder(profile, id, profile.tree, {}) {}

TimeOrder::TimeOrder(const Profile& profile, LaneId id, const CallTree& tree, const NodeMap& map)
    : m_start(sampleStarts(profile, id))
{
    const auto placeOf = [&map](std::uint32_t node) { return NodeId{map.empty() ? node : map[node]}; };
    const Samples& samples = profile.samples;
    const Lane& lane = profile.lanes[id.value];
    const auto count = std::uint32_t(lane.endSample - lane.firstSample);
    if (!samples.start.empty()) {
        m_end.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i)
            m_end.push_back(m_start[i] + samples.weight[lane.firstSample + i]);
    }
    // How deep the continued frames of a stack reach in `tree`.
    const auto continuedDepth = [&](std::uint32_t source, std::uint32_t continued, std::uint32_t depth) {
        const std::uint32_t sourceDepth = profile.tree.depth(NodeId{source});
        if (map.empty() || continued >= sourceDepth)
            return continued;
        NodeId last{source};
        while (profile.tree.depth(last) > continued)
            last = profile.tree.parent(last);
        if (const NodeId kept = placeOf(last.value))
            return tree.depth(kept);
        const std::uint32_t below = sourceDepth - continued; // no stack ends there, so none of these was taken out
        return depth > below ? depth - below : 0;
    };
    m_rows.resize(tree.maxDepth());
    NodeId before{0};
    const auto closeTo = [&](std::uint32_t depth, std::uint32_t sample) {
        for (std::uint32_t d = depth; d < tree.depth(before); ++d)
            m_rows[d].end.back() = sample;
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t source = samples.node[lane.firstSample + i];
        const NodeId place = placeOf(source);
        const NodeId node = place ? place : NodeId{0};
        NodeId shared = before;
        while (!tree.contains(shared, node)) // each step closes a box
            shared = tree.parent(shared);
        std::uint32_t kept = tree.depth(shared);
        if (!samples.continued.empty())
            kept = std::min(kept, continuedDepth(source, samples.continued[lane.firstSample + i], tree.depth(node)));
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
