// SPDX-License-Identifier: GPL-3.0-or-later
// The text of pstats' print_stats, print_callers and print_callees, character for character, with the exceptions that
// honesty asks for: samplers have no calls, so none are printed for them; samples are called samples; and metrics other
// than time say what they are. Source of knowledge: CPython's Lib/pstats.py.
#pragma once

#include "model/call_graph.h"
#include "model/frame_table.h"
#include "model/profile.h"

#include <QRegularExpression>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sundial::cli
{

/// What narrows a list, each applied to what the one before left: the first N rows (a number), the first part of the
/// rows (a fraction below 1), or those whose standard name matches anywhere. Other numbers narrow nothing.
using Restriction = std::variant<std::int64_t, double, QRegularExpression>;

/// Rows to print, and pstats' words about how they came about.
struct Selection {
    std::vector<FrameId> rows;
    std::string message; ///< "Ordered by: …" and one line for each restriction that removed something.
    bool isWhole = true; ///< No row was removed.
};

/// `sorted` are FrameIds in order, as FunctionOrder gives them; unlisted ones are left out.
Selection selectRows(const FrameTable& frames, const FunctionTable& functions, std::span<const std::uint32_t> sorted,
                     const std::string& orderTitle, std::span<const Restriction> restrictions);

/// What the texts are made from. Keeps references.
struct StatsSource {
    const FrameTable& frames;
    const CallGraph& graph;
    const Metric& metric;
};

/// "N function calls (P primitive calls) in T seconds", then the table.
std::string statsText(const StatsSource& source, const Selection& selection);
std::string callersText(const StatsSource& source, const Selection& selection);
std::string calleesText(const StatsSource& source, const Selection& selection);

/// Edges in the order in which pstats lists them: by file, line and name of the other end.
std::vector<EdgeId> sortedEdges(const StatsSource& source, std::span<const EdgeId> edges, FrameId Edge::*otherEnd);

/// Σ calls over the listed rows, cut at the largest number; unknown if a row's are.
struct CallTotals {
    std::int64_t calls = 0;
    std::int64_t primitiveCalls = 0;
};
CallTotals callTotals(const CallGraph& graph);

/// A standard name that is safe to print: valid UTF-8 and no control characters.
std::string printableName(const FrameTable& frames, FrameId frame);

} // namespace sundial::cli
