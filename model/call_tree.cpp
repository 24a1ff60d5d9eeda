// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/call_tree.h"

#include <algorithm>
#include <cassert>

namespace sundial
{

WeightColumn makeWeightColumn(const TreeTopology& topology, std::vector<double> self)
{
    assert(self.size() == topology.frame.size());
    WeightColumn column;
    column.total = self;
    for (std::size_t n = self.size(); n-- > 1;)
        column.total[topology.parent[n]] += column.total[n];
    column.self = std::move(self);
    return column;
}

CallTree::CallTree(TopologyPtr topology, std::vector<ColumnPtr> columns, EstimatePtr estimate)
    : m_topology(std::move(topology)), m_columns(std::move(columns)), m_estimate(std::move(estimate))
{
    assert(m_topology);
    for (const ColumnPtr& column : m_columns)
        assert(column && column->total.size() == m_topology->frame.size());
}

std::vector<NodeId> pathTo(const CallTree& tree, NodeId n)
{
    std::vector<NodeId> path;
    for (; n.value != 0; n = tree.parent(n))
        path.push_back(n);
    std::reverse(path.begin(), path.end());
    return path;
}

TreeTopologyBuilder::TreeTopologyBuilder() : m_frame(1), m_parent(1, 0) {}

std::uint32_t TreeTopologyBuilder::add(std::uint32_t parent, FrameId frame)
{
    assert(parent < m_frame.size());
    m_frame.push_back(frame);
    m_parent.push_back(parent);
    return std::uint32_t(m_frame.size() - 1);
}

void TreeTopologyBuilder::reserve(std::size_t nodes)
{
    m_frame.reserve(nodes);
    m_parent.reserve(nodes);
}

TreeTopologyBuilder::Sorted TreeTopologyBuilder::sort() &&
{
    const std::size_t count = m_frame.size();
    // Subtree sizes first, parents after children; then each child's place is its parent's next free one. Both passes
    // read in order of addition, which keeps siblings in that order.
    std::vector<std::uint32_t> subtreeSize(count, 1);
    for (std::size_t n = count; n-- > 1;)
        subtreeSize[m_parent[n]] += subtreeSize[n];

    Sorted sorted;
    sorted.newIndex.resize(count);
    std::vector<std::uint32_t> nextFree(count);
    nextFree[0] = 1;
    TreeTopology& t = sorted.topology;
    t.frame.resize(count);
    t.parent.resize(count);
    t.subtreeEnd.resize(count);
    t.depth.resize(count);
    t.frame[0] = m_frame[0];
    t.subtreeEnd[0] = subtreeSize[0];
    for (std::size_t n = 1; n < count; ++n) {
        const std::uint32_t parent = m_parent[n];
        const std::uint32_t place = nextFree[parent];
        nextFree[parent] += subtreeSize[n];
        nextFree[n] = place + 1;
        sorted.newIndex[n] = place;
        const std::uint32_t parentPlace = sorted.newIndex[parent];
        t.frame[place] = m_frame[n];
        t.parent[place] = parentPlace;
        t.subtreeEnd[place] = place + subtreeSize[n];
        t.depth[place] = t.depth[parentPlace] + 1;
        t.maxDepth = std::max(t.maxDepth, t.depth[place]);
    }
    return sorted;
}

} // namespace sundial
