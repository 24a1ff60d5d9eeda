// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/function_edges.h"

#include <algorithm>

namespace sundial
{

namespace
{

FunctionEdges inOrder(const CallGraph& graph, const Components& components, std::span<const EdgeId> edges)
{
    FunctionEdges result{{edges.begin(), edges.end()}, 0};
    const auto isOutside = [&](EdgeId e) {
        return components.of[graph.edge(e).caller.value] != components.of[graph.edge(e).callee.value];
    };
    std::stable_sort(result.edges.begin(), result.edges.end(), [&graph](EdgeId a, EdgeId b) {
        const Edge& left = graph.edge(a);
        const Edge& right = graph.edge(b);
        return left.total != right.total ? left.total > right.total : left.calls > right.calls;
    });
    const auto inside = std::stable_partition(result.edges.begin(), result.edges.end(), isOutside);
    result.outside = std::size_t(inside - result.edges.begin());
    return result;
}

} // namespace

FunctionEdges callersOf(const CallGraph& graph, const Components& components, FrameId function)
{
    return inOrder(graph, components, graph.callers(function));
}

FunctionEdges calleesOf(const CallGraph& graph, const Components& components, FrameId function)
{
    return inOrder(graph, components, graph.callees(function));
}

TotalSplit splitTotal(const CallGraph& graph, const Components& components, FrameId function)
{
    const std::uint32_t f = function.value;
    FunctionEdges callees = calleesOf(graph, components, function);
    callees.edges.resize(callees.outside);
    TotalSplit split;
    split.self = graph.functions().self[f];
    split.callees = std::move(callees.edges);
    split.isRecursive = components.recursive[f];
    double sum = split.self;
    for (const EdgeId e : split.callees)
        sum += graph.edge(e).total;
    split.whole = std::max(graph.functions().total[f], sum);
    split.rest = split.whole - sum;
    return split;
}

} // namespace sundial
