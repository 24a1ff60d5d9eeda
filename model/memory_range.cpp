// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/memory_range.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

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

/// Which places of a capture are counted.
class Choice
{
public:
    Choice(const Profile& profile, std::span<const LaneId> lanes, std::optional<std::uint32_t> allocator)
        : m_places(*profile.memory->places), m_lanes(profile.lanes.size(), lanes.empty()), m_allocator(allocator)
    {
        for (const LaneId lane : lanes)
            m_lanes[lane.value] = true;
    }
    bool has(std::uint32_t place) const
    {
        return m_lanes[m_places.lane[place]] && (!m_allocator || m_places.allocator[place] == *m_allocator);
    }
    std::uint32_t node(std::uint32_t place) const { return m_places.node[place]; }

private:
    const MemoryPlaces& m_places;
    std::vector<bool> m_lanes;
    std::optional<std::uint32_t> m_allocator;
};

void addRows(const MemoryIndex& index, std::uint64_t first, std::uint64_t end, const Choice& choice,
             std::span<std::vector<double>> self)
{
    for (std::uint64_t i = first; i < end; ++i) {
        const MemoryIndex::Row& row = index.rows[i];
        if (!choice.has(row.place))
            continue;
        const std::uint32_t node = choice.node(row.place);
        self[TemporaryBytes][node] += double(row.temporaryBytes);
        self[TemporaryCount][node] += row.temporaryCount;
        self[TotalBytes][node] += double(row.totalBytes);
        self[TotalCount][node] += row.totalCount;
    }
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

CallTree memoryTree(const Profile& profile, std::span<const LaneId> lanes, std::optional<std::uint32_t> allocator)
{
    assert(profile.memory && profile.memory->places);
    const Choice choice(profile, lanes, allocator);
    std::vector<std::vector<double>> self(profile.metrics.size(), std::vector<double>(profile.tree.size()));
    const auto add = [&](const std::vector<MemoryPlaces::Sum>& sums, Column bytes) {
        for (const auto& [place, sum] : sums) {
            if (!choice.has(place))
                continue;
            self[bytes][choice.node(place)] += double(sum.bytes);
            self[bytes + 1][choice.node(place)] += double(sum.count);
        }
    };
    add(profile.memory->places->peak, PeakBytes);
    add(profile.memory->places->leaked, LeakedBytes);
    if (const MemoryIndex* const index = profile.memory->index.get())
        addRows(*index, 0, index->rows.size(), choice, self);
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
    const Choice choice(profile, lanes, allocator);

    const std::size_t first = std::min<std::size_t>(range.from + 1, index.firstRow.size());
    const std::size_t end = std::min<std::size_t>(range.to + 1, index.firstRow.size());
    const std::uint64_t firstRow = first < index.firstRow.size() ? index.firstRow[first] : index.rows.size();
    const std::uint64_t endRow = end < index.firstRow.size() ? index.firstRow[end] : index.rows.size();
    addRows(index, firstRow, endRow, choice, self);
    for (std::size_t i = 0; i < index.spans.size(); ++i) {
        const MemoryIndex::Span& span = index.spans[i];
        if (!choice.has(span.place))
            continue;
        const std::uint32_t node = choice.node(span.place);
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

std::vector<double> liveOverTime(const Profile& profile, FrameId function, std::span<const LaneId> lanes,
                                 std::optional<std::uint32_t> allocator)
{
    assert(profile.memory && profile.memory->index);
    const CallTree& tree = profile.tree;
    std::vector<bool> isInside(tree.size());
    for (std::uint32_t n = 1; n < tree.size();) {
        if (tree.frame(NodeId{n}) != function) {
            ++n;
            continue;
        }
        const std::uint32_t end = tree.subtreeEnd(NodeId{n}).value;
        std::fill(isInside.begin() + n, isInside.begin() + end, true);
        n = end;
    }
    const Choice choice(profile, lanes, allocator);
    const MemoryIndex& index = *profile.memory->index;
    std::vector<double> live(profile.memory->timeline.size() + 1); // first what comes and goes, then their sums
    for (std::size_t i = 0; i < index.spans.size(); ++i) {
        const MemoryIndex::Span& span = index.spans[i];
        if (!isInside[choice.node(span.place)] || !choice.has(span.place) || span.born >= live.size())
            continue;
        live[span.born] += double(span.bytes);
        if (span.died < live.size())
            live[span.died] -= double(span.bytes);
    }
    std::partial_sum(live.begin(), live.end(), live.begin());
    live.pop_back();
    return live;
}

} // namespace sundial
