// SPDX-License-Identifier: GPL-3.0-or-later
// One thread or process of a profile: the same tree, weighed by its samples alone.
#pragma once

#include "model/profile.h"

#include <string_view>

namespace sundial
{

/// The lane that `text` names: its name, or its index in Profile::lanes. None if there is no such lane.
LaneId findLane(const Profile& profile, std::string_view text);

/// The profile's tree with columns that hold the samples of `lane` only. Metrics that samples do not count in are 0.
/// For profiles with one lane, the tree itself. O(nodes · metrics + samples).
CallTree laneTree(const Profile& profile, LaneId lane);

} // namespace sundial
