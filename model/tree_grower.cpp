// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tree_grower.h"

namespace sundial
{

std::uint32_t TreeGrower::child(std::uint32_t parent, FrameId frame)
{
    const std::uint32_t hash = ChildIndex::pathHash(m_pathHash[parent], frame);
    if (const std::uint32_t known = m_children.find(hash, parent, frame); known != ChildIndex::kNone)
        return known;
    const std::uint32_t node = m_topology.add(parent, frame);
    m_children.insert(hash, parent, frame, node);
    m_pathHash.push_back(hash);
    for (std::vector<double>& self : m_self)
        self.push_back(0);
    return node;
}

void TreeGrower::addSelf(std::uint32_t node, const CallTree& tree, NodeId n)
{
    for (std::uint32_t m = 0; m < m_self.size(); ++m)
        m_self[m][node] += tree.self(MetricId{m}, n);
}

void TreeGrower::addTotal(std::uint32_t node, const CallTree& tree, NodeId n)
{
    for (std::uint32_t m = 0; m < m_self.size(); ++m)
        m_self[m][node] += tree.total(MetricId{m}, n);
}

CallTree TreeGrower::build(std::vector<std::uint32_t>* places) &&
{
    auto [sorted, newIndex] = std::move(m_topology).sort();
    for (std::size_t i = 0; places && i < places->size(); ++i) {
        if (std::uint32_t& place = (*places)[i]; place < newIndex.size())
            place = newIndex[place];
    }
    const auto topology = std::make_shared<const TreeTopology>(std::move(sorted));
    std::vector<CallTree::ColumnPtr> columns;
    for (const std::vector<double>& self : m_self) {
        std::vector<double> moved(self.size());
        for (std::size_t n = 0; n < self.size(); ++n)
            moved[newIndex[n]] = self[n];
        columns.push_back(std::make_shared<const WeightColumn>(makeWeightColumn(*topology, std::move(moved))));
    }
    return {topology, std::move(columns)};
}

} // namespace sundial
