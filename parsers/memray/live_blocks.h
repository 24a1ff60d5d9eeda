// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks that are allocated and not freed, by address.
#pragma once

#include "model/hash.h"

#include <tsl/robin_map.h>

#include <cstdint>
#include <vector>

namespace sundial::memray
{

struct Block {
    static constexpr std::uint32_t kNoPlace = UINT32_MAX;
    std::uint64_t size = 0;
    std::uint32_t place = kNoPlace; ///< Where it was allocated; none: there is no block.
    std::uint32_t born = 0;         ///< How many peaks there were before it.
    std::uint32_t interval = 0;     ///< How many measurements there were before it.
    explicit operator bool() const { return place != kNoPlace; }
};

/// An open-addressing table of 24 bytes a slot, at most half full. Removal closes the gap instead of leaving a mark, so
/// that a probe stays short however many blocks come and go. Neighbouring addresses lie in neighbouring slots: programs
/// free what they have just allocated, and such a slot is still in the cache.
class LiveBlocks
{
public:
    LiveBlocks() : m_slots(kFirstSlots) {}

    void prefetch(std::uint64_t address) const { __builtin_prefetch(&m_slots[home(address)], 1); }
    /// Makes the block live and returns the one that it replaces, if any.
    Block put(std::uint64_t address, const Block& block)
    {
        if ((m_size + 1) * 2 > m_slots.size())
            grow();
        Slot& slot = m_slots[find(address)];
        Block before;
        if (slot.place == Block::kNoPlace)
            ++m_size;
        else
            before = takeFrom(slot);
        const bool isLarge = block.size >= kLarge;
        if (isLarge)
            m_largeSizes[address] = block.size;
        const std::uint32_t size = isLarge ? kLarge : std::uint32_t(block.size);
        slot = {address, block.place, block.born, block.interval, size};
        return before;
    }
    /// Removes and returns the block at this address, if any.
    Block take(std::uint64_t address)
    {
        const std::size_t i = find(address);
        if (m_slots[i].place == Block::kNoPlace)
            return {};
        const Block block = takeFrom(m_slots[i]);
        closeGap(i);
        --m_size;
        return block;
    }
    /// All of them, in no order.
    template <class Fn> void forEach(Fn&& fn) const
    {
        for (const Slot& slot : m_slots) {
            if (slot.place != Block::kNoPlace)
                fn(blockIn(slot));
        }
    }
    void resetBirths()
    {
        for (Slot& slot : m_slots)
            slot.born = 0;
    }

private:
    struct Slot {
        std::uint64_t address = 0;
        std::uint32_t place = Block::kNoPlace;
        std::uint32_t born = 0;
        std::uint32_t interval = 0;
        std::uint32_t size = 0;
    };
    static constexpr std::size_t kFirstSlots = 1 << 12;
    static constexpr std::uint32_t kLarge = UINT32_MAX; ///< Or more: in m_largeSizes.

    /// Blocks are mostly 16-aligned. Each range of 64 KiB goes, in order, to a place of its own (Fibonacci hashing).
    std::size_t home(std::uint64_t address) const
    {
        const std::uint64_t start = (address >> 16) * 0x9e3779b97f4a7c15u >> 24;
        return (start + (address >> 4 & 0xfff)) & (m_slots.size() - 1);
    }
    /// The slot of this address, or the empty one where it belongs.
    std::size_t find(std::uint64_t address) const
    {
        std::size_t i = home(address);
        while (m_slots[i].place != Block::kNoPlace && m_slots[i].address != address)
            i = (i + 1) & (m_slots.size() - 1);
        return i;
    }
    Block blockIn(const Slot& slot) const
    {
        return {slot.size < kLarge ? slot.size : m_largeSizes.at(slot.address), slot.place, slot.born, slot.interval};
    }
    Block takeFrom(const Slot& slot)
    {
        const Block block = blockIn(slot);
        if (block.size >= kLarge)
            m_largeSizes.erase(slot.address);
        return block;
    }
    /// Moves back every later block of the run that may stand in the gap.
    void closeGap(std::size_t gap)
    {
        const std::size_t mask = m_slots.size() - 1;
        for (std::size_t i = (gap + 1) & mask; m_slots[i].place != Block::kNoPlace; i = (i + 1) & mask) {
            if (((i - home(m_slots[i].address)) & mask) >= ((i - gap) & mask)) {
                m_slots[gap] = m_slots[i];
                gap = i;
            }
        }
        m_slots[gap].place = Block::kNoPlace;
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.place != Block::kNoPlace)
                m_slots[find(slot.address)] = slot;
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
    tsl::robin_map<std::uint64_t, std::uint64_t, PairHash> m_largeSizes;
};

} // namespace sundial::memray
