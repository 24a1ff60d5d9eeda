// SPDX-License-Identifier: GPL-3.0-or-later
// The boxes of a call tree: rows in fractions of the root, sorted by x. Icicle, flame, sunburst and minimap read the
// same boxes; only their viewport differs, so that zooming never lays out again.
#pragma once

#include "model/call_tree.h"
#include "model/progress.h"

#include <memory>
#include <span>
#include <vector>

namespace sundial
{

/// Boxes as columns, row after row. A box's children lie inside it, side by side from its left edge; what they leave
/// free is its self. Nodes without weight have no box. Immutable once built: any thread may read it.
class IcicleLayout
{
public:
    static constexpr std::uint32_t kNoBox = UINT32_MAX;

    IcicleLayout() = default;
    /// Left-heavy: siblings by total, descending, ties in tree order; folded and unattributed nodes behind them.
    /// O(nodes log siblings), for a worker where trees are large. Stops early, and is then empty, if `progress` is
    /// cancelled.
    /// `orderedBy`: the metric whose totals order siblings, if not `metric` itself; two pictures in one order can be
    /// compared by eye.
    IcicleLayout(const CallTree& tree, MetricId metric, Progress& progress, MetricId orderedBy = {});

    bool isEmpty() const { return m_node.empty(); }
    std::uint32_t size() const { return std::uint32_t(m_node.size()); }
    std::uint32_t rowCount() const { return m_rowStart.empty() ? 0 : std::uint32_t(m_rowStart.size() - 1); }
    /// Boxes of a row are the half-open range [rowBegin, rowEnd), by x.
    std::uint32_t rowBegin(std::uint32_t row) const { return m_rowStart[row]; }
    std::uint32_t rowEnd(std::uint32_t row) const { return m_rowStart[row + 1]; }

    double begin(std::uint32_t box) const { return m_begin[box]; }
    double end(std::uint32_t box) const { return m_end[box]; }
    NodeId node(std::uint32_t box) const { return NodeId{m_node[box]}; }
    /// The tree's frame(node(box)), kept beside the box: a picture of many small boxes reads nothing else of the tree.
    FrameId frame(std::uint32_t box) const { return m_frame[box]; }
    /// The box of a node, or kNoBox.
    std::uint32_t boxOf(NodeId node) const { return node.value < m_boxOf.size() ? m_boxOf[node.value] : kNoBox; }

    /// The first box of `row` that ends after `x`, looked for from `from` on in steps that double: near boxes are
    /// found in few steps, and a million of them within one pixel in twenty.
    std::uint32_t firstEndingAfter(std::uint32_t row, double x, std::uint32_t from) const;
    /// The same, from the start of the row.
    std::uint32_t firstEndingAfter(std::uint32_t row, double x) const;
    /// The lowest row that has a box between the two fractions.
    std::uint32_t deepestRow(double begin, double end) const;

private:
    void addBox(const CallTree& tree, std::uint32_t node, double begin, double end);

    std::vector<double> m_begin, m_end;
    std::vector<std::uint32_t> m_node;
    std::vector<FrameId> m_frame;
    std::vector<std::uint32_t> m_rowStart;
    std::vector<std::uint32_t> m_boxOf; ///< By node.
};

using IcicleLayoutPtr = std::shared_ptr<const IcicleLayout>;

} // namespace sundial
