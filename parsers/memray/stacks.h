// SPDX-License-Identifier: GPL-3.0-or-later
// The Python stacks of a capture: one tree for each thread, and groups of allocations that share everything but their
// address and size.
#pragma once

#include "parsers/memray/allocators.h"
#include "parsers/memray/index_table.h"

#include <vector>

namespace sundial::memray
{

/// A node is a frame below its caller. Each thread has a root of its own, so that a node tells its thread.
struct StackNode {
    std::uint32_t parent = 0; ///< Of a root: itself.
    std::uint32_t code = 0;   ///< Code object, or frame of formats 7 to 11.
    std::int32_t offset = 0;  ///< Instruction offset; 0 in formats 7 to 11.
    bool isEntry = true;      ///< The first frame of a run of the interpreter's loop.
};

/// Allocations with the same stack, native stack and allocator.
struct Group {
    std::uint32_t node = 0;
    std::uint32_t native = 0;     ///< Innermost native node; 0: none.
    std::uint32_t generation = 0; ///< Of the memory map, at the first allocation.
    Allocator allocator = Allocator::None;
};

class Stacks
{
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;
    static constexpr std::uint32_t kMaxNodes = 1u << 25;

    /// The root of a new thread.
    std::uint32_t addRoot();
    /// The child of `parent` with this frame, made on first sight; kNone if there are too many.
    std::uint32_t child(std::uint32_t parent, std::uint32_t code, std::int32_t offset, bool isEntry);
    /// `count` frames less, or kNone if the stack has not as many.
    std::uint32_t pop(std::uint32_t node, unsigned count) const;
    std::uint32_t group(std::uint32_t node, std::uint32_t native, Allocator allocator, std::uint32_t generation);

    /// In order of first sight: parents stand before children.
    const std::vector<StackNode>& nodes() const { return m_nodes; }
    /// In order of their first allocation.
    const std::vector<Group>& groups() const { return m_groups; }
    bool isRoot(std::uint32_t node) const { return m_nodes[node].parent == node; }

private:
    std::vector<StackNode> m_nodes;
    std::vector<Group> m_groups;
    std::vector<std::uint32_t> m_lastGroup; ///< By node: its latest group, as allocations at one place repeat.
    IndexTable m_children;
    IndexTable m_groupIndex;
};

} // namespace sundial::memray
