// SPDX-License-Identifier: GPL-3.0-or-later
// The boxes of the tree in polar form: fractions go once round, clockwise from twelve o'clock, rows become rings.
#pragma once

#include "views/layout/icicle_layout.h"
#include "views/viewport.h"

#include <QPointF>

#include <vector>

namespace sundial
{

constexpr int kLeastDepth = 3;
constexpr int kGreatestDepth = 20;

/// Where the rings stand. `place` says what goes round: its begin…end are the root's fractions, its rowHeight is the
/// width of a ring, its scroll the rows inside the centre, in pixels.
struct Rings {
    QPointF center;
    double centerRadius = 0;
    double radius = 0; ///< Nothing is painted outside.
    Viewport place;

    /// Of the part of the ring that shows, also while a zoom moves; inner ≥ outer: none of it does.
    double innerRadius(std::uint32_t row) const;
    double outerRadius(std::uint32_t row) const;
    /// 0…1, clockwise from the top.
    double turnAt(double fraction) const { return (fraction - place.begin) / (place.end - place.begin); }
    /// The point at a part of a turn and a distance from the centre.
    QPointF pointAt(double turn, double distance) const;
};

/// How many levels there is room for in `area` with names in the rings, but no fewer than snakeviz's pictures have.
/// `ringPx`: the width of a ring that has room for one.
int depthFor(const QRectF& area, double ringPx);

/// Rings around `area`'s middle with `root` in the centre and at most `depth` levels around it.
Rings ringsIn(const QRectF& area, const IcicleLayout& layout, std::uint32_t rootBox, std::uint32_t rootRow, int depth);
/// The same area for another place, as while a zoom moves.
Rings ringsAt(const QRectF& area, const Viewport& place);

struct Arc {
    std::uint32_t box = 0; ///< The first, of a run.
    std::uint32_t row = 0;
    double begin = 0; ///< Turns.
    double end = 0;
    bool isRun = false; ///< Stands for boxes that are narrower than a pixel.
};

/// What there is to paint around the centre, ring by ring. The cost is bounded by pixels, not by nodes.
std::vector<Arc> arcsIn(const IcicleLayout& layout, const Rings& rings);

/// The node under a point: the root in the centre (given as `root`), none beside the arcs.
NodeId nodeAt(const IcicleLayout& layout, const Rings& rings, const QPointF& point, NodeId root);

} // namespace sundial
