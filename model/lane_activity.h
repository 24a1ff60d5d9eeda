// SPDX-License-Identifier: GPL-3.0-or-later
// What each lane did in equal parts of its time: the figures behind an overview of all threads.
#pragma once

#include "model/analysis.h"
#include "model/transform.h"

namespace sundial
{

/// One lane. What a part's entries leave of it was idle, or is not known.
struct LaneActivity {
    struct Entry {
        FrameId frame; ///< That did the work: the innermost one.
        double weight = 0;
    };
    std::vector<std::uint32_t> first; ///< By part: its first entry; one more for the end.
    std::vector<Entry> entries;       ///< Part after part, in the order of first sight.
};

/// `parts` equal parts of the scale, each at least the shortest time that a double can tell apart. After the filters of
/// the analysis. O(samples of the lane + parts).
LaneActivity laneActivity(const Analysis& analysis, LaneId lane, const TimeScale& scale, std::uint32_t parts);

/// Whether the file keeps only samples of busy threads, one after another (as py-spy does): then each lane's time is its
/// own, and equal moments of two lanes were not at once. A guess from lanes of different lengths without idle time.
bool leavesIdleOut(const Profile& profile, const TimeScale& scale);

/// How much of each part some frame of a set was on the stack, by FrameId. O(samples of the lane + nodes).
std::vector<double> lanePresence(const Analysis& analysis, LaneId lane, const TimeScale& scale, std::uint32_t parts,
                                 const FrameSet& frames);

} // namespace sundial
