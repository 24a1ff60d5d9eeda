// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/legend.h"

#include "views/change_marks.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QCoreApplication>

namespace sundial
{

namespace
{

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("Legend", text, nullptr, n);
}

void paintSwatch(QPainter& painter, const QPointF& topLeft, double side, const QColor& color, const Theme& theme)
{
    painter.setPen(color == theme.swatch(theme.module.other) ? QPen(theme.line.strong, 1) : QPen(Qt::NoPen));
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(topLeft, QSizeF(side, side)), 2, 2);
}

/// Seven steps between "0" and the largest value.
void paintHeat(QPainter& painter, const QRectF& line, const FramePalette& palette, const Theme& theme, Unit unit)
{
    const QFontMetricsF metrics(painter.font());
    const QString least = QStringLiteral("0");
    const QString most = valueText(palette.heatMaximum(), unit);
    const double step = scaledF(22);
    const double height = scaledF(10);
    double x = line.left();
    painter.setPen(theme.text.secondary);
    painter.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine, least);
    x += metrics.horizontalAdvance(least) + scaledF(8);
    for (const QColor& color : theme.heat) {
        painter.fillRect(QRectF(x, line.center().y() - height / 2, step, height), color);
        x += step;
    }
    painter.drawText(QRectF(x + scaledF(8), line.top(), line.right() - x, line.height()),
                     Qt::AlignVCenter | Qt::TextSingleLine, most);
}

/// Whole percents, none below one: beside a dozen names the digits would drown them.
QString shortShare(double share)
{
    return share < 0.01 ? QString() : QStringLiteral(" %1\u202f%").arg(qRound(share * 100));
}

} // namespace

std::vector<LegendHit> paintLegendRow(QPainter& painter, const QRectF& area, const FramePalette& palette,
                                      const Theme& theme, Unit unit, const QString& emphasised)
{
    std::vector<LegendHit> hits;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(uiFont(11));
    const QFontMetricsF metrics(painter.font());
    if (palette.isChange()) {
        paintChangeLegend(painter, area, theme);
        painter.restore();
        return hits;
    }
    if (palette.isHeat()) {
        paintHeat(painter, area, palette, theme, unit);
        painter.restore();
        return hits;
    }
    const double side = scaledF(9);
    const double afterSwatch = side + scaledF(6);
    const double gap = scaledF(15);
    const std::uint32_t all = std::uint32_t(palette.legend().size()) + palette.restCount();
    const double moreWidth = metrics.horizontalAdvance(tr("+%n more", int(all)));
    double x = area.left();
    std::uint32_t shown = 0;
    for (const LegendEntry& entry : palette.legend()) {
        const QString text = entry.name + shortShare(entry.share);
        const double width = afterSwatch + metrics.horizontalAdvance(text);
        const bool isLast = shown + 1 == all;
        if (x + width + (isLast ? 0 : gap + moreWidth) > area.right())
            break;
        paintSwatch(painter, QPointF(x, area.center().y() - side / 2), side, entry.color, theme);
        painter.setPen(entry.name == emphasised ? theme.accent.text : theme.text.secondary);
        const QRectF textRect(x + afterSwatch, area.top(), width - afterSwatch + 1, area.height());
        painter.drawText(textRect, Qt::AlignVCenter | Qt::TextSingleLine, text);
        hits.push_back({QRectF(x - gap / 2, area.top(), width + gap, area.height()), entry.name});
        x += width + gap;
        ++shown;
    }
    if (shown < all) {
        painter.setPen(theme.text.tertiary);
        painter.drawText(QRectF(x, area.top(), area.right() - x, area.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                         tr("+%n more", int(all - shown)));
    }
    painter.restore();
    return hits;
}

std::vector<LegendHit> paintLegendColumn(QPainter& painter, const QRectF& area, const FramePalette& palette,
                                         const Theme& theme, Unit unit, const QString& emphasised)
{
    std::vector<LegendHit> hits;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (palette.isChange()) {
        paintChangeLegendColumn(painter, area, theme);
        painter.restore();
        return hits;
    }
    const double rowHeight = scaledF(23);
    const double side = scaledF(10);
    const double nameLeft = area.left() + side + scaledF(9);
    painter.setFont(uiFont(12, QFont::DemiBold));
    painter.setPen(theme.text.secondary);
    painter.drawText(QRectF(area.left(), area.top(), area.width(), rowHeight), Qt::AlignVCenter | Qt::TextSingleLine,
                     palette.isHeat() ? tr("Share of the largest") : tr("Modules by self"));
    double y = area.top() + rowHeight + scaledF(5);
    painter.setFont(uiFont(12));
    if (palette.isHeat()) {
        paintHeat(painter, QRectF(area.left(), y, area.width(), rowHeight), palette, theme, unit);
        painter.restore();
        return hits;
    }
    const auto paintEntry = [&](const LegendEntry& entry, const QColor& nameColor) {
        const QRectF line(area.left(), y, area.width(), rowHeight);
        paintSwatch(painter, QPointF(line.left(), line.center().y() - side / 2), side, entry.color, theme);
        painter.setFont(uiFont(12));
        painter.setPen(theme.text.secondary);
        const QString share = percentText(entry.share);
        const double shareWidth = tabularWidth(share, QFontMetricsF(painter.font()));
        drawTabular(painter, line, share);
        painter.setFont(uiFont(12, entry.isOwn ? QFont::DemiBold : QFont::Normal));
        painter.setPen(nameColor);
        const double room = line.right() - shareWidth - scaledF(8) - nameLeft;
        painter.drawText(QRectF(nameLeft, y, room, rowHeight), Qt::AlignVCenter | Qt::TextSingleLine,
                         elideMiddle(entry.name, QFontMetricsF(painter.font()), room));
        y += rowHeight;
        return line;
    };
    LegendEntry rest = palette.rest();
    std::uint32_t restCount = palette.restCount();
    for (const LegendEntry& entry : palette.legend()) {
        if (y + 2 * rowHeight > area.bottom()) { // keeps a line for the rest
            rest.share += entry.share;
            ++restCount;
            continue;
        }
        const QColor color = entry.name == emphasised ? theme.accent.text : theme.text.primary;
        hits.push_back({paintEntry(entry, color), entry.name});
    }
    if (restCount > 0) {
        rest.name = tr("%n smaller", int(restCount));
        paintEntry(rest, theme.text.secondary);
    }
    painter.restore();
    return hits;
}

} // namespace sundial
