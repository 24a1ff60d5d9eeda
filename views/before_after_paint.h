// SPDX-License-Identifier: GPL-3.0-or-later
// Both sides of a comparison as paint, one above the other in one scale: what a width stands for is the same on both.
#pragma once

#include "views/tree_scene.h"
#include "views/viewport.h"

#include <array>

namespace sundial
{

/// The boxes of before (0) and after (1), siblings in one order.
using SideLayouts = std::array<IcicleLayout, 2>;
SideLayouts sideLayouts(const CallTree& unionTree);

/// Where the sides stand in `all`: for painting and for finding what is under the pointer.
struct BeforeAfterPlace {
    const CallTree& tree;
    const SideLayouts& layouts;
    QRectF all;
    NodeId zoomRoot{0};
    int scrolledRows = 0;

    /// Of the zoom root, on one side.
    double total(int side) const;
    /// What the whole width stands for.
    double scale() const { return std::max(total(0), total(1)); }
    QRectF area(int side) const;
    /// As wide as its side's part of the scale.
    Viewport viewport(int side) const;
};

/// Titles, boxes, the width that the smaller side lacks, and the legend. Of `marks`, all but layout, name and side.
void paintBeforeAfter(QPainter& painter, const TreeScene& marks, const BeforeAfterPlace& place);
/// The height at which each side shows that many rows.
double beforeAfterHeight(std::uint32_t rows);

} // namespace sundial
