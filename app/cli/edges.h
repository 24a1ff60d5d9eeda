// SPDX-License-Identifier: GPL-3.0-or-later
// What `sundial callers` and `sundial callees` share: they differ in the end of the edges that they list.
#pragma once

#include "app/cli/command.h"

namespace sundial::cli
{

enum class EdgeSide { Callers, Callees };

/// Declares FILE, FUNCTION and the options; see Command::setUp.
std::function<ExitStatus()> setUpEdges(CLI::App& app, EdgeSide side);

} // namespace sundial::cli
