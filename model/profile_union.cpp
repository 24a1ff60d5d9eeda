// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/profile_union.h"

#include "model/edge_finder.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace sundial
{

namespace
{

std::int64_t sumOfCalls(std::int64_t x, std::int64_t y)
{
    return x == kCallsUnknown || y == kCallsUnknown ? kCallsUnknown : x + y;
}

/// A number for what a node shows: its row, or one past the rows for each kind of node that has no frame.
class NodeKeys
{
public:
    NodeKeys(const CallTree& tree, const std::vector<FrameId>& rows, std::uint32_t rowCount)
        : m_tree(tree), m_rows(rows), m_rowCount(rowCount)
    {
    }
    static std::uint32_t count(std::uint32_t rowCount) { return rowCount + std::uint32_t(NodeKind::Unattributed) + 1; }
    FrameId row(NodeId n) const
    {
        const FrameId f = m_tree.frame(n);
        return f ? m_rows[f.value] : FrameId{};
    }
    std::uint32_t operator()(NodeId n) const
    {
        const FrameId f = row(n);
        return f ? f.value : m_rowCount + std::uint32_t(m_tree.kind(n));
    }

private:
    const CallTree& m_tree;
    const std::vector<FrameId>& m_rows;
    std::uint32_t m_rowCount;
};

} // namespace

FrameUnion uniteFrames(const FrameTable& before, const FrameTable& after, std::span<const FrameMatch> matches)
{
    FrameUnion result;
    result.ofBefore.resize(before.size());
    result.ofAfter.resize(after.size());
    for (const FrameMatch& match : matches) {
        const FrameTable& source = match.after ? after : before;
        const FrameId f = match.after ? match.after : match.before;
        FrameKey key = source.key(f);
        key.name = result.frames.strings().intern(source.name(f));
        key.file = result.frames.strings().intern(source.file(f));
        const FrameId row = result.frames.append(key);
        if (match.before)
            result.ofBefore[match.before.value] = row;
        if (match.after)
            result.ofAfter[match.after.value] = row;
    }
    return result;
}

CallGraph onUnion(const CallGraph& graph, std::span<const FrameId> rows, std::uint32_t rowCount, double scale)
{
    const FunctionTable& source = graph.functions();
    FunctionTable table;
    table.self.assign(rowCount, 0);
    table.total.assign(rowCount, 0);
    // A function that is absent was called zero times, if calls were counted at all.
    const bool countsCalls =
        std::any_of(source.calls.begin(), source.calls.end(), [](std::int64_t calls) { return calls >= 0; });
    table.calls.assign(rowCount, countsCalls ? 0 : kCallsUnknown);
    table.primitiveCalls.assign(rowCount, countsCalls ? 0 : kCallsUnknown);
    table.listed.assign(rowCount, false);
    for (std::uint32_t i = 0; i < source.size(); ++i) {
        const std::uint32_t row = rows[i].value;
        table.self[row] = source.self[i] * scale;
        table.total[row] = source.total[i] * scale;
        table.calls[row] = source.calls[i];
        table.primitiveCalls[row] = source.primitiveCalls[i];
        table.listed[row] = source.listed[i];
    }
    table.totalSelf = source.totalSelf * scale;
    std::vector<Edge> edges = graph.edges();
    for (Edge& edge : edges) {
        edge.caller = rows[edge.caller.value];
        edge.callee = rows[edge.callee.value];
        edge.self *= scale;
        edge.total *= scale;
    }
    return CallGraph(std::move(table), std::move(edges), graph.dialect());
}

CallGraph sumOf(const CallGraph& x, const CallGraph& y)
{
    assert(x.functions().size() == y.functions().size());
    FunctionTable table = x.functions();
    const FunctionTable& other = y.functions();
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        table.self[i] += other.self[i];
        table.total[i] += other.total[i];
        table.calls[i] = sumOfCalls(table.calls[i], other.calls[i]);
        table.primitiveCalls[i] = sumOfCalls(table.primitiveCalls[i], other.primitiveCalls[i]);
        table.listed[i] = table.listed[i] || other.listed[i];
    }
    table.totalSelf += other.totalSelf;
    std::vector<Edge> edges = x.edges();
    EdgeFinder finder(edges);
    for (const Edge& edge : y.edges()) {
        const auto [e, isNew] = finder.findOrAdd(edge.caller, edge.callee);
        if (isNew) {
            edges[e] = edge;
            continue;
        }
        Edge& sum = edges[e];
        sum.calls = sumOfCalls(sum.calls, edge.calls);
        sum.primitiveCalls = sumOfCalls(sum.primitiveCalls, edge.primitiveCalls);
        sum.self += edge.self;
        sum.total += edge.total;
    }
    return CallGraph(std::move(table), std::move(edges), x.dialect());
}

CallGraph changeOf(const CallGraph& x, const CallGraph& y)
{
    std::vector<FrameId> same(x.functions().size());
    for (std::uint32_t i = 0; i < same.size(); ++i)
        same[i] = FrameId{i};
    return sumOf(onUnion(x, same, std::uint32_t(same.size()), -1), y);
}

CallGraph sizesOf(const CallGraph& graph)
{
    FunctionTable table = graph.functions();
    table.totalSelf = 0;
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        table.self[i] = std::abs(table.self[i]);
        table.total[i] = std::abs(table.total[i]);
        table.totalSelf += table.self[i];
    }
    std::vector<Edge> edges = graph.edges();
    for (Edge& edge : edges) {
        edge.self = std::abs(edge.self);
        edge.total = std::abs(edge.total);
    }
    return CallGraph(std::move(table), std::move(edges), graph.dialect());
}

TreeUnion uniteTrees(const CallTree& before, const CallTree& after, const FrameUnion& frames)
{
    const std::uint32_t rowCount = frames.frames.size();
    const NodeKeys beforeKey(before, frames.ofBefore, rowCount), afterKey(after, frames.ofAfter, rowCount);
    TreeTopologyBuilder builder; // index i < before.size() is before's node i
    builder.reserve(std::max(before.size(), after.size()));
    for (std::uint32_t i = 1; i < before.size(); ++i)
        builder.add(before.parent(NodeId{i}).value, beforeKey.row(NodeId{i}));

    // Children of a path that both sides have are joined through a table by key. Each node's children pass through it
    // once, and `owner` says for which node an entry was made, so that it is never cleared.
    struct Entry {
        std::uint32_t owner = UINT32_MAX;
        std::uint32_t child = 0;
    };
    std::vector<Entry> children(NodeKeys::count(rowCount));
    std::vector<std::uint32_t> indexOfAfter(after.size(), 0);
    for (std::uint32_t i = 0; i < after.size(); ++i) {
        const NodeId n{i};
        const std::uint32_t parent = indexOfAfter[i];
        const bool isShared = parent < before.size();
        if (isShared)
            before.forEachChild(NodeId{parent}, [&](NodeId c) { children[beforeKey(c)] = {i, c.value}; });
        after.forEachChild(n, [&](NodeId c) {
            const Entry& entry = children[afterKey(c)];
            indexOfAfter[c.value] = isShared && entry.owner == i ? entry.child : builder.add(parent, afterKey.row(c));
        });
    }

    TreeUnion result;
    const std::uint32_t size = builder.size();
    TreeTopologyBuilder::Sorted sorted = std::move(builder).sort();
    result.before.resize(size);
    result.after.resize(size);
    for (std::uint32_t i = 0; i < before.size(); ++i)
        result.before[sorted.newIndex[i]] = NodeId{i};
    for (std::uint32_t i = 0; i < after.size(); ++i)
        result.after[sorted.newIndex[indexOfAfter[i]]] = NodeId{i};
    result.topology = std::make_shared<const TreeTopology>(std::move(sorted.topology));
    return result;
}

CallTree::ColumnPtr TreeUnion::column(const CallTree& side, MetricId metric, const std::vector<NodeId>& nodes,
                                      double scale) const
{
    std::vector<double> self(nodes.size(), 0);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i])
            self[i] = side.self(metric, nodes[i]) * scale;
    }
    return std::make_shared<const WeightColumn>(makeWeightColumn(*topology, std::move(self)));
}

CallTree::EstimatePtr TreeUnion::estimate(const CallTree& beforeTree, const CallTree& afterTree) const
{
    if (!beforeTree.estimate() && !afterTree.estimate())
        return {};
    TreeEstimate result;
    const std::size_t size = before.size();
    result.kind.assign(size, NodeKind::Frame);
    result.lo.assign(size, 0);
    result.hi.assign(size, 0);
    result.calls.assign(size, 0);
    result.exact.assign(size, true);
    result.callsExact.assign(size, true);
    result.foldedCount.assign(size, 0);
    for (std::size_t i = 0; i < size; ++i) {
        bool isFirst = true;
        const auto add = [&](const CallTree& tree, NodeId n) {
            if (!n || !tree.estimate())
                return;
            const TreeEstimate& estimate = *tree.estimate();
            result.kind[i] = estimate.kind[n.value];
            result.lo[i] = isFirst ? estimate.lo[n.value] : std::min(result.lo[i], estimate.lo[n.value]);
            result.hi[i] = isFirst ? estimate.hi[n.value] : std::max(result.hi[i], estimate.hi[n.value]);
            result.calls[i] = std::max(result.calls[i], estimate.calls[n.value]);
            result.exact[i] = result.exact[i] && estimate.exact[n.value];
            result.callsExact[i] = result.callsExact[i] && estimate.callsExact[n.value];
            result.foldedCount[i] = std::max(result.foldedCount[i], estimate.foldedCount[n.value]);
            isFirst = false;
        };
        add(beforeTree, before[i]);
        add(afterTree, after[i]);
    }
    return std::make_shared<const TreeEstimate>(std::move(result));
}

} // namespace sundial
