// SPDX-License-Identifier: GPL-3.0-or-later
// The sunburst as paint: rings of arcs with their names around a centre that shows the root.
#pragma once

#include "views/layout/sunburst_layout.h"
#include "views/tree_scene.h"

namespace sundial
{

/// Paints the rings and the centre, whose node is `root`.
void paintSunburst(QPainter& painter, const TreeScene& scene, const Rings& rings, NodeId root);

} // namespace sundial
