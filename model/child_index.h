// SPDX-License-Identifier: GPL-3.0-or-later
// From (parent, frame) to the node, while a tree grows: the inner loop of every reader of stacks.
#pragma once

#include "model/hash.h"
#include "model/ids.h"
#include "model/release.h"

#include <cstdint>
#include <vector>

namespace sundial
{

/// Open addressing with linear probing, 16 bytes a slot. A node is found under the hash of its whole path, not of its
/// parent's number: so all nodes of a stack can be asked for ahead of time (prefetch), and the misses of the cache
/// overlap instead of waiting for each other.
class ChildIndex
{
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;
    static constexpr std::uint32_t kRootHash = 0;

    static std::uint32_t pathHash(std::uint32_t parentHash, FrameId frame)
    {
        // plus one: frame 0 below hash 0 must not stay at 0, or a recursion of that frame is one long probe
        const std::uint64_t product = (packPair(parentHash, frame.value) + 1) * 0x9e3779b97f4a7c15u;
        return std::uint32_t(product ^ product >> 32);
    }

    void prefetch(std::uint32_t hash) const
    {
        if (!m_slots.empty())
            __builtin_prefetch(&m_slots[hash & mask()]);
    }
    /// The child of `parent` with this frame, or kNone. `hash` is the path hash of that child.
    std::uint32_t find(std::uint32_t hash, std::uint32_t parent, FrameId frame) const
    {
        if (m_slots.empty())
            return kNone;
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            const Slot& slot = m_slots[at];
            if (slot.node == kNone || (slot.parent == parent && slot.frame == frame.value))
                return slot.node;
        }
    }
    /// Adds a child that find() has not found.
    void insert(std::uint32_t hash, std::uint32_t parent, FrameId frame, std::uint32_t node)
    {
        if (m_size * 8 >= m_slots.size() * 5)
            grow();
        place({hash, parent, frame.value, node});
        ++m_size;
    }
    void clear()
    {
        release(m_slots);
        m_size = 0;
    }

private:
    struct Slot {
        std::uint32_t hash = 0, parent = 0, frame = 0;
        std::uint32_t node = kNone;
    };

    std::size_t mask() const { return m_slots.size() - 1; }
    void place(const Slot& slot)
    {
        std::size_t at = slot.hash & mask();
        while (m_slots[at].node != kNone)
            at = (at + 1) & mask();
        m_slots[at] = slot;
    }
    void grow()
    {
        constexpr std::size_t kFirstSize = 64;
        std::vector<Slot> old(m_slots.empty() ? kFirstSize : m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.node != kNone)
                place(slot);
        }
    }

    std::vector<Slot> m_slots; ///< A power of two, at most five eighths full.
    std::size_t m_size = 0;
};

} // namespace sundial
