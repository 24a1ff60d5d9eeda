// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/noise.h"

#include "model/statistics.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sundial
{

namespace
{

/// Timers and caches make no run more exact than this fraction, however equal a few runs look: a floor under the
/// spread that three or five runs can tell.
constexpr double kLeastSpread = 0.005;
/// Smaller changes of a function are not worth a word, however sure they are.
constexpr double kLeastRowChange = 0.01;
/// Without any knowledge of the noise: a function has to change by this fraction of itself, and of the whole.
constexpr double kUnknownRowChange = 0.02, kUnknownRowShare = 0.001;

NoiseBasis basisOf(const Comparison& comparison)
{
    if (comparison.isTracedAndSampled)
        return NoiseBasis::Profilers;
    if (comparison.before.runs() > 1 || comparison.after.runs() > 1)
        return NoiseBasis::Runs;
    return comparison.before.sampleWeight > 0 && comparison.after.sampleWeight > 0 ? NoiseBasis::Samples
                                                                                   : NoiseBasis::None;
}

/// The chance of a difference as large as that of the two means, by Welch's t. A side of one run borrows the spread of
/// the other.
double welchChance(std::span<const double> before, std::span<const double> after)
{
    const MeanSpread b = meanAndSpread(before), a = meanAndSpread(after);
    if (b.mean == a.mean)
        return 1;
    const double floor = kLeastSpread * std::max(std::abs(b.mean), std::abs(a.mean));
    const double nb = double(before.size()), na = double(after.size());
    double sb = std::max(b.spread, floor), sa = std::max(a.spread, floor);
    if (before.size() == 1 || after.size() == 1)
        sb = sa = std::max(sb, sa);
    const double vb = sb * sb / nb, va = sa * sa / na;
    const double t = (a.mean - b.mean) / std::sqrt(vb + va);
    const double freedom = before.size() == 1  ? na - 1
                           : after.size() == 1 ? nb - 1
                                               : (vb + va) * (vb + va) / (vb * vb / (nb - 1) + va * va / (na - 1));
    return studentTwoSided(t, freedom);
}

/// The variance of a weight that is a sum of samples, when `whole` is that of all samples: binomial. A function that
/// was never seen could have been: one sample more is assumed than there was.
double sampledVariance(double weight, double whole, double sampleWeight)
{
    const double count = weight / sampleWeight + 1;
    const double share = whole > 0 ? std::min(1.0, weight / whole) : 0;
    return sampleWeight * sampleWeight * count * (1 - share);
}

/// How much dearer all calls have become alike, if nearly all of the work is done by functions that are called as often
/// on both sides, several of them weigh something, and their costs go the same way by about as much. A change of code
/// is never that even; a busier machine is.
std::optional<double> evenShiftOf(const Comparison& comparison)
{
    constexpr double kSameWork = 0.95, kAlike = 0.85, kWorthComparing = 0.02, kDominant = 0.5;
    constexpr double kTwiceAsDear = 1, kHalfAsDear = -0.5;
    constexpr double kLeastBand = 0.03, kBandOfShift = 0.5;
    constexpr int kFewest = 5;
    const double whole = std::max(comparison.before.total, comparison.after.total);
    struct Row {
        double before, after;
    };
    std::vector<Row> rows;
    double before = 0, after = 0;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        const std::int64_t calls = comparison.before.calls(row);
        if (calls <= 0 || calls != comparison.after.calls(row))
            continue;
        before += comparison.before.self(row);
        after += comparison.after.self(row);
        if (comparison.before.self(row) > kWorthComparing * whole)
            rows.push_back({comparison.before.self(row), comparison.after.self(row)});
    }
    if (before < kSameWork * comparison.before.total || after < kSameWork * comparison.after.total ||
        rows.size() < kFewest)
        return {};
    const double shift = after / before - 1;
    const double band = std::max(kLeastBand, kBandOfShift * std::abs(shift));
    double alike = 0, all = 0, largest = 0;
    for (const Row& row : rows) {
        all += row.before;
        largest = std::max(largest, row.before);
        alike += std::abs(row.after / row.before - 1 - shift) <= band ? row.before : 0;
    }
    const bool isEven = alike >= kAlike * all && largest <= kDominant * before && shift <= kTwiceAsDear &&
                        shift >= kHalfAsDear;
    return isEven ? std::optional(shift) : std::nullopt;
}

/// Whether no run of one side is within the other side's range.
bool areApart(std::span<const double> before, std::span<const double> after)
{
    const auto [leastBefore, mostBefore] = std::minmax_element(before.begin(), before.end());
    const auto [leastAfter, mostAfter] = std::minmax_element(after.begin(), after.end());
    return *mostBefore < *leastAfter || *mostAfter < *leastBefore;
}

/// Whether a function is called as often in every run of a side, and otherwise on the other: counts have no noise.
bool isCalledOtherwise(const Comparison& comparison, FrameId row)
{
    const std::int64_t before = comparison.before.calls(row), after = comparison.after.calls(row);
    return before != kCallsUnknown && after != kCallsUnknown && before != after &&
           comparison.before.steadyCalls[row.value] && comparison.after.steadyCalls[row.value];
}

/// Whether functions that surely changed make up most of what the total changed by.
bool isCarriedByFunctions(const Comparison& comparison, const Noise& noise)
{
    double carried = 0;
    for (std::uint32_t i = 0; i < comparison.size(); ++i)
        carried += noise.isBeyond(FrameId{i}) ? comparison.judgedDelta[i] : 0;
    return carried / comparison.delta() >= 0.5;
}

/// Fills `p`, and `counted` for the rows whose change their counts of calls prove.
void measureRuns(const Comparison& comparison, std::vector<double>& p, std::vector<bool>& counted, Noise& noise)
{
    std::vector<double> b(comparison.before.runs()), a(comparison.after.runs());
    for (std::uint32_t row = 0; row < comparison.size(); ++row) {
        const auto take = [row](const std::vector<std::vector<double>>& ofRun, std::vector<double>& values) {
            for (std::size_t run = 0; run < ofRun.size(); ++run)
                values[run] = ofRun[run][row];
        };
        take(comparison.before.selfOfRun, b);
        take(comparison.after.selfOfRun, a);
        noise.spreadBefore[row] = meanAndSpread(b).spread;
        noise.spreadAfter[row] = meanAndSpread(a).spread;
        take(comparison.before.judgedSelfOfRun, b); // where they are another reading of the same runs
        take(comparison.after.judgedSelfOfRun, a);
        p[row] = welchChance(b, a);
        counted[row] = isCalledOtherwise(comparison, FrameId{row}) && areApart(b, a);
    }
    noise.totalSpreadBefore = meanAndSpread(comparison.before.totalOfRun).spread;
    noise.totalSpreadAfter = meanAndSpread(comparison.after.totalOfRun).spread;
    noise.totalP = welchChance(comparison.before.totalOfRun, comparison.after.totalOfRun);
}

void measureSamples(const Comparison& comparison, std::vector<double>& p, Noise& noise)
{
    const ComparisonSide& b = comparison.before;
    const ComparisonSide& a = comparison.after;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        const double variance = sampledVariance(b.self(row), b.total, b.sampleWeight) +
                                sampledVariance(a.self(row), a.total, a.sampleWeight);
        p[i] = variance > 0 ? normalTwoSided(comparison.deltaSelf(row) / std::sqrt(variance)) : 1;
    }
    // How many samples a run takes is not fixed either: their number varies by about its root.
    const double variance = b.total * b.sampleWeight + a.total * a.sampleWeight;
    noise.totalP = variance > 0 ? normalTwoSided(comparison.delta() / std::sqrt(variance)) : 1;
}

/// By row: how often tracing took time in it, as it is called and as it calls. What is done in functions that are
/// counted for their callers is theirs.
std::vector<double> tracedEvents(const Comparison& comparison, const ComparisonSide& traced)
{
    std::vector<double> events(comparison.size(), 0);
    for (const Edge& edge : traced.graph.edges()) {
        const double calls = std::max(0.0, double(edge.calls));
        events[edge.caller.value] += calls;
        events[edge.callee.value] += calls;
    }
    constexpr int kDeepestNesting = 4;
    for (int round = 0; round < kDeepestNesting && !comparison.inCaller.empty(); ++round) {
        for (std::uint32_t i = 0; i < comparison.size(); ++i) {
            const auto callers = traced.graph.callers(FrameId{i});
            double calls = 0;
            for (const EdgeId e : callers)
                calls += std::max(0.0, double(traced.graph.edge(e).calls));
            if (!comparison.inCaller[i] || calls <= 0 || events[i] == 0)
                continue;
            const double given = std::exchange(events[i], 0);
            for (const EdgeId e : callers)
                events[traced.graph.edge(e).caller.value] +=
                    given * std::max(0.0, double(traced.graph.edge(e).calls)) / calls;
        }
    }
    return events;
}

/// What tracing one call costs at most: functions that do nearly nothing show it.
double costOfTracing(const ComparisonSide& traced)
{
    constexpr double kOften = 0.001;
    const FunctionTable& functions = traced.graph.functions();
    double all = 0, least = 0;
    for (const std::int64_t calls : functions.calls)
        all += std::max(0.0, double(calls));
    for (std::size_t i = 0; i < functions.calls.size(); ++i) {
        const double calls = double(functions.calls[i]);
        if (calls > kOften * all && calls >= 100 && (least == 0 || functions.self[i] / calls < least))
            least = functions.self[i] / calls;
    }
    return least;
}

/// Marks what neither the time that tracing takes nor the chance of sampling explains.
void measureProfilers(const Comparison& comparison, Noise& noise)
{
    constexpr double kMostCosts = 2.5;   // times what the cheapest function shows: its caller pays as well
    constexpr double kMostOfTotal = 0.8; // tracing never takes all of the time
    constexpr double kBand = 3;          // standard deviations
    const bool isTracedBefore = comparison.before.sampleWeight <= 0;
    const ComparisonSide& traced = isTracedBefore ? comparison.before : comparison.after;
    const ComparisonSide& sampled = isTracedBefore ? comparison.after : comparison.before;
    const std::vector<double> events = tracedEvents(comparison, traced);
    const double cost = costOfTracing(traced);
    double allEvents = 0, idle = 0;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        allEvents += events[i];
        idle += comparison.frames.frames.kind(FrameId{i}) == FrameKind::Idle ? sampled.judgedSelf[i] : 0;
    }
    const double most =
        allEvents * cost > 0 ? std::min(kMostCosts, kMostOfTotal * traced.total / (allEvents * cost)) : 0;
    const double busy = sampled.total - idle;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        if (busy <= 0 || traced.total <= 0 || comparison.frames.frames.kind(row) == FrameKind::Idle)
            continue;
        const auto shareAt = [&](double costs) {
            return std::max(0.0, traced.judgedSelf[i] - costs * cost * events[i]) /
                   (traced.total - costs * cost * allEvents);
        };
        const auto [least, largest] = std::minmax({shareAt(0), shareAt(most / 2), shareAt(most)});
        const double share = sampled.judgedSelf[i] / busy;
        const double band = kBand * std::sqrt(sampledVariance(std::max(largest, share), 1, sampled.sampleWeight / busy));
        const double change = std::abs(comparison.judgedDelta[i]);
        noise.beyond[i] = (share < least - band || share > largest + band) &&
                          change > kUnknownRowChange * std::max(traced.judgedSelf[i], sampled.judgedSelf[i]);
        noise.q[i] = noise.beyond[i] ? 0 : 1;
    }
}

} // namespace

double leastTotalChange(const Comparison& comparison, NoiseBasis basis)
{
    // Bytes and counts repeat almost exactly from run to run; times don't.
    if (comparison.metric.unit == Unit::Bytes || comparison.metric.unit == Unit::Count)
        return 0.005;
    return basis == NoiseBasis::Runs ? 0.01 : basis == NoiseBasis::Samples ? 0.02 : 0.03;
}

Noise measureNoise(const Comparison& comparison)
{
    Noise noise;
    noise.basis = basisOf(comparison);
    const std::size_t rows = comparison.size();
    noise.spreadBefore.assign(rows, 0);
    noise.spreadAfter.assign(rows, 0);
    noise.beyond.assign(rows, false);
    std::vector<double> p(rows, 1);
    std::vector<bool> counted(rows, false);
    if (noise.basis == NoiseBasis::Runs)
        measureRuns(comparison, p, counted, noise);
    else if (noise.basis == NoiseBasis::Samples)
        measureSamples(comparison, p, noise);
    noise.q = falseDiscoveryRates(p);
    if (noise.basis == NoiseBasis::Profilers) {
        measureProfilers(comparison, noise); // of shares, the totals are equal
        return noise;
    }
    if (noise.basis == NoiseBasis::None)
        noise.evenShift = evenShiftOf(comparison);

    const double whole = std::max(comparison.before.total, comparison.after.total);
    for (std::uint32_t i = 0; i < rows; ++i) {
        const FrameId row{i};
        const double even = noise.evenShift.value_or(0) * comparison.before.self(row);
        const double change = std::abs(comparison.judgedDelta[i] - even);
        const double larger = std::max(comparison.before.self(row), comparison.after.self(row));
        noise.beyond[i] = noise.basis == NoiseBasis::None
                              ? change > kUnknownRowChange * larger && change > kUnknownRowShare * whole
                              : (noise.q[i] <= kFalseDiscoveryRate || counted[i]) && change > kLeastRowChange * larger;
    }
    const bool isTotalLikely =
        noise.totalP <= kCarriedTotalChance ||
        (noise.basis == NoiseBasis::Runs && areApart(comparison.before.totalOfRun, comparison.after.totalOfRun));
    noise.totalBeyond = std::abs(comparison.delta()) > leastTotalChange(comparison, noise.basis) * whole &&
                        (noise.basis == NoiseBasis::None
                             ? !noise.evenShift
                             : noise.totalP <= kTotalChance || (isTotalLikely && isCarriedByFunctions(comparison, noise)));
    return noise;
}

bool isTotalBeyond(const Comparison& comparison, const Noise& noise, FrameId row)
{
    if (noise.isBeyond(row))
        return true;
    const double larger = std::max(comparison.before.totalOf(row), comparison.after.totalOf(row));
    return (noise.basis == NoiseBasis::None || noise.totalBeyond) &&
           std::abs(comparison.deltaTotal(row)) > leastTotalChange(comparison, noise.basis) * larger;
}

} // namespace sundial
