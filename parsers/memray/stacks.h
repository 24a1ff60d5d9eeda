// SPDX-License-Identifier: GPL-3.0-or-later
// The Python stacks of a capture as one tree for all threads.
#pragma once

#include "model/chunked_vector.h"

#include <cstdint>
#include <vector>

namespace sundial::memray
{

/// A frame below its caller, or, as a child of the innermost one, the native stack below it. What one thread allocated
/// there counts in the node itself; what further threads did, in children that stand for them. Such a place is a node
/// number, and one is all that a block has to remember.
struct StackNode {
    std::uint32_t parent = 0;
    /// Number of a capture's frame, with Stacks::kEntryMark if native frames are kept; a native node with kNativeMark;
    /// or a thread with kThreadMark.
    std::uint32_t frame = 0;
    std::uint32_t thread = 0;    ///< Whose allocations count here: of whoever made the node.
    std::uint32_t lastChild = 0; ///< The child that was entered last: loops enter it again. 0: none.
    std::uint32_t row = 0;       ///< The latest MemoryIndex::Row of this place.
};

class Stacks
{
public:
    static constexpr std::uint32_t kThreadMark = 1u << 31;
    static constexpr std::uint32_t kNativeMark = 1u << 30;
    static constexpr std::uint32_t kEntryMark = 1u << 29; ///< An evaluation loop was entered for this frame.
    static constexpr std::uint32_t kMaxFrames = kEntryMark;
    static constexpr std::uint32_t kMaxNativeNodes = kNativeMark;
    static constexpr std::uint32_t kMaxNodes = 1u << 28;
    static constexpr std::uint32_t kRoot = 0; ///< The empty stack.
    static constexpr std::uint32_t kNone = UINT32_MAX;

    Stacks();

    /// The child of `parent` with this frame, made by `thread` on first sight; kNone if there are too many.
    std::uint32_t child(std::uint32_t parent, std::uint32_t frame, std::uint32_t thread)
    {
        const std::uint32_t last = m_nodes[parent].lastChild;
        if (last != 0 && m_nodes[last].frame == frame)
            return last;
        return findChild(parent, frame, thread);
    }
    /// Where the allocations of a thread at a node count; kNone if there are too many.
    std::uint32_t place(std::uint32_t node, std::uint32_t thread)
    {
        return m_nodes[node].thread == thread ? node : child(node, thread | kThreadMark, thread);
    }

    std::uint32_t size() const { return std::uint32_t(m_nodes.size()); }
    StackNode& operator[](std::uint32_t node) { return m_nodes[node]; }
    /// In order of first sight: parents stand before children.
    const StackNode& operator[](std::uint32_t node) const { return m_nodes[node]; }
    /// The node with the stack of a place.
    std::uint32_t nodeOf(std::uint32_t place) const { return isThread(place) ? m_nodes[place].parent : place; }
    /// Whether this node stands for a further thread.
    bool isThread(std::uint32_t node) const { return m_nodes[node].frame & kThreadMark; }
    /// Whether this node stands for a native stack below its parent's Python frames.
    bool isNative(std::uint32_t node) const { return !isThread(node) && (m_nodes[node].frame & kNativeMark); }
    /// Gives back what only child() needs.
    void freeze() { m_slots = {}; }

private:
    /// Half a hash and the node with these parent and frame: most probes end without looking at the node.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t node = kNone;
    };

    std::uint32_t findChild(std::uint32_t parent, std::uint32_t frame, std::uint32_t thread);
    void grow();

    ChunkedVector<StackNode> m_nodes;
    std::vector<Slot> m_slots;
};

} // namespace sundial::memray
