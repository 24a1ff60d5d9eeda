// SPDX-License-Identifier: GPL-3.0-or-later
// A pruned call graph as a DOT file for Graphviz' own programs, written as gprof2dot writes it: the same nodes, labels
// ("module:line:name", total, self, calls) and edges, so that scripts which read such files go on working.
#pragma once

#include "model/call_graph.h"
#include "model/frame_table.h"
#include "model/graph_prune.h"
#include "views/theme.h"

#include <QByteArray>

namespace sundial
{

struct DotOptions {
    bool heatBySelf = false; ///< Fill boxes by self relative to the greatest self; else by total.
    bool strip = false;      ///< Names without C++ parameters and template arguments.
    bool wrap = false;       ///< Names of more than 32 characters over several lines, at spaces.
};

/// Percentages as gprof2dot prints them, with two digits. Edges say all calls, where gprof2dot says the primitive ones.
QByteArray toDot(const PrunedGraph& pruned, const CallGraph& graph, const FrameTable& frames, const Theme& theme,
                 const DotOptions& options);

} // namespace sundial
