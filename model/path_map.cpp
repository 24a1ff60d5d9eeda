// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/path_map.h"

#include <algorithm>

namespace sundial
{

namespace
{

bool hasDrive(std::string_view path)
{
    return path.size() > 2 && path[1] == ':' && (path[2] == '/' || path[2] == '\\');
}

/// With / as the separator. A path without a drive may have a \ in its names.
std::string slashed(std::string_view path)
{
    std::string text(path);
    if (hasDrive(path) || path.starts_with("\\\\"))
        std::replace(text.begin(), text.end(), '\\', '/');
    return text;
}

bool isAbsolute(std::string_view path)
{
    return path.starts_with('/') || hasDrive(path);
}

/// The part of `file` below `folder`; nothing if it is not below it.
std::optional<std::string_view> below(std::string_view file, std::string_view folder)
{
    if (folder.empty())
        return isAbsolute(file) ? std::nullopt : std::optional(file);
    if (!file.starts_with(folder))
        return {};
    file.remove_prefix(folder.size());
    if (folder.ends_with('/'))
        return file;
    return file.starts_with('/') ? std::optional(file.substr(1)) : std::nullopt;
}

std::string joined(const std::string& folder, std::string_view rest)
{
    return folder + (folder.ends_with('/') ? "" : "/") + std::string(rest);
}

} // namespace

void PathMap::add(PathMapping mapping)
{
    mapping.from = slashed(mapping.from);
    const auto known = std::find_if(m_mappings.begin(), m_mappings.end(),
                                    [&mapping](const PathMapping& m) { return m.from == mapping.from; });
    if (known == m_mappings.end())
        m_mappings.push_back(std::move(mapping));
    else
        *known = std::move(mapping);
}

std::vector<std::string> PathMap::candidates(std::string_view file) const
{
    const std::string path = slashed(file);
    std::vector<const PathMapping*> fitting;
    for (const PathMapping& mapping : m_mappings) {
        if (below(path, mapping.from))
            fitting.push_back(&mapping);
    }
    std::stable_sort(fitting.begin(), fitting.end(),
                     [](const PathMapping* x, const PathMapping* y) { return x->from.size() > y->from.size(); });
    std::vector<std::string> places;
    for (const PathMapping* const mapping : fitting)
        places.push_back(joined(mapping->to, *below(path, mapping->from)));
    if (isAbsolute(path))
        places.push_back(path);
    return places;
}

std::optional<PathMapping> mappingInto(std::string_view file, const std::string& folder, const PathTest& isFile)
{
    const std::string path = slashed(file);
    for (std::size_t start = path.starts_with('/') ? 1 : 0; start < path.size();) {
        if (isFile(joined(folder, std::string_view(path).substr(start))))
            return PathMapping{path.substr(0, start > 1 ? start - 1 : start), folder};
        const std::size_t slash = path.find('/', start);
        start = slash == path.npos ? path.size() : slash + 1;
    }
    return {};
}

std::string missingFolder(std::string_view file, const PathTest& isFolder)
{
    const std::string path = slashed(file);
    std::string folder;
    for (std::size_t slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1)) {
        if (hasDrive(path) && slash == 2)
            continue; // a drive alone is no folder to ask for
        folder = path.substr(0, slash);
        if (!isAbsolute(path) || !isFolder(folder))
            return folder;
    }
    return folder;
}

} // namespace sundial
