// SPDX-License-Identifier: GPL-3.0-or-later
// Which native frames are the interpreter's own.
#pragma once

#include <string_view>

namespace sundial::memray
{

/// A loop that runs Python functions: in a merged stack these functions stand in its place.
bool isEvaluationLoop(std::string_view function);
/// One of the C functions with which CPython calls functions. memray's reports leave them out.
bool isInterpreterFrame(std::string_view function, std::string_view file);

} // namespace sundial::memray
