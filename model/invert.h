// SPDX-License-Identifier: GPL-3.0-or-later
// Trees that are read from the callee to its callers, and both sides of one function. Of exact trees, in all metrics.
#pragma once

#include "model/call_tree.h"

namespace sundial
{

/// The bottom-up tree: the nodes below the root are the functions that weight was found in, each with its self as
/// total; below a function stand its callers. O(Σ depth of the nodes with weight): maxDepth bounds it where stacks are
/// thousands deep; what would lie deeper is kept as the own weight of the last node.
CallTree invert(const CallTree& tree, std::uint32_t maxDepth = UINT32_MAX);

/// The callers of one function, as a bottom-up tree whose only node below the root is the function, with its total:
/// each stack counts once, from the outermost call of the function upwards.
CallTree callersOf(const CallTree& tree, FrameId function, std::uint32_t maxDepth = UINT32_MAX);

/// What one function calls: the subtrees of its outermost calls, merged below one node with its total. O(nodes).
CallTree calleesOf(const CallTree& tree, FrameId function);

} // namespace sundial
