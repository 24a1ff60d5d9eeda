// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/lane_paint.h"

#include "views/text_fit.h"
#include "views/tree_scene.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace sundial
{

namespace
{

/// The parts under one column of pixels; at least one.
std::pair<std::uint32_t, std::uint32_t> partsOf(int column, int columns, std::uint32_t parts)
{
    const auto from = std::uint32_t(std::int64_t(column) * parts / columns);
    const auto to = std::uint32_t((std::int64_t(column) + 1) * parts / columns);
    return {from, std::clamp(to, from + 1, parts)};
}

} // namespace

QString laneName(const Profile& profile, LaneId lane)
{
    const QString name = displayText(profile.lanes[lane.value].name);
    return name.isEmpty() ? QCoreApplication::translate("Lanes", "Thread %1").arg(lane.value + 1) : name;
}

std::vector<QRgb> bandOrder(const LaneOverview& overview, const LaneColors& colors)
{
    std::unordered_map<QRgb, double> weight;
    for (const LaneActivity& lane : overview.activity) {
        for (const LaneActivity::Entry& entry : lane.entries)
            weight[frameFill(colors.palette, colors.search, colors.theme, entry.frame).rgb()] += entry.weight;
    }
    std::vector<QRgb> order;
    for (const auto& [color, sum] : weight)
        order.push_back(color);
    std::sort(order.begin(), order.end(),
              [&weight](QRgb a, QRgb b) { return weight[a] != weight[b] ? weight[a] > weight[b] : a < b; });
    return order;
}

void paintLane(QPainter& painter, const QRectF& area, const LaneOverview& overview, std::size_t lane,
               const LaneColors& colors, const std::vector<QRgb>& bands)
{
    const LaneActivity& activity = overview.activity[lane];
    std::unordered_map<QRgb, std::size_t> bandOf;
    for (std::size_t b = 0; b < bands.size(); ++b)
        bandOf[bands[b]] = b;
    std::vector<double> height(bands.size());
    std::vector<QVector<QRectF>> bars(bands.size());
    const int columns = std::max(1, int(area.width()));
    for (int column = 0; column < columns; ++column) {
        const auto [from, to] = partsOf(column, columns, overview.parts);
        std::fill(height.begin(), height.end(), 0.0);
        const double scale = area.height() / (overview.perPart() * (to - from));
        for (std::uint32_t e = activity.first[from]; e < activity.first[to]; ++e) {
            const LaneActivity::Entry& entry = activity.entries[e];
            const QRgb color = frameFill(colors.palette, colors.search, colors.theme, entry.frame).rgb();
            height[bandOf[color]] += entry.weight * scale;
        }
        double sum = 0;
        double bottom = std::round(area.bottom());
        for (std::size_t b = 0; b < bands.size(); ++b) {
            sum += height[b];
            const double top = std::round(area.bottom() - std::min(sum, area.height()));
            if (top < bottom) {
                QVector<QRectF>& row = bars[b];
                const double x = area.left() + column;
                if (!row.isEmpty() && row.back().right() == x && row.back().top() == top &&
                    row.back().bottom() == bottom)
                    row.back().setRight(x + 1);
                else
                    row.push_back(QRectF(x, top, 1, bottom - top));
                bottom = top;
            }
        }
    }
    painter.setPen(Qt::NoPen);
    for (std::size_t b = 0; b < bands.size(); ++b) {
        painter.setBrush(QColor(bands[b]));
        painter.drawRects(bars[b]);
    }
}

void paintPresence(QPainter& painter, const QRectF& area, const std::vector<double>& presence, double perPart,
                   const QColor& color)
{
    const int columns = std::max(1, int(area.width()));
    const auto parts = std::uint32_t(presence.size());
    for (int column = 0; column < columns; ++column) {
        const auto [from, to] = partsOf(column, columns, parts);
        double sum = 0;
        for (std::uint32_t part = from; part < to; ++part)
            sum += presence[part];
        if (!(sum > 0))
            continue;
        QColor shade = color;
        shade.setAlphaF(float(std::clamp(0.3 + 0.7 * sum / (perPart * (to - from)), 0.3, 1.0)));
        painter.fillRect(QRectF(area.left() + column, area.top(), 1, area.height()), shade);
    }
}

} // namespace sundial
