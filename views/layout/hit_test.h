// SPDX-License-Identifier: GPL-3.0-or-later
// From a point to the node under it, by the boxes that are painted.
#pragma once

#include "views/layout/icicle_layout.h"

namespace sundial
{

/// The node whose box covers fraction `x` of `row`; none beside the boxes. Boxes narrower than `reach` (a pixel, in
/// fractions) are painted as a run in the first one's colour: there it is the first that `reach` touches.
inline NodeId nodeAt(const IcicleLayout& layout, int row, double x, double reach)
{
    if (row < 0 || std::uint32_t(row) >= layout.rowCount())
        return {};
    const std::uint32_t box = layout.firstEndingAfter(std::uint32_t(row), x);
    return box < layout.rowEnd(std::uint32_t(row)) && layout.begin(box) < x + reach ? layout.node(box) : NodeId{};
}

} // namespace sundial
