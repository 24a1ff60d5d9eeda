// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a call graph that is worth drawing: by thresholds, exactly as gprof2dot 2025.4.14 prunes, or by a budget
// of nodes. Shares are fractions of 1; a share of total is of the larger of Σ self and the greatest total, a share of
// self is of Σ self, both clamped to 0…1 and 1 where the whole is zero (gprof2dot's rules; one scale for both ways).
#pragma once

#include "model/call_graph.h"
#include "model/frame_table.h"
#include "model/units.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

/// What gprof2dot prunes by if nothing else is asked.
constexpr double kUsualNodeThreshold = 0.005;
constexpr double kUsualEdgeThreshold = 0.001;

struct PruneOptions {
    double nodeThreshold = 0;         ///< Functions with a smaller share of total go.
    double edgeThreshold = 0;         ///< Edges with a smaller share of total go.
    std::vector<std::string> paths{}; ///< Keep functions whose file starts with one of these, or has no file.
    std::vector<FrameId> roots{};     ///< Keep what these call, directly or not.
    std::vector<FrameId> leaves{};    ///< Keep what calls these, directly or not.
    int depth = -1;                   ///< Steps from roots and leaves; negative: any number.
    std::uint32_t maxNodes = 0;       ///< The functions that explain most, if more are left. 0: no budget.
};

struct GraphNode {
    FrameId frame;
    double total = 0; ///< Share.
    double self = 0;  ///< Share.
};

struct GraphEdge {
    EdgeId edge;
    std::uint32_t caller = 0, callee = 0; ///< Indices into PrunedGraph::nodes.
    double total = 0;                     ///< Share.
    bool recursive = false; ///< Both ends are in one cycle of the whole graph: its total overlaps with others.
    bool back = false;      ///< Leads to a function that is above its caller in the picture; without these, no cycles.
};

/// A value of its own: drawing needs it, the graph it came from (for counts) and the frames (for names).
struct PrunedGraph {
    std::vector<GraphNode> nodes;                     ///< In file order.
    std::vector<GraphEdge> edges;                     ///< In file order.
    std::vector<std::vector<std::uint32_t>> clusters; ///< Cycles of two nodes or more, as indices into `nodes`.
    std::uint32_t leftOut = 0;                        ///< Functions of the profile that are not shown…
    double leftOutSelf = 0;                           ///< …and their share of self.
    double maxSelf = 0;                               ///< Of the nodes: the end of a heat scale.
    double maxTotal = 0;
    bool edgesEstimated = false; ///< The file counts calls by caller but not their time: see edgeTotals().
};

/// O(functions · log + edges · log). If thresholds leave none of `roots` (or `leaves`), these are kept all the same,
/// where gprof2dot gives up. With a budget the result is connected as far as the functions are: each stands under the
/// caller that gives it most, and that edge is kept whatever its share.
PrunedGraph pruneGraph(const CallGraph& graph, const FrameTable& frames, const PruneOptions& options);

/// By edge: its total, in the metric's unit. Where a file holds counts only (ArcDialect::edgeCounts), the callee's
/// total by the edge's part of its calls: an estimate.
std::vector<double> edgeTotals(const CallGraph& graph);

/// gprof2dot's name of a function, "module:line:name"; the module is the file's base name without its extension.
std::string graphLabel(const FrameTable& frames, FrameId frame);
/// The frames whose graphLabel() or plain name fits a shell pattern (`*`, `?`, `[a-z]`, `[!a]`), in file order. A
/// pattern without wildcards that is the label or name of some function means just that.
std::vector<FrameId> matchFunctions(const FrameTable& frames, std::string_view pattern);
/// "+4,870 functions, 31.0 % of self", or nothing if all are shown. `whole`: what the share is of.
std::string leftOutText(const PrunedGraph& graph, const NumberStyle& style = {}, std::string_view whole = "of self");

} // namespace sundial
