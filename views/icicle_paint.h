// SPDX-License-Identifier: GPL-3.0-or-later
// The icicle (or, upwards, the flame graph) as paint: boxes with names and shares, and the minimap. Sizes are px for a
// 13 px body font, scaled.
#pragma once

#include "views/tree_scene.h"
#include "views/viewport.h"

#include <QPainter>

#include <climits>

namespace sundial
{

constexpr int kFrameRow = 25; ///< 24 for the box, 1 for the gap.
constexpr int kMinimapHeight = 28;

/// A viewport over `area` that shows the whole tree from its root on.
Viewport icicleViewport(const QRectF& area, bool upward);

/// Paints the boxes of the viewport that touch `dirty`. The cost is bounded by pixels, not by nodes: boxes that end
/// within one pixel are painted as one. Nothing is painted outside the viewport's area, and no clipping is needed.
/// Names and values leave `keptFree` to what is painted there next.
void paintIcicle(QPainter& painter, const TreeScene& scene, const Viewport& viewport, const QRectF& dirty,
                 const QRectF& keptFree = {});

/// The picture of a file, with its legend, in `size`; `viewport` says which part of the tree, `mostRows` how many rows
/// of it at most.
void paintIciclePicture(QPainter& painter, const TreeScene& scene, Viewport viewport, const QSizeF& size,
                        int mostRows = INT_MAX);
/// The height at which it shows that many rows.
double icicleHeight(std::uint32_t rows);

/// Marks how many levels lie beyond the lower edge: "12 levels below". Its place is empty where there are none.
QRectF levelsBeyondPlace(const TreeScene& scene, const Viewport& viewport);
void paintLevelsBeyond(QPainter& painter, const TreeScene& scene, const Viewport& viewport);

/// The whole tree in a few pixels, without marks; for a cached pixmap.
void paintMinimap(QPainter& painter, const TreeScene& scene, const QRectF& area, bool upward);
/// What `viewport` shows of it, and ticks at the fractions `ticks` in `color`.
void paintMinimapFrame(QPainter& painter, const Theme& theme, const QRectF& area, const Viewport& viewport);
void paintMinimapTicks(QPainter& painter, const QRectF& area, const std::vector<double>& ticks, const QColor& color);

} // namespace sundial
