// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of Python itself, told by name and file: what memray's reports hide, and the interpreter's machine code.
#pragma once

#include <string_view>

namespace sundial
{

/// What imports modules: importlib's frozen frames, and the interpreter's functions behind an import statement.
bool isImportSystem(std::string_view function, std::string_view file);
/// `python -m` and runpy.run_path.
bool isRunpy(std::string_view file);
/// A C source or header below a folder that CPython's sources have.
bool isSourceOfCPython(std::string_view file);
/// Where machine code of the interpreter comes from: a source of CPython, or, where that is not known, the program or
/// library itself ("python3.12", "libpython3.12.so.1.0").
bool isInterpreterFile(std::string_view file);

} // namespace sundial
