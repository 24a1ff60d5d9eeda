// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/invert.h"

#include "model/transform.h"
#include "model/tree_grower.h"

#include <algorithm>

namespace sundial
{

namespace
{

/// The node for the stack from `n` up to the root, read upwards.
std::uint32_t growUpwards(TreeGrower& grower, const CallTree& tree, NodeId n, std::uint32_t maxDepth)
{
    std::uint32_t node = TreeGrower::kRoot;
    for (; n.value != 0 && maxDepth > 0; n = tree.parent(n), --maxDepth)
        node = grower.child(node, tree.frame(n));
    return node;
}

bool hasWeight(const CallTree& tree, NodeId n)
{
    return std::any_of(tree.columns().begin(), tree.columns().end(),
                       [n](const CallTree::ColumnPtr& column) { return column->self[n.value] != 0; });
}

} // namespace

CallTree invert(const CallTree& tree, std::uint32_t maxDepth)
{
    TreeGrower grower(tree.metricCount());
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
        const NodeId n{i};
        if (hasWeight(tree, n))
            grower.addSelf(growUpwards(grower, tree, n, maxDepth), tree, n);
    }
    return std::move(grower).build();
}

CallTree callersOf(const CallTree& tree, FrameId function, std::uint32_t maxDepth)
{
    TreeGrower grower(tree.metricCount());
    for (std::uint32_t i = 1; i < tree.size();) {
        const NodeId n{i};
        if (!(tree.frame(n) == function)) {
            ++i;
            continue;
        }
        grower.addTotal(growUpwards(grower, tree, n, maxDepth), tree, n);
        i = tree.subtreeEnd(n).value; // inner calls are part of the outermost one
    }
    return std::move(grower).build();
}

CallTree calleesOf(const CallTree& tree, FrameId function)
{
    FrameSet frames(function.value + 1, false);
    frames[function.value] = true;
    return showFrom(tree, frames);
}

} // namespace sundial
