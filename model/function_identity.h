// SPDX-License-Identifier: GPL-3.0-or-later
// Which function of one profile is which of another, when code has moved, files were split, names were changed and
// the two ran in different checkouts, environments and versions of Python. Told from the profiles alone: paths, names,
// lines, and who calls whom how often; sources are not read.
#pragma once

#include "model/call_graph.h"
#include "model/frame_table.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace sundial
{

/// How the two sides of a match differ; New and Removed have one side only.
enum class MatchKind : std::uint8_t { Exact, Moved, RelocatedFile, Renamed, New, Removed };

/// Why the two are taken for one function.
enum class MatchReason : std::uint8_t {
    SamePlace,    ///< Same normalised path, name and line; built-ins: same name.
    SameName,     ///< Same file, the only function of its name there.
    Order,        ///< Same file, one of several of its name: the nearest line, in order.
    Generated,    ///< Made up at run time: equal but for counters.
    Surroundings, ///< Another name or file: the same callers and callees, called as often.
    User,         ///< The user said so.
    None,         ///< No partner.
};

struct FrameMatch {
    FrameId before; ///< None for New.
    FrameId after;  ///< None for Removed.
    MatchKind kind = MatchKind::Exact;
    MatchReason reason = MatchReason::None;
    float likeness = 1; ///< 0…1: how alike the surroundings are, for MatchReason::Surroundings.
};

/// What the user has overruled.
struct MatchOverrides {
    std::vector<std::pair<FrameId, FrameId>> same;      ///< (before, after): these are one function.
    std::vector<std::pair<FrameId, FrameId>> different; ///< These are not.
    bool isEmpty() const { return same.empty() && different.empty(); }
};

/// The functions of one side, with the calls between them.
struct FunctionSide {
    const FrameTable& frames;
    const CallGraph& graph;
};

/// Each frame of each side stands in exactly one match: match i is of before's frame i, and what is new follows in the
/// order of after. Deterministic. About linear in functions and edges; groups of one name are compared pairwise up to a
/// bound.
std::vector<FrameMatch> matchFunctions(FunctionSide before, FunctionSide after, const MatchOverrides& overrides = {});

/// "exact", "moved", "relocated-file", "renamed", "new", "removed": as in JSON.
std::string_view matchKindName(MatchKind kind);
/// A sentence for the reader: "Same file and name, another line."
std::string_view matchReasonText(const FrameMatch& match);

} // namespace sundial
