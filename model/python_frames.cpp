// SPDX-License-Identifier: GPL-3.0-or-later
// Source of the rules for imports and sources: memray 1.20's reporters/frame_tools.
#include "model/python_frames.h"

#include <algorithm>
#include <array>

namespace sundial
{

namespace
{

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != text.npos;
}

/// "python", "python3", "python3.12", "libpython3.12d.so.1.0", "Python.framework/…/Python".
bool isInterpreterBinary(std::string_view file)
{
    std::string_view name = file.substr(file.find_last_of('/') + 1); // npos + 1 is 0
    if (name == "Python")
        return true;
    const bool isLibrary = name.starts_with("lib");
    if (isLibrary)
        name.remove_prefix(3);
    if (!name.starts_with("python"))
        return false;
    const std::size_t end = name.find_first_not_of("0123456789.", std::string_view("python").size());
    const std::string_view rest = name.substr(std::min(end, name.size()));
    // Builds with assertions, with pymalloc or without the lock have a letter behind the version.
    constexpr std::string_view kBuilds = "dmt";
    if (!isLibrary)
        return rest.find_first_not_of(kBuilds) == rest.npos;
    const std::string_view ending = rest.substr(std::min(rest.find_first_not_of(kBuilds), rest.size()));
    return ending.starts_with("so") || ending.starts_with(".so") || rest.ends_with("dylib");
}

} // namespace

bool isImportSystem(std::string_view function, std::string_view file)
{
    if (contains(file, "frozen importlib"))
        return true;
    constexpr std::array<std::string_view, 3> kOpcodes{"import_name", "import_from", "import_all_from"};
    return file.ends_with("ceval.c") && std::find(kOpcodes.begin(), kOpcodes.end(), function) != kOpcodes.end();
}

bool isRunpy(std::string_view file)
{
    return file.ends_with("runpy.py") || file == "<frozen runpy>";
}

bool isSourceOfCPython(std::string_view file)
{
    if (file.size() < 2 || file[file.size() - 2] != '.' || !contains("ch|", file.substr(file.size() - 1)))
        return false;
    file.remove_suffix(2);
    constexpr std::array<std::string_view, 5> kFolders{"Include", "Objects", "Modules", "Python", "cpython"};
    // As a part of the path alone: "Python/ceval", "/build/cpython-3.12/Objects/dictobject".
    return std::any_of(kFolders.begin(), kFolders.end(), [file](std::string_view folder) {
        for (std::size_t at = file.find(folder); at != file.npos; at = file.find(folder, at + 1)) {
            const std::string_view rest = file.substr(at + folder.size());
            const bool isVersioned = folder == "cpython" && rest.starts_with('-');
            if ((at == 0 || file[at - 1] == '/') && (rest.starts_with('/') || isVersioned))
                return true;
        }
        return false;
    });
}

bool isInterpreterFile(std::string_view file)
{
    return isSourceOfCPython(file) || isInterpreterBinary(file);
}

} // namespace sundial
