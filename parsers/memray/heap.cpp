// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/heap.h"

#include <algorithm>

namespace sundial::memray
{

Heap::Heap(std::uint32_t temporaryThreshold)
    : m_ringSize(std::min(temporaryThreshold, kMaxThreshold) + 1), m_countBySmallSize(kSmallSizes)
{
}

void Heap::apply(std::span<const HeapEvent> events, std::size_t groupCount)
{
    if (m_counters.size() < groupCount)
        m_counters.resize(groupCount);
    for (const HeapEvent& event : events)
        m_blocks.prefetch(event.address);
    for (const HeapEvent& event : events) {
        switch (event.kind) {
        case HeapEvent::Kind::Allocate:
            countAllocation(event);
            allocate(event);
            break;
        case HeapEvent::Kind::Free:
            free(event);
            countTemporary(event);
            break;
        case HeapEvent::Kind::Map: {
            countAllocation(event);
            Counters& counters = changing(event.group);
            if (event.size > 0)
                ++counters.liveCount;
            counters.liveBytes += event.size;
            m_current += event.size;
            m_ranges.map(event.address, event.size, event.group);
            break;
        }
        case HeapEvent::Kind::Unmap:
            unmap(event);
            countTemporary(event);
            break;
        case HeapEvent::Kind::Measure:
            m_timeline.time.push_back(double(event.size));
            m_timeline.resident.push_back(double(event.address));
            m_timeline.heap.push_back(double(m_current));
            continue;
        }
        ++m_records;
        if (m_current >= m_peak) { // on equality too: the last record at the highest level counts
            m_peak = m_current;
            ++m_peakSerial;
        }
    }
}

Heap::Counters& Heap::changing(std::uint32_t group)
{
    Counters& counters = m_counters[group];
    if (counters.peakSerial != m_peakSerial) {
        counters.peakBytes = counters.liveBytes;
        counters.peakCount = counters.liveCount;
        counters.peakSerial = m_peakSerial;
    }
    return counters;
}

void Heap::countAllocation(const HeapEvent& event)
{
    if (event.size < kSmallSizes)
        ++m_countBySmallSize[event.size];
    else
        ++m_countByLargeSize[event.size];
    Counters& counters = m_counters[event.group];
    counters.totalBytes += event.size;
    ++counters.totalCount;

    if (m_recent.size() <= event.thread)
        m_recent.resize(event.thread + 1);
    Recent& recent = m_recent[event.thread];
    if (recent.address.size() < m_ringSize) {
        recent.newest = recent.address.size();
        recent.address.push_back(event.address);
        recent.block.push_back({event.size, event.group});
    } else {
        recent.newest = recent.newest + 1 == m_ringSize ? 0 : recent.newest + 1;
        recent.address[recent.newest] = event.address;
        recent.block[recent.newest] = {event.size, event.group};
    }
}

void Heap::countTemporary(const HeapEvent& event)
{
    if (m_recent.size() <= event.thread)
        return;
    const Recent& recent = m_recent[event.thread];
    const std::size_t count = recent.address.size();
    for (std::size_t i = 0, at = recent.newest; i < count; ++i, at = at == 0 ? count - 1 : at - 1) {
        const Block& block = recent.block[at];
        if (recent.address[at] == event.address && (event.kind != HeapEvent::Kind::Unmap || block.size == event.size)) {
            Counters& counters = m_counters[block.group];
            counters.temporaryBytes += block.size;
            ++counters.temporaryCount;
            return;
        }
    }
}

void Heap::allocate(const HeapEvent& event)
{
    // A block that was live here already is gone from the sums, though memray's level keeps it.
    if (const Block before = m_blocks.put(event.address, {event.size, event.group})) {
        Counters& counters = changing(before.group);
        counters.liveBytes -= before.size;
        --counters.liveCount;
    }
    Counters& counters = changing(event.group);
    counters.liveBytes += event.size;
    ++counters.liveCount;
    m_current += event.size;
}

void Heap::free(const HeapEvent& event)
{
    const Block block = m_blocks.take(event.address);
    if (!block) // older than the tracking
        return;
    Counters& counters = changing(block.group);
    counters.liveBytes -= block.size;
    --counters.liveCount;
    m_current -= block.size;
}

void Heap::unmap(const HeapEvent& event)
{
    m_ranges.unmap(event.address, event.size, [this](const MappedRanges::Cut& cut) {
        Counters& counters = changing(cut.group);
        counters.liveBytes -= cut.bytes;
        counters.liveCount += std::uint32_t(cut.pieces);
        m_current -= cut.bytes;
    });
}

std::vector<GroupSums> Heap::finish()
{
    std::vector<GroupSums> sums(m_counters.size());
    for (std::uint32_t g = 0; g < m_counters.size(); ++g) {
        const Counters& counters = changing(g);
        sums[g].peak = {counters.peakCount, counters.peakBytes};
        sums[g].leaked = {counters.liveCount, counters.liveBytes};
        sums[g].temporary = {counters.temporaryCount, counters.temporaryBytes};
        sums[g].total = {counters.totalCount, counters.totalBytes};
    }
    return sums;
}

std::vector<std::pair<std::uint64_t, std::uint64_t>> Heap::countBySize() const
{
    std::vector<std::pair<std::uint64_t, std::uint64_t>> counts;
    for (std::uint64_t size = 0; size < kSmallSizes; ++size) {
        if (m_countBySmallSize[size] > 0)
            counts.emplace_back(size, m_countBySmallSize[size]);
    }
    counts.insert(counts.end(), m_countByLargeSize.begin(), m_countByLargeSize.end());
    return counts;
}

} // namespace sundial::memray
