// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/memory_range.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace sundial
{

namespace
{

/// The metrics of captures of single allocations, in their order.
enum Column : std::size_t {
    PeakBytes,
    PeakCount,
    LeakedBytes,
    LeakedCount,
    TemporaryBytes,
    TemporaryCount,
    TotalBytes,
    TotalCount,
    ColumnCount,
};

} // namespace

std::uint32_t largestMeasurement(const MemoryTimeline& timeline, MemoryRange range)
{
    std::uint32_t largest = range.from;
    for (std::uint32_t i = range.from; i <= range.to && i < timeline.size(); ++i) {
        if (timeline.heap[i] >= timeline.heap[largest])
            largest = i;
    }
    return largest;
}

namespace
{

std::vector<bool> chosenLanes(const Profile& profile, std::span<const LaneId> lanes)
{
    std::vector<bool> chosen(profile.lanes.size(), lanes.empty());
    for (const LaneId lane : lanes)
        chosen[lane.value] = true;
    return chosen;
}

CallTree treeOf(const Profile& profile, std::span<std::vector<double>> self)
{
    std::vector<CallTree::ColumnPtr> columns;
    for (std::vector<double>& column : self)
        columns.push_back(
            std::make_shared<const WeightColumn>(makeWeightColumn(*profile.tree.topology(), std::move(column))));
    return CallTree(profile.tree.topology(), std::move(columns));
}

} // namespace

CallTree allocatorTree(const Profile& profile, std::uint32_t allocator, std::span<const LaneId> lanes)
{
    assert(profile.memory && profile.memory->sampleAllocator.size() == profile.samples.size());
    const Samples& samples = profile.samples;
    const std::vector<bool> isShown = chosenLanes(profile, lanes);
    std::vector<std::vector<double>> self(profile.metrics.size(), std::vector<double>(profile.tree.size()));
    for (std::size_t l = 0; l < profile.lanes.size(); ++l) {
        const Lane& lane = profile.lanes[l];
        for (std::uint64_t i = lane.firstSample; isShown[l] && i < lane.endSample; ++i) {
            if (profile.memory->sampleAllocator[i] != allocator)
                continue;
            for (std::uint32_t m = 0; m < self.size(); ++m)
                self[m][samples.node[i]] += (*samples.weights(MetricId{m}))[i];
        }
    }
    return treeOf(profile, self);
}

CallTree memoryRangeTree(const Profile& profile, MemoryRange range, std::span<const LaneId> lanes,
                         std::optional<std::uint32_t> allocator)
{
    assert(profile.memory && profile.memory->index && profile.metrics.size() == ColumnCount);
    const MemoryIndex& index = *profile.memory->index;
    const std::uint32_t peak = largestMeasurement(profile.memory->timeline, range);
    std::array<std::vector<double>, ColumnCount> self;
    for (std::vector<double>& column : self)
        column.resize(profile.tree.size());
    const std::vector<bool> shownLanes = chosenLanes(profile, lanes);
    const auto isShown = [&](std::uint32_t place) {
        return shownLanes[index.lane[place]] && (!allocator || index.allocator[place] == *allocator);
    };

    const std::size_t first = std::min<std::size_t>(range.from + 1, index.firstRow.size());
    const std::size_t end = std::min<std::size_t>(range.to + 1, index.firstRow.size());
    const std::uint64_t firstRow = first < index.firstRow.size() ? index.firstRow[first] : index.rows.size();
    const std::uint64_t endRow = end < index.firstRow.size() ? index.firstRow[end] : index.rows.size();
    for (std::uint64_t i = firstRow; i < endRow; ++i) {
        const MemoryIndex::Row& row = index.rows[i];
        if (!isShown(row.place))
            continue;
        const std::uint32_t node = index.node[row.place];
        self[TemporaryBytes][node] += double(row.temporaryBytes);
        self[TemporaryCount][node] += row.temporaryCount;
        self[TotalBytes][node] += double(row.totalBytes);
        self[TotalCount][node] += row.totalCount;
    }
    for (std::size_t i = 0; i < index.spans.size(); ++i) {
        const MemoryIndex::Span& span = index.spans[i];
        if (!isShown(span.place))
            continue;
        const std::uint32_t node = index.node[span.place];
        if (span.born <= peak && peak < span.died) {
            self[PeakBytes][node] += double(span.bytes);
            self[PeakCount][node] += span.count;
        }
        if (range.from < span.born && span.born <= range.to && range.to < span.died) {
            self[LeakedBytes][node] += double(span.bytes);
            self[LeakedCount][node] += span.count;
        }
    }
    return treeOf(profile, self);
}

} // namespace sundial
