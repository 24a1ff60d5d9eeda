// SPDX-License-Identifier: GPL-3.0-or-later
// The table of views, filled from the word list in views/CMakeLists.txt.
#pragma once

#include "views/view.h"

#include <vector>

namespace sundial
{

/// In the order of the tabs.
const std::vector<const ViewType*>& viewTypes();

} // namespace sundial
