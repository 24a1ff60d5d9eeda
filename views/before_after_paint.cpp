// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/before_after_paint.h"

#include "views/change_marks.h"
#include "views/icicle_paint.h"
#include "views/text_fit.h"

#include <QCoreApplication>

#include <cmath>

namespace sundial
{

namespace
{

constexpr int kTitle = 24;
constexpr int kGap = 8;
constexpr int kLegend = 28;
constexpr int kRow = 22;

QString tr(const char* text)
{
    return QCoreApplication::translate("BeforeAfter", text);
}

MetricId columnOf(int side)
{
    return side == 0 ? kBeforeColumn : kAfterColumn;
}

void paintTitle(QPainter& painter, const CompareAnalysis& info, double total, int side, const QRectF& title,
                const Theme& t)
{
    const double dot = scaledF(8);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.text.primary, 1.5));
    painter.setBrush(side == 0 ? QBrush(Qt::NoBrush) : QBrush(t.text.primary));
    painter.drawEllipse(QRectF(title.left() + 1, title.center().y() - dot / 2, dot, dot));
    painter.setFont(uiFont(12, QFont::DemiBold));
    const QString name = side == 0 ? tr("Before") : tr("After");
    QRectF text = title.adjusted(dot + scaledF(8), 0, 0, 0);
    painter.drawText(text, Qt::AlignVCenter, name);
    text.setLeft(text.left() + QFontMetricsF(painter.font()).horizontalAdvance(name) + scaledF(10));
    painter.setFont(uiFont(12));
    painter.setPen(t.text.secondary);
    painter.drawText(text, Qt::AlignVCenter,
                     displayText(comparedValue(*info.comparison, total)) + QStringLiteral("   ") +
                         displayText(side == 0 ? info.beforeName : info.afterName));
}

void paintSide(QPainter& painter, const TreeScene& marks, const BeforeAfterPlace& place, int side)
{
    const QRectF area = place.area(side);
    const QRectF title(area.left(), area.top() - scaled(kTitle), area.width(), scaled(kTitle));
    paintTitle(painter, *marks.analysis.comparison, place.total(side), side, title, marks.theme);
    if (place.total(side) <= 0) {
        paintSentence(painter, area, side == 0 ? tr("Not called before.") : tr("No longer called."), marks.theme);
        return;
    }
    paintIcicle(painter,
                {.analysis = marks.analysis,
                 .layout = place.layouts[std::size_t(side)],
                 .palette = marks.palette,
                 .theme = marks.theme,
                 .search = marks.search,
                 .rootName = side == 0 ? tr("before") : tr("after"),
                 .selected = marks.selected,
                 .selectedNode = marks.selectedNode,
                 .focused = marks.focused,
                 .side = columnOf(side)},
                place.viewport(side), area);
}

/// A dashed box as wide as what one side lacks.
void paintDifference(QPainter& painter, const QRectF& free, double difference, const Comparison& sides, const Theme& t)
{
    if (free.width() < scaledF(12))
        return;
    QPen pen(t.line.control, 1);
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(free.adjusted(4.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(uiFont(13, QFont::DemiBold));
    painter.setPen(difference < 0 ? t.status.lessText : t.status.moreText);
    const QString amount = displayText(comparedValue(sides, std::abs(difference)));
    const QString text = (difference < 0 ? tr("%1 less") : tr("%1 more")).arg(amount);
    if (QFontMetricsF(painter.font()).horizontalAdvance(text) < free.width() - scaledF(16))
        painter.drawText(free, Qt::AlignCenter, text);
}

} // namespace

SideLayouts sideLayouts(const CallTree& unionTree)
{
    Progress unhurried;
    const auto layout = [&](MetricId column) {
        return IcicleLayout(unionTree, column, unhurried, MetricId{std::uint32_t(CompareWidth::Larger)});
    };
    return {layout(kBeforeColumn), layout(kAfterColumn)};
}

double BeforeAfterPlace::total(int side) const
{
    return tree.total(columnOf(side), zoomRoot);
}

QRectF BeforeAfterPlace::area(int side) const
{
    const double room = (all.height() - scaled(kLegend) - scaled(kGap)) / 2 - scaled(kTitle);
    const double rows = std::max(1.0, std::floor(room / scaled(kRow))) * scaled(kRow); // no row is cut
    return {all.left(), all.top() + side * (scaled(kTitle) + rows + scaled(kGap)) + scaled(kTitle), all.width(), rows};
}

Viewport BeforeAfterPlace::viewport(int side) const
{
    Viewport viewport = icicleViewport(area(side), false);
    viewport.rowHeight = scaled(kRow);
    const IcicleLayout& layout = layouts[std::size_t(side)];
    const std::uint32_t box = layout.boxOf(zoomRoot);
    if (box == IcicleLayout::kNoBox || scale() <= 0)
        return viewport;
    viewport.area.setWidth(std::max(1.0, std::round(all.width() * total(side) / scale())));
    viewport.begin = layout.begin(box);
    viewport.end = layout.end(box);
    viewport.scroll = scrolledRows * viewport.rowHeight;
    return viewport;
}

void paintBeforeAfter(QPainter& painter, const TreeScene& marks, const BeforeAfterPlace& place)
{
    for (int side = 0; side < 2; ++side)
        paintSide(painter, marks, place, side);
    const double difference = place.total(1) - place.total(0);
    const int smaller = difference < 0 ? 1 : 0;
    if (place.total(smaller) > 0) {
        QRectF free = place.area(smaller);
        free.setLeft(place.viewport(smaller).area.right());
        paintDifference(painter, free, difference, *marks.analysis.comparison->comparison, marks.theme);
    }
    const double legend = scaled(kLegend);
    paintChangeLegend(painter, {place.all.left(), place.all.bottom() - legend, place.all.width(), legend}, marks.theme);
}

double beforeAfterHeight(std::uint32_t rows)
{
    return 2 * (scaled(kTitle) + rows * scaled(kRow)) + scaled(kGap) + scaled(kLegend);
}

} // namespace sundial
