// SPDX-License-Identifier: GPL-3.0-or-later
// A pruned call graph on its way to the screen: its text, its layout, and where the edges' labels go. Lengths are
// pixels of the picture at 100 %.
#pragma once

#include "model/compare_analysis.h"
#include "model/frame_table.h"
#include "model/graph_prune.h"
#include "views/layout/graph_layout.h"

#include <QStringList>

#include <vector>

namespace sundial
{

/// How boxes are written.
struct GraphTextOptions {
    bool strip = false; ///< Without C++ parameters and template arguments.
    bool wrap = false;  ///< Long names over several lines, instead of shortened in the middle.
    /// The graph is that of its changes: figures are Δ instead of shares.
    const CompareAnalysis* comparison = nullptr;
};

struct EdgeLabel {
    std::uint32_t edge = 0; ///< Index into the graph's edges.
    QString text;
    QRectF box;
};

struct CallGraphPicture {
    PrunedGraph graph;
    std::vector<QStringList> names; ///< By node: the lines of its name as written.
    std::vector<QString> titles;    ///< By node: its whole name, and where it stands.
    std::vector<QString> figures;   ///< By node: "24.0 %   self 0.1 %", or "−30.2 ms   self −1.2 ms".
    QStringList edgeFigures;        ///< By edge: the share or Δ of its total.
    GraphLayout layout;
    std::vector<QRectF> edgeBounds; ///< By edge, with its arrow.
    std::vector<EdgeLabel> labels;
    QRectF bounds; ///< All of it.
};

/// The text of every box. What is missing is the layout.
CallGraphPicture describeGraph(PrunedGraph graph, const FrameTable& frames, const GraphTextOptions& options = {});
/// The graph as the layout helper needs it, boxes measured in the fonts in which they will be painted. Cycles get a box
/// of their own if they have a dozen functions at most, of a hundred: larger ones would hold most of the picture and
/// say nothing, and in larger graphs boxes spread the rest (a pytest run: 10,459 pixels instead of 6,724).
GraphLayoutRequest layoutRequest(const CallGraphPicture& picture);
/// Takes the layout that the request gave, and places labels on the edges where the callee's own figure does not tell
/// how much of it comes through them; none where it would hide a box or another label.
void takeLayout(CallGraphPicture& picture, GraphLayout layout);

/// The width of an edge's line.
double edgeWidth(double share);
/// Where the arrow of an edge begins and ends; equal points if the edge has no path.
QLineF arrowOf(const std::vector<QPointF>& path, double width);

/// The fonts of boxes.
QFont graphNameFont();
QFont graphFigureFont();

} // namespace sundial
