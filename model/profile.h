// SPDX-License-Identifier: GPL-3.0-or-later
// What one file said. Everything else (tables, graphs, filtered trees, differences) is derived from it.
#pragma once

#include "model/call_graph.h"
#include "model/call_tree.h"
#include "model/frame_table.h"
#include "model/memory_stats.h"
#include "model/samples.h"
#include "model/units.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sundial
{

/// How sure the numbers of a metric are.
enum class NumberKind : std::uint8_t { Exact, Sampled };

struct Metric {
    std::string id;    ///< Stable, for `--metric`: "time", "samples", "peak-bytes".
    std::string title; ///< What the reader sees: "Time", "High-water mark".
    Unit unit = Unit::None;
    NumberKind kind = NumberKind::Exact;
    std::string unitText; ///< The file's own word where `unit` is None: a hardware counter, an unknown unit.
};

/// A metric that other files of this format have and this one cannot answer.
struct UnavailableMetric {
    std::string id;
    std::string title;
    std::string reason; ///< A sentence for the reader.
};

/// Where a profile's tree comes from.
enum class TreeOrigin : std::uint8_t {
    Exact,     ///< The file holds paths. The function table and the graph are derived from them.
    Estimated, ///< The file holds arcs (pstats, callgrind): table and graph are exact, a tree is an estimate.
    None,      ///< Neither: a table only.
};

/// An immutable profile. Weights are in each metric's own unit. Travels as ProfilePtr; any thread may read it.
struct Profile {
    std::string formatId; ///< "pstats", "speedscope"…
    std::string producer; ///< "cProfile", "py-spy 0.4.2"; empty if the file does not tell.
    std::string name;     ///< What the file calls itself; empty if it does not.
    std::vector<std::pair<std::string, std::string>> meta; ///< What the format tells beside, under stable names.
    bool isPartial = false; ///< The input ended too early: every sum is a lower bound, so nothing can be gated on it.
    std::vector<std::string> warnings; ///< Whole sentences: truncated input, skipped lines with their count…

    std::vector<Metric> metrics;
    std::vector<UnavailableMetric> unavailable;
    FrameTable frames;
    TreeOrigin origin = TreeOrigin::Exact;
    CallTree tree;                               ///< For TreeOrigin::Exact; else empty, see estimate_tree.h.
    CallGraph arcs;                              ///< For Estimated and None; else empty, see callGraph().
    std::vector<Lane> lanes;                     ///< At least one.
    Samples samples;                             ///< Of exact profiles with several lanes or time order; else empty.
    std::shared_ptr<const MemoryCapture> memory; ///< Of memory captures; else null.

    /// The first metric's total over all lanes: what 100 % means. Empty stacks (idle time) count.
    double total(MetricId metric) const;
};

using ProfilePtr = std::shared_ptr<const Profile>;

/// Checks every promise that the columns make to each other: sizes, ids in range, depth-first order, total = self +
/// Σ children, finite weights. Returns the first broken one as a sentence, or an empty string. O(nodes + edges). Every
/// profile in tests and in debug builds passes it.
std::string validate(const Profile& profile);

/// By its id; none if the profile does not have it.
MetricId findMetric(const Profile& profile, std::string_view id);
/// What counts the blocks of a metric of memory: "peak-count" of "peak-bytes"; none for any other metric.
MetricId blocksMetric(const Profile& profile, MetricId metric);

/// The function table of a profile for one metric: the file's own rows for arcs, derived for exact trees.
FunctionTable functionTable(const Profile& profile, MetricId metric);
/// The call graph of a profile for one metric: the file's own, or derived.
CallGraph callGraph(const Profile& profile, MetricId metric);

} // namespace sundial
