// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote a pstats file. The format names no producer; keys and counts give it away, and each has its oddities.
#pragma once

#include "model/profile_builder.h"

namespace sundial
{

/// What the reader saw on the way.
struct PstatsTraits {
    bool hasSampledMarker = false; ///< The key ("__sampled__",).
    bool hasCountEdges = false;    ///< Callers with a count only.
    bool hasFullEdges = false;     ///< Callers with times.
    bool isPython2 = false;        ///< Names are byte strings.
};

/// C functions: under cProfile `~`, under profile no file, under yappi the module's name; always line 0.
FrameKind pstatsKind(std::string_view file, std::uint32_t line, std::string_view name);

/// Sets producer, meta data and dialect of `builder`'s profile, and brings the producer's oddities in `functions` to
/// cProfile's conventions: yappi exchanges the two call counts.
void applyPstatsDialect(ProfileBuilder& builder, const PstatsTraits& traits, FunctionTable& functions);

} // namespace sundial
