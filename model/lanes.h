// SPDX-License-Identifier: GPL-3.0-or-later
// The same tree with other weights: some of the lanes, a range of their time. What brushing a timeline and choosing a
// thread do to every view.
#pragma once

#include "model/profile.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sundial
{

/// From begin up to, not including, end; in the unit of the lanes' metric, on the scale of Lane::startValue.
struct TimeRange {
    double begin = 0;
    double end = 0;
    bool operator==(const TimeRange&) const = default;
};

/// The lanes that one scale of time fits: those whose samples stand in time order and count time, or, where none does,
/// the metric that is asked for. Empty where the file does not tell what came after what.
struct TimeScale {
    std::vector<LaneId> lanes; ///< In the file's order.
    Unit unit = Unit::None;
    double begin = 0, end = 0; ///< From the first start of all of them to the last end.

    bool isEmpty() const { return lanes.empty(); }
    double length() const { return end - begin; }
};
TimeScale timeScale(const Profile& profile, MetricId metric);

/// Whether some of the lanes can be chosen: there are several, and the file tells what each of them holds.
bool canChooseLanes(const Profile& profile);
/// Whether each lane counts in every metric; else in its own alone.
bool lanesHaveAllMetrics(const Profile& profile);

/// When a lane starts and ends. O(1).
TimeRange laneExtent(const Profile& profile, LaneId lane);

/// All lanes, the main thread first, then by weight; ties in file order. What a reader expects in lists.
std::vector<LaneId> lanesInOrder(const Profile& profile);

/// When each sample of a lane starts and, as one entry more, when the last one ends.
std::vector<double> sampleStarts(const Profile& profile, LaneId lane);

/// The profile's tree with the weights of these lanes only, in `range` if there is one: the same nodes, new columns. Of
/// a sample that reaches out of the range its part inside counts; where samples are events at a moment (they have
/// starts, and weights that are no time), those inside count. A metric that the samples have no weights of is zero.
/// O(nodes + samples). Profiles without samples are returned as they are: they have one lane and no time.
/// Of memory captures, see memoryTree().
CallTree selectSamples(const Profile& profile, std::span<const LaneId> lanes, std::optional<TimeRange> range = {});

/// The lane that `text` names: its name, or its index in Profile::lanes. None if there is no such lane.
LaneId findLane(const Profile& profile, std::string_view text);

/// The tree of one lane: selectSamples() of it, or the profile's own tree if there is no other.
CallTree laneTree(const Profile& profile, LaneId lane);

} // namespace sundial
