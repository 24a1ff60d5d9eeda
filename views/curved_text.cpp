// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/curved_text.h"

#include <QTransform>

#include <numbers>

namespace sundial
{

const QPainterPath& CurvedText::outline(QChar c) const
{
    auto known = m_outlines.find(c);
    if (known == m_outlines.end()) {
        QPainterPath path;
        path.addText(0, 0, m_fitter.font(), QString(c));
        known = m_outlines.insert(c, path);
    }
    return *known;
}

QPainterPath CurvedText::along(const QString& text, const QPointF& center, double radius, double turn) const
{
    const bool isBelow = turn > 0.25 && turn < 0.75;
    const double direction = isBelow ? -1 : 1;
    const double perPixel = 1 / (2 * std::numbers::pi * radius); // turns
    double at = turn - direction * m_fitter.width(text) / 2 * perPixel;
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    for (const QChar c : text) {
        const double advance = m_fitter.advance(c);
        at += direction * advance / 2 * perPixel;
        QTransform place;
        place.translate(center.x(), center.y());
        place.rotate(at * 360 + (isBelow ? 180 : 0));
        place.translate(-advance / 2, m_fitter.baselineOffset() + (isBelow ? radius : -radius));
        path.addPath(place.map(outline(c)));
        at += direction * advance / 2 * perPixel;
    }
    return path;
}

} // namespace sundial
