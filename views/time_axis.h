// SPDX-License-Identifier: GPL-3.0-or-later
// Moments and ranges of a profile's time, in words and as an axis. A moment is written as the time since the scale
// begins, like everything that profilers show.
#pragma once

#include "model/lanes.h"
#include "views/theme.h"

#include <QPainter>

namespace sundial
{

constexpr int kTimeAxisHeight = 22;

/// The smallest of 1, 2, 5, 10, 20 … that is not below `least`.
double roundStep(double least);
/// "1.24 s", with as many decimals as moments `step` apart need. `largest` chooses the unit, for all of a picture.
QString momentText(double sinceBegin, double step, double largest, Unit unit);
/// "1.20 s – 3.45 s  ·  2.25 s of 9.85 s"
QString rangeText(const TimeScale& scale, const TimeRange& range);
/// Where the ends of a range may stand: the scale's ends and round moments between them, some 2,000.
std::vector<double> rangeStops(const TimeScale& scale);

/// Ticks and their moments along the lower edge of `area`, which shows the range `shown` of the scale; hairlines up to
/// `top`.
void paintTimeAxis(QPainter& painter, const QRectF& area, double top, const TimeScale& scale, const TimeRange& shown,
                   const Theme& theme);

} // namespace sundial
