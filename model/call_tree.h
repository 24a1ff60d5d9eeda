// SPDX-License-Identifier: GPL-3.0-or-later
// The call tree that icicle, sunburst and tree views draw: one topology, and weights as columns over it.
#pragma once

#include "model/ids.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace sundial
{

/// Who calls whom, as columns in depth-first order: n's subtree is the half-open range [n, subtreeEnd(n)), and a walk
/// reads memory forwards. Node 0 is the root, which stands for the whole profile and has no frame.
struct TreeTopology {
    std::vector<FrameId> frame;
    std::vector<std::uint32_t> parent;     ///< The root is its own parent.
    std::vector<std::uint32_t> subtreeEnd; ///< One past the last descendant.
    std::vector<std::uint32_t> depth;      ///< 0 for the root.
    std::uint32_t maxDepth = 0;
};

/// One metric over a topology, in the file's own unit. total = self + Σ total of the children; a double holds whole
/// numbers exactly up to 2^53, so such a sum does not depend on its order.
struct WeightColumn {
    std::vector<double> self;
    std::vector<double> total;
};

/// Computes the totals from the selfs in one backward pass. O(nodes).
WeightColumn makeWeightColumn(const TreeTopology& topology, std::vector<double> self);

/// What a node of an estimated tree is, beside its time. The file tells arcs; see estimate_tree.h.
enum class NodeKind : std::uint8_t {
    Frame,
    Folded,       ///< "(N smaller)": children too small to show; zooming in expands them.
    Unattributed, ///< "(unattributed)": what the entries leave over.
};

/// The knowledge about an estimated tree, node by node.
struct TreeEstimate {
    std::vector<NodeKind> kind;
    std::vector<double> lo, hi; ///< Feasible interval of the total, in the metric's unit.
    std::vector<double> calls;  ///< Estimated number of calls; exact where callsExact.
    std::vector<bool> exact;    ///< lo and hi meet: the total is no guess.
    std::vector<bool> callsExact;
    std::vector<std::uint32_t> foldedCount; ///< For Folded: how many children it stands for.
};

/// A call tree: topology and weight columns, both shared, so that a tree with other weights (another lane, a range of
/// time, before and after) costs only its columns. Immutable once built: any thread may read it.
class CallTree
{
public:
    using TopologyPtr = std::shared_ptr<const TreeTopology>;
    using ColumnPtr = std::shared_ptr<const WeightColumn>;
    using EstimatePtr = std::shared_ptr<const TreeEstimate>;

    CallTree() = default;
    CallTree(TopologyPtr topology, std::vector<ColumnPtr> columns, EstimatePtr estimate = {});

    bool isEmpty() const { return !m_topology || m_topology->frame.empty(); }
    std::uint32_t size() const { return m_topology ? std::uint32_t(m_topology->frame.size()) : 0; }
    FrameId frame(NodeId n) const { return m_topology->frame[n.value]; } ///< None for the root and for special nodes.
    NodeId parent(NodeId n) const { return {m_topology->parent[n.value]}; }
    NodeId subtreeEnd(NodeId n) const { return {m_topology->subtreeEnd[n.value]}; }
    std::uint32_t depth(NodeId n) const { return m_topology->depth[n.value]; }
    std::uint32_t maxDepth() const { return m_topology ? m_topology->maxDepth : 0; }
    bool isLeaf(NodeId n) const { return m_topology->subtreeEnd[n.value] == n.value + 1; }
    bool contains(NodeId ancestor, NodeId n) const
    {
        return ancestor.value <= n.value && n.value < m_topology->subtreeEnd[ancestor.value];
    }

    std::uint32_t metricCount() const { return std::uint32_t(m_columns.size()); }
    double self(MetricId m, NodeId n) const { return m_columns[m.value]->self[n.value]; }
    double total(MetricId m, NodeId n) const { return m_columns[m.value]->total[n.value]; }

    template <class Fn> void forEachChild(NodeId n, Fn&& fn) const
    {
        const std::vector<std::uint32_t>& end = m_topology->subtreeEnd;
        for (std::uint32_t c = n.value + 1; c < end[n.value]; c = end[c])
            fn(NodeId{c});
    }

    const TopologyPtr& topology() const { return m_topology; }
    const std::vector<ColumnPtr>& columns() const { return m_columns; }
    const EstimatePtr& estimate() const { return m_estimate; } ///< Null for an exact tree.
    NodeKind kind(NodeId n) const { return m_estimate ? m_estimate->kind[n.value] : NodeKind::Frame; }

private:
    TopologyPtr m_topology;
    std::vector<ColumnPtr> m_columns;
    EstimatePtr m_estimate;
};

/// The nodes from below the root down to `n`, outermost first.
std::vector<NodeId> pathTo(const CallTree& tree, NodeId n);

/// Collects nodes in any order in which parents come first, and sorts them depth-first, children in the order in which
/// they were added. Node 0 is the root and exists from the start.
class TreeTopologyBuilder
{
public:
    TreeTopologyBuilder();
    /// `parent` is an index that an earlier call returned, or 0.
    std::uint32_t add(std::uint32_t parent, FrameId frame);
    std::uint32_t size() const { return std::uint32_t(m_frame.size()); }
    FrameId frame(std::uint32_t index) const { return m_frame[index]; }
    std::uint32_t parent(std::uint32_t index) const { return m_parent[index]; }
    void setFrame(std::uint32_t index, FrameId frame) { m_frame[index] = frame; }
    void reserve(std::size_t nodes);

    struct Sorted {
        TreeTopology topology;
        std::vector<std::uint32_t> newIndex; ///< By index as added.
    };
    /// O(nodes), without recursion.
    Sorted sort() &&;

private:
    std::vector<FrameId> m_frame;
    std::vector<std::uint32_t> m_parent;
};

} // namespace sundial
