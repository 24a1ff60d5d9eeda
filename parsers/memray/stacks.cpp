// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/stacks.h"

#include "model/hash.h"

namespace sundial::memray
{

namespace
{

constexpr std::size_t kFirstSlots = 1 << 12;

} // namespace

Stacks::Stacks() : m_slots(kFirstSlots)
{
    m_nodes.push_back({});
}

std::uint32_t Stacks::findChild(std::uint32_t parent, std::uint32_t frame)
{
    if (m_nodes.size() + 1 > m_slots.size() / 4 * 3)
        grow();
    const auto hash = std::uint32_t(mixBits(packPair(parent, frame)));
    const std::size_t mask = m_slots.size() - 1;
    std::size_t i = hash & mask;
    for (; m_slots[i].node != kNone; i = (i + 1) & mask) {
        const std::uint32_t node = m_slots[i].node;
        if (m_slots[i].hash == hash && m_nodes[node].parent == parent && m_nodes[node].frame == frame)
            return node;
    }
    const auto node = std::uint32_t(m_nodes.size());
    if (node >= kMaxNodes)
        return kNone;
    m_slots[i] = {hash, node};
    m_nodes.push_back({.parent = parent, .frame = frame});
    return node;
}

std::uint32_t Stacks::findPlace(std::uint32_t node, std::uint32_t owner)
{
    if (m_nodes[node].owner == Owner::kNobody) {
        m_nodes[node].owner = owner;
        return node;
    }
    const std::uint32_t place = findChild(node, owner | kOwnerMark);
    if (place != kNone) {
        m_nodes[place].owner = owner;
        m_nodes[node].lastPlace = place;
    }
    return place;
}

void Stacks::grow()
{
    std::vector<Slot> old(m_slots.size() * 2);
    old.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& slot : old) {
        if (slot.node == kNone)
            continue;
        std::size_t i = slot.hash & mask;
        while (m_slots[i].node != kNone)
            i = (i + 1) & mask;
        m_slots[i] = slot;
    }
}

} // namespace sundial::memray
