// SPDX-License-Identifier: GPL-3.0-or-later
// Text along an arc.
#pragma once

#include "views/outline_raster.h"
#include "views/text_fit.h"

#include <QHash>
#include <QPainterPath>

#include <memory>
#include <vector>

class QPainter;

namespace sundial
{

/// Sets single characters of one font along arcs. Outlines are made once a character, since fonts are slow to draw
/// rotated; widths come from the fitter, so kerning is left out.
class CurvedText
{
public:
    explicit CurvedText(const LabelFitter& fitter);

    /// Paints `text` centred at `turn` (0…1, clockwise from the top) on the circle, upright: in the lower half it runs
    /// the other way round, so that it never stands on its head.
    void draw(QPainter& painter, const QString& text, const QColor& color, const QPointF& center, double radius,
              double turn);

private:
    /// An outline of straight edges that no pixel tells from curves, as OutlineRaster takes it.
    struct Letter {
        std::vector<QPointF> points;
        std::vector<std::uint32_t> ends;
    };
    using Letters = QHash<QChar, Letter>;

    template <class Place> void forEachPlace(const QString& text, double radius, double turn, const Place& place) const;
    void drawPath(QPainter& painter, const QString& text, const QColor& color, const QPointF& center, double radius,
                  double turn);
    const QPainterPath& path(QChar c);
    const Letter& letter(QChar c);

    const LabelFitter& m_fitter;
    QHash<QChar, QPainterPath> m_paths;
    std::shared_ptr<Letters> m_letters; ///< Those of this font, in this thread, from one frame to the next.
    OutlineRaster m_raster;
    std::vector<QPointF> m_points; ///< Of all letters of a label.
};

} // namespace sundial
