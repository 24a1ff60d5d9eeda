// SPDX-License-Identifier: GPL-3.0-or-later
// Functions and caller → callee edges: exact as pstats stores them, or derived from an exact tree.
#pragma once

#include "model/function_table.h"
#include "model/ids.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace sundial
{

struct Edge {
    FrameId caller;
    FrameId callee;
    std::int64_t calls = kCallsUnknown;
    std::int64_t primitiveCalls = kCallsUnknown; ///< Of the edge's own recursion level: its outermost entries.
    double self = 0;                             ///< The callee's own weight when called from this caller.
    double total = 0;
};

/// What the arcs of a file mean beside their numbers. Profilers share one file format and fill it differently: tables
/// and graphs choose their words by these flags, the tree estimate its method. All false: cProfile's arcs, and arcs
/// that are derived from an exact tree.
struct ArcDialect {
    bool sampled = false; ///< Counts are samples: `calls` with the function on the stack, `primitiveCalls` in itself.
    bool edgeCounts = false;   ///< Edges hold a count only (calls = primitiveCalls); their self and total are 0.
    bool callsUnknown = false; ///< A sampler wrote the file and counted no calls.
    bool edgesLossy = false; ///< Edges lost numbers (merged, stripped, threads mixed): no estimate from them is exact.
};

/// A directed graph with the function table as its nodes. Edges stand in file order; both directions are indexed.
/// Immutable once built, and shared: a copy costs nothing.
class CallGraph
{
public:
    CallGraph();
    /// O(functions + edges). `edges` keep their order; FrameIds must be below functions.size().
    CallGraph(FunctionTable functions, std::vector<Edge> edges, ArcDialect dialect = {});

    const FunctionTable& functions() const { return m_arcs->functions; }
    const std::vector<Edge>& edges() const { return m_arcs->edges; }
    const ArcDialect& dialect() const { return m_arcs->dialect; }
    const Edge& edge(EdgeId e) const { return m_arcs->edges[e.value]; }
    /// Edges that leave `caller`, in file order.
    std::span<const EdgeId> callees(FrameId caller) const { return m_arcs->byCaller.of(caller); }
    /// Edges that enter `callee`, in file order.
    std::span<const EdgeId> callers(FrameId callee) const { return m_arcs->byCallee.of(callee); }

private:
    /// Edges sorted by one of their ends.
    struct EdgeIndex {
        std::vector<std::uint32_t> start{0}; ///< By frame: its first edge in `sorted`, and one more at the end.
        std::vector<EdgeId> sorted;

        std::span<const EdgeId> of(FrameId f) const
        {
            return {sorted.data() + start[f.value], sorted.data() + start[f.value + 1]};
        }
    };
    struct Arcs {
        FunctionTable functions;
        std::vector<Edge> edges;
        ArcDialect dialect;
        EdgeIndex byCaller, byCallee;
    };
    static EdgeIndex indexEdges(const std::vector<Edge>& edges, std::uint32_t frameCount, FrameId Edge::*end);

    std::shared_ptr<const Arcs> m_arcs; ///< Never null.
};

/// The graph of an exact tree. An edge holds the weight of each stack in which callee is directly called by caller,
/// each stack counted once; `blocks` as in functionTable(). O(nodes · log edges).
CallGraph callGraph(const CallTree& tree, MetricId metric, std::uint32_t frameCount, MetricId blocks = {});

/// Strongly connected components: for each frame the number of its component. Components are numbered in reverse
/// topological order (a callee's component is never greater than its caller's). Tarjan, without recursion; O(V + E).
struct Components {
    std::vector<std::uint32_t> of;   ///< By frame.
    std::vector<std::uint32_t> size; ///< By component: its number of frames.
    std::vector<bool> recursive;     ///< By frame: in a component of several, or calling itself.
};
Components stronglyConnectedComponents(const CallGraph& graph);

} // namespace sundial
