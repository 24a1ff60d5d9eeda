// SPDX-License-Identifier: GPL-3.0-or-later
// Replays the allocations of a capture and sums, in one pass, everything that memray's reports tell of them: what lived
// at the high-water mark, what was never freed, what was temporary, and all of it. The rules are memray's, ties
// included.
#pragma once

#include "model/memory_stats.h"
#include "parsers/memray/live_blocks.h"
#include "parsers/memray/mapped_ranges.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sundial::memray
{

/// One allocation, deallocation or measurement, in file order.
struct HeapEvent {
    enum class Kind : std::uint8_t { Allocate, Free, Map, Unmap, Measure };
    std::uint64_t address = 0; ///< Of a measurement: resident bytes.
    std::uint64_t size = 0;    ///< Of a measurement: milliseconds since the start.
    std::uint32_t group = 0;   ///< Of allocations.
    std::uint32_t thread = 0;  ///< By order of appearance.
    Kind kind = Kind::Allocate;
};

/// What the reports tell of one group of allocations.
struct GroupSums {
    AllocationSum peak, leaked, temporary, total;
};

class Heap
{
public:
    /// A larger threshold is taken as this one: a free searches as many allocations.
    static constexpr std::uint32_t kMaxThreshold = 1000;

    /// See ParseOptions::temporaryThreshold.
    explicit Heap(std::uint32_t temporaryThreshold);

    /// Groups are numbered from 0; `groupCount` is how many the events so far name.
    void apply(std::span<const HeapEvent> events, std::size_t groupCount);

    /// For each group, after the last event.
    std::vector<GroupSums> finish();
    std::uint64_t peakBytes() const { return m_peak; }
    /// Allocations and deallocations so far.
    std::uint64_t records() const { return m_records; }
    /// Times in milliseconds since the start.
    MemoryTimeline& timeline() { return m_timeline; }
    /// How many allocations have this size, for each size that occurs; in no order.
    std::vector<std::pair<std::uint64_t, std::uint64_t>> countBySize() const;
    /// Mappings overlap each other in a way that no process can have, and take more and more time.
    bool isTangled() const { return m_ranges.steps() > kFreeSteps + 256 * m_records; }

private:
    static constexpr std::uint64_t kFreeSteps = 1 << 20;
    static constexpr std::size_t kSmallSizes = 1024;

    /// One cache line. The sums at the peak are those from before the first change after it: they are copied when the
    /// group changes for the first time since, and not at every new peak.
    struct alignas(64) Counters {
        std::uint64_t liveBytes = 0;
        std::uint64_t peakBytes = 0;
        std::uint64_t totalBytes = 0;
        std::uint64_t totalCount = 0;
        std::uint64_t temporaryBytes = 0;
        std::uint64_t temporaryCount = 0;
        std::uint32_t liveCount = 0;
        std::uint32_t peakCount = 0;
        std::uint64_t peakSerial = 0; ///< Which peak the two are of.
    };
    /// The last allocations of one thread, as a ring.
    struct Recent {
        std::vector<std::uint64_t> address;
        std::vector<Block> block;
        std::size_t newest = 0;
    };

    Counters& changing(std::uint32_t group);
    void countAllocation(const HeapEvent& event);
    void countTemporary(const HeapEvent& event);
    void allocate(const HeapEvent& event);
    void free(const HeapEvent& event);
    void unmap(const HeapEvent& event);

    std::size_t m_ringSize;
    std::vector<Counters> m_counters;
    std::vector<Recent> m_recent; ///< By thread.
    LiveBlocks m_blocks;
    MappedRanges m_ranges;
    MemoryTimeline m_timeline;
    std::vector<std::uint64_t> m_countBySmallSize;
    tsl::robin_map<std::uint64_t, std::uint64_t, PairHash> m_countByLargeSize;
    std::uint64_t m_records = 0;
    std::uint64_t m_current = 0;
    std::uint64_t m_peak = 0;
    std::uint64_t m_peakSerial = 0;
};

} // namespace sundial::memray
