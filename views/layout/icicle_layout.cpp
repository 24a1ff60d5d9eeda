// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/layout/icicle_layout.h"

#include <algorithm>

namespace sundial
{

void IcicleLayout::addBox(const CallTree& tree, std::uint32_t node, double begin, double end)
{
    m_boxOf[node] = std::uint32_t(m_node.size());
    m_begin.push_back(begin);
    m_end.push_back(end);
    m_node.push_back(node);
    m_frame.push_back(tree.frame(NodeId{node}));
}

IcicleLayout::IcicleLayout(const CallTree& tree, MetricId metric, Progress& progress, MetricId orderedBy)
{
    if (tree.isEmpty() || !(tree.total(metric, NodeId{0}) > 0))
        return;
    const std::uint32_t nodes = tree.size();
    progress.setTotal(nodes);
    m_begin.reserve(nodes);
    m_end.reserve(nodes);
    m_node.reserve(nodes);
    m_frame.reserve(nodes);
    m_boxOf.assign(nodes, kNoBox);
    const double scale = 1 / tree.total(metric, NodeId{0});
    addBox(tree, 0, 0, 1);
    m_rowStart = {0, 1};

    if (!orderedBy)
        orderedBy = metric;
    struct Child {
        double total;
        double rank;
        std::uint32_t node;
        NodeKind kind;
    };
    std::vector<Child> children;
    const auto standsBefore = [](const Child& a, const Child& b) {
        if (a.kind != b.kind)
            return a.kind < b.kind;
        return a.rank != b.rank ? a.rank > b.rank : a.node < b.node;
    };
    // Row by row: the boxes above stand from left to right, so their children do as well.
    for (std::uint32_t above = 0; above < m_node.size();) {
        const std::uint32_t aboveEnd = std::uint32_t(m_node.size());
        for (; above < aboveEnd; ++above) {
            children.clear();
            tree.forEachChild(NodeId{m_node[above]}, [&](NodeId child) {
                if (const double total = tree.total(metric, child); total > 0)
                    children.push_back({total, tree.total(orderedBy, child), child.value, tree.kind(child)});
            });
            if (children.size() > 1)
                std::sort(children.begin(), children.end(), standsBefore);
            double x = m_begin[above];
            const double limit = m_end[above];
            for (const Child& child : children) {
                const double end = std::min(limit, x + child.total * scale); // rounding must not carry it out
                addBox(tree, child.node, x, end);
                x = end;
            }
            if ((above & 0xfff) == 0 && !progress.advanceTo(above)) {
                *this = {};
                return;
            }
        }
        if (m_node.size() > aboveEnd)
            m_rowStart.push_back(std::uint32_t(m_node.size()));
    }
}

std::uint32_t IcicleLayout::firstEndingAfter(std::uint32_t row, double x, std::uint32_t from) const
{
    const std::uint32_t last = rowEnd(row);
    std::uint32_t low = from;
    std::uint32_t step = 1;
    std::uint32_t high = from;
    while (high < last && m_end[high] <= x) {
        low = high + 1;
        high = last - high > step ? high + step : last;
        step *= 2;
    }
    const auto first = m_end.begin();
    return std::uint32_t(std::partition_point(first + low, first + high, [x](double end) { return end <= x; }) - first);
}

std::uint32_t IcicleLayout::firstEndingAfter(std::uint32_t row, double x) const
{
    const auto first = m_end.begin();
    return std::uint32_t(
        std::partition_point(first + rowBegin(row), first + rowEnd(row), [x](double end) { return end <= x; }) - first);
}

std::uint32_t IcicleLayout::deepestRow(double begin, double end) const
{
    // A box's parent reaches over the same range: rows with a box there come first, rows without follow.
    std::uint32_t low = 0;
    std::uint32_t high = rowCount();
    while (low + 1 < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        const std::uint32_t box = firstEndingAfter(middle, begin);
        if (box < rowEnd(middle) && m_begin[box] < end)
            low = middle;
        else
            high = middle;
    }
    return low;
}

} // namespace sundial
