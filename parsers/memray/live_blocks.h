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
    static constexpr std::uint32_t kNoGroup = UINT32_MAX;
    std::uint64_t size = 0;
    std::uint32_t group = kNoGroup; ///< None: there is no block.
    explicit operator bool() const { return group != kNoGroup; }
};

/// An open-addressing table of 16 bytes a slot, at most half full. Removal closes the gap instead of leaving a mark, so
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
        if (slot.group == Block::kNoGroup)
            ++m_size;
        else
            before = blockIn(slot);
        slot = {address, block.group, block.size < kLarge ? std::uint32_t(block.size) : kLarge};
        if (block.size >= kLarge)
            m_largeSizes[address] = block.size;
        return before;
    }
    /// Removes and returns the block at this address, if any.
    Block take(std::uint64_t address)
    {
        const std::size_t i = find(address);
        if (m_slots[i].group == Block::kNoGroup)
            return {};
        const Block block = blockIn(m_slots[i]);
        closeGap(i);
        --m_size;
        return block;
    }

private:
    struct Slot {
        std::uint64_t address = 0;
        std::uint32_t group = Block::kNoGroup;
        std::uint32_t size = 0; ///< kLarge: in m_largeSizes.
    };
    static constexpr std::size_t kFirstSlots = 1 << 16;
    static constexpr std::uint32_t kLarge = UINT32_MAX;

    /// Blocks are mostly 16-aligned. Each range of 64 KiB goes, in order, to a place of its own.
    std::size_t home(std::uint64_t address) const
    {
        return (mixBits(address >> 16) + (address >> 4 & 0xfff)) & (m_slots.size() - 1);
    }
    /// The slot of this address, or the empty one where it belongs.
    std::size_t find(std::uint64_t address) const
    {
        std::size_t i = home(address);
        while (m_slots[i].group != Block::kNoGroup && m_slots[i].address != address)
            i = (i + 1) & (m_slots.size() - 1);
        return i;
    }
    Block blockIn(const Slot& slot)
    {
        if (slot.size < kLarge)
            return {slot.size, slot.group};
        const auto large = m_largeSizes.find(slot.address);
        const Block block{large->second, slot.group};
        m_largeSizes.erase(large);
        return block;
    }
    /// Moves back every later block of the run that may stand in the gap.
    void closeGap(std::size_t gap)
    {
        const std::size_t mask = m_slots.size() - 1;
        for (std::size_t i = (gap + 1) & mask; m_slots[i].group != Block::kNoGroup; i = (i + 1) & mask) {
            if (((i - home(m_slots[i].address)) & mask) >= ((i - gap) & mask)) {
                m_slots[gap] = m_slots[i];
                gap = i;
            }
        }
        m_slots[gap].group = Block::kNoGroup;
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.group != Block::kNoGroup)
                m_slots[find(slot.address)] = slot;
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
    tsl::robin_map<std::uint64_t, std::uint64_t, PairHash> m_largeSizes;
};

} // namespace sundial::memray
