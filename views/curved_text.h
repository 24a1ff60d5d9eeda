// SPDX-License-Identifier: GPL-3.0-or-later
// Text along an arc.
#pragma once

#include "views/text_fit.h"

#include <QHash>
#include <QPainterPath>

namespace sundial
{

/// Sets single characters of one font along arcs. Outlines are made once a character, since fonts are slow to draw
/// rotated; widths come from the fitter, so kerning is left out.
class CurvedText
{
public:
    explicit CurvedText(const LabelFitter& fitter) : m_fitter(fitter) {}

    /// `text` centred at `turn` (0…1, clockwise from the top) on the circle, upright: in the lower half it runs the
    /// other way round, so that it never stands on its head.
    QPainterPath along(const QString& text, const QPointF& center, double radius, double turn) const;

private:
    const QPainterPath& outline(QChar c) const;

    const LabelFitter& m_fitter;
    mutable QHash<QChar, QPainterPath> m_outlines;
};

} // namespace sundial
