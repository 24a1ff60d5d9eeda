// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/call_graph.h"

#include "model/edge_finder.h"

#include <algorithm>
#include <cassert>

namespace sundial
{

/// Counting sort of edge ids by one end; stable, so that file order is kept.
CallGraph::EdgeIndex CallGraph::indexEdges(const std::vector<Edge>& edges, std::uint32_t frameCount, FrameId Edge::*end)
{
    EdgeIndex index;
    index.start.assign(frameCount + 1, 0);
    for (const Edge& e : edges)
        ++index.start[(e.*end).value + 1];
    for (std::size_t i = 1; i < index.start.size(); ++i)
        index.start[i] += index.start[i - 1];
    index.sorted.resize(edges.size());
    std::vector<std::uint32_t> next(index.start.begin(), index.start.end() - 1);
    for (std::uint32_t i = 0; i < edges.size(); ++i)
        index.sorted[next[(edges[i].*end).value]++] = EdgeId{i};
    return index;
}

CallGraph::CallGraph()
{
    static const auto none = std::make_shared<const Arcs>();
    m_arcs = none;
}

CallGraph::CallGraph(FunctionTable functions, std::vector<Edge> edges, ArcDialect dialect)
{
    const std::uint32_t count = functions.size();
    assert(std::all_of(edges.begin(), edges.end(),
                       [count](const Edge& e) { return e.caller.value < count && e.callee.value < count; }));
    auto arcs = std::make_shared<Arcs>();
    arcs->byCaller = indexEdges(edges, count, &Edge::caller);
    arcs->byCallee = indexEdges(edges, count, &Edge::callee);
    arcs->functions = std::move(functions);
    arcs->edges = std::move(edges);
    arcs->dialect = dialect;
    m_arcs = std::move(arcs);
}

CallGraph callGraph(const CallTree& tree, MetricId metric, std::uint32_t frameCount, MetricId blocks)
{
    std::vector<Edge> edges;
    std::vector<std::uint32_t> outermostEnd; // by edge: end of the last node that entered it outermost
    EdgeFinder finder(edges);
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        const FrameId callee = tree.frame(n);
        const FrameId caller = tree.frame(tree.parent(n));
        if (!callee || !caller)
            continue;
        const auto [e, isNew] = finder.findOrAdd(caller, callee);
        if (isNew)
            outermostEnd.push_back(0);
        edges[e].self += tree.self(metric, n);
        if (i >= outermostEnd[e]) { // a stack that enters the edge twice counts once
            edges[e].total += tree.total(metric, n);
            outermostEnd[e] = tree.subtreeEnd(n).value;
        }
    }
    return {functionTable(tree, metric, frameCount, blocks), std::move(edges)};
}

Components stronglyConnectedComponents(const CallGraph& graph)
{
    const std::uint32_t count = graph.functions().size();
    constexpr std::uint32_t kUnseen = UINT32_MAX;
    Components result;
    result.of.assign(count, kUnseen);
    result.recursive.assign(count, false);
    std::vector<std::uint32_t> index(count, kUnseen), low(count, 0);
    std::vector<std::uint32_t> open; // Tarjan's stack of frames without a component
    struct Visit {
        std::uint32_t frame;
        std::size_t nextEdge;
    };
    std::vector<Visit> visits;
    std::uint32_t nextIndex = 0;
    for (std::uint32_t start = 0; start < count; ++start) {
        if (index[start] != kUnseen)
            continue;
        visits.push_back({start, 0});
        while (!visits.empty()) {
            Visit& visit = visits.back();
            const std::uint32_t v = visit.frame;
            if (visit.nextEdge == 0 && index[v] == kUnseen) {
                index[v] = low[v] = nextIndex++;
                open.push_back(v);
            }
            const auto callees = graph.callees(FrameId{v});
            if (visit.nextEdge < callees.size()) {
                const std::uint32_t w = graph.edge(callees[visit.nextEdge++]).callee.value;
                if (w == v)
                    result.recursive[v] = true;
                if (index[w] == kUnseen)
                    visits.push_back({w, 0}); // `visit` dangles from here on
                else if (result.of[w] == kUnseen)
                    low[v] = std::min(low[v], index[w]);
                continue;
            }
            visits.pop_back();
            if (!visits.empty())
                low[visits.back().frame] = std::min(low[visits.back().frame], low[v]);
            if (low[v] != index[v])
                continue;
            const auto component = std::uint32_t(result.size.size());
            std::uint32_t members = 0;
            std::uint32_t w = kUnseen;
            const std::size_t first = std::size_t(std::find(open.rbegin(), open.rend(), v).base() - open.begin()) - 1;
            const bool several = open.size() - first > 1;
            do {
                w = open.back();
                open.pop_back();
                result.of[w] = component;
                if (several)
                    result.recursive[w] = true;
                ++members;
            } while (w != v);
            result.size.push_back(members);
        }
    }
    return result;
}

} // namespace sundial
