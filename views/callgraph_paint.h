// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a laid-out call graph: onto the screen, into PNG, SVG and PDF. From tokens only.
#pragma once

#include "model/search.h"
#include "views/callgraph_picture.h"
#include "views/palette.h"

class QPainter;

namespace sundial
{

/// What the picture shows beside the graph itself.
struct CallGraphLook {
    const Theme* theme = nullptr;
    const FramePalette* modules = nullptr;       ///< Stripes.
    const ModuleTable* moduleTable = nullptr;    ///< For the legend: whose stripes there are.
    const CompareAnalysis* comparison = nullptr; ///< Boxes are coloured by change instead of heat.
    bool heatByTotal = false;                    ///< Heat and change of the total, else of self.
    FrameId selected{};
    FrameId focused{}; ///< Has the keyboard's focus ring.
    const SearchResult* search = nullptr;
};

/// Paints what touches `exposed`, in the picture's coordinates, into a painter that has been moved and scaled to them.
/// Text is left out where it would be too small to read.
void paintCallGraph(QPainter& painter, const CallGraphPicture& picture, const CallGraphLook& look,
                    const QRectF& exposed);

/// The line under the graph: the heat scale with its ends, what widths, stripes and dashes mean, modules as far as they
/// fit, and the pill that tells what is left out. Returns the pill's box, null if nothing is.
QRectF paintCallGraphLegend(QPainter& painter, const CallGraphPicture& picture, const CallGraphLook& look,
                            const QRectF& line);
constexpr int kCallGraphLegendHeight = 28; ///< For a 13 px body font; see scaled().

/// Whole pictures for export: margins, graph and legend.
QSizeF callGraphPictureSize(const CallGraphPicture& picture);
void paintWholeCallGraph(QPainter& painter, const CallGraphPicture& picture, const CallGraphLook& look,
                         const QSizeF& size);

} // namespace sundial
