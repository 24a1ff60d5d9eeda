// SPDX-License-Identifier: GPL-3.0-or-later
// How a change looks: blue for less, orange-red for more, grey inside the noise; and, since colour never speaks alone,
// rising or falling lines, an edge for what is new and a dashed outline for what is gone.
#pragma once

#include "model/compare_analysis.h"
#include "views/theme.h"

#include <QPainter>

namespace sundial
{

enum class ChangeMark : std::uint8_t { Same, Less, More, New, Removed };

struct ChangeLook {
    ChangeMark mark = ChangeMark::Same;
    int step = 0; ///< −4…4
};

/// Of a node of the union tree, by Δ total; grey where what changed below it lies inside the noise.
ChangeLook changeLook(const CompareAnalysis& comparison, const CallTree& tree, NodeId node);
/// Of a function, by Δ total or Δ self.
ChangeLook changeLook(const CompareAnalysis& comparison, FrameId row, Weight weight);

QColor changeFill(const ChangeLook& look, const Theme& theme);
/// For text on a panel.
QColor changeTextColor(double delta, bool isBeyond, const Theme& theme);
/// Lines, edge or outline over a filled box.
void paintChangeMark(QPainter& painter, const ChangeLook& look, const QRectF& rect, const Theme& theme);
/// "less ▆▆▆▆▆ more · new · gone", with what the steps are; for the foot of a picture.
void paintChangeLegend(QPainter& painter, const QRectF& area, const Theme& theme);
/// The same as a column, with a line a step.
void paintChangeLegendColumn(QPainter& painter, const QRectF& area, const Theme& theme);

} // namespace sundial
