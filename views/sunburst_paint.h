// SPDX-License-Identifier: GPL-3.0-or-later
// The sunburst as paint: rings of arcs with their names around a centre that shows the root.
#pragma once

#include "views/layout/sunburst_layout.h"
#include "views/legend.h"
#include "views/tree_scene.h"

namespace sundial
{

/// Whether each ring is two, before inside and after outside: in a comparison whose boxes are as wide as the larger
/// side. Both go as far round as their part of it.
bool hasPairedRings(const Analysis& analysis);

/// Paints the rings and the centre, whose node is `root`.
void paintSunburst(QPainter& painter, const TreeScene& scene, const Rings& rings, NodeId root);

/// Where the legend stands in a picture (empty where it is too narrow for one), and the square of the rings.
QRectF sunburstLegendArea(const QRectF& all);
QRectF sunburstRingArea(const QRectF& all);

/// The modules, or what the colours of changes mean; a click on a hit searches for its module.
std::vector<LegendHit> paintSunburstLegend(QPainter& painter, const TreeScene& scene, const QRectF& area,
                                           const QString& emphasised);

/// How many levels stand around the centre of an area of rings unless something else is asked for.
int usualDepth(const QRectF& ringArea);

/// Says how many levels there are beyond the outermost ring, if there are any, in the corner below right.
void paintLevelsBeyond(QPainter& painter, const TreeScene& scene, const Rings& rings, const QRectF& area);

/// The picture of a file, with its legend: `root`, which has a box, and `depth` levels around it (0: as many as usual).
void paintSunburstPicture(QPainter& painter, const TreeScene& scene, NodeId root, int depth, const QSizeF& size);

} // namespace sundial
