// SPDX-License-Identifier: GPL-3.0-or-later
// A profile as a pstats file, which Python's pstats and every tool that reads its files can open.
#pragma once

#include "model/call_graph.h"
#include "model/profile.h"

#include <string>

namespace sundial
{

/// Marshal version 4 (Python 3.4 and later). `graph` is the profile's, for `metric`, which must be a time: pstats holds
/// seconds. Rows without calls get -1, as pyinstrument writes them; edges that hold counts only stay so, and sampled
/// dumps keep their mark. Linear in functions and edges.
std::string writePstats(const Profile& profile, const CallGraph& graph, const Metric& metric);

} // namespace sundial
