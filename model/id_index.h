// SPDX-License-Identifier: GPL-3.0-or-later
// From a value to its id, where the values themselves stand in a column elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sundial
{

/// Open addressing with linear probing over (hash, id): 8 bytes an entry and no copy of the values, a quarter of what a
/// general hash map takes. Whoever owns the column says how to compare. Nothing is ever removed.
class IdIndex
{
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    /// The id whose value has this hash and for which `equals(id)` holds, or kNone. Amortised O(1).
    template <class Equals> std::uint32_t find(std::size_t hash, Equals&& equals) const
    {
        if (m_slots.empty())
            return kNone;
        const std::uint32_t tag = tagOf(hash);
        for (std::size_t at = tag & mask();; at = (at + 1) & mask()) {
            const Slot& slot = m_slots[at];
            if (slot.id == kNone)
                return kNone;
            if (slot.tag == tag && equals(slot.id))
                return slot.id;
        }
    }

    /// Adds an id whose value is known to be absent.
    void insert(std::size_t hash, std::uint32_t id)
    {
        if (m_size * 8 >= m_slots.size() * 7)
            grow();
        place({tagOf(hash), id});
        ++m_size;
    }

    /// Follows a reordering of the column: entry i has moved to newId[i].
    void renumber(std::span<const std::uint32_t> newId)
    {
        for (Slot& slot : m_slots) {
            if (slot.id != kNone)
                slot.id = newId[slot.id];
        }
    }

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t id = kNone;
    };

    static std::uint32_t tagOf(std::size_t hash) { return std::uint32_t(hash ^ hash >> 32); }
    std::size_t mask() const { return m_slots.size() - 1; }
    void place(Slot slot)
    {
        std::size_t at = slot.tag & mask();
        while (m_slots[at].id != kNone)
            at = (at + 1) & mask();
        m_slots[at] = slot;
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.empty() ? 16 : m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.id != kNone)
                place(slot);
        }
    }

    std::vector<Slot> m_slots; ///< A power of two, at most seven eighths full.
    std::size_t m_size = 0;
};

} // namespace sundial
