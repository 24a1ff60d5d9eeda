// SPDX-License-Identifier: GPL-3.0-or-later
// What the stages of matchFunctions() share: both sides with normalised names and files, and the matches so far.
#pragma once

#include "model/file_match.h"
#include "model/function_identity.h"
#include "model/hash.h"
#include "model/likeness.h"
#include "model/line_anchors.h"
#include "model/string_table.h"

#include <tsl/robin_set.h>

#include <vector>

namespace sundial
{

/// One side, frame by frame. Names are interned in one table for both sides, so that equal names have equal ids.
struct IdentitySide {
    const FrameTable* frames = nullptr;
    const CallGraph* graph = nullptr;
    std::vector<SourcePath> files;   ///< Distinct normalised paths.
    std::vector<std::uint32_t> file; ///< By frame: index in `files`; kNoFile for built-in and native code.
    std::vector<StringId> name;      ///< By frame: normalisedName.
    std::vector<StringId> plain;     ///< By frame: plainName.
    std::vector<bool> common;        ///< By frame: isCommonName.
    std::vector<FrameId> partner;    ///< By frame: its match on the other side, or none.

    std::uint32_t size() const { return std::uint32_t(file.size()); }
    std::uint32_t line(FrameId f) const { return frames->line(f); }
    double calls(FrameId f) const { return double(graph->functions().calls[f.value]); }
};

class IdentityState
{
    StringTable m_names; // first, since both sides intern into it

public:
    IdentityState(FunctionSide before, FunctionSide after, const MatchOverrides& overrides);

    IdentitySide before, after;
    FileMatch files;
    std::vector<AnchorChain> anchors; ///< By before file.
    std::vector<FrameMatch> matches;

    bool isFree(FrameId b, FrameId a) const { return !before.partner[b.value] && !after.partner[a.value]; }
    bool mayMatch(FrameId b, FrameId a) const
    {
        return isFree(b, a) && !m_forbidden.contains(packPair(b.value, a.value));
    }
    /// Records a match; its kind follows from the two places.
    void match(FrameId b, FrameId a, MatchReason reason, double likeness = 1);
    bool filesCorrespond(FrameId b, FrameId a) const;

private:
    IdentityState(FunctionSide before, FunctionSide after, const MatchOverrides& overrides, bool isBare);
    MatchKind kindOf(FrameId b, FrameId a) const;

    tsl::robin_set<std::uint64_t, PairHash> m_forbidden;
};

/// How alike the surroundings of two functions are. A neighbour counts as the same if it is matched, or else if it
/// has the same name.
Likeness likeness(const IdentityState& state, FrameId b, FrameId a);

/// Matches the functions of corresponding files by name and order of lines, and fills `anchors`.
void matchWithinFiles(IdentityState& state);
/// Where functions went from one file to another, what stood between them probably went along: matches by name and
/// order of lines, as within a file.
void matchAlongMovedCode(IdentityState& state);
/// Matches what is left by its surroundings: functions that went to another file or got another name.
void matchBySurroundings(IdentityState& state);

} // namespace sundial
