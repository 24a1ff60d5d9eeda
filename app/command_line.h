// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments, then a command or the window. A command needs no display and no Qt application object.
#pragma once

#include "app/window_options.h"

#include <functional>

namespace sundial
{

using OpenWindow = std::function<int(int& argc, char** argv, const WindowOptions& options)>;

/// Runs the command that the arguments name, or `openWindow` without one. Returns the process' exit status.
int runCommandLine(int argc, char** argv, const OpenWindow& openWindow);

} // namespace sundial
