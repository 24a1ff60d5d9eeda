// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/function_identity.h"

#include "model/identity_state.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>

namespace sundial
{

namespace
{

/// Whether names tell the class or the function around: "LogRecord.__init__", "total.<locals>.<genexpr>".
bool hasQualifiedNames(const FrameTable& frames)
{
    for (std::uint32_t i = 0; i < frames.size(); ++i) {
        const FrameId f{i};
        if (frames.kind(f) == FrameKind::Python && withoutQualifier(frames.name(f)).size() < frames.name(f).size())
            return true;
    }
    return false;
}

/// With `isBare`, names without their qualifiers, for a side whose counterpart has none.
IdentitySide makeSide(FunctionSide source, StringTable& names, bool isBare)
{
    IdentitySide side;
    side.frames = &source.frames;
    side.graph = &source.graph;
    const std::uint32_t count = source.frames.size();
    side.partner.resize(count);
    std::unordered_map<std::string, std::uint32_t> fileIndex;
    std::vector<std::uint32_t> fileOfString(source.frames.strings().size(), kNoFile - 1); // not looked at yet
    for (std::uint32_t i = 0; i < count; ++i) {
        const FrameId f{i};
        std::uint32_t& file = fileOfString[source.frames.key(f).file.value];
        if (file == kNoFile - 1) {
            SourcePath path = normalisedPath(source.frames.file(f));
            file = kNoFile;
            if (path.root != SourceRoot::None) {
                const auto [entry, isNew] =
                    fileIndex.emplace(char('0' + int(path.root)) + path.path, std::uint32_t(side.files.size()));
                if (isNew)
                    side.files.push_back(std::move(path));
                file = entry->second;
            }
        }
        side.file.push_back(source.frames.kind(f) == FrameKind::Python ? file : kNoFile);
        std::string_view name = source.frames.name(f);
        if (isBare && side.file[i] != kNoFile)
            name = withoutQualifier(name);
        side.name.push_back(names.intern(normalisedName(name)));
        side.plain.push_back(names.intern(plainName(name)));
        side.common.push_back(isCommonName(name));
    }
    return side;
}

/// Calls fn with the frames of both sides that share a key; `keyOf` returns a value with an order, or nothing.
template <class KeyOf, class Fn> void forEachGroup(const IdentityState& state, KeyOf&& keyOf, Fn&& fn)
{
    using Key = typename decltype(keyOf(state.before, FrameId{0}))::value_type;
    std::map<Key, std::array<std::vector<FrameId>, 2>> groups;
    for (const int s : {0, 1}) {
        const IdentitySide& side = s == 0 ? state.before : state.after;
        for (std::uint32_t i = 0; i < side.size(); ++i) {
            const FrameId f{i};
            if (side.partner[i])
                continue;
            if (const auto key = keyOf(side, f))
                groups[*key][std::size_t(s)].push_back(f);
        }
    }
    for (auto& [key, frames] : groups) {
        if (!frames[0].empty() && !frames[1].empty())
            fn(frames[0], frames[1]);
    }
}

/// Built-in and native code has no place but its name. Where several are equal but for an address, the ones called
/// most often are taken for each other.
void matchByNameAlone(IdentityState& state)
{
    const auto key = [](const IdentitySide& side, FrameId f) -> std::optional<std::pair<StringId, FrameKind>> {
        if (side.file[f.value] != kNoFile)
            return {};
        return std::pair{side.name[f.value], side.frames->kind(f)};
    };
    forEachGroup(state, key, [&](std::vector<FrameId>& b, std::vector<FrameId>& a) {
        const auto byCalls = [](const IdentitySide& side) {
            return [&side](FrameId x, FrameId y) { return side.calls(x) > side.calls(y); };
        };
        std::stable_sort(b.begin(), b.end(), byCalls(state.before));
        std::stable_sort(a.begin(), a.end(), byCalls(state.after));
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
            if (state.mayMatch(b[i], a[i]))
                state.match(b[i], a[i], MatchReason::SamePlace);
        }
    });
}

/// Code made up at run time, in files and under names that count: matched without the counters, where that is
/// unambiguous or both sides made up equally many.
void matchGenerated(IdentityState& state)
{
    const auto key = [](const IdentitySide& side, FrameId f) -> std::optional<std::pair<std::string, std::string>> {
        if (side.file[f.value] == kNoFile || side.files[side.file[f.value]].root != SourceRoot::Generated)
            return {};
        return std::pair{withoutCounters(side.files[side.file[f.value]].path), withoutCounters(side.frames->name(f))};
    };
    forEachGroup(state, key, [&](const std::vector<FrameId>& b, const std::vector<FrameId>& a) {
        if (a.size() != b.size())
            return;
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (state.mayMatch(b[i], a[i]))
                state.match(b[i], a[i], MatchReason::Generated);
        }
    });
}

void applyOverrides(IdentityState& state, const MatchOverrides& overrides)
{
    for (const auto& [b, a] : overrides.same) {
        if (b.value < state.before.size() && a.value < state.after.size() && state.isFree(b, a))
            state.match(b, a, MatchReason::User);
    }
}

} // namespace

IdentityState::IdentityState(FunctionSide beforeSide, FunctionSide afterSide, const MatchOverrides& overrides)
    : IdentityState(beforeSide, afterSide, overrides,
                    hasQualifiedNames(beforeSide.frames) != hasQualifiedNames(afterSide.frames))
{
}

IdentityState::IdentityState(FunctionSide beforeSide, FunctionSide afterSide, const MatchOverrides& overrides,
                             bool isBare)
    : before(makeSide(beforeSide, m_names, isBare)), after(makeSide(afterSide, m_names, isBare)),
      files(matchFiles(before.files, after.files)), anchors(before.files.size())
{
    for (const auto& [b, a] : overrides.different)
        m_forbidden.insert(packPair(b.value, a.value));
}

void IdentityState::match(FrameId b, FrameId a, MatchReason reason, double likenessScore)
{
    before.partner[b.value] = a;
    after.partner[a.value] = b;
    const MatchKind kind = kindOf(b, a);
    if (reason == MatchReason::SameName && kind == MatchKind::Exact)
        reason = MatchReason::SamePlace;
    matches.push_back({b, a, kind, reason, float(likenessScore)});
}

bool IdentityState::filesCorrespond(FrameId b, FrameId a) const
{
    const std::uint32_t file = before.file[b.value];
    return file == kNoFile ? after.file[a.value] == kNoFile : files.ofBefore[file] == after.file[a.value];
}

MatchKind IdentityState::kindOf(FrameId b, FrameId a) const
{
    const bool generated =
        before.file[b.value] != kNoFile && before.files[before.file[b.value]].root == SourceRoot::Generated;
    if (before.name[b.value] != after.name[a.value] &&
        !(generated && withoutCounters(before.frames->name(b)) == withoutCounters(after.frames->name(a))))
        return MatchKind::Renamed;
    if (!generated &&
        (!filesCorrespond(b, a) || (before.file[b.value] != kNoFile && !files.samePath[before.file[b.value]])))
        return MatchKind::RelocatedFile;
    const std::uint32_t lineBefore = before.line(b), lineAfter = after.line(a);
    return lineBefore == lineAfter || lineBefore == 0 || lineAfter == 0 ? MatchKind::Exact : MatchKind::Moved;
}

std::vector<FrameMatch> matchFunctions(FunctionSide before, FunctionSide after, const MatchOverrides& overrides)
{
    IdentityState state(before, after, overrides);
    applyOverrides(state, overrides);
    matchByNameAlone(state);
    matchWithinFiles(state);
    matchGenerated(state);
    matchBySurroundings(state);
    matchAlongMovedCode(state);
    matchBySurroundings(state);

    std::vector<FrameMatch> result(state.before.size());
    for (std::uint32_t i = 0; i < state.before.size(); ++i)
        result[i] = {FrameId{i}, {}, MatchKind::Removed, MatchReason::None, 0};
    for (const FrameMatch& match : state.matches)
        result[match.before.value] = match;
    for (std::uint32_t i = 0; i < state.after.size(); ++i) {
        if (!state.after.partner[i])
            result.push_back({{}, FrameId{i}, MatchKind::New, MatchReason::None, 0});
    }
    return result;
}

std::string_view matchKindName(MatchKind kind)
{
    constexpr std::array<std::string_view, 6> kNames{"exact", "moved", "relocated-file", "renamed", "new", "removed"};
    return kNames[std::size_t(kind)];
}

std::string_view matchReasonText(const FrameMatch& match)
{
    switch (match.reason) {
    case MatchReason::SamePlace:
        return "Same file, name and line.";
    case MatchReason::SameName:
        return match.kind == MatchKind::RelocatedFile ? "Same name in the file that this one became."
                                                      : "Same file and name, another line.";
    case MatchReason::Order:
        return "Same file and name; the nearest line, in order, among several of this name.";
    case MatchReason::Generated:
        return "Made up at run time; equal but for counters.";
    case MatchReason::Surroundings:
        return match.kind == MatchKind::RelocatedFile ? "Same name in another file, with the same callers and callees."
                                                      : "Probably renamed: the same callers and callees.";
    case MatchReason::User:
        return "You matched these two.";
    case MatchReason::None:
        break;
    }
    return match.kind == MatchKind::New ? "Only in the profile after." : "Only in the profile before.";
}

} // namespace sundial
