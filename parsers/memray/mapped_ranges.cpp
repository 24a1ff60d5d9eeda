// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/mapped_ranges.h"

#include <bit>

namespace sundial::memray
{

void MappedRanges::insert(std::uint64_t start, const Range& range)
{
    const auto lengthClass = unsigned(std::bit_width(range.end - start) - 1);
    m_ranges[lengthClass].emplace(start, range);
    m_classes |= std::uint64_t(1) << lengthClass;
}

void MappedRanges::map(std::uint64_t address, std::uint64_t size, const Origin& origin)
{
    if (const std::uint64_t end = endOf(address, size); end > address)
        insert(address, {end, origin});
}

void MappedRanges::resetBirths()
{
    for (ByStart& ranges : m_ranges) {
        for (auto& [start, range] : ranges)
            range.origin.born = 0;
    }
}

} // namespace sundial::memray
