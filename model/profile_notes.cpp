// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/profile_notes.h"

#include "model/analysis.h"
#include "model/verdict.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

namespace sundial
{

namespace
{

constexpr std::size_t kMostNamed = 5;   // functions in one sentence
constexpr std::size_t kFewNamed = 3;    // where they are only examples
constexpr std::size_t kSpread = 20;     // functions that hold half of the time: none stands out
constexpr double kHalf = 0.5;           // of the self time
constexpr double kShortSeconds = 0.05;  // timers, caches and the scheduler show below it
constexpr double kManySamples = 1'000;  // a share of 10 % is known to less than two points
constexpr std::uint32_t kDeepPath = 8;  // levels that a picture spends on one box each
constexpr double kSamePath = 0.9;       // of the parent: the path has not branched yet
constexpr double kMuchRecursion = 0.25; // of the total
constexpr double kOverheadShare = 0.1;  // of the total
constexpr double kAllOfIt = 0.9995;     // of an estimated tree: nothing to warn of
constexpr double kHardlyAny = 0.001;
constexpr double kSecondsPerCall = 1e-7; // what cProfile of Python 3.11 adds: 72 ns a built-in, 105 ns a function

/// A sentence about weights: "the self time", "the samples"…
const char* selfWord(const Analysis& analysis)
{
    const Unit unit = analysis.metricInfo().unit;
    return isTime(unit)            ? "the self time"
           : unit == Unit::Samples ? "the samples"
           : unit == Unit::Bytes   ? "the memory"
                                   : "the total";
}

bool countsCalls(const Analysis& analysis)
{
    const ArcDialect& dialect = analysis.graph.dialect();
    return analysis.metricInfo().kind == NumberKind::Exact && !dialect.sampled && !dialect.callsUnknown;
}

double totalSeconds(const Analysis& analysis)
{
    return analysis.total * secondsPer(analysis.metricInfo().unit);
}

/// "a", "a and b", "a, b and c".
std::string listOf(const Analysis& analysis, std::span<const FrameId> functions)
{
    std::string text;
    for (std::size_t i = 0; i < functions.size(); ++i)
        text += (i == 0                      ? ""
                 : i + 1 == functions.size() ? " and "
                                             : ", ") +
                sentenceName(analysis.frames(), functions[i]);
    return text;
}

/// The first `count` of the functions that `belongs` picks, by `weight` descending, ties in file order.
template <class Belongs, class Weight>
std::vector<FrameId> largest(const Analysis& analysis, std::size_t count, Belongs&& belongs, Weight&& weight)
{
    std::vector<FrameId> functions;
    for (std::uint32_t f = 0; f < analysis.functions().size(); ++f) {
        if (belongs(FrameId{f}))
            functions.push_back(FrameId{f});
    }
    std::stable_sort(functions.begin(), functions.end(),
                     [&weight](FrameId x, FrameId y) { return weight(x) > weight(y); });
    functions.resize(std::min(functions.size(), count));
    return functions;
}

std::optional<ProfileNote> tooShort(const Analysis& analysis)
{
    if (!isTime(analysis.metricInfo().unit) || !countsCalls(analysis) || totalSeconds(analysis) >= kShortSeconds)
        return {};
    return ProfileNote{NoteKind::TooShort,
                       "The whole profile is " + formatValue(analysis.total, analysis.metricInfo().unit) +
                           ": in so short a run, chance moves every number. Repeat the work until it takes a second "
                           "or more, and profile that.",
                       {}};
}

/// How many samples a sampled profile rests on; nothing where the file does not tell.
std::optional<double> sampleCount(const Analysis& analysis)
{
    const Metric& metric = analysis.metricInfo();
    if (analysis.graph.dialect().sampled) {
        const FunctionTable& functions = analysis.functions();
        double count = 0;
        for (std::uint32_t f = 0; f < functions.size(); ++f)
            count += functions.listed[f] ? double(std::max<std::int64_t>(functions.primitiveCalls[f], 0)) : 0;
        return count;
    }
    if (metric.kind != NumberKind::Sampled)
        return {};
    if (metric.unit == Unit::Samples)
        return analysis.total;
    const Samples& samples = analysis.profile->samples;
    return samples.inTimeOrder ? std::optional(double(samples.size())) : std::nullopt;
}

std::optional<ProfileNote> fewSamples(const Analysis& analysis)
{
    const std::optional<double> count = sampleCount(analysis);
    if (!count || *count < 1 || *count >= kManySamples)
        return {};
    constexpr double kShare = 0.1, kTwoSided95 = 1.96;
    const double points = 100 * kTwoSided95 * std::sqrt(kShare * (1 - kShare) / *count);
    return ProfileNote{NoteKind::FewSamples,
                       "Only " + formatCount(*count) + (*count < 2 ? " sample" : " samples") + ": a share of " +
                           formatPercent(kShare) + " is known to ± " + formatCell(points, {{}, 1, 1}) +
                           " points. Sample longer or more often before you trust small shares.",
                       {}};
}

std::optional<ProfileNote> profilerOverhead(const Analysis& analysis)
{
    if (!isTime(analysis.metricInfo().unit) || !countsCalls(analysis))
        return {};
    const FunctionTable& functions = analysis.functions();
    const auto callsOf = [&functions](FrameId f) { return functions.calls[f.value]; };
    double calls = 0, builtinCalls = 0;
    for (std::uint32_t f = 0; f < functions.size(); ++f) {
        if (!functions.listed[f] || functions.calls[f] <= 0)
            continue;
        calls += double(functions.calls[f]);
        if (analysis.frames().kind(FrameId{f}) == FrameKind::Builtin)
            builtinCalls += double(functions.calls[f]);
    }
    const double overhead = calls * kSecondsPerCall;
    if (calls == 0 || overhead < kOverheadShare * totalSeconds(analysis))
        return {};
    ProfileNote note{NoteKind::ProfilerOverhead, {}, {}};
    note.functions = largest(
        analysis, kFewNamed, [&](FrameId f) { return functions.listed[f.value] && callsOf(f) > 0; }, callsOf);
    note.text = "Counting " + formatCount(calls) + " calls, " + formatPercent(builtinCalls / calls) +
                " of them to built-ins, takes about " + formatValue(overhead, Unit::Seconds) + " of the " +
                formatValue(analysis.total, analysis.metricInfo().unit) +
                " by itself, at 0.1 µs a call. Most often called: " + listOf(analysis, note.functions) +
                ". Cross-check with a sampler.";
    return note;
}

std::optional<ProfileNote> concentration(const Analysis& analysis)
{
    const std::vector<double>& self = analysis.functions().self;
    const auto isCode = [&](FrameId f) {
        const FrameKind kind = analysis.frames().kind(f);
        return self[f.value] > 0 && kind != FrameKind::Idle && kind != FrameKind::Other;
    };
    ProfileNote note{NoteKind::Concentration, {}, {}};
    note.functions = largest(analysis, self.size(), isCode, [&self](FrameId f) { return self[f.value]; });
    double held = 0;
    std::size_t count = 0;
    while (count < note.functions.size() && held < kHalf * analysis.total)
        held += self[note.functions[count++].value];
    if (count == 0 || held < kHalf * analysis.total)
        return {};
    const auto share = [&analysis](double part) { return formatPercent(part / analysis.total) + " of "; };
    const std::string subject = std::to_string(count) + " functions hold " + share(held) + selfWord(analysis);
    note.functions.resize(count <= kMostNamed ? count : kFewNamed);
    if (count >= kSpread) {
        note.functions.clear();
        note.text = subject + ": it is spread. Look for a caller that does too much rather than for a slow function.";
        return note;
    }
    const std::string names = listOf(analysis, note.functions);
    if (count == 1)
        note.text = names + " alone holds " + share(held) + selfWord(analysis) + ".";
    else
        note.text = subject + (count <= kMostNamed ? ": " : ", first of all ") + names + ".";
    const bool areBuiltins = std::all_of(note.functions.begin(), note.functions.end(), [&analysis](FrameId f) {
        return analysis.frames().kind(f) == FrameKind::Builtin;
    });
    note.text += !areBuiltins ? " Begin there."
                 : count == 1 ? " Begin with its callers."
                              : " Begin with their callers.";
    return note;
}

std::optional<ProfileNote> singlePath(const Analysis& analysis)
{
    const CallTree& tree = analysis.tree;
    if (tree.isEmpty() || !(analysis.total > 0))
        return {};
    const auto total = [&](NodeId n) { return tree.total(analysis.metric, n); };
    NodeId end{0};
    for (NodeId next = end; next;) {
        end = next;
        next = {};
        tree.forEachChild(end, [&](NodeId child) {
            if (tree.frame(child) && total(child) >= kSamePath * total(end))
                next = child;
        });
    }
    const std::uint32_t depth = tree.depth(end);
    if (depth < kDeepPath || tree.isLeaf(end))
        return {};
    const FrameId branching = tree.frame(end);
    return ProfileNote{NoteKind::SinglePath,
                       "A single path leads " + formatCount(depth) + " levels down to " +
                           sentenceName(analysis.frames(), branching) + ", which holds " +
                           formatPercent(total(end) / analysis.total) +
                           " and is the first to branch. Zoom to it to see the rest larger.",
                       {branching}};
}

std::optional<ProfileNote> recursion(const Analysis& analysis)
{
    const std::vector<double>& self = analysis.functions().self;
    const Components components =
        analysis.components ? *analysis.components : stronglyConnectedComponents(analysis.graph);
    double held = 0;
    for (std::size_t f = 0; f < self.size(); ++f)
        held += components.recursive[f] ? self[f] : 0;
    if (!(held > 0) || held < kMuchRecursion * analysis.total)
        return {};
    ProfileNote note{NoteKind::Recursion, {}, {}};
    note.functions = largest(
        analysis, kFewNamed, [&](FrameId f) { return components.recursive[f.value] && self[f.value] > 0; },
        [&self](FrameId f) { return self[f.value]; });
    note.text = "Functions that call themselves, directly or through others, hold " +
                formatPercent(held / analysis.total) + " of " + selfWord(analysis) + ", first of all " +
                listOf(analysis, note.functions) +
                ". Compare them by self: inside a recursion the totals of callers and callees overlap.";
    return note;
}

std::optional<ProfileNote> estimatedTree(const Analysis& analysis)
{
    if (!analysis.isEstimated() || !(analysis.total > 0))
        return {};
    const TreeEstimate& estimate = *analysis.tree.estimate();
    double fixed = 0;
    for (std::uint32_t n = 0; n < analysis.tree.size(); ++n)
        fixed += estimate.exact[n] ? analysis.tree.self(analysis.metric, NodeId{n}) : 0;
    const double share = fixed / analysis.total;
    if (share > kAllOfIt)
        return {};
    return ProfileNote{NoteKind::EstimatedTree,
                       "The file tells callers, not paths, so the tree is an estimate" +
                           (share < kHardlyAny ? std::string("; hardly a box of it is certain.")
                                               : "; boxes with " + formatPercent(share) + " of its time are exact.") +
                           " What has to be certain stands in the table and the call graph.",
                       {}};
}

std::optional<ProfileNote> neverCalled(const Analysis& analysis)
{
    if (!countsCalls(analysis))
        return {};
    const FunctionTable& functions = analysis.functions();
    const auto isUncalled = [&functions](FrameId f) {
        return functions.listed[f.value] && functions.calls[f.value] == 0;
    };
    std::vector<FrameId> uncalled =
        largest(analysis, functions.size(), isUncalled, [&functions](FrameId f) { return functions.total[f.value]; });
    if (uncalled.empty())
        return {};
    const std::size_t count = uncalled.size();
    uncalled.resize(std::min(count, kFewNamed));
    const std::string names = listOf(analysis, uncalled);
    return ProfileNote{NoteKind::NeverCalled,
                       (count == 1 ? names + " is listed with no call"
                                   : std::to_string(count) + " functions are listed with no call: " + names) +
                           ". Profilers write such rows for what had begun before them and for marks of their own: "
                           "leave them out of figures per call.",
                       std::move(uncalled)};
}

using MakeNote = std::optional<ProfileNote> (*)(const Analysis&);
constexpr std::array<MakeNote, 8> kNotes{tooShort,   fewSamples, concentration, profilerOverhead,
                                         singlePath, recursion,  estimatedTree, neverCalled};

} // namespace

std::vector<ProfileNote> profileNotes(const Analysis& analysis)
{
    std::vector<ProfileNote> notes;
    if (!(analysis.total > 0))
        return notes;
    for (const MakeNote make : kNotes) {
        if (std::optional<ProfileNote> note = make(analysis); note && notes.size() < kMostNotes)
            notes.push_back(std::move(*note));
    }
    return notes;
}

} // namespace sundial
