// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers triples of ids in the order of their first appearance.
#pragma once

#include "model/hash.h"

#include <cstdint>
#include <vector>

namespace sundial::memray
{

/// A hash table without removal, with linear probing: one probe is mostly one cache line, and nothing is allocated per
/// entry. Amortised O(1).
class IndexTable
{
public:
    /// The number of (a, b, c), which is `next` if it is new.
    std::uint32_t findOrAdd(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t next)
    {
        if ((m_size + 1) * 2 > m_slots.size())
            grow();
        Slot& slot = slotOf(a, b, c);
        if (slot.index == kEmpty) {
            slot = {a, b, c, next};
            ++m_size;
        }
        return slot.index;
    }

private:
    static constexpr std::uint32_t kEmpty = UINT32_MAX;
    struct Slot {
        std::uint32_t a = 0, b = 0, c = 0, index = kEmpty;
    };

    Slot& slotOf(std::uint32_t a, std::uint32_t b, std::uint32_t c)
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t i = mixBits(packPair(a, b) + c * 0x9e3779b97f4a7c15u) & mask;
        while (m_slots[i].index != kEmpty && (m_slots[i].a != a || m_slots[i].b != b || m_slots[i].c != c))
            i = (i + 1) & mask;
        return m_slots[i];
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.empty() ? 1024 : m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.index != kEmpty)
                slotOf(slot.a, slot.b, slot.c) = slot;
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

} // namespace sundial::memray
