// SPDX-License-Identifier: GPL-3.0-or-later
// What stands out in a profile, in sentences: where to begin, and how far its numbers can be trusted.
#pragma once

#include "model/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sundial
{

struct Analysis;

enum class NoteKind : std::uint8_t {
    TooShort,         ///< Chance moves every number of so short a run.
    FewSamples,       ///< The band around a share is wide.
    ProfilerOverhead, ///< So many calls that counting them shows in the times.
    Concentration,    ///< How few functions hold half of the self time.
    SinglePath,       ///< The first branch of the tree lies deep.
    Recursion,        ///< Much time in functions that call themselves.
    EstimatedTree,    ///< How much of the tree the file fixes.
    NeverCalled,      ///< Listed, with no call.
};

struct ProfileNote {
    NoteKind kind = NoteKind::TooShort;
    std::string text;               ///< What is so, with its figures, then what to do.
    std::vector<FrameId> functions; ///< Those that the text names, in its order.
};

/// The most useful first, at most kMostNotes. Nothing of an empty profile. O(functions log functions + edges + nodes).
std::vector<ProfileNote> profileNotes(const Analysis& analysis);
constexpr std::size_t kMostNotes = 6;

} // namespace sundial
