// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/lane_activity.h"

#include <algorithm>

namespace sundial
{

namespace
{

/// Calls visit(part, weight, node of the filtered tree) for all that the lane did, part after part.
template <class Visit>
void forEachPart(const Analysis& analysis, LaneId id, const TimeScale& scale, std::uint32_t parts, Visit&& visit)
{
    const Profile& profile = *analysis.profile;
    const Samples& samples = profile.samples;
    const Lane& lane = profile.lanes[id.value];
    const double perPart = scale.length() / parts;
    double next = lane.startValue;
    for (std::uint64_t i = lane.firstSample; i < lane.endSample; ++i) {
        const double start = samples.start.empty() ? next : samples.start[i];
        const double end = start + samples.weight[i];
        next = end;
        const std::uint32_t node = analysis.pathOf.empty() ? samples.node[i] : analysis.pathOf[samples.node[i]];
        if (node == 0 || node == kNotShown)
            continue;
        const double first = std::clamp((start - scale.begin) / perPart, 0.0, double(parts - 1));
        double at = start;
        for (auto part = std::uint32_t(first); part < parts && at < end; ++part) {
            const double partEnd = part + 1 == parts ? end : std::min(end, scale.begin + (part + 1) * perPart);
            if (partEnd > at)
                visit(part, partEnd - at, node);
            at = std::max(at, partEnd);
        }
    }
}

} // namespace

LaneActivity laneActivity(const Analysis& analysis, LaneId lane, const TimeScale& scale, std::uint32_t parts)
{
    LaneActivity activity;
    activity.first.assign(std::size_t(parts) + 1, 0);
    std::vector<std::uint32_t> entryOf(analysis.frames().size(), 0); // in the part at hand, if not before its first
    std::uint32_t current = 0;
    const auto advanceTo = [&](std::uint32_t part) {
        for (; current < part; ++current)
            activity.first[current + 1] = std::uint32_t(activity.entries.size());
    };
    forEachPart(analysis, lane, scale, parts, [&](std::uint32_t part, double weight, std::uint32_t node) {
        advanceTo(part);
        const FrameId frame = analysis.paths.frame(NodeId{node});
        const std::uint32_t known = entryOf[frame.value];
        if (known >= activity.first[current] && known < activity.entries.size() &&
            activity.entries[known].frame == frame) {
            activity.entries[known].weight += weight;
            return;
        }
        entryOf[frame.value] = std::uint32_t(activity.entries.size());
        activity.entries.push_back({frame, weight});
    });
    advanceTo(parts);
    return activity;
}

bool leavesIdleOut(const Profile& profile, const TimeScale& scale)
{
    const Samples& samples = profile.samples;
    if (scale.lanes.size() < 2 || !samples.start.empty() || !samples.continued.empty())
        return false;
    return std::any_of(scale.lanes.begin(), scale.lanes.end(),
                       [&](LaneId id) {
                           const TimeRange extent = laneExtent(profile, id);
                           return extent.end - extent.begin < 0.99 * scale.length();
                       }) &&
           std::all_of(scale.lanes.begin(), scale.lanes.end(), [&](LaneId id) {
               const Lane& lane = profile.lanes[id.value];
               return std::find(samples.node.begin() + std::ptrdiff_t(lane.firstSample),
                                samples.node.begin() + std::ptrdiff_t(lane.endSample),
                                0U) == samples.node.begin() + std::ptrdiff_t(lane.endSample);
           });
}

std::vector<double> lanePresence(const Analysis& analysis, LaneId lane, const TimeScale& scale, std::uint32_t parts,
                                 const FrameSet& frames)
{
    const CallTree& tree = analysis.paths;
    std::vector<bool> isInside(tree.size(), false);
    for (std::uint32_t n = 1; n < tree.size(); ++n) {
        const FrameId frame = tree.frame(NodeId{n});
        isInside[n] = isInside[tree.parent(NodeId{n}).value] || (frame && frames[frame.value]);
    }
    std::vector<double> presence(parts, 0.0);
    forEachPart(analysis, lane, scale, parts, [&](std::uint32_t part, double weight, std::uint32_t node) {
        if (isInside[node])
            presence[part] += weight;
    });
    return presence;
}

} // namespace sundial
