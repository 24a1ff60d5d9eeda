// SPDX-License-Identifier: GPL-3.0-or-later
// Replays the allocations of a capture and sums, in one pass, everything that memray's reports tell of them: what lived
// at the high-water mark, what was never freed, what was temporary, and all of it. The rules are memray's, ties
// included.
#pragma once

#include "model/memory_range.h"
#include "parsers/memray/live_blocks.h"
#include "parsers/memray/mapped_ranges.h"
#include "parsers/memray/stacks.h"

#include <span>

namespace sundial::memray
{

/// One allocation, deallocation or measurement, in file order.
struct HeapEvent {
    enum class Kind : std::uint8_t { Allocate, Free, Map, Unmap, Measure };
    std::uint64_t address = 0; ///< Of a measurement: resident bytes.
    std::uint64_t size = 0;    ///< Of a measurement: milliseconds since the start.
    std::uint32_t place = 0;   ///< Of an allocation, in Stacks.
    std::uint32_t thread = 0;  ///< By order of appearance.
    Kind kind = Kind::Allocate;
};

using PlaceSum = MemoryPlaces::Sum;

/// Sorts by place and adds up equal ones.
void mergePlaces(std::vector<PlaceSum>& sums);

/// What the reports tell.
struct HeapSums {
    std::vector<PlaceSum> peak, leaked; ///< By ascending place, each once.
    /// How many allocations have this size, for each size that occurs; in no order.
    std::vector<std::pair<std::uint64_t, std::uint64_t>> countBySize;
    MemoryIndex index;           ///< All and temporary allocations.
    MemoryTimeline timeline;     ///< Times in milliseconds since the start.
    std::uint64_t peakBytes = 0; ///< The highest level.
    std::uint64_t records = 0;   ///< Allocations and deallocations.
};

/// What a tree is weighed with.
struct HeapView {
    const MemoryIndex& index;
    const std::vector<PlaceSum>& peak;
    const std::vector<PlaceSum>& leaked;
};
inline HeapView viewOf(const HeapSums& sums)
{
    return {sums.index, sums.peak, sums.leaked};
}

class Heap
{
public:
    /// Notes in `stacks` which rows of the index are theirs. See ParseOptions::temporaryThreshold.
    Heap(Stacks& stacks, std::uint32_t temporaryThreshold);

    void apply(std::span<const HeapEvent> events);
    /// After the last event.
    HeapSums finish();
    /// All but `peak`, `leaked` and the sizes, while events come.
    const HeapSums& sumsSoFar() const { return m_sums; }
    /// What lived at the high-water mark so far, and what lives now. O(blocks log blocks).
    void addHeld(std::vector<PlaceSum>& peak, std::vector<PlaceSum>& leaked) const;
    /// Mappings overlap each other in a way that no process can have, and take more and more time.
    bool isTangled() const { return m_ranges.steps() > kFreeSteps + 256 * m_sums.records; }

private:
    static constexpr std::uint64_t kFreeSteps = 1 << 20;
    static constexpr std::size_t kSmallSizes = 1024;

    /// The last allocations of one thread, as a ring.
    struct Recent {
        struct Entry {
            std::uint64_t address = 0;
            std::uint64_t size = 0;
            std::uint32_t place = 0;
        };
        std::vector<Entry> entries;
        std::size_t newest = 0;
    };
    /// Something that lived at the last peak and does not any more.
    struct Loss {
        std::uint32_t place = 0;
        int count = 0; ///< -1 where a hole made two ranges out of one.
        std::uint64_t bytes = 0;
    };

    void countAllocation(const HeapEvent& event);
    void countTemporary(const HeapEvent& event);
    void allocate(const HeapEvent& event);
    void map(const HeapEvent& event);
    void free(const HeapEvent& event);
    void unmap(const HeapEvent& event);
    void measure(const HeapEvent& event);
    void lose(const Block& block);
    MemoryIndex::Row& rowOf(std::uint32_t place);
    std::uint32_t interval() const { return std::uint32_t(m_sums.index.firstRow.size() - 1); }
    void markPeak();

    Stacks& m_stacks;
    std::size_t m_ringSize;
    std::vector<Recent> m_recent; ///< By thread.
    LiveBlocks m_blocks;
    MappedRanges m_ranges;
    std::vector<std::uint64_t> m_countBySmallSize;
    tsl::robin_map<std::uint64_t, std::uint64_t, PairHash> m_countByLargeSize;
    std::uint64_t m_current = 0;
    /// The blocks of the high-water mark are those that were born before it and live, and those that died since. So
    /// neither a peak nor a block costs anything at the moment of a new peak.
    std::uint32_t m_peaks = 0;
    std::vector<Loss> m_lostSincePeak;
    HeapSums m_sums;
};

} // namespace sundial::memray
