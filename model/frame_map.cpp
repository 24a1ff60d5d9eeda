// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/frame_map.h"

#include "model/function_identity.h"
#include "model/hash.h"
#include "model/id_index.h"

#include <algorithm>

namespace sundial
{

namespace
{

std::size_t hashOf(const FrameKey& key)
{
    return std::size_t(mixBits(packPair(key.name.value, key.file.value)) ^ mixBits(packPair(key.line, key.variant)));
}

/// The step on the function that is meant, or nothing if it is gone.
std::optional<FilterStep> sameStep(FilterStep step, const FrameMap& frames)
{
    if (!step.frame)
        return step;
    step.frame = frames[step.frame.value];
    return step.frame ? std::optional(step) : std::nullopt;
}

} // namespace

FrameMap equalFrames(const FrameTable& from, const FrameTable& to)
{
    IdIndex ids; // of `to`
    for (std::uint32_t f = 0; f < to.size(); ++f) {
        const std::size_t hash = hashOf(to.key(FrameId{f}));
        if (ids.find(hash, [&](std::uint32_t id) { return to.key(FrameId{id}) == to.key(FrameId{f}); }) ==
            IdIndex::kNone)
            ids.insert(hash, f);
    }
    FrameMap map(from.size());
    for (std::uint32_t f = 0; f < from.size(); ++f) {
        FrameKey key = from.key(FrameId{f});
        key.name = to.strings().find(from.name(FrameId{f}));
        key.file = to.strings().find(from.file(FrameId{f}));
        const std::uint32_t same = ids.find(hashOf(key), [&](std::uint32_t id) { return to.key(FrameId{id}) == key; });
        if (same != IdIndex::kNone)
            map[f] = FrameId{same};
    }
    return map;
}

FrameMap sameFunctions(const Analysis& from, const Analysis& to)
{
    FrameMap map(from.frames().size());
    for (const FrameMatch& match : matchFunctions({from.frames(), from.graph}, {to.frames(), to.graph})) {
        if (match.before)
            map[match.before.value] = match.after;
    }
    return map;
}

NodeId samePlace(const CallTree& from, NodeId n, const CallTree& to, const FrameMap& frames)
{
    if (to.isEmpty() || n.value >= from.size())
        return NodeId{0};
    NodeId place{0};
    for (const NodeId step : pathTo(from, n)) {
        const FrameId wanted = from.frame(step) ? frames[from.frame(step).value] : FrameId{};
        NodeId next;
        to.forEachChild(place, [&](NodeId child) {
            if (wanted && to.frame(child) == wanted)
                next = child;
        });
        if (!next)
            break;
        place = next;
    }
    return place;
}

AnalysisOptions sameOptions(const AnalysisOptions& options, const Profile& from, const Profile& to,
                            const FrameMap& frames)
{
    AnalysisOptions same;
    same.inverted = options.inverted && to.origin == TreeOrigin::Exact;
    for (const LaneId lane : options.lanes) {
        const std::string& name = from.lanes[lane.value].name;
        const auto found =
            std::find_if(to.lanes.begin(), to.lanes.end(), [&name](const Lane& l) { return l.name == name; });
        if (found != to.lanes.end())
            same.lanes.push_back(LaneId{std::uint32_t(found - to.lanes.begin())});
    }
    if (options.allocator && from.memory && to.memory) {
        const std::string& name = from.memory->statistics.allocators[*options.allocator].name;
        const auto& all = to.memory->statistics.allocators;
        const auto found = std::find_if(all.begin(), all.end(), [&name](const auto& a) { return a.name == name; });
        if (found != all.end())
            same.allocator = std::uint32_t(found - all.begin());
    }
    for (const FilterStep& step : options.filters) {
        if (const std::optional<FilterStep> there = sameStep(step, frames))
            same.filters.push_back(*there);
    }
    return same;
}

MetricId sameMetric(MetricId metric, const Profile& from, const Profile& to)
{
    const MetricId found = findMetric(to, from.metrics[metric.value].id);
    return found ? found : MetricId{0};
}

} // namespace sundial
