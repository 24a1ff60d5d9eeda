// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/estimate_tree.h"

#include "model/estimate_expand.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sundial
{

using estimate::GrowingTree;
using estimate::GrownNode;
using estimate::Share;

struct EstimatedTree::State {
    EstimateOptions options;
    GrowingTree grown;
    std::vector<std::uint32_t> grownOf; ///< By NodeId: its grown node; of a folded node, that of its parent.
};

namespace
{

/// Turns a grown tree into columns. Nodes are added by time descending and special nodes last, so that each comes after
/// its parent and its larger siblings; sorting depth-first keeps that order.
class Assembly
{
public:
    explicit Assembly(const GrowingTree& grown) : m_grown(grown), m_indexOf(grown.nodes().size(), 0) {}

    CallTree tree(std::vector<std::uint32_t>& grownOf) &&
    {
        addNodes();
        for (std::uint32_t i = 0; i < m_indexOf.size(); ++i)
            addFolded(i);
        addUnattributed();
        return sorted(grownOf);
    }

private:
    struct Row {
        std::uint32_t grown;
        NodeKind kind;
        bool callsExact;
        std::uint32_t folded;
        double self, calls, lo, hi;
    };

    void addNodes()
    {
        const auto nodes = m_grown.nodes();
        std::vector<std::uint32_t> order(nodes.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin() + 1, order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return nodes[a].time != nodes[b].time ? nodes[a].time > nodes[b].time : a < b;
        });
        m_topology.reserve(nodes.size());
        m_rows.reserve(nodes.size());
        for (const std::uint32_t i : order) {
            const GrownNode& node = nodes[i];
            if (i != 0)
                m_indexOf[i] = m_topology.add(m_indexOf[node.parent], FrameId{node.function});
            const double self = i == 0 ? 0 : node.time - handedOn(node);
            m_rows.push_back({i, NodeKind::Frame, node.callsExact, 0, self, node.calls, node.lo, node.hi});
        }
    }

    /// What a node gives to its callees; where they were not looked at for want of room, what it does not spend itself.
    double handedOn(const GrownNode& node) const
    {
        return node.expanded ? node.time - node.self : m_grown.unexpandedTime(node);
    }

    void addFolded(std::uint32_t i)
    {
        const GrownNode& node = m_grown.nodes()[i];
        Row row{i, NodeKind::Folded, false, 0, 0, 0, 0, 0};
        for (const Share& share : m_grown.shares(node)) {
            if (share.node != estimate::kNone)
                continue;
            ++row.folded;
            row.self += share.time;
            row.calls += share.calls;
            row.lo += share.lo;
            row.hi += share.hi;
        }
        if (!node.expanded) {
            row.folded = m_grown.calleeCount(node);
            row.self = m_grown.unexpandedTime(node);
            row.hi = node.hi;
        }
        row.hi = std::min(row.hi, node.hi);
        if (row.self > 0)
            addSpecial(row);
    }

    void addUnattributed()
    {
        const GrownNode& root = m_grown.nodes().front();
        if (root.self <= 0)
            return;
        double lo = root.time, hi = root.time;
        for (const Share& share : m_grown.shares(root)) {
            lo -= share.hi;
            hi -= share.lo;
        }
        addSpecial({0, NodeKind::Unattributed, false, 0, root.self, 0, std::max(0.0, lo), std::max(0.0, hi)});
    }

    void addSpecial(const Row& row)
    {
        m_topology.add(m_indexOf[row.grown], FrameId{});
        m_rows.push_back(row);
    }

    CallTree sorted(std::vector<std::uint32_t>& grownOf)
    {
        auto [topology, newIndex] = std::move(m_topology).sort();
        const std::size_t count = newIndex.size();
        TreeEstimate estimate;
        estimate.kind.resize(count);
        estimate.lo.resize(count);
        estimate.hi.resize(count);
        estimate.calls.resize(count);
        estimate.exact.resize(count);
        estimate.callsExact.resize(count);
        estimate.foldedCount.resize(count);
        std::vector<double> self(count);
        grownOf.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            const Row& row = m_rows[i];
            const std::uint32_t n = newIndex[i];
            estimate.kind[n] = row.kind;
            estimate.lo[n] = row.lo;
            estimate.hi[n] = row.hi;
            estimate.calls[n] = row.calls;
            estimate.exact[n] = m_grown.isClosed(row.lo, row.hi);
            estimate.callsExact[n] = row.callsExact;
            estimate.foldedCount[n] = row.folded;
            self[n] = row.self;
            grownOf[n] = row.grown;
        }
        const auto shared = std::make_shared<const TreeTopology>(std::move(topology));
        auto column = std::make_shared<const WeightColumn>(makeWeightColumn(*shared, std::move(self)));
        return {shared, {std::move(column)}, std::make_shared<const TreeEstimate>(std::move(estimate))};
    }

    const GrowingTree& m_grown;
    std::vector<std::uint32_t> m_indexOf; ///< By grown node: its index in m_topology and m_rows.
    TreeTopologyBuilder m_topology;
    std::vector<Row> m_rows;
};

} // namespace

EstimatedTree::EstimatedTree(State state)
{
    m_tree = Assembly(state.grown).tree(state.grownOf);
    m_state = std::make_shared<const State>(std::move(state));
}

Result<EstimatedTreePtr> EstimatedTree::grown(GrowingTree tree, std::uint32_t top, const EstimateOptions& options,
                                              Progress& progress)
{
    const double cut = options.cutFraction * tree.nodes()[top].time;
    if (!tree.grow(top, cut, options.nodeLimit, progress))
        return Error{ErrorKind::Cancelled, {}};
    return EstimatedTreePtr(new EstimatedTree(State{options, std::move(tree), {}}));
}

Result<EstimatedTreePtr> EstimatedTree::zoomedTo(NodeId z, Progress& progress) const
{
    return grown(m_state->grown, m_state->grownOf[z.value], m_state->options, progress);
}

Result<EstimatedTreePtr> EstimatedTree::rootedAt(FrameId function, Progress& progress) const
{
    return grown(GrowingTree(m_state->grown.arcs(), function.value), 0, m_state->options, progress);
}

Result<EstimatedTreePtr> estimateTree(const Profile& profile, const EstimateOptions& options, Progress& progress)
{
    return estimateTree(profile, stronglyConnectedComponents(profile.arcs), options, progress);
}

Result<EstimatedTreePtr> estimateTree(const Profile& profile, const Components& components,
                                      const EstimateOptions& options, Progress& progress)
{
    if (profile.origin != TreeOrigin::Estimated)
        return Error{ErrorKind::NoData, "The profile holds no arcs from which a call tree could be estimated."};
    const auto arcs = std::make_shared<const estimate::Arcs>(estimate::prepareArcs(profile, components));
    return EstimatedTree::grown(GrowingTree(arcs), 0, options, progress);
}

NodeId samePlace(const CallTree& from, NodeId n, const CallTree& to)
{
    NodeId place{0};
    for (const NodeId step : pathTo(from, n)) {
        NodeId next;
        to.forEachChild(place, [&](NodeId child) {
            if (to.frame(child) == from.frame(step) && to.kind(child) == from.kind(step))
                next = child;
        });
        if (!next)
            break;
        place = next;
    }
    return place;
}

} // namespace sundial
