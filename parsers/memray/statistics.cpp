// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/statistics.h"

#include "parsers/memray/frame_lines.h"
#include "parsers/memray/modules.h"

#include <algorithm>
#include <cmath>

namespace sundial::memray
{

namespace
{

void add(AllocationSum& sum, const AllocationSum& part)
{
    sum.count += part.count;
    sum.bytes += part.bytes;
}

std::vector<MemoryStatistics::Allocator> byAllocator(const Capture& capture)
{
    std::array<MemoryStatistics::Allocator, kAllocatorCount> rows;
    std::array<bool, kAllocatorCount> occurs{};
    for (std::size_t g = 0; g < capture.sums.size(); ++g) {
        const auto number = std::size_t(capture.stacks.groups()[g].allocator);
        occurs[number] = true;
        add(rows[number].total, capture.sums[g].total);
        add(rows[number].peak, capture.sums[g].peak);
        add(rows[number].leaked, capture.sums[g].leaked);
    }
    std::vector<MemoryStatistics::Allocator> result;
    for (std::size_t i = 0; i < kAllocatorCount; ++i) {
        if (occurs[i]) {
            rows[i].name = allocatorName(Allocator(i));
            result.push_back(std::move(rows[i]));
        }
    }
    return result;
}

/// By innermost frame, without skipping those of memray itself.
std::vector<MemoryStatistics::Location> byLocation(const Capture& capture, FrameLines& lines, StringTable& strings)
{
    std::vector<MemoryStatistics::Location> locations;
    IndexTable index;
    for (std::size_t g = 0; g < capture.sums.size(); ++g) {
        const std::uint32_t node = capture.stacks.groups()[g].node;
        MemoryStatistics::Location place;
        if (!capture.stacks.isRoot(node)) {
            const Code* const code = lines.codeOf(capture.stacks.nodes()[node]);
            place.function = strings.intern(code ? capture.strings.text(code->function) : "?");
            place.file = strings.intern(code ? capture.strings.text(code->file) : "");
            place.line = lines.lineOf(capture.stacks.nodes()[node]);
        }
        const auto next = std::uint32_t(locations.size());
        const std::uint32_t i = index.findOrAdd(place.function.value, place.file.value, place.line, next);
        if (i == next)
            locations.push_back(place);
        add(locations[i].sum, capture.sums[g].total);
    }
    return locations;
}

/// A stack belongs to the first frame, from the innermost, that is not the standard library's.
std::vector<MemoryStatistics::Module> byModule(const Capture& capture, const FrameLines& lines)
{
    constexpr std::string_view kNoModule = "<root>";
    if (!capture.header.hasFolders())
        return {};
    StringTable names;
    tsl::robin_map<std::uint32_t, StringId> nameByFile; // none: standard library
    const auto nameOf = [&](const Code& code) {
        const auto [entry, isNew] = nameByFile.try_emplace(code.file.value);
        if (isNew) {
            FileModule module = moduleOfFile(capture.header, capture.strings.text(code.file));
            if (!module.isStandardLibrary)
                entry.value() = names.intern(module.name == "memray" ? kNoModule : module.name);
        }
        return entry->second;
    };
    const std::vector<StackNode>& nodes = capture.stacks.nodes();
    std::vector<StringId> nameOfNode(nodes.size());
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
        if (capture.stacks.isRoot(n)) {
            nameOfNode[n] = names.intern(kNoModule);
            continue;
        }
        const Code* const code = lines.codeOf(nodes[n]);
        const StringId own = code ? nameOf(*code) : names.intern("unknown");
        nameOfNode[n] = own ? own : nameOfNode[nodes[n].parent];
    }
    std::vector<MemoryStatistics::Module> modules;
    tsl::robin_map<std::uint32_t, std::size_t> index;
    for (std::size_t g = 0; g < capture.sums.size(); ++g) {
        const StringId name = nameOfNode[capture.stacks.groups()[g].node];
        const auto [entry, isNew] = index.try_emplace(name.value, modules.size());
        if (isNew)
            modules.push_back({std::string(names.text(name)), {}});
        add(modules[entry->second].sum, capture.sums[g].total);
    }
    return modules;
}

} // namespace

std::vector<MemoryStatistics::Bin> sizeHistogram(std::span<const std::pair<std::uint64_t, std::uint64_t>> countBySize)
{
    constexpr int kBins = 10;
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
        bins[std::size_t(i)].upperBound = std::uint64_t(std::exp(low + step * (i + 1)));
    for (const auto& [size, count] : countBySize) {
        // All sizes are 1: the bins have no width.
        const double place = size == 0 || step == 0 ? 0 : std::floor((std::log(double(size)) - low) / step);
        bins[std::size_t(std::clamp(place, 0.0, double(kBins - 1)))].count += count;
    }
    return bins;
}

MemoryStatistics statisticsOf(const Capture& capture, FrameLines& lines, StringTable& strings)
{
    MemoryStatistics statistics;
    statistics.allocators = byAllocator(capture);
    if (capture.header.isAggregated)
        return statistics;
    for (const GroupSums& sums : capture.sums)
        add(statistics.total, sums.total);
    statistics.distinctSizes = capture.countBySize.size();
    statistics.histogram = sizeHistogram(capture.countBySize);
    statistics.locations = byLocation(capture, lines, strings);
    statistics.modules = byModule(capture, lines);
    return statistics;
}

} // namespace sundial::memray
