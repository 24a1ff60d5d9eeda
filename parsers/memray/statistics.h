// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of `memray stats`.
#pragma once

#include "parsers/memray/capture.h"

#include <array>

namespace sundial::memray
{

/// `strings` takes the names of locations: those of the profile. An aggregated capture gives allocators alone, without
/// totals.
MemoryStatistics statisticsOf(const Capture& capture, StringTable& strings);

/// What each allocator gave, by its number.
struct AllocatorSums {
    AllocationSum total, peak, leaked;
    bool occurs() const { return total.count + peak.count + leaked.count > 0; }
};
std::array<AllocatorSums, kAllocatorCount> allocatorSums(const Stacks& stacks, const HeapView& heap);

/// Ten bins over the logarithm of the sizes, as `memray stats` shows them.
std::vector<MemoryStatistics::Bin> sizeHistogram(std::span<const std::pair<std::uint64_t, std::uint64_t>> countBySize);

} // namespace sundial::memray
