// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/modules.h"

namespace sundial::memray
{

namespace
{

/// The path below `folder`, in whole components; empty if it is not under it.
std::string_view below(std::string_view path, std::string_view folder)
{
    while (!folder.empty() && folder.back() == '/')
        folder.remove_suffix(1);
    if (folder.empty() || path.size() <= folder.size() + 1 || path.substr(0, folder.size()) != folder ||
        path[folder.size()] != '/')
        return {};
    return path.substr(folder.size() + 1);
}

/// "pkg/mod.py" → "pkg"; "mod.py" → "mod".
std::string topLevel(std::string_view relative)
{
    const std::size_t slash = relative.find('/');
    std::string_view name = relative.substr(0, slash);
    if (slash == relative.npos && name.size() >= 3 && name.substr(name.size() - 3) == ".py")
        name.remove_suffix(3);
    return std::string(name.substr(0, name.find('.')));
}

} // namespace

FileModule moduleOfFile(const Header& header, std::string_view file)
{
    constexpr std::string_view kFrozen = "<frozen ";
    if (file.empty())
        return {"unknown", false};
    if (file.substr(0, kFrozen.size()) == kFrozen && file.back() == '>')
        return {topLevel(file.substr(kFrozen.size(), file.size() - kFrozen.size() - 1)), true};
    for (const std::string& folder : header.sitePackages) {
        if (const std::string_view relative = below(file, folder); !relative.empty())
            return {topLevel(relative), false};
    }
    if (const std::string_view relative = below(file, header.standardLibrary); !relative.empty())
        return {topLevel(relative), true};
    for (const std::string& folder : header.searchPath) {
        if (const std::string_view relative = below(file, folder); !relative.empty())
            return {topLevel(relative), false};
    }
    return {topLevel(file.substr(file.rfind('/') + 1)), false};
}

} // namespace sundial::memray
