// SPDX-License-Identifier: GPL-3.0-or-later
// Which functions and edges of a component lie on the path to a node, for every node of a growing tree at once.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace sundial::estimate
{

/// Immutable sets of small numbers that share their common parts: adding a number copies one way from the top to a
/// leaf, so a child's set costs little beside its parent's, and a look-up does not walk the path. Sets never move.
class PathSets
{
public:
    /// A set; 0 is the empty one. All sets that grow out of each other are used with the same `size`, which is one more
    /// than the largest number in them.
    using Set = std::uint32_t;

    PathSets() : m_leaves(1), m_branches(1) {}
    bool contains(Set set, std::uint32_t number, std::uint32_t size) const;
    Set with(Set set, std::uint32_t number, std::uint32_t size);

private:
    static constexpr std::uint32_t kLeafBits = 9, kBranchBits = 4; // 512 numbers a leaf, 16 ways a branch
    static std::uint32_t levels(std::uint32_t size);

    std::vector<std::array<std::uint64_t, 8>> m_leaves;
    std::vector<std::array<std::uint32_t, 16>> m_branches;
};

} // namespace sundial::estimate
