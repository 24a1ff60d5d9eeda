// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of the filter pipeline: each makes another tree from the stacks of one, exactly. All work on exact trees,
// on all metrics at once, in O(nodes), without recursion. An empty stack (the root's own weight) stays where it is
// unless said otherwise.
#pragma once

#include "model/call_tree.h"
#include "model/node_map.h"

#include <span>
#include <vector>

namespace sundial
{

/// By FrameId.
using FrameSet = std::vector<bool>;

// Each of them tells where the stacks went, if `map` is given.

/// Only the stacks in which one of these frames stands, whole.
CallTree focusOn(const CallTree& tree, const FrameSet& frames, NodeMap* map = nullptr);
/// Without the stacks in which one of these frames stands.
CallTree ignore(const CallTree& tree, const FrameSet& frames, NodeMap* map = nullptr);
/// The stacks without these frames. What such a frame holds itself is its caller's.
CallTree hide(const CallTree& tree, const FrameSet& frames, NodeMap* map = nullptr);
/// The stacks up to the outermost of `cut`, which is left out with all below it, and without the frames of `hidden`.
/// What is left out is its caller's.
CallTree hideBelow(const CallTree& tree, const FrameSet& cut, const FrameSet& hidden, NodeMap* map = nullptr);
/// The stacks from the outermost of these frames on; those without one are left out.
CallTree showFrom(const CallTree& tree, const FrameSet& frames, NodeMap* map = nullptr);
/// The stacks without the frames that already stand in them. Totals of functions stay; what a recursive call holds
/// itself is that of the frame in which it is left out, so tables take self from the original tree.
CallTree foldRecursion(const CallTree& tree, std::uint32_t frameCount, NodeMap* map = nullptr);

constexpr std::uint32_t kNoGroup = UINT32_MAX;
/// The stacks with each run of frames of one group (a module, a library) as its outermost one. groupOf is by FrameId;
/// frames of kNoGroup stay as they are.
CallTree collapseGroups(const CallTree& tree, std::span<const std::uint32_t> groupOf, NodeMap* map = nullptr);

} // namespace sundial
