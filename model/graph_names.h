// SPDX-License-Identifier: GPL-3.0-or-later
// What a call graph writes into its boxes: names short enough to read and long enough to tell boxes apart.
#pragma once

#include "model/frame_table.h"
#include "model/graph_prune.h"

#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

/// The name without C++ parameters, template arguments and a trailing "const", as gprof2dot's --strip has it; a name
/// of which nothing would be left, such as "<module>", stays.
std::string strippedName(std::string_view name);

/// By node: frameName(); where two nodes would share it, with the module before it ("config.__init__"), and where
/// that does not help either, with the line behind it.
std::vector<std::string> graphNames(const PrunedGraph& graph, const FrameTable& frames, bool strip = false);

} // namespace sundial
