// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/stacks.h"

namespace sundial::memray
{

std::uint32_t Stacks::addRoot()
{
    const auto node = std::uint32_t(m_nodes.size());
    m_nodes.push_back({node, 0, 0, true});
    m_lastGroup.push_back(kNone);
    return node;
}

std::uint32_t Stacks::child(std::uint32_t parent, std::uint32_t code, std::int32_t offset, bool isEntry)
{
    const auto next = std::uint32_t(m_nodes.size());
    if (next >= kMaxNodes)
        return kNone;
    const std::uint32_t place = std::uint32_t(offset) << 1 | std::uint32_t(isEntry);
    const std::uint32_t node = m_children.findOrAdd(parent, code, place, next);
    if (node == next) {
        m_nodes.push_back({parent, code, offset, isEntry});
        m_lastGroup.push_back(kNone);
    }
    return node;
}

std::uint32_t Stacks::pop(std::uint32_t node, unsigned count) const
{
    for (; count > 0; --count) {
        if (isRoot(node))
            return kNone;
        node = m_nodes[node].parent;
    }
    return node;
}

std::uint32_t Stacks::group(std::uint32_t node, std::uint32_t native, Allocator allocator, std::uint32_t generation)
{
    std::uint32_t& last = m_lastGroup[node];
    if (last != kNone && m_groups[last].native == native && m_groups[last].allocator == allocator)
        return last;
    const auto next = std::uint32_t(m_groups.size());
    last = m_groupIndex.findOrAdd(node, native, std::uint32_t(allocator), next);
    if (last == next)
        m_groups.push_back({node, native, generation, allocator});
    return last;
}

} // namespace sundial::memray
