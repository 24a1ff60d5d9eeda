// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pixel_scale.h"

#include <QPaintEngine>
#include <QPainter>
#include <QTransform>

#include <cmath>

namespace sundial
{

double pixelScale(const QPainter& painter)
{
    if (painter.paintEngine()->type() != QPaintEngine::Raster)
        return 0;
    const QTransform t = painter.deviceTransform();
    const auto isWhole = [](double value) { return value == std::round(value); };
    const bool fits = t.type() <= QTransform::TxScale && t.m11() == t.m22() && t.m11() >= 1 && isWhole(t.m11()) &&
                      isWhole(t.dx()) && isWhole(t.dy());
    return fits ? t.m11() : 0;
}

} // namespace sundial
