// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/time_axis.h"

#include "views/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace sundial
{

namespace
{

constexpr int kTickRoom = 96;        // for one label and what keeps it from the next
constexpr double kRangeStops = 2000; // a pixel each, about
constexpr int kMostDecimals = 9;

} // namespace

double roundStep(double least)
{
    const double decade = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= least * (1 - 1e-9))
            return factor * decade;
    }
    return 10 * decade;
}

QString momentText(double sinceBegin, double step, double largest, Unit unit)
{
    if (sinceBegin == 0)
        return QStringLiteral("0");
    DisplayUnit shown = columnUnit(largest, unit);
    const double digits = std::ceil(-std::log10(step / shown.divisor) - 1e-9);
    shown.decimals = int(std::clamp(digits, 0.0, double(kMostDecimals)));
    const QString number = QString::fromStdString(formatCell(sinceBegin, shown, localeStyle()));
    return shown.symbol.empty() ? number : number + u' ' + QString::fromStdString(shown.symbol);
}

QString rangeText(const TimeScale& scale, const TimeRange& range)
{
    const double length = range.end - range.begin;
    const double step = std::min(roundStep(scale.length() / kRangeStops), roundStep(length / 50));
    const auto text = [&](double time) { return momentText(time, step, scale.length(), scale.unit); };
    return QCoreApplication::translate("TimeAxis", "%1 – %2  ·  %3 of %4")
        .arg(text(range.begin - scale.begin), text(range.end - scale.begin), text(length), text(scale.length()));
}

std::vector<double> rangeStops(const TimeScale& scale)
{
    const double step = roundStep(scale.length() / kRangeStops);
    std::vector<double> stops;
    for (std::uint32_t i = 0; i * step < scale.length() * (1 - 1e-9); ++i)
        stops.push_back(scale.begin + i * step);
    stops.push_back(scale.end);
    return stops;
}

void paintTimeAxis(QPainter& painter, const QRectF& area, double top, const TimeScale& scale, const TimeRange& shown,
                   const Theme& theme)
{
    const double length = shown.end - shown.begin;
    if (!(length > 0) || area.width() < 1)
        return;
    const DisplayUnit unit = columnUnit(shown.end - scale.begin, scale.unit);
    const double step = roundStep(length / unit.divisor * scaledF(kTickRoom) / area.width()) * unit.divisor;
    const double first = std::ceil((shown.begin - scale.begin) / step - 1e-9);
    painter.setFont(uiFont(11));
    const QFontMetricsF metrics(painter.font());
    for (double i = first;; ++i) {
        const double sinceBegin = i * step;
        const double x = std::round(area.left() + (sinceBegin - (shown.begin - scale.begin)) / length * area.width());
        if (x > area.right())
            break;
        painter.fillRect(QRectF(x, top, 1, area.top() + scaledF(4) - top), theme.line.hair);
        const QString text = momentText(sinceBegin, step, shown.end - scale.begin, scale.unit);
        const double width = metrics.horizontalAdvance(text);
        painter.setPen(theme.text.secondary);
        const double left = std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width));
        painter.drawText(QRectF(left, area.top(), width + 1, area.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                         text);
    }
}

} // namespace sundial
