// SPDX-License-Identifier: GPL-3.0-or-later
// The Python stacks of a capture as one tree for all threads.
#pragma once

#include "model/chunked_vector.h"
#include "model/release.h"
#include "parsers/memray/allocators.h"

#include <cstdint>
#include <vector>

namespace sundial::memray
{

/// Who allocates: a thread by one allocator, as one number.
struct Owner {
    static constexpr unsigned kAllocatorBits = 4;
    static constexpr std::uint32_t kNobody = UINT32_MAX;
    static constexpr std::uint32_t kMaxThreads = 1u << 27;

    static std::uint32_t of(std::uint32_t thread, Allocator allocator)
    {
        return thread << kAllocatorBits | std::uint32_t(allocator);
    }
    static std::uint32_t thread(std::uint32_t owner) { return owner >> kAllocatorBits; }
    static Allocator allocator(std::uint32_t owner) { return Allocator(owner & ((1u << kAllocatorBits) - 1)); }
};

/// A frame below its caller, or, as a child of the innermost one, the native stack below it. What its first owner
/// allocated there counts in the node itself; what further threads or allocators did, in children that stand for them.
/// Such a place is a node number, and one is all that a block has to remember.
/// Two lie in a line of the cache, none in two.
struct alignas(32) StackNode {
    std::uint32_t parent = 0;
    /// Number of a capture's frame, with Stacks::kEntryMark if native frames are kept; a native node with kNativeMark;
    /// or an owner with kOwnerMark.
    std::uint32_t frame = 0;
    std::uint32_t owner = Owner::kNobody; ///< Whose allocations count here. Nobody's: there are none.
    std::uint32_t lastChild = 0;          ///< The child that was entered last: loops enter it again. 0: none.
    std::uint32_t lastFrame = 0;          ///< Its frame: to see that it is another one, it need not be fetched.
    std::uint32_t lastPlace = 0;          ///< The further owner's child that was used last. 0: none.
    std::uint32_t row = 0;                ///< The latest MemoryIndex::Row of this place.
};

class Stacks
{
public:
    static constexpr std::uint32_t kOwnerMark = 1u << 31;
    static constexpr std::uint32_t kNativeMark = 1u << 30;
    static constexpr std::uint32_t kEntryMark = 1u << 29; ///< An evaluation loop was entered for this frame.
    static constexpr std::uint32_t kMaxFrames = kEntryMark;
    static constexpr std::uint32_t kMaxNativeNodes = kNativeMark;
    static constexpr std::uint32_t kMaxNodes = 1u << 28;
    static constexpr std::uint32_t kRoot = 0; ///< The empty stack.
    static constexpr std::uint32_t kNone = UINT32_MAX;

    Stacks();

    /// The child of `parent` with this frame, made on first sight; kNone if there are too many.
    std::uint32_t child(std::uint32_t parent, std::uint32_t frame)
    {
        StackNode& node = m_nodes[parent];
        if (node.lastFrame == frame && node.lastChild != 0)
            return node.lastChild;
        const std::uint32_t found = findChild(parent, frame);
        if (found != kNone) {
            node.lastChild = found; // nodes do not move
            node.lastFrame = frame;
        }
        return found;
    }
    /// Where the allocations of an owner at a node count; kNone if there are too many.
    std::uint32_t place(std::uint32_t node, std::uint32_t owner)
    {
        if (m_nodes[node].owner == owner)
            return node;
        const std::uint32_t last = m_nodes[node].lastPlace;
        return last != 0 && m_nodes[last].owner == owner ? last : findPlace(node, owner);
    }

    std::uint32_t size() const { return std::uint32_t(m_nodes.size()); }
    StackNode& operator[](std::uint32_t node) { return m_nodes[node]; }
    /// In order of first sight: parents stand before children.
    const StackNode& operator[](std::uint32_t node) const { return m_nodes[node]; }
    /// The node with the stack of a place.
    std::uint32_t nodeOf(std::uint32_t place) const { return isOwner(place) ? m_nodes[place].parent : place; }
    /// Whether this node stands for a further owner.
    bool isOwner(std::uint32_t node) const { return m_nodes[node].frame & kOwnerMark; }
    /// Whether this node stands for a native stack below its parent's Python frames.
    bool isNative(std::uint32_t node) const { return !isOwner(node) && (m_nodes[node].frame & kNativeMark); }
    /// Gives back what only child() needs.
    void freeze() { release(m_slots); }

private:
    /// Half a hash and the node with these parent and frame: most probes end without looking at the node.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t node = kNone;
    };

    std::uint32_t findChild(std::uint32_t parent, std::uint32_t frame);
    std::uint32_t findPlace(std::uint32_t node, std::uint32_t owner);
    void grow();

    ChunkedVector<StackNode> m_nodes;
    std::vector<Slot> m_slots;
};

} // namespace sundial::memray
