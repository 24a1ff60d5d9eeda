// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/layout/sunburst_layout.h"

#include "views/layout/hit_test.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sundial
{

namespace
{

constexpr double kCenterShare = 0.24; ///< Of the radius.
constexpr double kWidestRing = 0.17;  ///< Of the radius: a shallow tree is a small sunburst, not a thick one.
constexpr double kLeastArc = 2.5;     ///< Pixels at the outer edge; narrower ones form runs.

/// The first row that may show around the centre.
std::uint32_t firstRow(const Rings& rings)
{
    return std::uint32_t(std::max(0.0, std::floor(rings.place.scroll / rings.place.rowHeight))) + 1;
}

} // namespace

double Rings::innerRadius(std::uint32_t row) const
{
    const double inner = centerRadius + (double(row) - 1) * place.rowHeight - place.scroll;
    return std::max(centerRadius, inner);
}

double Rings::outerRadius(std::uint32_t row) const
{
    return std::min(radius, centerRadius + double(row) * place.rowHeight - place.scroll);
}

QPointF Rings::pointAt(double turn, double distance) const
{
    const double angle = turn * 2 * std::numbers::pi;
    return center + QPointF(std::sin(angle), -std::cos(angle)) * distance;
}

Rings ringsAt(const QRectF& area, const Viewport& place)
{
    const double radius = std::max(1.0, std::min(area.width(), area.height()) / 2);
    return {area.center(), radius * kCenterShare, radius, place};
}

int depthFor(const QRectF& area, double ringPx)
{
    constexpr int kFewest = 9;
    const Rings rings = ringsAt(area, {});
    return std::clamp(int((rings.radius - rings.centerRadius) / ringPx), kFewest, kGreatestDepth);
}

Rings ringsIn(const QRectF& area, const IcicleLayout& layout, std::uint32_t rootBox, std::uint32_t rootRow, int depth)
{
    Viewport place;
    place.begin = layout.begin(rootBox);
    place.end = layout.end(rootBox);
    Rings rings = ringsAt(area, place);
    const int levels = int(layout.deepestRow(place.begin, place.end)) - int(rootRow);
    const int shown = std::clamp(std::min(levels, depth), 1, kGreatestDepth);
    rings.place.rowHeight = std::min((rings.radius - rings.centerRadius) / shown, rings.radius * kWidestRing);
    rings.place.scroll = rootRow * rings.place.rowHeight;
    // Rings beyond the depth that was asked for do not show even where there is room.
    rings.radius = std::min(rings.radius, rings.centerRadius + shown * rings.place.rowHeight);
    return rings;
}

namespace
{

/// An upper bound: of a frame's time, growing would take a tenth.
std::size_t mostArcs(const IcicleLayout& layout, const Rings& rings)
{
    double most = 0;
    for (std::uint32_t row = firstRow(rings); row < layout.rowCount() && rings.innerRadius(row) < rings.radius; ++row) {
        const double fit = 2 * std::numbers::pi * rings.outerRadius(row) / kLeastArc + 2;
        most += std::min(fit, double(layout.rowEnd(row) - layout.rowBegin(row)));
    }
    return std::size_t(most);
}

} // namespace

std::vector<Arc> arcsIn(const IcicleLayout& layout, const Rings& rings)
{
    std::vector<Arc> arcs;
    arcs.reserve(mostArcs(layout, rings));
    for (std::uint32_t row = firstRow(rings); row < layout.rowCount(); ++row) {
        const double outer = rings.outerRadius(row);
        if (rings.innerRadius(row) + 0.5 >= outer) {
            if (outer >= rings.radius)
                break;
            continue;
        }
        const double least = kLeastArc / (2 * std::numbers::pi * outer); // turns
        const double leastFraction = least * (rings.place.end - rings.place.begin);
        const std::uint32_t rowEnd = layout.rowEnd(row);
        double cursor = 0;
        std::uint32_t box = layout.firstEndingAfter(row, rings.place.begin);
        while (box < rowEnd && layout.begin(box) < rings.place.end && cursor < 1) {
            const double begin = std::max(cursor, rings.turnAt(layout.begin(box)));
            const double end = std::min(1.0, rings.turnAt(layout.end(box)));
            if (end - begin >= least) {
                arcs.push_back({box, row, begin, end, false});
                cursor = end;
                ++box;
            } else {
                arcs.push_back({box, row, begin, std::min(1.0, begin + least), true});
                cursor = begin + least;
                const double next = rings.place.begin + cursor * (rings.place.end - rings.place.begin);
                box = std::max(box + 1,
                               layout.firstEndingAfter(row, std::min(next, rings.place.end) - leastFraction / 8, box));
            }
        }
    }
    return arcs;
}

NodeId nodeAt(const IcicleLayout& layout, const Rings& rings, const QPointF& point, NodeId root)
{
    const QPointF from = point - rings.center;
    const double distance = std::hypot(from.x(), from.y());
    if (distance < rings.centerRadius)
        return root;
    if (distance >= rings.radius)
        return {};
    const double row = (distance - rings.centerRadius + rings.place.scroll) / rings.place.rowHeight + 1;
    double turn = std::atan2(from.x(), -from.y()) / (2 * std::numbers::pi);
    if (turn < 0)
        turn += 1;
    const double span = rings.place.end - rings.place.begin;
    const double fraction = rings.place.begin + turn * span;
    const double reach = span / (2 * std::numbers::pi * distance);
    if (fraction >= rings.place.end)
        return {};
    return nodeAt(layout, int(row), fraction, std::min(reach, rings.place.end - fraction));
}

} // namespace sundial
