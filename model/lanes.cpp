// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/lanes.h"

#include <charconv>

namespace sundial
{

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
    if (profile.lanes.size() == 1)
        return profile.tree;
    const Lane& range = profile.lanes[lane.value];
    std::vector<CallTree::ColumnPtr> columns;
    for (std::uint32_t m = 0; m < profile.metrics.size(); ++m) {
        std::vector<double> self(profile.tree.size(), 0);
        if (const std::vector<double>* weights = profile.samples.weights(MetricId{m})) {
            for (std::uint64_t s = range.firstSample; s < range.endSample; ++s)
                self[profile.samples.node[s]] += (*weights)[s];
        }
        columns.push_back(
            std::make_shared<const WeightColumn>(makeWeightColumn(*profile.tree.topology(), std::move(self))));
    }
    return CallTree(profile.tree.topology(), std::move(columns));
}

} // namespace sundial
