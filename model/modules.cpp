// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/modules.h"

#include "model/python_frames.h"
#include "model/standard_library.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>

namespace sundial
{

namespace
{

constexpr std::string_view kSeparators = "/\\";
constexpr std::string_view kBuiltin = "built-in";

/// The rest of `path` after the last "/part/", or an empty view.
std::string_view after(std::string_view path, std::string_view part)
{
    for (std::size_t at = path.rfind(part); at != path.npos && at > 0; at = path.rfind(part, at - 1)) {
        const std::size_t end = at + part.size();
        if (end < path.size() && kSeparators.find(path[at - 1]) != kSeparators.npos &&
            kSeparators.find(path[end]) != kSeparators.npos)
            return path.substr(end + 1);
    }
    return {};
}

/// Below "lib/python3.11/" or Windows' "Lib\": a file of the standard library.
std::string_view afterStandardLibrary(std::string_view path)
{
    for (std::size_t at = path.find("python"); at != path.npos; at = path.find("python", at + 1)) {
        std::size_t end = at + std::string_view("python").size();
        const std::size_t digits = end;
        while (end < path.size() && (std::isdigit(static_cast<unsigned char>(path[end])) || path[end] == '.'))
            ++end;
        const bool isFolder = end < path.size() && kSeparators.find(path[end]) != kSeparators.npos;
        if (end > digits && isFolder && at >= 4 && path.substr(at - 4, 3) == "lib")
            return path.substr(end + 1);
    }
    const std::size_t windows = path.find("\\Lib\\");
    return windows == path.npos ? std::string_view() : path.substr(windows + 5);
}

std::string_view installed(std::string_view path)
{
    for (const std::string_view folder : {"site-packages", "dist-packages"}) {
        if (const std::string_view rest = after(path, folder); !rest.empty())
            return rest;
    }
    return {};
}

std::string_view stem(std::string_view part)
{
    return part.substr(0, std::min(part.rfind('.'), part.size()));
}

std::string_view firstPart(std::string_view path)
{
    const std::size_t separator = path.find_first_of(kSeparators);
    return separator == path.npos ? stem(path) : path.substr(0, separator);
}

std::string_view fileName(std::string_view path)
{
    const std::size_t separator = path.find_last_of(kSeparators);
    return separator == path.npos ? path : path.substr(separator + 1);
}

/// "…/bin/pytest": what installing a package puts there to start it. A program of one's own keeps its ".py".
bool isCommandScript(std::string_view file)
{
    const std::string_view name = fileName(file);
    if (name.size() == file.size() || name.find('.') != name.npos)
        return false;
    const std::string_view folder = fileName(file.substr(0, file.size() - name.size() - 1));
    return folder == "bin" || folder == "Scripts";
}

/// What samplers put between frames: "thread (0x7f12): MainThread", `process 12:"python a.py"`, ":INVALID:".
bool isLabel(std::string_view function)
{
    return function.starts_with("thread (") || function.starts_with("process ") || function == ":INVALID:";
}

std::string_view ownName(std::string_view file)
{
    const std::size_t end = file.find_last_of(kSeparators);
    if (end == file.npos || end == 0)
        return stem(file);
    std::string_view folder = file.substr(0, end);
    folder.remove_prefix(folder.find_last_of(kSeparators) + 1);
    // Folders that say nothing about the program: the file's own name says more.
    constexpr std::array<std::string_view, 8> kGeneric{"src", "app", "tmp", "home", "root", "scripts", "bin", "lib"};
    const bool isGeneric = folder.empty() || std::find(kGeneric.begin(), kGeneric.end(), folder) != kGeneric.end();
    return isGeneric ? stem(file.substr(end + 1)) : folder;
}

} // namespace

ModuleName moduleOf(std::string_view file, std::string_view function, FrameKind kind)
{
    if (kind == FrameKind::Builtin || file == "~")
        return {kBuiltin, ModuleKind::Builtin};
    if (kind == FrameKind::Kernel)
        return {"kernel", ModuleKind::Builtin};
    if (kind == FrameKind::Native && isInterpreterFile(file))
        return {"CPython", ModuleKind::Builtin};
    if (file.empty() && kind == FrameKind::Other && isLabel(function))
        return {"other", ModuleKind::None};
    if (file.empty() && kind == FrameKind::Other && !function.empty())
        return {function, ModuleKind::Library}; // "no Python stack": words, and no path
    if (file.empty())
        return {function.empty() ? kBuiltin : stem(function.substr(0, function.find_first_of(" ("))),
                ModuleKind::Library};
    constexpr std::string_view kFrozen = "<frozen ";
    if (file.substr(0, kFrozen.size()) == kFrozen) {
        file.remove_prefix(kFrozen.size());
        return {file.substr(0, file.find_first_of(".>")), ModuleKind::Library};
    }
    if (file.front() == '<')
        return {file, ModuleKind::Own};
    if (const std::string_view rest = installed(file); !rest.empty())
        return {firstPart(rest), ModuleKind::Library};
    if (const std::string_view rest = afterStandardLibrary(file); !rest.empty())
        return {firstPart(rest), ModuleKind::Library};
    if (kind == FrameKind::Python && isStandardLibraryPath(file))
        return {firstPart(file), ModuleKind::Library};
    if (kind == FrameKind::Native && fileName(file).find(".so") != file.npos) // "libz.so.1", by its own name
        return {fileName(file).substr(0, fileName(file).find(".so")), ModuleKind::Library};
    if (file.find_last_of(kSeparators) == file.npos && kind == FrameKind::Native)
        return {stem(file), ModuleKind::Library};
    if (isCommandScript(file))
        return {fileName(file), ModuleKind::Library};
    return {ownName(file), ModuleKind::Own};
}

ModuleTable moduleTable(const FrameTable& frames, const FunctionTable& functions)
{
    ModuleTable table;
    table.ofFrame.resize(frames.size());
    // Apart by kind: a folder of own code may be called like a package, and stays own.
    std::array<tsl::robin_map<std::string_view, std::uint32_t>, 4> byName;
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        const FrameId frame{f};
        const ModuleName module = moduleOf(frames.file(frame), frames.name(frame), frames.kind(frame));
        const auto [entry, isNew] =
            byName[std::size_t(module.kind)].try_emplace(module.name, std::uint32_t(table.modules.size()));
        if (isNew)
            table.modules.push_back({std::string(module.name), module.kind, 0});
        table.ofFrame[f] = ModuleId{entry->second};
        if (f < functions.size())
            table.modules[entry->second].self += functions.self[f];
    }
    std::vector<std::uint32_t> order(table.modules.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&table](std::uint32_t a, std::uint32_t b) {
        const Module& left = table.modules[a];
        const Module& right = table.modules[b];
        if (left.self != right.self)
            return left.self > right.self;
        return left.name != right.name ? left.name < right.name : left.kind < right.kind;
    });
    std::vector<std::uint32_t> rank(order.size());
    std::vector<Module> sorted;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        rank[order[i]] = i;
        sorted.push_back(std::move(table.modules[order[i]]));
    }
    table.modules = std::move(sorted);
    for (ModuleId& module : table.ofFrame)
        module.value = rank[module.value];
    return table;
}

void refreshSelf(ModuleTable& table, const FunctionTable& functions)
{
    for (Module& module : table.modules)
        module.self = 0;
    for (std::uint32_t f = 0; f < functions.size(); ++f)
        table.modules[table.ofFrame[f].value].self += functions.self[f];
}

std::string_view shortPath(std::string_view file)
{
    if (const std::string_view rest = installed(file); !rest.empty())
        return rest;
    if (const std::string_view rest = afterStandardLibrary(file); !rest.empty())
        return rest;
    const std::size_t last = file.find_last_of(kSeparators);
    if (last == file.npos || last == 0)
        return file;
    const std::size_t previous = file.find_last_of(kSeparators, last - 1);
    return previous == file.npos ? file : file.substr(previous + 1);
}

} // namespace sundial
