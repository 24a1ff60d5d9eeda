// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of a plane a widget shows: pan and zoom of the call graph.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTransform>

#include <algorithm>

namespace sundial
{

/// Converts between a picture's coordinates and a widget's pixels.
class GraphViewport
{
public:
    static constexpr double kLeastScale = 0.02;
    static constexpr double kGreatestScale = 4;

    double scale() const { return m_scale; }
    QPointF toWidget(const QPointF& point) const { return point * m_scale + m_offset; }
    QRectF toWidget(const QRectF& rect) const { return {toWidget(rect.topLeft()), rect.size() * m_scale}; }
    QPointF toPicture(const QPointF& point) const { return (point - m_offset) / m_scale; }
    QRectF toPicture(const QRectF& rect) const { return {toPicture(rect.topLeft()), rect.size() / m_scale}; }
    QTransform transform() const { return {m_scale, 0, 0, m_scale, m_offset.x(), m_offset.y()}; }

    void pan(const QPointF& pixels) { m_offset += pixels; }
    /// Zooms by `factor` and leaves what is at `fixed` (in pixels) where it is.
    void zoom(double factor, const QPointF& fixed)
    {
        const QPointF point = toPicture(fixed);
        m_scale = std::clamp(m_scale * factor, kLeastScale, kGreatestScale);
        m_offset = fixed - point * m_scale;
    }
    /// All of `bounds` in the middle of `area`, enlarged no further than 100 %.
    void fit(const QRectF& bounds, const QRectF& area)
    {
        m_scale = std::clamp(
            std::min(area.width() / std::max(1.0, bounds.width()), area.height() / std::max(1.0, bounds.height())),
            kLeastScale, 1.0);
        center(bounds.center(), area.center());
    }
    /// Moves the picture's `point` to the pixel `place`.
    void center(const QPointF& point, const QPointF& place) { m_offset = place - point * m_scale; }
    /// Moves sideways so that nothing of `bounds` is cut off on one side of `area` while there is room on the other.
    void fillWidth(const QRectF& bounds, const QRectF& area)
    {
        const QRectF shown = toWidget(bounds);
        m_offset.rx() += shown.width() <= area.width()
                             ? area.center().x() - shown.center().x()
                             : std::max(0.0, area.right() - shown.right()) - std::max(0.0, shown.left() - area.left());
    }
    /// Moves by as little as is needed to bring `rect` (of the picture) into `area` (of the widget).
    void reveal(const QRectF& rect, const QRectF& area)
    {
        const QRectF shown = toWidget(rect);
        m_offset += {needed(shown.left(), shown.right(), area.left(), area.right()),
                     needed(shown.top(), shown.bottom(), area.top(), area.bottom())};
    }
    /// Keeps a corner of `bounds` inside `area`, so that the picture cannot be lost.
    void keepInSight(const QRectF& bounds, const QRectF& area)
    {
        const QRectF shown = toWidget(bounds);
        const double margin = std::min({80.0, area.width() / 2, area.height() / 2});
        m_offset.rx() +=
            std::max(0.0, area.left() + margin - shown.right()) - std::max(0.0, shown.left() - (area.right() - margin));
        m_offset.ry() +=
            std::max(0.0, area.top() + margin - shown.bottom()) - std::max(0.0, shown.top() - (area.bottom() - margin));
    }

private:
    static double needed(double begin, double end, double areaBegin, double areaEnd)
    {
        if (begin < areaBegin)
            return areaBegin - begin;
        return end > areaEnd ? std::max(areaEnd - end, areaBegin - begin) : 0;
    }

    double m_scale = 1;
    QPointF m_offset;
};

} // namespace sundial
