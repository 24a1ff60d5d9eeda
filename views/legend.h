// SPDX-License-Identifier: GPL-3.0-or-later
// What the colours of a picture mean: modules by self, the heat scale with both end values, or the steps
// of a change.
#pragma once

#include "model/units.h"
#include "views/palette.h"

#include <QPainter>

#include <vector>

namespace sundial
{

constexpr int kLegendRowHeight = 28;

/// Where a name of the legend was painted, for clicks.
struct LegendHit {
    QRectF rect;
    QString name;
};

/// In one line, as many as fit, the rest as "+12 more". `emphasised` is the name to mark as searched for.
std::vector<LegendHit> paintLegendRow(QPainter& painter, const QRectF& area, const FramePalette& palette,
                                      const Theme& theme, Unit unit, const QString& emphasised);
/// As a column under the heading "Modules by self".
std::vector<LegendHit> paintLegendColumn(QPainter& painter, const QRectF& area, const FramePalette& palette,
                                         const Theme& theme, Unit unit, const QString& emphasised);

} // namespace sundial
