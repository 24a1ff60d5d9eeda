// SPDX-License-Identifier: GPL-3.0-or-later
// Where the source files of a profile are on this machine, if it was recorded on another one or in a container.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

/// A folder as profiles tell it, and the folder here that holds the same files. `from` is empty for relative paths.
struct PathMapping {
    std::string from;
    std::string to;
    friend bool operator==(const PathMapping&, const PathMapping&) = default;
};

/// Paths of Windows are compared and given with / as the separator.
class PathMap
{
public:
    /// In the order in which they were added.
    const std::vector<PathMapping>& mappings() const { return m_mappings; }
    /// Takes the place of the one with the same `from`.
    void add(PathMapping mapping);
    /// Where `file` may be: by the mapping of its nearest folder first, at the end as the profile tells it, unless that
    /// is relative: the folder that Sundial runs in means nothing.
    std::vector<std::string> candidates(std::string_view file) const;

    friend bool operator==(const PathMap&, const PathMap&) = default;

private:
    std::vector<PathMapping> m_mappings;
};

using PathTest = std::function<bool(const std::string& path)>;

/// The mapping by which `file` is found below `folder`: its longest end that `isFile` there. Nothing if none is.
std::optional<PathMapping> mappingInto(std::string_view file, const std::string& folder, const PathTest& isFile);

/// The outermost folder of `file` that is not on this machine, to be asked for: "/app" of "/app/shop/report.py". Its
/// nearest folder if all are there; empty if it has none.
std::string missingFolder(std::string_view file, const PathTest& isFolder);

} // namespace sundial
