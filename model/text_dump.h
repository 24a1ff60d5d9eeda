// SPDX-License-Identifier: GPL-3.0-or-later
// The readable dump that golden tests share: what a reviewer reads when a number changes.
#pragma once

#include "model/profile.h"

#include <string>

namespace sundial
{

/// One line a node, "name self/total" of one metric, indented by depth, children by total descending. The root's line
/// is left out.
std::string dumpTree(const Profile& profile, const CallTree& tree, MetricId metric = MetricId{0});
/// One line a function, "label calls self total", in file order; then one line an edge, "caller > callee calls self
/// total".
std::string dumpArcs(const Profile& profile);

} // namespace sundial
