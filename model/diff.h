// SPDX-License-Identifier: GPL-3.0-or-later
// Two sides of a comparison joined into one: a row a function with its numbers before and after, in one unit, so that
// the changes of the rows add up to the change of the whole.
#pragma once

#include "model/match_rules.h"
#include "model/profile_union.h"
#include "model/run_set.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sundial
{

/// What both sides are made comparable by, if they ran differently long.
enum class Normalise : std::uint8_t {
    None,
    Total, ///< As if the after side had the total of before: shares, in the unit of before.
    Calls, ///< As if one function had been called as often after as before: weight for the same work.
};

struct CompareOptions {
    std::vector<MatchRule> matches; ///< What the user has overruled.
    Normalise normalise = Normalise::None;
    FunctionName callsOf; ///< For Normalise::Calls: as the before side has it.
    bool operator==(const CompareOptions&) const = default;
};

/// One side, over the rows of the comparison.
struct ComparisonSide {
    ProfilePtr profile; ///< The run, or the mean of the runs: names, files and lines as this side has them.
    CallGraph graph;    ///< Its functions() are the numbers of the rows; absent functions have 0 and are not listed.
    double total = 0;   ///< Σ self of the rows, idle time included.
    std::vector<std::vector<double>> selfOfRun; ///< [run][row].
    std::vector<double> totalOfRun;
    std::vector<bool> steadyCalls; ///< By row: called as often in every run, which may be never.
    /// The same as selfOfRun with the time of functions that are `inCaller` in their callers; empty if there are none.
    std::vector<std::vector<double>> judgedSelfOfRun;
    /// Self by row with the time of functions that are `inCaller` in their callers.
    std::vector<double> judgedSelf;
    double sampleWeight = 0; ///< What one sample weighs, 0 where nothing was sampled.
    bool isPartial = false;  ///< A run was cut short.
    double scale = 1;        ///< The side's own weights times this are the numbers here.

    double self(FrameId row) const { return graph.functions().self[row.value]; }
    double totalOf(FrameId row) const { return graph.functions().total[row.value]; }
    /// kCallsUnknown where no calls were counted; what a sampler writes in their place are no calls.
    std::int64_t calls(FrameId row) const
    {
        return graph.dialect().sampled ? kCallsUnknown : graph.functions().calls[row.value];
    }
    std::int64_t primitiveCalls(FrameId row) const
    {
        return graph.dialect().sampled ? kCallsUnknown : graph.functions().primitiveCalls[row.value];
    }
    std::size_t runs() const { return totalOfRun.size(); }
};

/// Rows are FrameIds into `frames.frames`: the functions of before in their order, then what is new; a last row
/// "(no stack)" where idle time was sampled. Immutable once built.
struct Comparison {
    Metric metric; ///< As compared: the unit of before; Unit::None where shares are compared.
    bool isShares = false;
    FrameUnion frames;
    std::vector<FrameMatch> matches; ///< By row. The idle row has neither side.
    ComparisonSide before, after;
    /// By row: only one side tells these functions from their callers, built-ins (samplers don't) or comprehensions
    /// (Python from 3.12 on doesn't). Empty where there are none.
    std::vector<bool> inCaller;
    /// By row: the change that noise and verdict go by. Δself, but the time of functions that are `inCaller` counts for
    /// their callers.
    std::vector<double> judgedDelta;
    bool isTracedAndSampled = false; ///< One side's calls were traced, the other one was sampled: shares compare.
    /// What the numbers after are made comparable by: "the same total", "as many calls of main"; empty as measured.
    std::string normalisedTo;
    std::vector<std::string> notes; ///< Sentences about what was done to make the sides comparable.

    std::uint32_t size() const { return frames.frames.size(); }
    const FrameMatch& match(FrameId row) const { return matches[row.value]; }
    double deltaSelf(FrameId row) const { return after.self(row) - before.self(row); }
    double deltaTotal(FrameId row) const { return after.totalOf(row) - before.totalOf(row); }
    double delta() const { return after.total - before.total; }
};
using ComparisonPtr = std::shared_ptr<const Comparison>;

/// About linear in functions and edges.
ComparisonPtr compare(const RunSet& before, const RunSet& after, const CompareOptions& options = {});

/// The union of both call trees with columns 0 (before) and 1 (after) in the comparison's unit, and where each node
/// stands in either tree. The trees are those of the run sets compared: their exact ones, or estimated ones. O(nodes).
struct DiffTree {
    CallTree tree;
    std::vector<NodeId> before, after; ///< By node: the node in the tree of that side, or none.
};
constexpr MetricId kBeforeColumn{0}, kAfterColumn{1};
DiffTree diffTree(const Comparison& comparison, const CallTree& before, MetricId beforeMetric, const CallTree& after,
                  MetricId afterMetric);

/// Orders of a table of changes; ties keep the order of rows.
enum class DiffSort : std::uint8_t {
    Delta, ///< |Δself|.
    Self,  ///< The larger self of the two.
    Total, ///< The larger total of the two.
    Ratio, ///< How many times self changed; what is new or gone first.
};
/// The rows of functions that either side lists, largest first.
std::vector<FrameId> sortedRows(const Comparison& comparison, DiffSort sort);

/// Why a function takes more or less: the word of the "Why" column.
enum class ChangeCause : std::uint8_t {
    None, ///< No change.
    New,
    Removed,
    MoreCalls,
    FewerCalls,
    DearerCalls,
    CheaperCalls,
    More, ///< Calls are not counted.
    Less,
    InCaller, ///< A function that the other side counts for its caller.
};

/// Δ = byCalls + byCost: what more or fewer calls at the old price make, and what the new price makes of the calls
/// after.
struct ChangeFactors {
    double byCalls = 0;
    double byCost = 0;
};

enum class Weight : std::uint8_t { Self, Total };
/// None where a side's calls are unknown or zero. Self is factored by all calls, total by the primitive ones, as pstats
/// computes its per-call columns.
std::optional<ChangeFactors> changeFactors(const Comparison& comparison, FrameId row, Weight weight);
ChangeCause changeCause(const Comparison& comparison, FrameId row, Weight weight = Weight::Self);
/// "fewer calls", "new code", "no longer called"…
std::string_view changeCauseText(ChangeCause cause);

} // namespace sundial
