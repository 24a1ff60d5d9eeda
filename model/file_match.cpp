// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/file_match.h"

#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace sundial
{

namespace
{

/// The files whose path ends in one suffix; kept short, as a suffix that many share tells nothing.
struct SuffixOwners {
    static constexpr std::size_t kMost = 8;
    std::vector<std::uint32_t> files;
    bool tooMany = false;

    void add(std::uint32_t file)
    {
        if (files.size() < kMost)
            files.push_back(file);
        else
            tooMany = true;
    }
};
using SuffixMap = std::unordered_map<std::string_view, SuffixOwners>;

/// Calls fn with every end of `path` that starts at a component, longest first, until it returns true.
template <class Fn> void forEachSuffix(std::string_view path, Fn&& fn)
{
    if (fn(path))
        return;
    for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
        if (slash + 1 < path.size() && fn(path.substr(slash + 1)))
            return;
    }
}

/// By every end of the paths of the files that are free and that `takes` accepts.
template <class Takes>
SuffixMap suffixesOf(std::span<const SourcePath> files, const std::vector<std::uint32_t>& partner, Takes&& takes)
{
    SuffixMap map;
    for (std::uint32_t i = 0; i < files.size(); ++i) {
        if (partner[i] != kNoFile || !takes(files[i]))
            continue;
        forEachSuffix(files[i].path, [&](std::string_view suffix) {
            map[suffix].add(i);
            return false;
        });
    }
    return map;
}

/// The folders in front of a common suffix: a guess at the two checkouts.
using Roots = std::pair<std::string_view, std::string_view>;

struct Candidate {
    std::uint32_t before;
    std::uint32_t after;
    Roots roots;
};

void pair(FileMatch& match, std::uint32_t before, std::uint32_t after, bool samePath)
{
    match.ofBefore[before] = after;
    match.ofAfter[after] = before;
    match.samePath[before] = samePath;
}

void matchWholePaths(std::span<const SourcePath> before, std::span<const SourcePath> after, FileMatch& match)
{
    std::unordered_map<std::string, std::uint32_t> byPath;
    const auto key = [](const SourcePath& path) { return char('0' + int(path.root)) + path.path; };
    for (std::uint32_t i = 0; i < after.size(); ++i) {
        if (after[i].root != SourceRoot::None)
            byPath.emplace(key(after[i]), i);
    }
    for (std::uint32_t i = 0; i < before.size(); ++i) {
        const auto found = byPath.find(key(before[i]));
        if (found != byPath.end() && match.ofAfter[found->second] == kNoFile)
            pair(match, i, found->second, true);
    }
}

bool isOwn(const SourcePath& path)
{
    return path.root == SourceRoot::Project;
}

bool isInstalled(const SourcePath& path)
{
    return path.root == SourceRoot::Packages || path.root == SourceRoot::StandardLibrary;
}

/// For each free file of before that `takesBefore` accepts, the free files of after that share the longest end of its
/// path.
template <class TakesBefore, class TakesAfter>
std::vector<Candidate> longestSuffixes(std::span<const SourcePath> before, std::span<const SourcePath> after,
                                       const FileMatch& match, TakesBefore&& takesBefore, TakesAfter&& takesAfter)
{
    const SuffixMap ofAfter = suffixesOf(after, match.ofAfter, takesAfter);
    std::vector<Candidate> candidates;
    for (std::uint32_t i = 0; i < before.size(); ++i) {
        if (match.ofBefore[i] != kNoFile || !takesBefore(before[i]))
            continue;
        const std::string_view path = before[i].path;
        forEachSuffix(path, [&](std::string_view suffix) {
            const auto owners = ofAfter.find(suffix);
            if (owners == ofAfter.end())
                return false;
            if (!owners->second.tooMany) {
                for (const std::uint32_t j : owners->second.files) {
                    const std::string_view other = after[j].path;
                    candidates.push_back(
                        {i,
                         j,
                         {path.substr(0, path.size() - suffix.size()), other.substr(0, other.size() - suffix.size())}});
                }
            }
            return true;
        });
    }
    return candidates;
}

/// Own files, in two checkouts.
void matchOwnFiles(std::span<const SourcePath> before, std::span<const SourcePath> after, FileMatch& match)
{
    const std::vector<Candidate> candidates = longestSuffixes(before, after, match, isOwn, isOwn);
    std::map<Roots, std::size_t> votes;
    for (const Candidate& candidate : candidates)
        ++votes[candidate.roots];
    std::size_t most = 0;
    for (const auto& [roots, count] : votes)
        most = std::max(most, count);
    for (const bool favourites : {true, false}) {
        for (const Candidate& candidate : candidates) {
            if (match.ofBefore[candidate.before] == kNoFile && match.ofAfter[candidate.after] == kNoFile &&
                (votes[candidate.roots] == most) == favourites)
                pair(match, candidate.before, candidate.after, favourites);
        }
    }
}

/// An own file and an installed one, if the end that they share is the whole path of either: samplers write
/// "json/encoder.py" for an installed file, and a library may be run from its checkout.
void matchAcrossRoots(std::span<const SourcePath> before, std::span<const SourcePath> after, FileMatch& match)
{
    const auto accept = [&](const std::vector<Candidate>& candidates, bool isOwnBefore) {
        for (const Candidate& candidate : candidates) {
            const auto [rootBefore, rootAfter] = candidate.roots;
            const std::string_view ownRoot = isOwnBefore ? rootBefore : rootAfter;
            const std::string_view installedRoot = isOwnBefore ? rootAfter : rootBefore;
            const bool isFolderTold =
                before[candidate.before].path.substr(rootBefore.size()).find('/') != std::string::npos;
            if (match.ofBefore[candidate.before] == kNoFile && match.ofAfter[candidate.after] == kNoFile &&
                (ownRoot.empty() || (installedRoot.empty() && isFolderTold)))
                pair(match, candidate.before, candidate.after, true);
        }
    };
    accept(longestSuffixes(before, after, match, isOwn, isInstalled), true);
    accept(longestSuffixes(before, after, match, isInstalled, isOwn), false);
}

} // namespace

FileMatch matchFiles(std::span<const SourcePath> before, std::span<const SourcePath> after)
{
    FileMatch match{std::vector(before.size(), kNoFile), std::vector(after.size(), kNoFile),
                    std::vector(before.size(), false)};
    matchWholePaths(before, after, match);
    matchOwnFiles(before, after, match);
    matchAcrossRoots(before, after, match);
    return match;
}

} // namespace sundial
