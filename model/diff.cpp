// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/diff.h"

#include "model/fold_callees.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sundial
{

namespace
{

/// Whether weights of the two metrics differ by a constant at most, and which; nothing where only shares compare.
std::optional<double> unitRatio(const Metric& before, const Metric& after)
{
    if (isTime(before.unit) && isTime(after.unit))
        return secondsPer(after.unit) / secondsPer(before.unit);
    if (before.unit == after.unit && (before.unit != Unit::None || before.unitText == after.unitText))
        return 1.0;
    return {};
}

std::string unitText(const Metric& metric)
{
    return metric.unit == Unit::None && !metric.unitText.empty() ? metric.unitText : std::string(unitName(metric.unit));
}

/// Idle time: what the root of an exact tree holds itself.
double idleOf(const RunSet& side)
{
    return side.tree.isEmpty() ? 0 : side.tree.self(side.metric, NodeId{0});
}

bool isTraced(const RunSet& side)
{
    const std::vector<std::int64_t>& calls = side.graph.functions().calls;
    return side.sampleWeight <= 0 && std::any_of(calls.begin(), calls.end(), [](std::int64_t n) { return n > 0; });
}

double totalOf(const RunSet& side)
{
    return side.graph.functions().totalSelf + idleOf(side);
}

/// The factor on the after side that the option asks for, given the factor that the units ask for.
double normalisingFactor(const RunSet& before, const RunSet& after, const CompareOptions& options, double unitFactor,
                         Comparison& comparison)
{
    const double totalBefore = totalOf(before);
    const double totalAfter = totalOf(after) * unitFactor;
    if (options.normalise == Normalise::Total && totalAfter > 0 && totalBefore > 0) {
        comparison.normalisedTo = "the same total";
        comparison.notes.push_back("Normalised: the numbers after are scaled to the total before.");
        return totalBefore / totalAfter;
    }
    if (options.normalise == Normalise::Calls) {
        const std::string& name = options.callsOf.name;
        const FrameId own = findFunction(before.profile->frames, options.callsOf);
        const FrameId partner = own ? comparison.matches[own.value].after : FrameId{};
        const double callsBefore = own ? double(before.graph.functions().calls[own.value]) : 0;
        const double callsAfter = partner ? double(after.graph.functions().calls[partner.value]) : 0;
        if (callsBefore > 0 && callsAfter > 0) {
            comparison.normalisedTo = "as many calls of " + name;
            comparison.notes.push_back("Normalised: the numbers after are scaled to as many calls of " + name +
                                       " as before.");
            return callsBefore / callsAfter;
        }
        comparison.notes.push_back("Not normalised: calls of " + name + " are not counted on both sides.");
    }
    return 1;
}

ComparisonSide makeSide(const RunSet& runs, std::span<const FrameId> rows, std::uint32_t rowCount, double scale)
{
    ComparisonSide side;
    side.profile = runs.profile;
    side.scale = scale;
    side.graph = onUnion(runs.graph, rows, rowCount, scale);
    for (const std::vector<double>& self : runs.selfOfRun) {
        std::vector<double>& column = side.selfOfRun.emplace_back(rowCount, 0);
        for (std::size_t i = 0; i < self.size(); ++i)
            column[rows[i].value] = self[i] * scale;
    }
    side.steadyCalls.assign(rowCount, true);
    for (std::size_t i = 0; i < runs.steadyCalls.size(); ++i)
        side.steadyCalls[rows[i].value] = runs.steadyCalls[i];
    for (const double total : runs.totalOfRun)
        side.totalOfRun.push_back(total * scale);
    side.sampleWeight = runs.sampleWeight * scale;
    side.isPartial = runs.isPartial;
    side.total = side.graph.functions().totalSelf;
    return side;
}

/// Gives idle time its own row, so that the rows add up to the total.
void addIdleRow(Comparison& comparison, double idleBefore, double idleAfter)
{
    const std::uint32_t rows = comparison.size() + 1;
    FrameTable& frames = comparison.frames.frames;
    FrameKey key;
    key.name = frames.strings().intern("(no stack)");
    key.kind = FrameKind::Idle;
    const FrameId row = frames.append(key);
    FrameMatch match;
    match.kind = idleBefore == 0 ? MatchKind::New : idleAfter == 0 ? MatchKind::Removed : MatchKind::Exact;
    comparison.matches.push_back(match);
    const auto extend = [rows, row](ComparisonSide& side, double idle) {
        std::vector<FrameId> same(rows - 1);
        for (std::uint32_t i = 0; i + 1 < rows; ++i)
            same[i] = FrameId{i};
        FunctionTable table = onUnion(side.graph, same, rows).functions();
        table.self[row.value] = table.total[row.value] = idle * side.scale;
        table.listed[row.value] = idle != 0;
        table.totalSelf += table.self[row.value];
        side.graph = CallGraph(std::move(table), side.graph.edges(), side.graph.dialect());
        for (std::size_t run = 0; run < side.selfOfRun.size(); ++run) {
            double rest = side.totalOfRun[run];
            for (const double self : side.selfOfRun[run])
                rest -= self;
            side.selfOfRun[run].push_back(rest);
        }
        side.steadyCalls.push_back(true);
        side.total = side.graph.functions().totalSelf;
    };
    extend(comparison.before, idleBefore);
    extend(comparison.after, idleAfter);
}

} // namespace

ComparisonPtr compare(const RunSet& before, const RunSet& after, const CompareOptions& options)
{
    auto result = std::make_shared<Comparison>();
    Comparison& comparison = *result;
    comparison.matches = matchFunctions({before.profile->frames, before.graph}, {after.profile->frames, after.graph},
                                        overridesOf(options.matches, before.profile->frames, after.profile->frames));
    comparison.frames = uniteFrames(before.profile->frames, after.profile->frames, comparison.matches);
    comparison.metric = before.profile->metrics[before.metric.value];
    const Metric& afterMetric = after.profile->metrics[after.metric.value];

    if (before.isPartial || after.isPartial)
        comparison.notes.push_back(std::string(before.isPartial ? "Before" : "After") +
                                   " was cut short: its numbers cover only what is there.");

    double scaleBefore = 1, scaleAfter = 1;
    const auto ratio = unitRatio(comparison.metric, afterMetric);
    comparison.isTracedAndSampled = (before.sampleWeight > 0) != (after.sampleWeight > 0) &&
                                    (isTraced(before) || isTraced(after));
    if (ratio && !comparison.isTracedAndSampled) {
        scaleAfter = *ratio * normalisingFactor(before, after, options, *ratio, comparison);
    } else {
        const double totalBefore = totalOf(before), totalAfter = totalOf(after);
        scaleBefore = totalBefore > 0 ? 1 / totalBefore : 1;
        scaleAfter = totalAfter > 0 ? 1 / totalAfter : 1;
        comparison.notes.push_back("Shares of the total are compared: " +
                                   (ratio ? std::string(before.sampleWeight > 0 ? "after" : "before") +
                                                " was traced call by call, which takes time of its own, " +
                                                (before.sampleWeight > 0 ? "before" : "after") + " was sampled."
                                          : "before counts " + unitText(comparison.metric) + ", after " +
                                                unitText(afterMetric) + '.'));
        comparison.isShares = true;
        comparison.metric.unit = Unit::None;
        comparison.metric.unitText = "share";
    }
    comparison.before = makeSide(before, comparison.frames.ofBefore, comparison.size(), scaleBefore);
    comparison.after = makeSide(after, comparison.frames.ofAfter, comparison.size(), scaleAfter);
    if (const double idleBefore = idleOf(before), idleAfter = idleOf(after); idleBefore != 0 || idleAfter != 0)
        addIdleRow(comparison, idleBefore, idleAfter);
    judgeBySelf(comparison); // after the idle row, which is a row as others
    return result;
}

DiffTree diffTree(const Comparison& comparison, const CallTree& before, MetricId beforeMetric, const CallTree& after,
                  MetricId afterMetric)
{
    TreeUnion both = uniteTrees(before, after, comparison.frames);
    DiffTree result;
    result.tree = CallTree(both.topology,
                           {both.column(before, beforeMetric, both.before, comparison.before.scale),
                            both.column(after, afterMetric, both.after, comparison.after.scale)},
                           both.estimate(before, after));
    result.before = std::move(both.before);
    result.after = std::move(both.after);
    return result;
}

std::vector<FrameId> sortedRows(const Comparison& comparison, DiffSort sort)
{
    const ComparisonSide& before = comparison.before;
    const ComparisonSide& after = comparison.after;
    const auto key = [&](FrameId row) {
        const double b = before.self(row), a = after.self(row);
        switch (sort) {
        case DiffSort::Self:
            return std::max(b, a);
        case DiffSort::Total:
            return std::max(before.totalOf(row), after.totalOf(row));
        case DiffSort::Ratio:
            return a == b ? 0 : std::max(a, b) / std::min(a, b);
        case DiffSort::Delta:
            break;
        }
        return std::abs(a - b);
    };
    std::vector<std::pair<double, FrameId>> rows;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        if (before.graph.functions().listed[i] || after.graph.functions().listed[i])
            rows.emplace_back(key(row), row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
    std::vector<FrameId> sorted;
    for (const auto& [value, row] : rows)
        sorted.push_back(row);
    return sorted;
}

std::optional<ChangeFactors> changeFactors(const Comparison& comparison, FrameId row, Weight weight)
{
    const auto callsOf = [&](const ComparisonSide& side) {
        return double(weight == Weight::Self ? side.calls(row) : side.primitiveCalls(row));
    };
    const double callsBefore = callsOf(comparison.before), callsAfter = callsOf(comparison.after);
    if (callsBefore <= 0 || callsAfter <= 0)
        return {};
    const double before = weight == Weight::Self ? comparison.before.self(row) : comparison.before.totalOf(row);
    const double delta = weight == Weight::Self ? comparison.deltaSelf(row) : comparison.deltaTotal(row);
    const double byCalls = (callsAfter - callsBefore) * (before / callsBefore);
    return ChangeFactors{byCalls, delta - byCalls};
}

ChangeCause changeCause(const Comparison& comparison, FrameId row, Weight weight)
{
    if (!comparison.inCaller.empty() && comparison.inCaller[row.value])
        return ChangeCause::InCaller;
    const MatchKind match = comparison.match(row).kind;
    const bool isCode = comparison.frames.frames.kind(row) != FrameKind::Idle;
    if (isCode && match == MatchKind::New)
        return ChangeCause::New;
    if (isCode && match == MatchKind::Removed)
        return ChangeCause::Removed;
    const double delta = weight == Weight::Self ? comparison.deltaSelf(row) : comparison.deltaTotal(row);
    if (delta == 0)
        return ChangeCause::None;
    const auto factors = changeFactors(comparison, row, weight);
    if (!factors)
        return delta > 0 ? ChangeCause::More : ChangeCause::Less;
    // Of two factors, the one that goes the way of the change and is the larger one explains it.
    if (delta > 0)
        return factors->byCalls > factors->byCost ? ChangeCause::MoreCalls : ChangeCause::DearerCalls;
    return factors->byCalls < factors->byCost ? ChangeCause::FewerCalls : ChangeCause::CheaperCalls;
}

std::string_view changeCauseText(ChangeCause cause)
{
    constexpr std::array<std::string_view, 10> kTexts{
        "",     "new code", "no longer called",  "more calls", "fewer calls", "dearer calls", "cheaper calls",
        "more", "less",     "part of its caller"};
    return kTexts[std::size_t(cause)];
}

} // namespace sundial
