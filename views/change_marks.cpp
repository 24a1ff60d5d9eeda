// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/change_marks.h"

#include <QCoreApplication>

#include <cmath>

namespace sundial
{

namespace
{

constexpr double kPatternStep = 7;
constexpr double kPatternOpacity = 0.17;
constexpr int kLeastPatterned = 2; // steps
constexpr double kLeastWidth = 8;
constexpr int kMiddle = 4; // of the nine diverging colours

ChangeLook lookOf(const CompareAnalysis& comparison, double delta, bool isBeyond)
{
    const int step = isBeyond ? comparison.step(delta) : 0;
    return {step < 0 ? ChangeMark::Less : step > 0 ? ChangeMark::More : ChangeMark::Same, step};
}

/// Diagonal lines over `rect`, as segments that end at its edges: no clipping, and lines stay lines in SVG.
void paintLines(QPainter& painter, const QRectF& rect, bool rising, const QColor& color)
{
    QVector<QLineF> lines;
    const double height = rect.height();
    for (double start = rect.left() - height; start < rect.right(); start += kPatternStep) {
        const double from = std::max(start, rect.left());
        const double to = std::min(start + height, rect.right());
        if (to <= from)
            continue;
        const auto y = [&](double x) { return rising ? rect.bottom() - (x - start) : rect.top() + (x - start); };
        lines.push_back({from, y(from), to, y(to)});
    }
    painter.setPen(QPen(color, 1));
    painter.drawLines(lines);
}

QString tr(const char* text)
{
    return QCoreApplication::translate("ChangeMarks", text);
}

} // namespace

ChangeLook changeLook(const CompareAnalysis& comparison, const CallTree& tree, NodeId node)
{
    const FrameId row = tree.frame(node);
    const bool isInCaller = row && changeCause(*comparison.comparison, row) == ChangeCause::InCaller;
    if (node.value != 0 && !isInCaller && comparison.isNew(node))
        return {ChangeMark::New, 0};
    if (node.value != 0 && !isInCaller && comparison.isRemoved(node))
        return {ChangeMark::Removed, std::min(-1, comparison.step(comparison.deltaTotal(node)))};
    return lookOf(comparison, comparison.deltaTotal(node), comparison.isBeyond(node));
}

ChangeLook changeLook(const CompareAnalysis& comparison, FrameId row, Weight weight)
{
    const Comparison& sides = *comparison.comparison;
    switch (sides.match(row).kind) {
    case MatchKind::New:
        return {ChangeMark::New, 0};
    case MatchKind::Removed:
        return {ChangeMark::Removed, std::min(-1, comparison.step(sides.deltaTotal(row)))};
    default:
        break;
    }
    if (weight == Weight::Self)
        return lookOf(comparison, sides.deltaSelf(row), comparison.noise.isBeyond(row));
    return lookOf(comparison, sides.deltaTotal(row), comparison.isTotalBeyond(row));
}

QColor changeFill(const ChangeLook& look, const Theme& theme)
{
    return look.mark == ChangeMark::New ? theme.change.newFill : theme.diverging[std::size_t(kMiddle + look.step)];
}

QColor changeTextColor(double delta, bool isBeyond, const Theme& theme)
{
    if (!isBeyond || delta == 0)
        return theme.text.tertiary;
    return delta < 0 ? theme.status.lessText : theme.status.moreText;
}

void paintChangeMark(QPainter& painter, const ChangeLook& look, const QRectF& rect, const Theme& theme)
{
    if (rect.width() < kLeastWidth)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (std::abs(look.step) >= kLeastPatterned) {
        QColor color = theme.text.primary;
        color.setAlphaF(float(kPatternOpacity));
        paintLines(painter, rect, look.step > 0, color);
    }
    if (look.mark == ChangeMark::New) {
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 3), theme.change.newText);
    } else if (look.mark == ChangeMark::Removed) {
        QPen pen(theme.text.primary, 1);
        pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter.restore();
}

void paintChangeLegendColumn(QPainter& painter, const QRectF& area, const Theme& theme)
{
    constexpr int kRows = 2 * kMiddle + 4; // the title, the steps with none among them, new, gone
    const double rowHeight = std::clamp((area.height() - scaledF(5)) / kRows, scaledF(15), scaledF(23));
    const double side = std::min(scaledF(14), rowHeight - scaledF(4));
    QRectF line(area.left(), area.top(), area.width(), rowHeight);
    painter.setFont(uiFont(12, QFont::DemiBold));
    painter.setPen(theme.text.secondary);
    painter.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine, tr("Change of the before total"));
    line.translate(0, rowHeight + scaledF(5));
    painter.setFont(uiFont(12));
    const auto entry = [&](const ChangeLook& look, const QString& text) {
        const QRectF box(line.left(), line.center().y() - side / 2, side * 2, side);
        painter.fillRect(box, changeFill(look, theme));
        paintChangeMark(painter, look, box, theme);
        painter.setPen(theme.text.primary);
        painter.drawText(line.adjusted(side * 2 + scaledF(9), 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, text);
        line.translate(0, rowHeight);
    };
    const char* const kSizes[] = {"0.4 to 2 %", "2 to 6 %", "6 to 12 %", "over 12 %"};
    for (int step = kMiddle; step >= 1; --step)
        entry({ChangeMark::More, step}, tr("%1 more").arg(tr(kSizes[step - 1])));
    entry({ChangeMark::Same, 0}, tr("as before"));
    for (int step = 1; step <= kMiddle; ++step)
        entry({ChangeMark::Less, -step}, tr("%1 less").arg(tr(kSizes[step - 1])));
    entry({ChangeMark::New, 0}, tr("new"));
    entry({ChangeMark::Removed, -1}, tr("gone"));
}

void paintChangeLegend(QPainter& painter, const QRectF& area, const Theme& theme)
{
    painter.setFont(uiFont(11, QFont::DemiBold));
    const auto word = [&](double x, const QString& text, const QColor& color) {
        painter.setPen(color);
        painter.drawText(QRectF(x, area.top(), area.right() - x, area.height()), Qt::AlignVCenter, text);
        return x + QFontMetricsF(painter.font()).horizontalAdvance(text) + scaledF(8);
    };
    const double boxHeight = scaledF(11);
    const QFontMetricsF metrics(painter.font());
    double beside = 2 * boxHeight + scaledF(64); // all but the steps: words, their gaps, and two small boxes
    for (const QString& text : {tr("less"), tr("more"), tr("new"), tr("gone")})
        beside += metrics.horizontalAdvance(text);
    const double boxWidth = std::clamp((area.width() - beside) / (2 * kMiddle + 1), scaledF(8), scaledF(30));
    const double y = area.center().y() - boxHeight / 2;
    double x = word(area.left(), tr("less"), theme.status.lessText);
    for (int step = -kMiddle; step <= kMiddle; ++step) {
        const QRectF box(x, y, boxWidth - 2, boxHeight);
        const ChangeLook look{step < 0 ? ChangeMark::Less : step > 0 ? ChangeMark::More : ChangeMark::Same, step};
        painter.fillRect(box, changeFill(look, theme));
        paintChangeMark(painter, look, box, theme);
        x += boxWidth;
    }
    x = word(x + scaledF(6), tr("more"), theme.status.moreText) + scaledF(6);
    const QRectF added(x, y, boxHeight, boxHeight);
    painter.fillRect(added, theme.change.newFill);
    painter.fillRect(QRectF(added.left(), added.top(), added.width(), 3), theme.change.newText);
    painter.setFont(uiFont(11));
    x = word(added.right() + scaledF(6), tr("new"), theme.text.secondary) + scaledF(4);
    const QRectF gone(x, y, boxHeight, boxHeight);
    paintChangeMark(painter, {ChangeMark::Removed, 0}, gone, theme);
    x = word(gone.right() + scaledF(6), tr("gone"), theme.text.secondary) + scaledF(8);
    const QString steps = tr("Steps: 0.4, 2, 6, 12 % of the before total");
    if (x + QFontMetricsF(painter.font()).horizontalAdvance(steps) < area.right())
        word(x, steps, theme.text.tertiary);
}

} // namespace sundial
