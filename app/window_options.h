// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line asks of the window.
#pragma once

#include <string>
#include <vector>

namespace sundial
{

struct WindowOptions {
    std::vector<std::string> files;
    bool compare = false;   ///< Two files: before, after.
    bool demo = false;      ///< The bundled before and after pair.
    std::string screenshot; ///< Paint the window into this file and exit; needs no display.
    std::string view;       ///< Id of the view that shows first.
};

} // namespace sundial
