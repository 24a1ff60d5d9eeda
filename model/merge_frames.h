// SPDX-License-Identifier: GPL-3.0-or-later
// Frames renamed, and merged where they become equal: without directories, or without lines.
#pragma once

#include "model/profile.h"

#include <functional>

namespace sundial
{

/// Gives every frame a new key and merges those whose keys are equal: they take the place of the first. Their rows and
/// edges add up in file order, and calls stay unknown where one of them is. Totals of merged functions that call each
/// other overlap, so the arcs are marked as lossy. In an exact tree no node is merged: derived tables count recursion
/// among merged frames once. `rename` gets a key and the profile's strings, and may add to them.
/// O(frames + nodes + edges).
void mergeFrames(Profile& profile, const std::function<FrameKey(const FrameKey&, StringTable&)>& rename);

/// As pstats' strip_dirs, which keeps the last part of each path. Unlike it, two callers of one row that become equal
/// are added: strip_dirs keeps the last one's numbers and so loses calls.
void stripDirectories(Profile& profile);

/// Merges the lines of a function, for sampled files that tell only the line that was being executed. Calls are samples
/// there, so neither they nor the totals can pass those of the whole profile.
void mergeLines(Profile& profile);

} // namespace sundial
