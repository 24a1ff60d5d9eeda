// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/pstats/dialect.h"

#include <algorithm>

namespace sundial
{

namespace
{

constexpr std::string_view kDisable = "<method 'disable' of '_lsprof.Profiler' objects>";

/// Marks that single rows carry.
struct Marks {
    bool disable = false;   ///< cProfile's own end.
    bool tilde = false;     ///< cProfile's file of C functions.
    bool profiler = false;  ///< The row that the pure Python profiler keeps of itself.
    bool builtins = false;  ///< yappi names the module of C functions.
    bool swapped = false;   ///< More primitive calls than calls: yappi.
    bool threads = false;   ///< The program started threads.
    bool directory = false; ///< A path with a directory in it.
    bool source = false;    ///< A Python file.
    bool callsKnown = false;
    std::string_view version; ///< "3.11", from the path of the standard library.
};

/// A call that starts a thread, or what a thread runs first. That `threading` was imported says nothing.
bool runsThread(std::string_view file, std::uint32_t line, std::string_view name)
{
    if (line == 0)
        return name.find("_thread.start_") != name.npos;
    return (name == "start" || name == "_bootstrap" || name == "_bootstrap_inner") && file.ends_with("/threading.py");
}

/// "3.11" of ".../lib/python3.11/...".
std::string_view versionInPath(std::string_view path)
{
    constexpr std::string_view kWord = "/python";
    for (std::size_t at = path.find(kWord); at != path.npos; at = path.find(kWord, at + 1)) {
        const std::string_view rest = path.substr(at + kWord.size());
        const std::string_view version = rest.substr(0, rest.find('/'));
        const std::size_t point = version.find('.');
        if (version.size() < rest.size() && point != version.npos && point > 0 && point + 1 < version.size() &&
            version.find_first_not_of("0123456789.") == version.npos)
            return version;
    }
    return {};
}

Marks findMarks(const FrameTable& frames, const FunctionTable& functions)
{
    Marks marks;
    StringId lastFile;
    for (std::uint32_t i = 0; i < functions.size(); ++i) {
        if (!functions.listed[i])
            continue;
        const FrameId frame{i};
        const FrameKey& key = frames.key(frame);
        const std::string_view file = frames.file(frame);
        marks.callsKnown |= functions.calls[i] >= 0;
        marks.swapped |= functions.primitiveCalls[i] > functions.calls[i] && functions.calls[i] >= 0;
        if (key.line == 0) {
            marks.tilde |= file == "~";
            marks.disable |= file == "~" && frames.name(frame) == kDisable;
            marks.profiler |= file == "profile" && frames.name(frame) == "profiler";
            marks.builtins |= file == "builtins" || file == "__builtin__";
        }
        marks.threads |= runsThread(file, key.line, frames.name(frame));
        if (key.file == lastFile)
            continue;
        lastFile = key.file;
        marks.directory |= file.find_first_of("/\\") != file.npos;
        marks.source |= file.ends_with(".py");
        if (marks.version.empty())
            marks.version = versionInPath(file);
    }
    return marks;
}

std::string producerOf(const Marks& marks, const PstatsTraits& traits)
{
    if (traits.hasSampledMarker)
        return "profiling.sampling";
    if (!marks.callsKnown)
        return "pyinstrument";
    if (marks.profiler || (traits.hasCountEdges && !traits.hasFullEdges))
        return "profile";
    if (marks.disable)
        return "cProfile";
    if (marks.swapped || (marks.builtins && !marks.tilde))
        return "yappi";
    return marks.tilde ? "cProfile" : "";
}

} // namespace

FrameKind pstatsKind(std::string_view file, std::uint32_t line, std::string_view name)
{
    if (line != 0)
        return FrameKind::Python;
    if (file == "profile")
        return name == "profiler" ? FrameKind::Other : FrameKind::Python;
    if (file == "<built-in>") // pyinstrument
        return FrameKind::Builtin;
    const bool isPath = file.find_first_of("/\\<") != file.npos || file.ends_with(".py");
    return isPath ? FrameKind::Python : FrameKind::Builtin;
}

void applyPstatsDialect(ProfileBuilder& builder, const PstatsTraits& traits, FunctionTable& functions)
{
    Profile& profile = builder.profile();
    const Marks marks = findMarks(profile.frames, functions);
    profile.producer = producerOf(marks, traits);
    if (traits.isPython2 || !marks.version.empty())
        profile.meta.emplace_back("python", marks.version.empty() ? "2" : marks.version);

    for (std::size_t i = 0; marks.swapped && i < functions.calls.size(); ++i) {
        if (functions.calls[i] >= 0 && functions.primitiveCalls[i] > functions.calls[i])
            std::swap(functions.calls[i], functions.primitiveCalls[i]);
    }
    // strip_dirs drops the directories, and with them caller times of functions that become equal.
    const bool isStripped = marks.source && !marks.directory;
    const bool mixesThreads =
        profile.producer == "cProfile" && marks.threads && (marks.version == "3.12" || marks.version == "3.13");
    if (isStripped)
        profile.meta.emplace_back("stripped", "yes");
    if (mixesThreads)
        profile.warnings.push_back("cProfile of Python " + std::string(marks.version) +
                                   " mixes the calls of other threads into a profile; "
                                   "where this program ran threads, cumulative times can be wrong.");
    builder.setArcDialect({.sampled = traits.hasSampledMarker,
                           .edgeCounts = traits.hasCountEdges && !traits.hasFullEdges,
                           .callsUnknown = !marks.callsKnown,
                           .edgesLossy = isStripped || mixesThreads || (traits.hasCountEdges && traits.hasFullEdges)});
    if (traits.hasSampledMarker || !marks.callsKnown)
        profile.metrics.front().kind = NumberKind::Sampled;
}

} // namespace sundial
