// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/statistics.h"

#include <algorithm>
#include <cmath>

namespace sundial::memray
{

std::vector<MemoryStatistics::Bin> sizeHistogram(std::span<const std::pair<std::uint64_t, std::uint64_t>> countBySize)
{
    constexpr int kBins = 10;
    constexpr double kLargestSize = 0x1.fffffffffffffp63; // the last number below 2^64: e^log(n) may come out above n
    std::uint64_t smallest = UINT64_MAX, largest = 0;
    for (const auto& [size, count] : countBySize) {
        if (size > 0) {
            smallest = std::min(smallest, size);
            largest = std::max(largest, size);
        }
    }
    if (largest == 0)
        return {};
    double low = std::log(double(smallest));
    const double high = std::log(double(largest));
    if (low == high)
        low /= 2;
    const double step = (high - low) / kBins;
    std::vector<MemoryStatistics::Bin> bins(kBins);
    for (int i = 0; i < kBins; ++i)
        bins[std::size_t(i)].upperBound = std::uint64_t(std::min(std::exp(low + step * (i + 1)), kLargestSize));
    for (const auto& [size, count] : countBySize) {
        // All sizes are 1: the bins have no width.
        const double place = size == 0 || step == 0 ? 0 : std::floor((std::log(double(size)) - low) / step);
        bins[std::size_t(std::clamp(place, 0.0, double(kBins - 1)))].count += count;
    }
    return bins;
}

std::array<AllocatorSums, kAllocatorCount> allocatorSums(const Stacks& stacks, const HeapView& heap)
{
    std::array<AllocatorSums, kAllocatorCount> sums;
    const auto at = [&](std::uint32_t place) -> AllocatorSums& {
        return sums[std::size_t(Owner::allocator(stacks[place].owner))];
    };
    const auto add = [](AllocationSum& sum, std::uint64_t count, std::uint64_t bytes) {
        sum.count += count;
        sum.bytes += bytes;
    };
    for (std::size_t i = 0; i < heap.index.rows.size(); ++i) {
        const MemoryIndex::Row& row = heap.index.rows[i];
        add(at(row.place).total, row.totalCount, row.totalBytes);
    }
    for (const PlaceSum& peak : heap.peak)
        add(at(peak.place).peak, peak.sum.count, peak.sum.bytes);
    for (const PlaceSum& leaked : heap.leaked)
        add(at(leaked.place).leaked, leaked.sum.count, leaked.sum.bytes);
    return sums;
}

MemoryStatistics statisticsOf(const Capture& capture, StringTable& strings)
{
    MemoryStatistics statistics;
    const std::array<AllocatorSums, kAllocatorCount> byAllocator = allocatorSums(capture.stacks, viewOf(capture.sums));
    for (std::size_t i = 0; i < kAllocatorCount; ++i) {
        const AllocatorSums& sums = byAllocator[i];
        if (sums.occurs())
            statistics.allocators.push_back(
                {std::string(allocatorName(Allocator(i))), sums.total, sums.peak, sums.leaked});
        statistics.total.count += sums.total.count;
        statistics.total.bytes += sums.total.bytes;
    }
    statistics.distinctSizes = capture.sums.countBySize.size();
    statistics.histogram = sizeHistogram(capture.sums.countBySize);
    const StringTable& names = capture.frames.strings();
    for (const std::uint32_t i : capture.locationOrder) {
        const FrameName& name = capture.frames.locations()[i];
        MemoryStatistics::Location location{{}, {}, name.line, capture.byLocation[i]};
        if (i != Frames::kUnknownLocation) {
            location.function = strings.intern(names.text(name.function));
            location.file = strings.intern(names.text(name.file));
        }
        statistics.locations.push_back(location);
    }
    for (const std::uint32_t i : capture.moduleOrder) {
        if (capture.header.hasFolders())
            statistics.modules.push_back({capture.frames.modules()[i], capture.byModule[i]});
    }
    return statistics;
}

} // namespace sundial::memray
