// SPDX-License-Identifier: GPL-3.0-or-later
// A call tree as collapsed stacks: "name (file:line);name (file:line) 42", the text that flame-graph tools share.
#pragma once

#include "model/call_tree.h"
#include "model/frame_table.h"

#include <string>
#include <string_view>

namespace sundial
{

/// One line for each distinct stack with weight of its own, outermost function first, sorted by bytes. Weights are in
/// the metric's unit, whole numbers without a point; stacks whose sum is not positive are left out, since no reader
/// takes them. Weight without a stack stands behind an empty one, as py-spy writes it. `;` and line ends in names
/// become `:` and space. Nodes of an estimate that stand for no function are
/// "(N smaller)" and "(unattributed)". `prefix` goes before every stack, for lanes; it may be empty.
/// O(nodes + bytes of text).
std::string collapsedText(const CallTree& tree, MetricId metric, const FrameTable& frames,
                          std::string_view prefix = {});

} // namespace sundial
