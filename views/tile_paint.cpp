// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tile_paint.h"

#include <QPainter>

namespace sundial
{

void paintTileValue(QPainter& painter, const QRectF& inner, const QString& value, const QString& note,
                    const Theme& theme)
{
    const QFont small = uiFont(12), large = uiFont(17, QFont::DemiBold);
    const double valueWidth = QFontMetricsF(large).horizontalAdvance(value);
    painter.setFont(large);
    painter.setPen(theme.text.primary);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom, value);
    if (valueWidth + scaledF(6) + QFontMetricsF(small).horizontalAdvance(note) > inner.width())
        return;
    painter.setFont(small);
    painter.setPen(theme.text.secondary);
    painter.drawText(inner.adjusted(0, 0, 0, -scaledF(2)), Qt::AlignRight | Qt::AlignBottom, note);
}

} // namespace sundial
