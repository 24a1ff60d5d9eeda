// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph_prune.h"

#include "model/glob.h"
#include "model/graph_budget.h"

#include <algorithm>
#include <numeric>

namespace sundial
{

namespace
{

double share(double part, double whole)
{
    return whole > 0 ? std::clamp(part / whole, 0.0, 1.0) : 1.0;
}

/// What is still in the graph while it is pruned.
class Selection
{
public:
    Selection(const CallGraph& graph, const PruneOptions& options)
        : node(graph.functions().size(), false), edge(graph.edges().size(), false), m_graph(graph), m_options(options),
          m_edgeTotals(edgeTotals(graph))
    {
        const FunctionTable& table = graph.functions();
        m_selfWhole = table.totalSelf;
        m_totalWhole = table.totalSelf;
        for (std::uint32_t f = 0; f < table.size(); ++f)
            m_totalWhole = std::max(m_totalWhole, table.total[f]);
    }

    double totalShare(double total) const { return share(total, m_totalWhole); }
    double selfShare(double self) const { return share(self, m_selfWhole); }
    double edgeShare(std::uint32_t e) const { return totalShare(m_edgeTotals[e]); }

    void applyThresholds(const FrameTable& frames)
    {
        const FunctionTable& table = m_graph.functions();
        for (std::uint32_t f = 0; f < table.size(); ++f)
            node[f] = totalShare(table.total[f]) >= m_options.nodeThreshold && isWanted(frames.file(FrameId{f}));
        keepOneOf(m_options.roots);
        keepOneOf(m_options.leaves);
        for (std::uint32_t e = 0; e < edge.size(); ++e) {
            const Edge& candidate = m_graph.edge(EdgeId{e});
            edge[e] = node[candidate.caller.value] && node[candidate.callee.value] &&
                      (m_options.maxNodes > 0 || edgeShare(e) >= m_options.edgeThreshold);
        }
    }

    /// Keeps what can be reached from `starts` within the options' depth, along calls or against them.
    void keepReachable(const std::vector<FrameId>& starts, bool towardsCallees)
    {
        std::vector<bool> reached(node.size(), false);
        std::vector<FrameId> frontier;
        const auto reach = [&](FrameId f, std::vector<FrameId>& list) {
            if (node[f.value] && !reached[f.value]) {
                reached[f.value] = true;
                list.push_back(f);
            }
        };
        for (const FrameId f : starts)
            reach(f, frontier);
        for (int step = 0; step != m_options.depth && !frontier.empty(); ++step) {
            std::vector<FrameId> next;
            for (const FrameId f : frontier) {
                for (const EdgeId e : towardsCallees ? m_graph.callees(f) : m_graph.callers(f)) {
                    if (edge[e.value])
                        reach(towardsCallees ? m_graph.edge(e).callee : m_graph.edge(e).caller, next);
                }
            }
            frontier = std::move(next);
        }
        node = std::move(reached);
    }

    /// Keeps the functions that explain most, the edges that connect them, and the other edges above the threshold.
    void applyBudget()
    {
        const ExplainOrder order = explainOrder(m_graph, m_edgeTotals, node, m_options.roots);
        const std::size_t count = std::min<std::size_t>(m_options.maxNodes, order.frames.size());
        node.assign(node.size(), false);
        for (std::size_t i = 0; i < count; ++i)
            node[order.frames[i].value] = true;
        for (std::uint32_t e = 0; e < edge.size(); ++e)
            edge[e] = edge[e] && (edgeShare(e) >= m_options.edgeThreshold ||
                                  order.mainCaller[m_graph.edge(EdgeId{e}).callee.value] == EdgeId{e});
    }

    std::vector<bool> node; ///< By frame.
    std::vector<bool> edge; ///< By edge; one whose ends are gone may still be set.

private:
    bool isWanted(std::string_view file) const
    {
        return m_options.paths.empty() || file.empty() ||
               std::any_of(m_options.paths.begin(), m_options.paths.end(),
                           [file](const std::string& path) { return file.starts_with(path); });
    }

    void keepOneOf(const std::vector<FrameId>& wanted)
    {
        if (std::none_of(wanted.begin(), wanted.end(), [this](FrameId f) { return bool(node[f.value]); })) {
            for (const FrameId f : wanted)
                node[f.value] = true;
        }
    }

    const CallGraph& m_graph;
    const PruneOptions& m_options;
    std::vector<double> m_edgeTotals;
    double m_selfWhole = 0;
    double m_totalWhole = 0;
};

/// Marks the edges that close a cycle on a walk which takes heavy edges first, so that the main road runs downwards. It
/// begins at `roots`, which so stand above all that they call, even inside a cycle.
void markBackEdges(PrunedGraph& pruned, const std::vector<FrameId>& roots)
{
    const auto nodeCount = std::uint32_t(pruned.nodes.size());
    std::vector<std::uint32_t> byWeight(pruned.edges.size());
    std::iota(byWeight.begin(), byWeight.end(), 0u);
    std::stable_sort(byWeight.begin(), byWeight.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return pruned.edges[a].total > pruned.edges[b].total; });
    std::vector<std::vector<std::uint32_t>> callees(nodeCount);
    std::vector<bool> called(nodeCount, false);
    for (const std::uint32_t e : byWeight) {
        const GraphEdge& edge = pruned.edges[e];
        callees[edge.caller].push_back(e);
        if (edge.caller != edge.callee)
            called[edge.callee] = true;
    }
    std::vector<std::uint32_t> starts(nodeCount);
    std::iota(starts.begin(), starts.end(), 0u);
    std::vector<bool> isRoot(nodeCount, false);
    for (std::uint32_t n = 0; n < nodeCount; ++n)
        isRoot[n] = std::find(roots.begin(), roots.end(), pruned.nodes[n].frame) != roots.end();
    std::stable_sort(starts.begin(), starts.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (isRoot[a] != isRoot[b])
            return bool(isRoot[a]);
        return called[a] != called[b] ? !called[a] : pruned.nodes[a].total > pruned.nodes[b].total;
    });

    enum class State : std::uint8_t { Unseen, Open, Done };
    std::vector<State> state(nodeCount, State::Unseen);
    std::vector<std::size_t> nextEdge(nodeCount, 0);
    std::vector<std::uint32_t> open;
    for (const std::uint32_t start : starts) {
        if (state[start] != State::Unseen)
            continue;
        open.push_back(start);
        state[start] = State::Open;
        while (!open.empty()) {
            const std::uint32_t n = open.back();
            if (nextEdge[n] == callees[n].size()) {
                state[n] = State::Done;
                open.pop_back();
                continue;
            }
            GraphEdge& edge = pruned.edges[callees[n][nextEdge[n]++]];
            edge.back = state[edge.callee] == State::Open;
            if (state[edge.callee] == State::Unseen) {
                state[edge.callee] = State::Open;
                open.push_back(edge.callee);
            }
        }
    }
}

void findClusters(PrunedGraph& pruned)
{
    FunctionTable table;
    table.self.resize(pruned.nodes.size());
    std::vector<Edge> edges;
    edges.reserve(pruned.edges.size());
    for (const GraphEdge& edge : pruned.edges)
        edges.push_back({.caller = FrameId{edge.caller}, .callee = FrameId{edge.callee}});
    const Components components = stronglyConnectedComponents(CallGraph(std::move(table), std::move(edges)));
    std::vector<std::vector<std::uint32_t>> members(components.size.size());
    for (std::uint32_t n = 0; n < pruned.nodes.size(); ++n)
        members[components.of[n]].push_back(n);
    for (std::vector<std::uint32_t>& cluster : members) {
        if (cluster.size() > 1)
            pruned.clusters.push_back(std::move(cluster));
    }
}

} // namespace

PrunedGraph pruneGraph(const CallGraph& graph, const FrameTable& frames, const PruneOptions& options)
{
    Selection selection(graph, options);
    selection.applyThresholds(frames);
    if (!options.roots.empty())
        selection.keepReachable(options.roots, true);
    if (!options.leaves.empty())
        selection.keepReachable(options.leaves, false);
    if (options.maxNodes > 0)
        selection.applyBudget();

    const FunctionTable& table = graph.functions();
    PrunedGraph pruned;
    pruned.edgesEstimated = graph.dialect().edgeCounts;
    std::vector<std::uint32_t> indexOf(table.size(), 0);
    double leftOutSelf = 0;
    for (std::uint32_t f = 0; f < table.size(); ++f) {
        if (!selection.node[f]) {
            pruned.leftOut += table.listed[f] ? 1 : 0;
            leftOutSelf += table.self[f];
            continue;
        }
        indexOf[f] = std::uint32_t(pruned.nodes.size());
        const GraphNode node{FrameId{f}, selection.totalShare(table.total[f]), selection.selfShare(table.self[f])};
        pruned.nodes.push_back(node);
        pruned.maxSelf = std::max(pruned.maxSelf, node.self);
        pruned.maxTotal = std::max(pruned.maxTotal, node.total);
    }
    pruned.leftOutSelf = pruned.leftOut > 0 ? selection.selfShare(leftOutSelf) : 0;

    const Components components = stronglyConnectedComponents(graph);
    for (std::uint32_t e = 0; e < graph.edges().size(); ++e) {
        const Edge& edge = graph.edge(EdgeId{e});
        if (!selection.edge[e] || !selection.node[edge.caller.value] || !selection.node[edge.callee.value])
            continue;
        pruned.edges.push_back({.edge = EdgeId{e},
                                .caller = indexOf[edge.caller.value],
                                .callee = indexOf[edge.callee.value],
                                .total = selection.edgeShare(e),
                                .recursive = components.of[edge.caller.value] == components.of[edge.callee.value]});
    }
    markBackEdges(pruned, options.roots);
    findClusters(pruned);
    return pruned;
}

std::vector<double> edgeTotals(const CallGraph& graph)
{
    const FunctionTable& table = graph.functions();
    std::vector<double> totals;
    totals.reserve(graph.edges().size());
    for (const Edge& edge : graph.edges()) {
        const std::uint32_t callee = edge.callee.value;
        totals.push_back(graph.dialect().edgeCounts
                             ? share(double(edge.calls), double(table.calls[callee])) * table.total[callee]
                             : edge.total);
    }
    return totals;
}

std::string graphLabel(const FrameTable& frames, FrameId frame)
{
    std::string_view module = frames.file(frame);
    module.remove_prefix(module.find_last_of("/\\") + 1); // npos + 1 is 0
    const std::size_t dot = module.find_last_of('.');
    // As Python's splitext has it, leading dots begin a name and no extension.
    if (dot != module.npos && module.find_first_not_of('.') < dot)
        module = module.substr(0, dot);
    return std::string(module) + ':' + std::to_string(frames.line(frame)) + ':' + std::string(frames.name(frame));
}

std::vector<FrameId> matchFunctions(const FrameTable& frames, std::string_view pattern)
{
    std::vector<FrameId> exact, matching;
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        const std::string label = graphLabel(frames, FrameId{f});
        const std::string_view name = frames.name(FrameId{f});
        if (label == pattern || name == pattern)
            exact.push_back(FrameId{f});
        if (globMatches(pattern, label) || globMatches(pattern, name))
            matching.push_back(FrameId{f});
    }
    return exact.empty() ? matching : exact;
}

std::string leftOutText(const PrunedGraph& graph, const NumberStyle& style, std::string_view whole)
{
    if (graph.leftOut == 0)
        return {};
    return '+' + formatCount(graph.leftOut, style) + (graph.leftOut == 1 ? " function, " : " functions, ") +
           formatPercent(graph.leftOutSelf, style) + ' ' + std::string(whole);
}

} // namespace sundial
