// SPDX-License-Identifier: GPL-3.0-or-later
// Lanes over time as paint: for each, how busy it was, in the colours of what it did.
#pragma once

#include "model/lane_activity.h"
#include "model/search.h"
#include "views/palette.h"

#include <QPainter>

namespace sundial
{

/// All lanes of a scale in the order of the picture, and what they did in equal parts of it.
struct LaneOverview {
    TimeScale scale; ///< With its lanes in that order.
    std::vector<LaneActivity> activity;
    std::uint32_t parts = 0;
    bool leavesIdleOut = false; ///< Equal moments of two lanes need not have been at once.

    double perPart() const { return scale.length() / parts; }
};

/// What the file calls a lane, or "Thread 3".
QString laneName(const Profile& profile, LaneId lane);

/// How each frame is filled, searches applied.
struct LaneColors {
    const FramePalette& palette;
    const SearchResult& search;
    const Theme& theme;
};

/// The colours that the lanes need, those with most weight first: they stand at the foot of each.
std::vector<QRgb> bandOrder(const LaneOverview& overview, const LaneColors& colors);

/// One lane: a bar a pixel, as high as the lane was busy then. The cost is bounded by parts and pixels.
void paintLane(QPainter& painter, const QRectF& area, const LaneOverview& overview, std::size_t lane,
               const LaneColors& colors, const std::vector<QRgb>& bands);
/// When something was on the stack (lanePresence), as a line in `area`.
void paintPresence(QPainter& painter, const QRectF& area, const std::vector<double>& presence, double perPart,
                   const QColor& color);

} // namespace sundial
