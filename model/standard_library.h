// SPDX-License-Identifier: GPL-3.0-or-later
// Samplers write paths relative to the folders that Python imports from: "json/encoder.py" is the standard library's.
#pragma once

#include <string_view>

namespace sundial
{

/// Whether a relative path, of a module's file or below a package, begins like one of the standard library of Python 3.7
/// to 3.13: "threading.py", "json/encoder.py". Modules that programs are often called like ("profile.py") do not count.
/// O(log names).
bool isStandardLibraryPath(std::string_view path);

} // namespace sundial
