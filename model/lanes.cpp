// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/lanes.h"

#include "model/memory_range.h"

#include <algorithm>
#include <charconv>

namespace sundial
{

namespace
{

/// How much of [start, start + length) lies in the range, as a fraction.
double share(double start, double length, const TimeRange& range)
{
    if (length <= 0)
        return start >= range.begin && start < range.end ? 1 : 0;
    const double inside = std::min(start + length, range.end) - std::max(start, range.begin);
    return std::clamp(inside / length, 0.0, 1.0);
}

bool isMainThread(const Lane& lane)
{
    return lane.name.find("MainThread") != std::string::npos || (lane.thread >= 0 && lane.thread == lane.process);
}

} // namespace

TimeRange laneExtent(const Profile& profile, LaneId id)
{
    const Lane& lane = profile.lanes[id.value];
    const Samples& samples = profile.samples;
    if (samples.start.empty() || lane.firstSample == lane.endSample)
        return {lane.startValue, lane.startValue + lane.total};
    return {samples.start[lane.firstSample], samples.start[lane.endSample - 1] + samples.weight[lane.endSample - 1]};
}

TimeScale timeScale(const Profile& profile, MetricId metric)
{
    TimeScale scale;
    if (profile.origin != TreeOrigin::Exact || !profile.samples.inTimeOrder)
        return scale;
    const auto countsTime = [&](const Lane& lane) { return isTime(profile.metrics[lane.metric.value].unit); };
    const bool hasTime = std::any_of(profile.lanes.begin(), profile.lanes.end(), countsTime);
    for (std::uint32_t l = 0; l < profile.lanes.size(); ++l) {
        const Lane& lane = profile.lanes[l];
        const TimeRange extent = laneExtent(profile, LaneId{l});
        if (!(hasTime ? countsTime(lane) : lane.metric == metric) || !(extent.end > extent.begin))
            continue;
        scale.begin = scale.isEmpty() ? extent.begin : std::min(scale.begin, extent.begin);
        scale.end = scale.isEmpty() ? extent.end : std::max(scale.end, extent.end);
        scale.unit = profile.metrics[lane.metric.value].unit;
        scale.lanes.push_back(LaneId{l});
    }
    return scale;
}

std::vector<LaneId> lanesInOrder(const Profile& profile)
{
    std::vector<LaneId> order;
    for (std::uint32_t l = 0; l < profile.lanes.size(); ++l)
        order.push_back(LaneId{l});
    std::stable_sort(order.begin(), order.end(), [&profile](LaneId a, LaneId b) {
        const Lane& left = profile.lanes[a.value];
        const Lane& right = profile.lanes[b.value];
        if (isMainThread(left) != isMainThread(right))
            return isMainThread(left);
        return left.metric == right.metric ? left.total > right.total : left.metric < right.metric;
    });
    return order;
}

std::vector<double> sampleStarts(const Profile& profile, LaneId lane)
{
    const Lane& l = profile.lanes[lane.value];
    const Samples& samples = profile.samples;
    std::vector<double> starts;
    starts.reserve(l.endSample - l.firstSample + 1);
    double next = l.startValue;
    for (std::uint64_t i = l.firstSample; i < l.endSample; ++i) {
        if (!samples.start.empty())
            next = samples.start[i];
        starts.push_back(next);
        next += samples.weight[i];
    }
    starts.push_back(next);
    return starts;
}

CallTree selectSamples(const Profile& profile, std::span<const LaneId> lanes, std::optional<TimeRange> range)
{
    const Samples& samples = profile.samples;
    if (profile.memory && profile.memory->places)
        return memoryTree(profile, lanes);
    if (samples.size() == 0)
        return profile.tree;
    std::vector<std::vector<double>> self(profile.metrics.size());
    for (std::vector<double>& column : self)
        column.assign(profile.tree.size(), 0);
    for (const LaneId id : lanes) {
        const Lane& lane = profile.lanes[id.value];
        const bool areEvents = !samples.start.empty() && !isTime(profile.metrics[lane.metric.value].unit);
        double next = lane.startValue;
        for (std::uint64_t i = lane.firstSample; i < lane.endSample; ++i) {
            const double start = samples.start.empty() ? next : samples.start[i];
            const double weight = samples.weight[i];
            const double part = range ? share(start, areEvents ? 0 : weight, *range) : 1;
            next += weight;
            if (part == 0)
                continue;
            const std::uint32_t node = samples.node[i];
            self[lane.metric.value][node] += weight * part;
            for (std::size_t m = 0; m < samples.more.size(); ++m)
                self[m + 1][node] += samples.more[m][i] * part;
        }
    }
    std::vector<CallTree::ColumnPtr> columns;
    for (std::vector<double>& column : self)
        columns.push_back(
            std::make_shared<const WeightColumn>(makeWeightColumn(*profile.tree.topology(), std::move(column))));
    return {profile.tree.topology(), std::move(columns)};
}

bool canChooseLanes(const Profile& profile)
{
    return profile.lanes.size() > 1 && (profile.samples.size() > 0 || (profile.memory && profile.memory->places));
}

bool lanesHaveAllMetrics(const Profile& profile)
{
    return !profile.samples.more.empty() || profile.memory;
}

LaneId findLane(const Profile& profile, std::string_view text)
{
    for (std::uint32_t i = 0; i < profile.lanes.size(); ++i) {
        if (profile.lanes[i].name == text)
            return {i};
    }
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool isIndex = error == std::errc() && end == text.data() + text.size() && index < profile.lanes.size();
    return isIndex ? LaneId{index} : LaneId{};
}

CallTree laneTree(const Profile& profile, LaneId lane)
{
    return profile.lanes.size() == 1 ? profile.tree : selectSamples(profile, {&lane, 1});
}

} // namespace sundial
