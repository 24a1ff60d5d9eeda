// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles as speedscope files, which speedscope and other viewers open:
// https://www.speedscope.app/file-format-schema.json
#pragma once

#include "model/profile.h"

#include <span>
#include <string>
#include <string_view>

namespace sundial
{

/// The samples of these lanes, one speedscope profile each, in time order where the file has one. Where calls are told
/// apart or samples have starts they become open and close events, which keep both; else they stay samples. Samples of
/// a negative weight are left out, since no reader takes them. `exporter` is this program's name and version.
std::string speedscopeText(const Profile& profile, std::span<const LaneId> lanes, std::string_view exporter);

/// A tree of the profile, under a name; without one, under that of the profile or of the metric.
struct NamedTree {
    CallTree tree;
    std::string name;
    MetricId metric; ///< What its weights are.
};

/// Trees without time, one speedscope profile each, with one sample for each node with a positive weight of its own.
/// Nodes of an estimate that stand for no function are "(N smaller)" and "(unattributed)".
std::string speedscopeText(const Profile& profile, std::span<const NamedTree> trees, std::string_view exporter);
std::string speedscopeText(const Profile& profile, const CallTree& tree, MetricId metric, std::string_view exporter);

} // namespace sundial
