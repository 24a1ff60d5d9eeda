// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/heap.h"

#include "model/release.h"

#include <algorithm>

namespace sundial::memray
{

// Losses may take counts away, so sums wrap around on the way.
void mergePlaces(std::vector<PlaceSum>& sums)
{
    std::sort(sums.begin(), sums.end(), [](const PlaceSum& a, const PlaceSum& b) { return a.place < b.place; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (kept > 0 && sums[kept - 1].place == sums[i].place) {
            sums[kept - 1].sum.count += sums[i].sum.count;
            sums[kept - 1].sum.bytes += sums[i].sum.bytes;
        } else {
            sums[kept++] = sums[i];
        }
    }
    sums.resize(kept);
}

Heap::Heap(Stacks& stacks, std::uint32_t temporaryThreshold)
    : m_stacks(stacks), m_ringSize(std::size_t(temporaryThreshold) + 1), m_countBySmallSize(kSmallSizes)
{
    m_sums.index.firstRow.push_back(0);
}

void Heap::apply(std::span<const HeapEvent> events)
{
    for (const HeapEvent& event : events)
        m_blocks.prefetch(event.address);
    for (const HeapEvent& event : events) {
        switch (event.kind) {
        case HeapEvent::Kind::Allocate:
            allocate(event);
            break;
        case HeapEvent::Kind::Free:
            free(event);
            break;
        case HeapEvent::Kind::Map:
            map(event);
            break;
        case HeapEvent::Kind::Unmap:
            unmap(event);
            break;
        case HeapEvent::Kind::Measure:
            measure(event);
            continue;
        }
        ++m_sums.records;
        if (m_current >= m_sums.peakBytes) // on equality too: the last record at the highest level counts
            markPeak();
    }
}

void Heap::markPeak()
{
    m_sums.peakBytes = m_current;
    m_lostSincePeak.clear();
    if (++m_peaks == UINT32_MAX) { // everything that lives was born before this peak
        m_blocks.resetBirths();
        m_ranges.resetBirths();
        m_peaks = 1;
    }
}

void Heap::allocate(const HeapEvent& event)
{
    countAllocation(event);
    // A block that was live here already is gone from the sums, though memray's level keeps it.
    if (const Block before = m_blocks.put(event.address, {event.size, event.place, m_peaks, interval()}))
        lose(before);
    m_current += event.size;
}

void Heap::map(const HeapEvent& event)
{
    countAllocation(event);
    m_ranges.map(event.address, event.size, {event.place, m_peaks, interval()});
    m_current += event.size;
}

void Heap::free(const HeapEvent& event)
{
    if (const Block block = m_blocks.take(event.address)) { // else it is older than the tracking
        lose(block);
        m_current -= block.size;
    }
    countTemporary(event);
}

void Heap::unmap(const HeapEvent& event)
{
    m_ranges.unmap(event.address, event.size, [this](const MappedRanges::Cut& cut) {
        const MappedRanges::Origin& origin = cut.origin;
        if (origin.born < m_peaks)
            m_lostSincePeak.push_back({origin.place, -cut.pieces, cut.bytes});
        if (origin.interval < interval())
            m_sums.index.spans.push_back({origin.place, origin.interval, interval(), -cut.pieces, cut.bytes});
        m_current -= cut.bytes;
    });
    countTemporary(event);
}

void Heap::lose(const Block& block)
{
    if (block.born < m_peaks)
        m_lostSincePeak.push_back({block.place, 1, block.size});
    if (block.interval < interval())
        m_sums.index.spans.push_back({block.place, block.interval, interval(), 1, block.size});
}

MemoryIndex::Row& Heap::rowOf(std::uint32_t place)
{
    MemoryIndex& index = m_sums.index;
    std::uint32_t& row = m_stacks[place].row;
    if (row < index.firstRow.back() || row >= index.rows.size() || index.rows[row].place != place) {
        row = std::uint32_t(index.rows.size());
        index.rows.push_back({.place = place});
    }
    return index.rows[row];
}

void Heap::measure(const HeapEvent& event)
{
    m_sums.timeline.time.push_back(double(event.size));
    m_sums.timeline.resident.push_back(double(event.address));
    m_sums.timeline.heap.push_back(double(m_current));
    m_sums.index.firstRow.push_back(m_sums.index.rows.size());
}

void Heap::countAllocation(const HeapEvent& event)
{
    if (event.size < kSmallSizes)
        ++m_countBySmallSize[event.size];
    else
        ++m_countByLargeSize[event.size];
    MemoryIndex::Row& row = rowOf(event.place);
    row.totalBytes += event.size;
    ++row.totalCount;

    if (m_recent.size() <= event.thread)
        m_recent.resize(event.thread + 1);
    Recent& recent = m_recent[event.thread];
    const Recent::Entry entry{event.address, event.size, event.place};
    if (recent.entries.size() < m_ringSize) {
        recent.newest = recent.entries.size();
        recent.entries.push_back(entry);
    } else {
        recent.newest = recent.newest + 1 == m_ringSize ? 0 : recent.newest + 1;
        recent.entries[recent.newest] = entry;
    }
}

void Heap::countTemporary(const HeapEvent& event)
{
    if (m_recent.size() <= event.thread)
        return;
    const Recent& recent = m_recent[event.thread];
    const std::size_t count = recent.entries.size();
    for (std::size_t i = 0, at = recent.newest; i < count; ++i, at = at == 0 ? count - 1 : at - 1) {
        const Recent::Entry& entry = recent.entries[at];
        if (entry.address == event.address && (event.kind != HeapEvent::Kind::Unmap || entry.size == event.size)) {
            MemoryIndex::Row& row = rowOf(entry.place);
            row.temporaryBytes += entry.size;
            ++row.temporaryCount;
            return;
        }
    }
}

void Heap::addHeld(std::vector<PlaceSum>& peak, std::vector<PlaceSum>& leaked) const
{
    const auto add = [&](std::uint64_t bytes, std::uint32_t place, std::uint32_t born) {
        const PlaceSum one{place, {1, bytes}};
        leaked.push_back(one);
        if (born < m_peaks)
            peak.push_back(one);
    };
    m_blocks.forEach([&](const Block& block) { add(block.size, block.place, block.born); });
    m_ranges.forEach(
        [&](std::uint64_t size, const MappedRanges::Origin& origin) { add(size, origin.place, origin.born); });
    for (const Loss& loss : m_lostSincePeak)
        peak.push_back({loss.place, {std::uint64_t(std::int64_t(loss.count)), loss.bytes}});
    mergePlaces(peak);
    mergePlaces(leaked);
}

HeapSums Heap::finish()
{
    const auto addSpan = [this](std::uint32_t place, std::uint32_t interval, std::uint64_t bytes) {
        m_sums.index.spans.push_back({place, interval, MemoryIndex::kNever, 1, bytes});
    };
    m_blocks.forEach([&](const Block& block) { addSpan(block.place, block.interval, block.size); });
    m_ranges.forEach(
        [&](std::uint64_t size, const MappedRanges::Origin& origin) { addSpan(origin.place, origin.interval, size); });
    addHeld(m_sums.peak, m_sums.leaked);
    release(m_lostSincePeak);
    m_blocks = {};
    for (std::uint64_t size = 0; size < kSmallSizes; ++size) {
        if (m_countBySmallSize[size] > 0)
            m_sums.countBySize.emplace_back(size, m_countBySmallSize[size]);
    }
    m_sums.countBySize.insert(m_sums.countBySize.end(), m_countByLargeSize.begin(), m_countByLargeSize.end());
    return std::move(m_sums);
}

} // namespace sundial::memray
