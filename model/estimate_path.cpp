// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/estimate_path.h"

namespace sundial::estimate
{

std::uint32_t PathSets::levels(std::uint32_t size)
{
    std::uint32_t result = 0;
    for (std::uint64_t room = std::uint64_t(1) << kLeafBits; room < size; room <<= kBranchBits)
        ++result;
    return result;
}

bool PathSets::contains(Set set, std::uint32_t number, std::uint32_t size) const
{
    for (std::uint32_t level = levels(size); level > 0 && set != 0; --level)
        set = m_branches[set][number >> (kLeafBits + (level - 1) * kBranchBits) & 15];
    return m_leaves[set][number >> 6 & 7] >> (number & 63) & 1;
}

PathSets::Set PathSets::with(Set set, std::uint32_t number, std::uint32_t size)
{
    if (contains(set, number, size))
        return set;
    Set top = 0, above = 0; // branch 0 is shared by all empty sets and never written
    std::uint32_t way = 0;
    const auto attach = [&](Set copy) { (above != 0 ? m_branches[above][way] : top) = copy; };
    for (std::uint32_t level = levels(size); level > 0; --level) {
        const auto copy = Set(m_branches.size());
        const std::array<std::uint32_t, 16> branch = m_branches[set];
        m_branches.push_back(branch);
        attach(copy);
        above = copy;
        way = number >> (kLeafBits + (level - 1) * kBranchBits) & 15;
        set = branch[way];
    }
    const auto copy = Set(m_leaves.size());
    std::array<std::uint64_t, 8> leaf = m_leaves[set];
    leaf[number >> 6 & 7] |= std::uint64_t(1) << (number & 63);
    m_leaves.push_back(leaf);
    attach(copy);
    return top;
}

} // namespace sundial::estimate
