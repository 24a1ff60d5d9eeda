// SPDX-License-Identifier: GPL-3.0-or-later
// The byte ranges that mmap gave and munmap has not taken back.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

namespace sundial::memray
{

/// Ranges may overlap each other; each loses its own part to a munmap. They are kept by start, in one map for each
/// power of two of their length: whatever overlaps a range of addresses starts near it, so one huge mapping does not
/// make the search among small ones long.
class MappedRanges
{
public:
    /// Of a mapping: as in Block.
    struct Origin {
        std::uint32_t place = 0;
        std::uint32_t born = 0;
        std::uint32_t interval = 0;
    };
    /// What a munmap did to one range.
    struct Cut {
        Origin origin;
        std::uint64_t bytes = 0; ///< Taken away.
        int pieces = 0;          ///< -1: the range is gone; 0: it is shorter; 1: it is two now.
    };

    /// A size of 0 has no effect, here and below.
    void map(std::uint64_t address, std::uint64_t size, const Origin& origin);

    /// Takes [address, address + size) away from every range and calls onCut for each that loses something.
    template <class Fn> void unmap(std::uint64_t address, std::uint64_t size, Fn&& onCut)
    {
        const std::uint64_t end = endOf(address, size);
        for (std::uint64_t left = m_classes; size > 0 && left != 0; left &= left - 1)
            unmapIn(unsigned(__builtin_ctzll(left)), address, end, onCut);
    }

    /// Calls fn(size, origin) for each range left.
    template <class Fn> void forEach(Fn&& fn) const
    {
        for (const ByStart& ranges : m_ranges) {
            for (const auto& [start, range] : ranges)
                fn(range.end - start, range.origin);
        }
    }
    void resetBirths();

    /// Ranges looked at so far. Sound captures need a few a munmap; see kMaxSteps.
    std::uint64_t steps() const { return m_steps; }

private:
    struct Range {
        std::uint64_t end = 0;
        Origin origin;
    };
    using ByStart = std::multimap<std::uint64_t, Range>;

    static std::uint64_t endOf(std::uint64_t address, std::uint64_t size)
    {
        return size > UINT64_MAX - address ? UINT64_MAX : address + size;
    }
    void insert(std::uint64_t start, const Range& range);

    template <class Fn> void unmapIn(unsigned lengthClass, std::uint64_t address, std::uint64_t end, Fn& onCut)
    {
        ByStart& ranges = m_ranges[lengthClass];
        const std::uint64_t longest = lengthClass == 63 ? UINT64_MAX : (std::uint64_t(2) << lengthClass) - 1;
        auto it = ranges.lower_bound(address > longest ? address - longest : 0);
        while (it != ranges.end() && it->first < end) {
            ++m_steps;
            const std::uint64_t start = it->first;
            const Range range = it->second;
            if (range.end <= address) {
                ++it;
                continue;
            }
            it = ranges.erase(it);
            // The pieces left belong to this class or to a smaller one. Those of this class do not touch the hole, so
            // it does not matter whether the walk meets them again.
            int pieces = -1;
            if (start < address) {
                insert(start, {address, range.origin});
                ++pieces;
            }
            if (end < range.end) {
                insert(end, range);
                ++pieces;
            }
            onCut(Cut{range.origin, std::min(end, range.end) - std::max(start, address), pieces});
        }
    }

    std::array<ByStart, 64> m_ranges; ///< By floor(log2(length)).
    std::uint64_t m_classes = 0;      ///< Bit i: m_ranges[i] was used.
    std::uint64_t m_steps = 0;
};

} // namespace sundial::memray
