// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line asks of the window.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sundial
{

struct WindowOptions {
    std::vector<std::string> files;
    bool compare = false;     ///< Two files: before, after.
    bool demo = false;        ///< The bundled before and after pair.
    std::string screenshot;   ///< Paint the window into this file and exit; needs no display.
    std::string view;         ///< Id of the view that shows first.
    std::optional<bool> dark; ///< Unset: as remembered, else as the system; light for a painted window.
    int width = 1440;         ///< Of a window that is opened for the first time, or painted.
    int height = 900;
};

/// The ids that --view takes, for its help.
std::string viewNames();

/// Opens the window, or paints it. Returns the process' exit status.
int runWindow(int& argc, char** argv, const WindowOptions& options);

} // namespace sundial
