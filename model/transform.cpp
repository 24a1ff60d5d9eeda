// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/transform.h"

#include "model/tree_grower.h"

namespace sundial
{

namespace
{

/// The grown tree; `became` are its nodes by those of the tree it was grown from.
CallTree built(TreeGrower&& grower, std::vector<std::uint32_t>&& became, NodeMap* map)
{
    if (!map)
        return std::move(grower).build();
    *map = std::move(became);
    return std::move(grower).build(map);
}

/// The tree in which node n has become target(n, what its parent has become, the grower): a node of the new tree to
/// which its own weight is added, or kNotShown.
template <class Target> CallTree mapNodes(const CallTree& tree, std::uint32_t rootTarget, NodeMap* map, Target&& target)
{
    TreeGrower grower(tree.metricCount());
    std::vector<std::uint32_t> became(tree.size(), kNotShown);
    became[0] = rootTarget;
    if (rootTarget != kNotShown)
        grower.addSelf(rootTarget, tree, NodeId{0});
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        became[i] = target(n, became[tree.parent(n).value], grower);
        if (became[i] != kNotShown)
            grower.addSelf(became[i], tree, n);
    }
    return built(std::move(grower), std::move(became), map);
}

bool isIn(const FrameSet& frames, FrameId frame)
{
    return frame && frame.value < frames.size() && frames[frame.value];
}

} // namespace

CallTree focusOn(const CallTree& tree, const FrameSet& frames, NodeMap* map)
{
    TreeGrower grower(tree.metricCount());
    std::vector<std::uint32_t> became(tree.size(), kNotShown); // only of nodes that lead to a focused one, or lie below
    became[0] = TreeGrower::kRoot;
    NodeMap ends(map ? tree.size() : 0, kNotShown); // what only leads to a focused node keeps no stack of its own
    std::vector<NodeId> path;
    std::uint32_t focusEnd = 0; // of the subtree of the outermost focused node
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        if (i >= focusEnd) {
            if (!isIn(frames, tree.frame(n)))
                continue;
            focusEnd = tree.subtreeEnd(n).value;
        }
        for (NodeId missing = n; became[missing.value] == kNotShown; missing = tree.parent(missing))
            path.push_back(missing);
        for (; !path.empty(); path.pop_back()) {
            const NodeId missing = path.back();
            became[missing.value] = grower.child(became[tree.parent(missing).value], tree.frame(missing));
        }
        grower.addSelf(became[i], tree, n);
        if (map)
            ends[i] = became[i];
    }
    return built(std::move(grower), std::move(ends), map);
}

CallTree ignore(const CallTree& tree, const FrameSet& frames, NodeMap* map)
{
    return mapNodes(tree, TreeGrower::kRoot, map, [&](NodeId n, std::uint32_t parent, TreeGrower& grower) {
        const bool isLeftOut = parent == kNotShown || isIn(frames, tree.frame(n));
        return isLeftOut ? kNotShown : grower.child(parent, tree.frame(n));
    });
}

CallTree hide(const CallTree& tree, const FrameSet& frames, NodeMap* map)
{
    return mapNodes(tree, TreeGrower::kRoot, map, [&](NodeId n, std::uint32_t parent, TreeGrower& grower) {
        return isIn(frames, tree.frame(n)) ? parent : grower.child(parent, tree.frame(n));
    });
}

CallTree hideBelow(const CallTree& tree, const FrameSet& cut, const FrameSet& hidden, NodeMap* map)
{
    std::uint32_t cutEnd = 0; // of the subtree of the outermost frame that is cut
    return mapNodes(tree, TreeGrower::kRoot, map, [&](NodeId n, std::uint32_t parent, TreeGrower& grower) {
        const FrameId frame = tree.frame(n);
        if (n.value >= cutEnd && isIn(cut, frame))
            cutEnd = tree.subtreeEnd(n).value;
        return n.value < cutEnd || isIn(hidden, frame) ? parent : grower.child(parent, frame);
    });
}

CallTree showFrom(const CallTree& tree, const FrameSet& frames, NodeMap* map)
{
    return mapNodes(tree, kNotShown, map, [&](NodeId n, std::uint32_t parent, TreeGrower& grower) {
        if (parent == kNotShown && !isIn(frames, tree.frame(n)))
            return kNotShown;
        return grower.child(parent == kNotShown ? TreeGrower::kRoot : parent, tree.frame(n));
    });
}

CallTree foldRecursion(const CallTree& tree, std::uint32_t frameCount, NodeMap* map)
{
    std::vector<std::uint32_t> outermostEnd(frameCount, 0); // by frame: where its outermost open node's subtree ends
    return mapNodes(tree, TreeGrower::kRoot, map, [&](NodeId n, std::uint32_t parent, TreeGrower& grower) {
        const FrameId frame = tree.frame(n);
        if (frame && n.value < outermostEnd[frame.value])
            return parent;
        if (frame)
            outermostEnd[frame.value] = tree.subtreeEnd(n).value;
        return grower.child(parent, frame);
    });
}

CallTree collapseGroups(const CallTree& tree, std::span<const std::uint32_t> groupOf, NodeMap* map)
{
    const auto group = [&](FrameId frame) { return frame ? groupOf[frame.value] : kNoGroup; };
    return mapNodes(tree, TreeGrower::kRoot, map, [&](NodeId n, std::uint32_t parent, TreeGrower& grower) {
        const FrameId frame = tree.frame(n);
        const bool isInside = group(frame) != kNoGroup && group(frame) == group(grower.frame(parent));
        return isInside ? parent : grower.child(parent, frame);
    });
}

} // namespace sundial
