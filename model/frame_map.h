// SPDX-License-Identifier: GPL-3.0-or-later
// Where one has been in a profile, found again in another one: the next run of a program, or more of the same file.
#pragma once

#include "model/analysis.h"

#include <vector>

namespace sundial
{

/// By frame of the one profile: the same function in the other, or none.
using FrameMap = std::vector<FrameId>;

/// Frames that are equal in all that a file tells of them. O(frames).
FrameMap equalFrames(const FrameTable& from, const FrameTable& to);
/// The same functions, also where lines have moved or names have changed: see function_identity.h for how, and its
/// cost.
FrameMap sameFunctions(const Analysis& from, const Analysis& to);

/// Where the stack of `n` leads to in another tree: as deep as its frames are there. O(depth × siblings).
NodeId samePlace(const CallTree& from, NodeId n, const CallTree& to, const FrameMap& frames);

/// What was asked of one profile, asked of another: threads are found by their name, functions as `frames` says.
/// Filters on functions that are no longer there are left out, as is a range of a capture's time.
AnalysisOptions sameOptions(const AnalysisOptions& options, const Profile& from, const Profile& to,
                            const FrameMap& frames);
/// The metric of the same name, else the first one.
MetricId sameMetric(MetricId metric, const Profile& from, const Profile& to);

} // namespace sundial
