// SPDX-License-Identifier: GPL-3.0-or-later
// The waterfall of a comparison as paint: from the total before to the total after, every bar in one scale from 0.
#pragma once

#include "model/compare_analysis.h"
#include "model/waterfall.h"
#include "views/theme.h"

#include <QPainter>

namespace sundial
{

/// Row 0 is the total before, then the steps, then the total after.
constexpr int kWaterfallRow = 43;
double waterfallHeight(const Waterfall& waterfall);

/// From 0,0 to `width`. `selected`: the function whose bar is outlined.
void paintWaterfall(QPainter& painter, const CompareAnalysis& info, const Waterfall& waterfall, const Theme& theme,
                    double width, FrameId selected = {});

} // namespace sundial
