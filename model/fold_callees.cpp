// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/fold_callees.h"

#include "model/source_path.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sundial
{

namespace
{

constexpr int kFirstInlining = 12; ///< Python 3.12 inlines comprehensions (PEP 709).

bool isBuiltin(const FrameTable& frames, FrameId row)
{
    return frames.kind(row) == FrameKind::Builtin;
}

/// Named by the compiler, and so several of one name in a file: told apart by their lines only.
bool isSynthetic(const FrameTable& frames, FrameId row)
{
    return frames.kind(row) == FrameKind::Python && isSyntheticName(frames.name(row)) &&
           !frames.name(row).ends_with("<module>");
}

/// Whether the side tells the lines of such functions; true if it has none.
bool tellsLines(const ComparisonSide& side)
{
    const FrameTable& frames = side.profile->frames;
    for (std::uint32_t i = 0; i < frames.size(); ++i) {
        if (isSynthetic(frames, FrameId{i}) && !frames.file(FrameId{i}).empty() && frames.line(FrameId{i}) == 0)
            return false;
    }
    return true;
}

bool isComprehension(const FrameTable& frames, FrameId row)
{
    constexpr std::array<std::string_view, 3> kNames{"<listcomp>", "<dictcomp>", "<setcomp>"};
    const std::string_view name = frames.name(row);
    return std::any_of(kNames.begin(), kNames.end(), [name](std::string_view end) { return name.ends_with(end); });
}

using IsOfKind = bool (*)(const FrameTable&, FrameId);

bool tells(const ComparisonSide& side, const FrameTable& frames, IsOfKind isOfKind)
{
    for (std::uint32_t i = 0; i < frames.size(); ++i) {
        if (side.graph.functions().listed[i] && isOfKind(frames, FrameId{i}))
            return true;
    }
    return false;
}

/// The y of Python 3.y, by the path of its library; −1 if no path tells.
int pythonMinor(const FrameTable& frames)
{
    constexpr std::string_view kLibrary = "/python3.";
    for (std::uint32_t i = 0; i < frames.size(); ++i) {
        const std::string_view file = frames.file(FrameId{i});
        const std::size_t at = file.find(kLibrary);
        int minor = -1;
        if (at != file.npos &&
            std::from_chars(file.data() + at + kLibrary.size(), file.data() + file.size(), minor).ec == std::errc())
            return minor;
    }
    return -1;
}

/// Whether one side only runs a Python that inlines comprehensions: by its version, else by what it lists.
bool inlinesOnOneSide(const Comparison& comparison)
{
    const int before = pythonMinor(comparison.before.profile->frames);
    const int after = pythonMinor(comparison.after.profile->frames);
    if (before >= 0 && after >= 0)
        return (before < kFirstInlining) != (after < kFirstInlining);
    const FrameTable& frames = comparison.frames.frames;
    return tells(comparison.before, frames, isComprehension) != tells(comparison.after, frames, isComprehension);
}

/// Gives the self time of the rows in `folded` to their callers: by the time that each caller's calls took, and where
/// one was called by another one, on to that one's callers.
void foldIntoCallers(const ComparisonSide& side, const std::vector<bool>& folded, std::vector<double>& self)
{
    constexpr int kDeepestNesting = 4; // sorted → key → …: folded ones that call folded ones
    for (int round = 0; round < kDeepestNesting; ++round) {
        for (std::uint32_t i = 0; i < self.size(); ++i) {
            if (!folded[i] || self[i] == 0)
                continue;
            const auto callers = side.graph.callers(FrameId{i});
            double whole = 0;
            for (const EdgeId e : callers)
                whole += side.graph.edge(e).self;
            if (whole <= 0)
                continue;
            const double given = self[i];
            self[i] = 0;
            for (const EdgeId e : callers)
                self[side.graph.edge(e).caller.value] += given * side.graph.edge(e).self / whole;
        }
    }
}

} // namespace

void judgeBySelf(Comparison& comparison)
{
    const FrameTable& frames = comparison.frames.frames;
    const bool haveBoth = comparison.before.total > 0 && comparison.after.total > 0;
    std::vector<double> selfBefore = comparison.before.graph.functions().self;
    std::vector<double> selfAfter = comparison.after.graph.functions().self;
    std::vector<IsOfKind> folded;
    const bool before = tells(comparison.before, frames, isBuiltin), after = tells(comparison.after, frames, isBuiltin);
    if (before != after && haveBoth && comparison.before.profile->formatId != comparison.after.profile->formatId) {
        folded.push_back(isBuiltin);
        comparison.notes.push_back(std::string(before ? "After" : "Before") +
                                   " does not tell built-in functions from their callers; the verdict counts the time "
                                   "of built-in functions for their callers on both sides.");
    }
    if (haveBoth && tellsLines(comparison.before) != tellsLines(comparison.after)) {
        folded.push_back(isSynthetic);
        comparison.notes.push_back(std::string(tellsLines(comparison.after) ? "Before" : "After") +
                                   " does not tell the lines of functions without a name (<lambda>, <listcomp>…): the "
                                   "verdict counts their time for their callers on both sides.");
    } else if (haveBoth && inlinesOnOneSide(comparison) &&
               (tells(comparison.before, frames, isComprehension) || tells(comparison.after, frames, isComprehension))) {
        folded.push_back(isComprehension);
        comparison.notes.push_back("One side has no functions of its own for comprehensions, as Python from 3.12 on: "
                                   "the verdict counts their time for their callers on both sides.");
    }
    if (!folded.empty()) {
        // All kinds in one go: a comprehension may be called by a built-in function, and the other way round.
        comparison.inCaller.resize(comparison.size());
        for (std::uint32_t i = 0; i < comparison.size(); ++i)
            comparison.inCaller[i] = std::any_of(folded.begin(), folded.end(),
                                                 [&](IsOfKind isOfKind) { return isOfKind(frames, FrameId{i}); });
        foldIntoCallers(comparison.before, comparison.inCaller, selfBefore);
        foldIntoCallers(comparison.after, comparison.inCaller, selfAfter);
        for (ComparisonSide* side : {&comparison.before, &comparison.after}) {
            side->judgedSelfOfRun = side->selfOfRun;
            for (std::vector<double>& self : side->judgedSelfOfRun)
                foldIntoCallers(*side, comparison.inCaller, self);
        }
    }
    comparison.judgedDelta.resize(comparison.size());
    for (std::uint32_t i = 0; i < comparison.size(); ++i)
        comparison.judgedDelta[i] = selfAfter[i] - selfBefore[i];
    comparison.before.judgedSelf = std::move(selfBefore);
    comparison.after.judgedSelf = std::move(selfAfter);
}

} // namespace sundial
