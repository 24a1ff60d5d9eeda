// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial callers FILE FUNCTION`: Callers of the functions that match, as pstats' print_callers shows them.
#include "app/cli/edges.h"

namespace sundial::cli
{

extern const Command callersCommand{"callers", "Who calls a function, how often and for how long",
                                    [](CLI::App& app) { return setUpEdges(app, EdgeSide::Callers); }};

} // namespace sundial::cli
