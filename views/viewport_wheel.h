// SPDX-License-Identifier: GPL-3.0-or-later
// What the wheel does to a picture of rows: scrolls, sideways with Shift, zooms about the pointer with Ctrl.
#pragma once

#include "views/viewport.h"

#include <QWheelEvent>

#include <cmath>

namespace sundial
{

/// The scrolling is not bounded yet.
inline void moveByWheel(Viewport& viewport, const QWheelEvent& event)
{
    constexpr double kWheelStep = 120; // eighths of a degree a notch (QWheelEvent)
    const QPoint turned = event.angleDelta();
    const QPointF pixels = event.pixelDelta().isNull() ? QPointF(turned) / kWheelStep * 3 * viewport.rowHeight
                                                       : QPointF(event.pixelDelta());
    if (event.modifiers().testFlag(Qt::ControlModifier)) {
        viewport.zoomAbout(event.position().x(), std::pow(0.8, turned.y() / kWheelStep));
    } else if (event.modifiers().testFlag(Qt::ShiftModifier)) {
        viewport.panBy(-(pixels.x() != 0 ? pixels.x() : pixels.y()));
    } else {
        viewport.panBy(-pixels.x());
        viewport.scroll += viewport.upward ? pixels.y() : -pixels.y();
    }
}

} // namespace sundial
