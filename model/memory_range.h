// SPDX-License-Identifier: GPL-3.0-or-later
// Memory for a range of time: what was live at its high-water mark, what was allocated in it and not freed by its end,
// what was temporary, and all that was allocated. Resolved to the measurements of the timeline.
#pragma once

#include "model/chunked_vector.h"
#include "model/profile.h"

#include <optional>
#include <span>

namespace sundial
{

/// Where blocks come from: a place is a node of the tree in one lane, by one allocator.
struct MemoryPlaces {
    struct Sum {
        std::uint32_t place = 0;
        AllocationSum sum;
    };
    std::vector<std::uint32_t> node;     ///< By place: its NodeId.
    std::vector<std::uint32_t> lane;     ///< By place: its LaneId.
    std::vector<std::uint8_t> allocator; ///< By place: in MemoryStatistics::allocators.
    /// What lived at the high-water mark and at the end, by ascending place; places without any are left out.
    std::vector<Sum> peak, leaked;
};

/// What each interval between two measurements allocated, and which blocks lived across a measurement. Interval i ends
/// with measurement i; the last one follows the last measurement.
struct MemoryIndex {
    static constexpr std::uint32_t kNever = UINT32_MAX;

    /// The allocations of one place in one interval.
    struct Row {
        std::uint32_t place = 0;
        std::uint32_t totalCount = 0;
        std::uint32_t temporaryCount = 0;
        std::uint64_t totalBytes = 0;
        std::uint64_t temporaryBytes = 0; ///< Of those that were freed in this interval.
    };
    /// A block, or a part of a mapping, that lived at the measurements born … died - 1.
    struct Span {
        std::uint32_t place = 0;
        std::uint32_t born = 0;
        std::uint32_t died = kNever; ///< The interval of its end.
        std::int32_t count = 1;      ///< 0: a mapping was cut short; -1: in two.
        std::uint64_t bytes = 0;
    };

    ChunkedVector<Row> rows;             ///< Interval after interval.
    std::vector<std::uint64_t> firstRow; ///< By interval.
    ChunkedVector<Span> spans;
};

/// From one measurement of the timeline to a later one.
struct MemoryRange {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    bool operator==(const MemoryRange&) const = default;
};

/// The measurement of a range with the largest heap; the last one of equals.
std::uint32_t largestMeasurement(const MemoryTimeline& timeline, MemoryRange range);

/// The profile's tree weighed by a range of time, in all metrics: those at the peak are what lived at the range's
/// largest measurement. `lanes`: of these threads alone; none given, of all. `allocator`: in the statistics of the
/// capture; none: all. Needs profile.memory->index. O(nodes + rows in the range + spans).
CallTree memoryRangeTree(const Profile& profile, MemoryRange range, std::span<const LaneId> lanes = {},
                         std::optional<std::uint32_t> allocator = {});
/// The same over the capture's whole time, as memray's reports have it. Needs profile.memory->places. O(nodes + rows).
CallTree memoryTree(const Profile& profile, std::span<const LaneId> lanes, std::optional<std::uint32_t> allocator = {});

/// Bytes that lived at each measurement in blocks of a function and of what it calls, a block that several of its
/// frames hold once; of these threads and this allocator, as above. Needs profile.memory->index. O(nodes + spans +
/// measurements).
std::vector<double> liveOverTime(const Profile& profile, FrameId function, std::span<const LaneId> lanes = {},
                                 std::optional<std::uint32_t> allocator = {});

} // namespace sundial
