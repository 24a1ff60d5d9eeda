// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial callees FILE FUNCTION`: Callees of the functions that match, as pstats' print_callees shows them.
#include "app/cli/edges.h"

namespace sundial::cli
{

extern const Command calleesCommand{"callees", "What a function calls, how often and for how long",
                                    [](CLI::App& app) { return setUpEdges(app, EdgeSide::Callees); }};

} // namespace sundial::cli
