// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/source_path.h"

#include "model/standard_library.h"

#include <algorithm>
#include <array>

namespace sundial
{

namespace
{

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

/// The end of a folder "pythonX.Y/" that starts at `at`, or npos.
std::size_t versionFolderEnd(std::string_view path, std::size_t at)
{
    constexpr std::string_view kPython = "python";
    if (path.substr(at, kPython.size()) != kPython)
        return path.npos;
    std::size_t end = at + kPython.size();
    while (end < path.size() && (isDigit(path[end]) || path[end] == '.' || path[end] == 't')) // t: free-threaded
        ++end;
    return end > at + kPython.size() && end < path.size() && path[end] == '/' ? end + 1 : path.npos;
}

/// Where the part below the standard library's folder starts, or npos. Unix has lib/python3.11/, lib64/python3.11/,
/// Windows Python311/Lib/, both the archive python311.zip/.
std::size_t standardLibraryStart(std::string_view path)
{
    for (const std::string_view folder : {std::string_view("/lib/"), std::string_view("/lib64/")}) {
        for (std::size_t at = path.find(folder); at != path.npos; at = path.find(folder, at + 1)) {
            if (const std::size_t end = versionFolderEnd(path, at + folder.size()); end != path.npos)
                return end;
        }
    }
    constexpr std::string_view kWindows = "/Lib/";
    if (const std::size_t at = path.find(kWindows); at != path.npos) {
        const std::string_view parent = path.substr(0, at).substr(path.substr(0, at).rfind('/') + 1);
        if (parent.size() >= 6 && lower(parent[0]) == 'p' && parent.substr(1, 5) == "ython")
            return at + kWindows.size();
    }
    constexpr std::string_view kArchive = ".zip/";
    if (const std::size_t at = path.find(kArchive); at != path.npos) {
        const std::string_view archive = path.substr(0, at).substr(path.substr(0, at).rfind('/') + 1);
        if (archive.substr(0, 6) == "python")
            return at + kArchive.size();
    }
    return path.npos;
}

std::size_t packagesStart(std::string_view path)
{
    for (const std::string_view folder : {std::string_view("/site-packages/"), std::string_view("/dist-packages/")}) {
        if (const std::size_t at = path.rfind(folder); at != path.npos)
            return at + folder.size();
    }
    return path.npos;
}

bool isNotebookCell(std::string_view path)
{
    return path.find("/ipykernel_") != path.npos;
}

/// "<frozen importlib._bootstrap>" as the file that was frozen.
std::string frozenModule(std::string_view module)
{
    std::string path(module);
    std::replace(path.begin(), path.end(), '.', '/');
    return path + ".py";
}

} // namespace

SourcePath normalisedPath(std::string_view file)
{
    if (file.empty() || file == "~")
        return {};
    constexpr std::string_view kFrozen = "<frozen ";
    if (file.substr(0, kFrozen.size()) == kFrozen && file.back() == '>')
        return {SourceRoot::StandardLibrary,
                frozenModule(file.substr(kFrozen.size(), file.size() - kFrozen.size() - 1))};
    if (file.front() == '<')
        return {SourceRoot::Generated, normalisedName(file)};

    std::string path(file);
    std::replace(path.begin(), path.end(), '\\', '/');
    if (path.size() > 2 && path[1] == ':' && path[2] == '/')
        path.erase(0, 2);
    if (const std::size_t start = packagesStart(path); start != path.npos)
        return {SourceRoot::Packages, path.substr(start)};
    if (const std::size_t start = standardLibraryStart(path); start != path.npos)
        return {SourceRoot::StandardLibrary, path.substr(start)};
    if (isStandardLibraryPath(path))
        return {SourceRoot::StandardLibrary, std::move(path)};
    if (isNotebookCell(path))
        return {SourceRoot::Generated, withoutCounters(path)};
    return {SourceRoot::Project, std::move(path)};
}

std::string normalisedName(std::string_view name)
{
    constexpr std::array<std::string_view, 4> kCounted{"tid=", "$$Lambda$", "$$Lambda/", "Thread-"};
    std::string result;
    result.reserve(name.size());
    for (std::size_t i = 0; i < name.size();) {
        if (name[i] == '0' && i + 2 < name.size() && name[i + 1] == 'x' && isHex(name[i + 2])) {
            result += "0x";
            for (i += 2; i < name.size() && isHex(name[i]);)
                ++i;
            continue;
        }
        const auto counted = std::find_if(kCounted.begin(), kCounted.end(),
                                          [&](std::string_view word) { return name.substr(i, word.size()) == word; });
        if (counted != kCounted.end()) {
            result += *counted;
            for (i += counted->size(); i < name.size() && isDigit(name[i]);)
                ++i;
            continue;
        }
        result += name[i++];
    }
    return result;
}

std::string withoutCounters(std::string_view name)
{
    std::string result;
    for (std::size_t i = 0; i < name.size();) {
        std::size_t end = i;
        while (end < name.size() && isHex(name[end]))
            ++end;
        constexpr std::size_t kShortestHash = 8;
        const bool digits = isDigit(name[i]);
        if (end - i >= kShortestHash && std::any_of(name.begin() + i, name.begin() + end, isDigit)) {
            i = end;
        } else if (digits) {
            while (i < name.size() && isDigit(name[i]))
                ++i;
        } else {
            result += name[i++];
        }
    }
    return result;
}

std::string_view withoutQualifier(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    return dot != name.npos && dot + 1 < name.size() ? name.substr(dot + 1) : name;
}

std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : withoutQualifier(name)) {
        if (c != '_')
            plain += lower(c);
    }
    return plain;
}

bool isSyntheticName(std::string_view name)
{
    name = withoutQualifier(name);
    return !name.empty() && name.front() == '<' && name.back() == '>';
}

bool isCommonName(std::string_view name)
{
    return isSyntheticName(name) ||
           (name.size() > 4 && name.substr(0, 2) == "__" && name.substr(name.size() - 2) == "__");
}

} // namespace sundial
