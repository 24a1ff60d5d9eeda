// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/verdict.h"

#include "model/frame_name.h"
#include "model/modules.h"
#include "model/source_path.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace sundial
{

namespace
{

/// At least this part of the whole has to move from some functions to others to be called relocated.
constexpr double kRelocatedShare = 0.05;
/// The total may change by this part of what moved and still count as where it was…
constexpr double kRelocatedRemainder = 0.1;
/// …and up to this part, if it is also little of the whole, neither word would be honest.
constexpr double kMixedRemainder = 0.25;
/// Further functions are named if they hold this part of the change.
constexpr double kWorthNaming = 0.05;

struct Change {
    FrameId row;
    double delta = 0;
};

/// The self time that a tracing profiler dropped: of functions that share file, line and name (two comprehensions on one
/// line), cProfile keeps one. What the outermost functions took, and the rows do not add up to; 0 if that is unknown.
double droppedTime(const ComparisonSide& side)
{
    constexpr double kRounding = 0.002, kMost = 0.5;
    if (!side.profile->tree.isEmpty() || side.graph.dialect().sampled || side.total <= 0 || side.graph.edges().empty())
        return 0;
    const FunctionTable& functions = side.graph.functions();
    double outermost = 0;
    for (std::uint32_t i = 0; i < functions.total.size(); ++i)
        outermost += side.graph.callers(FrameId{i}).empty() ? functions.total[i] : 0;
    bool sharesNames = false; // only names that the compiler gives stand twice on a line
    for (std::uint32_t i = 0; i < side.profile->frames.size() && !sharesNames; ++i)
        sharesNames = isSyntheticName(side.profile->frames.name(FrameId{i}));
    const double dropped = outermost - side.total;
    return sharesNames && dropped > kRounding * side.total && dropped < kMost * side.total ? dropped : 0;
}

/// Writes the sentences about one comparison.
class Judge
{
public:
    Judge(const Comparison& comparison, const Noise& noise, const NumberStyle& style)
        : m_comparison(comparison), m_noise(noise), m_style(style)
    {
        for (std::uint32_t i = 0; i < comparison.size(); ++i) {
            const FrameId row{i};
            if (const double delta = comparison.judgedDelta[i]; noise.isBeyond(row) && delta != 0)
                (delta < 0 ? m_fallen : m_risen).push_back({row, delta});
        }
        const auto byWeight = [](const Change& x, const Change& y) { return std::abs(x.delta) > std::abs(y.delta); };
        std::stable_sort(m_fallen.begin(), m_fallen.end(), byWeight);
        std::stable_sort(m_risen.begin(), m_risen.end(), byWeight);
        for (const Change& change : m_fallen)
            m_moved -= change.delta;
        double risen = 0;
        for (const Change& change : m_risen)
            risen += change.delta;
        m_moved = std::min(m_moved, risen);
        if (!comparison.isShares && comparison.normalisedTo.empty()) {
            m_droppedBefore = droppedTime(comparison.before);
            m_droppedAfter = droppedTime(comparison.after);
        }
    }

    Verdict ofWhole() const
    {
        const double delta = m_comparison.delta();
        const double whole = std::max(m_comparison.before.total, m_comparison.after.total);
        const bool relocated = m_moved >= kRelocatedShare * whole;
        const double least = leastTotalChange(m_comparison, m_noise.basis) * whole;
        const double withDropped = delta + m_droppedAfter - m_droppedBefore;
        if (!relocated && m_noise.totalBeyond && std::abs(delta) > least && std::abs(withDropped) <= least)
            return ofNoChange();
        if (relocated && (!m_noise.totalBeyond || std::abs(delta) < kRelocatedRemainder * m_moved))
            return ofRelocation();
        if (!m_noise.totalBeyond)
            return ofNoChange();
        if (relocated && std::abs(delta) < std::min(kMixedRemainder * m_moved, kRelocatedShare * whole))
            return ofMixture();
        return ofChange();
    }

    Verdict ofTarget(FrameId target) const;

private:
    std::string name(FrameId row) const { return sentenceName(m_comparison.frames.frames, row); }
    std::string value(double v) const { return comparedValue(m_comparison, v, m_style); }
    std::string signedValue(double v) const { return comparedDelta(m_comparison, v, m_style); }

    /// "12.40 s → 3.10 s"
    std::string fromTo(double before, double after) const { return value(before) + " → " + value(after); }

    /// "−75.0 %, 4.00×": the factor is at least 1, the word before it gives the direction.
    std::string changeOf(double before, double after, bool withFactor) const
    {
        if (before == after)
            return {};
        if (before <= 0)
            return signedValue(after - before);
        std::string text = formatPercentDelta((after - before) / before, m_style);
        if (withFactor && after > 0)
            text += ", " + factor(std::max(before, after) / std::min(before, after));
        return text;
    }

    std::string factor(double ratio) const
    {
        DisplayUnit unit;
        unit.decimals = ratio < 100 ? 2 : 0;
        return formatCell(ratio, unit, m_style) + "×";
    }

    std::string_view word(bool less) const
    {
        const Unit unit = m_comparison.metric.unit;
        if (unit == Unit::Bytes)
            return less ? "Less memory" : "More memory";
        if (isTime(unit) || unit == Unit::Samples)
            return less ? "Faster" : "Slower";
        return less ? "Less" : "More";
    }

    /// ", by fewer calls (1,000 → 1)"; empty where calls are not counted.
    std::string reason(FrameId row) const
    {
        if (m_comparison.judgedDelta[row.value] * m_comparison.deltaSelf(row) < 0)
            return {}; // what it calls is counted for it: its own calls and costs are no reason
        const ChangeCause cause = changeCause(m_comparison, row);
        switch (cause) {
        case ChangeCause::MoreCalls:
        case ChangeCause::FewerCalls:
            return ", by " + std::string(changeCauseText(cause)) + " (" +
                   formatCount(double(m_comparison.before.calls(row)), m_style) + " → " +
                   formatCount(double(m_comparison.after.calls(row)), m_style) + ")";
        case ChangeCause::DearerCalls:
        case ChangeCause::CheaperCalls:
            return ", by " + std::string(changeCauseText(cause));
        default:
            return {};
        }
    }

    /// The function of the user's own that calls a library or built-in function, if the change is mostly its doing.
    std::string onBehalfOf(FrameId row) const
    {
        const FrameTable& frames = m_comparison.frames.frames;
        const auto isOwn = [&frames](FrameId f) {
            return moduleOf(frames.file(f), frames.name(f), frames.kind(f)).kind == ModuleKind::Own;
        };
        if (isOwn(row))
            return {};
        std::vector<Change> callers;
        const auto add = [&](const CallGraph& graph, double sign) {
            for (const EdgeId e : graph.callers(row)) {
                const Edge& edge = graph.edge(e);
                const auto known = std::find_if(callers.begin(), callers.end(),
                                                [&edge](const Change& c) { return c.row == edge.caller; });
                Change& caller = known == callers.end() ? callers.emplace_back(Change{edge.caller, 0}) : *known;
                caller.delta += sign * edge.self;
            }
        };
        constexpr std::size_t kMostCallers = 64;
        if (m_comparison.before.graph.callers(row).size() + m_comparison.after.graph.callers(row).size() > kMostCallers)
            return {};
        add(m_comparison.before.graph, -1);
        add(m_comparison.after.graph, 1);
        for (const Change& caller : callers) {
            if (isOwn(caller.row) && caller.delta / m_comparison.deltaSelf(row) > 0.5)
                return ", called by " + name(caller.row) + ",";
        }
        return {};
    }

    /// "tags_of, no longer called, holds 36.1 % of it." The first sentence of the evidence. In shares of the change, or,
    /// where more fell than the total did, in its own unit.
    std::string holder(const Change& change, double delta, bool inShares) const
    {
        const MatchKind match = m_comparison.match(change.row).kind;
        const std::string amount =
            inShares ? " holds " + formatPercent(change.delta / delta, m_style) + " of it" : " " + verbAndAmount(change);
        std::string text = name(change.row);
        if (match == MatchKind::New)
            text += ", which is new,";
        else if (match == MatchKind::Removed)
            text += ", no longer called,";
        else
            text += onBehalfOf(change.row);
        return text + amount + reason(change.row) + ".";
    }

    /// "takes 5.00 s less", "costs 11.00 s", "saves 11.00 s".
    std::string verbAndAmount(const Change& change) const
    {
        const std::string amount = value(std::abs(change.delta));
        switch (m_comparison.match(change.row).kind) {
        case MatchKind::New:
            return "costs " + amount;
        case MatchKind::Removed:
            return "saves " + amount;
        default:
            return "takes " + amount + (change.delta < 0 ? " less" : " more");
        }
    }

    /// "chop_cells is new and costs 44.47 ms." A change that stands on its own.
    std::string single(const Change& change) const
    {
        const std::string amount = value(std::abs(change.delta));
        switch (m_comparison.match(change.row).kind) {
        case MatchKind::New:
            return name(change.row) + " is new and costs " + amount + ".";
        case MatchKind::Removed:
            return name(change.row) + " is no longer called and saves " + amount + ".";
        default:
            return name(change.row) + " takes " + amount + (change.delta < 0 ? " less" : " more") + reason(change.row) +
                   ".";
        }
    }

    /// The ones after the first that are worth naming, and what share of the change they hold.
    struct Further {
        std::vector<Change> changes;
        double share = 0;
    };
    Further furtherOf(const std::vector<Change>& changes, double delta) const
    {
        Further further;
        for (std::size_t i = 1; i < std::min<std::size_t>(3, changes.size()); ++i) {
            if (changes[i].delta / delta < kWorthNaming)
                break;
            further.share += changes[i].delta / delta;
            further.changes.push_back(changes[i]);
        }
        return further;
    }

    std::string furtherText(const Further& further, double delta, double first, bool inShares) const
    {
        if (further.changes.empty())
            return {};
        const bool isOne = further.changes.size() == 1;
        std::string text = ' ' + name(further.changes[0].row);
        if (!isOne)
            text += " and " + name(further.changes[1].row);
        if (!inShares)
            return text + (isOne ? " takes another " : " take another ") + value(std::abs(further.share * delta)) +
                   (delta < 0 ? " less." : " more.");
        const bool isRest = std::abs(first + further.share - 1) < 0.02;
        return text + (isOne ? " gives" : " give") +
               (isRest ? " the rest." : " another " + formatPercent(further.share, m_style) + ".");
    }

    /// Where much code came or went, its functions hold little one by one: " In all, 33 functions are new and hold 96.9 %
    /// of it, most below debug." Those that were named are among them.
    std::string massText(double delta, double namedShare) const
    {
        constexpr std::size_t kMany = 4;
        constexpr double kMostOfIt = 0.5, kNamedEnough = 0.8;
        const MatchKind kind = delta > 0 ? MatchKind::New : MatchKind::Removed;
        std::size_t count = 0;
        double sum = 0;
        for (std::uint32_t i = 0; i < m_comparison.size(); ++i) {
            const double change = m_comparison.judgedDelta[i]; // 0 for what is judged with its callers
            if (m_comparison.match(FrameId{i}).kind == kind && change != 0) {
                ++count;
                sum += change;
            }
        }
        if (count < kMany || sum / delta < kMostOfIt || namedShare > kNamedEnough)
            return {};
        const std::string part = sum / delta <= 1 ? formatPercent(sum / delta, m_style) + " of it" : value(std::abs(sum));
        const FrameId entry = entryOf(kind);
        return " In all, " + formatCount(double(count), m_style) + " functions are " +
               (delta > 0 ? "new and hold " : "no longer called and held ") + part +
               (entry ? ", most below " + name(entry) : "") + ".";
    }

    /// The function of both sides that calls most of what only one side has.
    FrameId entryOf(MatchKind kind) const
    {
        const CallGraph& graph = (kind == MatchKind::New ? m_comparison.after : m_comparison.before).graph;
        std::vector<double> below(m_comparison.size(), 0);
        FrameId entry;
        for (const Edge& edge : graph.edges()) {
            if (m_comparison.match(edge.callee).kind != kind || m_comparison.match(edge.caller).kind == kind)
                continue;
            below[edge.caller.value] += edge.total;
            if (!entry || below[edge.caller.value] > below[entry.value])
                entry = edge.caller;
        }
        return entry;
    }

    Verdict ofChange() const
    {
        const double before = m_comparison.before.total, after = m_comparison.after.total, delta = after - before;
        const bool less = delta < 0;
        const std::vector<Change>& along = less ? m_fallen : m_risen;
        const std::vector<Change>& against = less ? m_risen : m_fallen;
        Verdict verdict;
        verdict.kind = less ? VerdictKind::Faster : VerdictKind::Slower;
        verdict.title = std::string(word(less)) + ": " + fromTo(before, after);
        verdict.change = changeOf(before, after, true);
        if (along.empty()) {
            verdict.evidence = "No single function holds it.";
            return verdict;
        }
        verdict.target = along[0].row;
        const double first = along[0].delta / delta;
        const Further further = furtherOf(along, delta);
        constexpr double kRounding = 0.005;
        const bool inShares = first + further.share <= 1 + kRounding;
        verdict.evidence = holder(along[0], delta, inShares) + furtherText(further, delta, first, inShares) +
                           massText(delta, first + further.share);
        verdict.evidence += droppedText(delta);
        if (!against.empty() && std::abs(against[0].delta) >= kWorthNaming * std::abs(delta))
            verdict.evidence += ' ' + single(against[0]);
        constexpr double kDoubtful = 0.05;
        if (m_noise.basis == NoiseBasis::None && isTime(m_comparison.metric.unit) &&
            std::abs(delta) < kDoubtful * std::max(before, after))
            verdict.evidence += " One run a side can differ by as much: several would tell.";
        return verdict;
    }

    /// "fill_price_cache (+210.40 ms, new) and tax (+12.00 ms)"
    std::string listOf(const std::vector<Change>& changes) const
    {
        std::string text;
        for (std::size_t i = 0; i < std::min<std::size_t>(2, changes.size()); ++i) {
            if (i > 0 && std::abs(changes[i].delta) < kWorthNaming * std::abs(changes[0].delta))
                break;
            const MatchKind match = m_comparison.match(changes[i].row).kind;
            text += (i > 0 ? " and " : "") + name(changes[i].row) + " (" + signedValue(changes[i].delta);
            text += match == MatchKind::New ? ", new)" : match == MatchKind::Removed ? ", no longer called)" : ")";
        }
        return text;
    }

    Verdict ofRelocation() const
    {
        const double before = m_comparison.before.total, after = m_comparison.after.total;
        Verdict verdict;
        verdict.kind = VerdictKind::Relocated;
        verdict.title = m_comparison.isShares ? "Relocated: the shares moved" : "Relocated: " + fromTo(before, after);
        verdict.change = m_comparison.isShares ? "" : changeOf(before, after, false);
        verdict.target = m_fallen[0].row;
        verdict.evidence = name(m_fallen[0].row) + " fell by " + value(std::abs(m_fallen[0].delta)) +
                           ", but the total did not" + (isWithinNoise(before, after) ? " beyond the noise" : "") +
                           ": it went to " + listOf(m_risen) + ".";
        return verdict;
    }

    /// Whether a total that seems to have changed lies inside the noise.
    bool isWithinNoise(double before, double after) const
    {
        return !m_noise.totalBeyond &&
               std::abs(after - before) > leastTotalChange(m_comparison, m_noise.basis) * std::max(before, after);
    }

    Verdict ofMixture() const
    {
        const double before = m_comparison.before.total, after = m_comparison.after.total;
        Verdict verdict;
        verdict.kind = VerdictKind::Mixed;
        verdict.title = "Mixed: " + fromTo(before, after);
        verdict.change = changeOf(before, after, false);
        verdict.target = (after < before ? m_fallen : m_risen)[0].row;
        verdict.evidence = "Less in " + listOf(m_fallen) + "; more in " + listOf(m_risen) + ".";
        return verdict;
    }

    Verdict ofNoChange() const
    {
        const double before = m_comparison.before.total, after = m_comparison.after.total;
        Verdict verdict;
        verdict.title = m_comparison.isShares ? "No change of the shares beyond the noise"
                                              : "No change beyond the noise: " + fromTo(before, after);
        verdict.change = m_comparison.isShares ? "" : changeOf(before, after, false);
        verdict.evidence = noiseText() + droppedText(after - before);
        const std::vector<Change>& larger =
            m_risen.empty() || (!m_fallen.empty() && std::abs(m_fallen[0].delta) > m_risen[0].delta) ? m_fallen
                                                                                                     : m_risen;
        // Without any knowledge of the noise, only what is out of all proportion.
        const double worthMentioning = m_noise.basis == NoiseBasis::None ? 0.01 : 0.005;
        const auto isOwnTimes = [&](const Change& change) {
            const double b = m_comparison.before.judgedSelf[change.row.value],
                         a = m_comparison.after.judgedSelf[change.row.value];
            return std::abs(change.delta) > 0.2 * std::max(b, a);
        };
        if (!larger.empty() && std::abs(larger[0].delta) > worthMentioning * std::max(before, after) &&
            (m_noise.basis != NoiseBasis::None || isOwnTimes(larger[0])))
            verdict.evidence += ' ' + single(larger[0]);
        return verdict;
    }

    /// Where what cProfile dropped is a part of the change: " Of functions that share …: before lacks 12.05 ms."
    std::string droppedText(double delta) const
    {
        constexpr double kPart = 0.1, kPartOfWhole = 0.005;
        const double whole = std::max(m_comparison.before.total, m_comparison.after.total);
        if (std::abs(m_droppedAfter - m_droppedBefore) <= std::max(kPart * std::abs(delta), kPartOfWhole * whole))
            return {};
        std::string sides;
        for (const auto& [side, dropped] : {std::pair("before", m_droppedBefore), std::pair("after", m_droppedAfter)}) {
            if (dropped > 0)
                sides += (sides.empty() ? "" : ", ") + std::string(side) + " lacks " + value(dropped);
        }
        return " Of functions that share a name and a line cProfile keeps one: " + sides + ".";
    }

    std::string noiseText() const
    {
        if (!m_comparison.isShares && m_comparison.before.total == m_comparison.after.total && m_fallen.empty() &&
            m_risen.empty())
            return "The totals are equal.";
        switch (m_noise.basis) {
        case NoiseBasis::Runs:
            return "Over " + std::to_string(m_comparison.before.runs()) + " and " +
                   std::to_string(m_comparison.after.runs()) + " runs the totals spread by " +
                   value(m_noise.totalSpreadBefore) + " and " + value(m_noise.totalSpreadAfter) + ".";
        case NoiseBasis::Samples:
            return "As many samples vary by chance alone.";
        case NoiseBasis::Profilers:
            return "Tracing every call takes time of its own, and samples vary by chance: two profilers of one program "
                   "differ by as much.";
        case NoiseBasis::None:
            break;
        }
        if (m_noise.evenShift && std::abs(*m_noise.evenShift) > leastTotalChange(m_comparison, m_noise.basis))
            return "All functions are called as often and cost about " +
                   formatPercent(std::abs(*m_noise.evenShift), m_style) + (*m_noise.evenShift < 0 ? " less" : " more") +
                   " alike: so does a machine that is " + (*m_noise.evenShift < 0 ? "less busy." : "busier.") +
                   " Several runs a side would tell.";
        return "Two runs of one program may differ by " +
               formatPercent(leastTotalChange(m_comparison, m_noise.basis), m_style) + ".";
    }

    const Comparison& m_comparison;
    const Noise& m_noise;
    NumberStyle m_style;
    std::vector<Change> m_fallen, m_risen; ///< Beyond the noise, largest first.
    double m_moved = 0;                    ///< What fell in some functions and rose in others.
    double m_droppedBefore = 0, m_droppedAfter = 0;
};

Verdict Judge::ofTarget(FrameId target) const
{
    const double before = m_comparison.before.totalOf(target), after = m_comparison.after.totalOf(target);
    const double delta = after - before, whole = std::max(m_comparison.before.total, m_comparison.after.total);
    const double least = leastTotalChange(m_comparison, m_noise.basis);
    const bool targetChanged = std::abs(delta) > least * std::max(before, after) && std::abs(delta) > 0.001 * whole;
    Verdict verdict = ofWhole();
    const bool totalFell = verdict.kind == VerdictKind::Faster, totalRose = verdict.kind == VerdictKind::Slower;
    verdict.target = target;
    verdict.change = changeOf(m_comparison.before.total, m_comparison.after.total, totalFell || totalRose);
    const std::string totals = fromTo(m_comparison.before.total, m_comparison.after.total);
    const std::string targetText = name(target) + ": " + fromTo(before, after) +
                                   (before > 0 && delta != 0 ? " (" + changeOf(before, after, false) + ")" : "") +
                                   (targetChanged ? reason(target) : ", no change") + ".";
    if (!targetChanged || (delta < 0 && totalFell) || (delta > 0 && totalRose)) {
        verdict.evidence = targetText + ' ' + verdict.evidence;
        return verdict;
    }
    if (!totalFell && !totalRose && std::abs(delta) <= least * whole) {
        verdict.evidence = targetText + " That is too little to move the total. " + verdict.evidence;
        return verdict;
    }
    if (!totalFell && !totalRose) {
        verdict.kind = VerdictKind::Relocated;
        verdict.title = "Relocated: " + totals;
        const std::vector<Change>& others = delta < 0 ? m_risen : m_fallen;
        verdict.evidence = targetText + " The total did not follow";
        verdict.evidence +=
            others.empty() ? "." : (delta < 0 ? ": it went to " : ": it came from ") + listOf(others) + ".";
        return verdict;
    }
    verdict.kind = VerdictKind::Mixed;
    verdict.title = "Mixed: " + totals;
    verdict.evidence = targetText + " The total went the other way: " + listOf(totalFell ? m_fallen : m_risen) + ".";
    return verdict;
}

} // namespace

std::string Verdict::text() const
{
    return title + (change.empty() ? "" : " (" + change + ")") + "." + (evidence.empty() ? "" : ' ' + evidence);
}

Verdict judge(const Comparison& comparison, const Noise& noise, FrameId target, const NumberStyle& style)
{
    const Judge judge(comparison, noise, style);
    Verdict verdict = target ? judge.ofTarget(target) : judge.ofWhole();
    if (!comparison.normalisedTo.empty())
        verdict.evidence += " The numbers after are scaled to " + comparison.normalisedTo + ".";
    return verdict;
}

std::string_view verdictKindName(VerdictKind kind)
{
    constexpr std::array<std::string_view, 5> kNames{"faster", "slower", "relocated", "unchanged", "mixed"};
    return kNames[std::size_t(kind)];
}

std::string sentenceName(const FrameTable& frames, FrameId row)
{
    const std::string name = frameName(frames, row);
    const bool tellsNothing = isCommonName(name) && frames.kind(row) == FrameKind::Python && !frames.file(row).empty();
    return tellsNothing ? name + " (" + shortLocation(frames, row) + ")" : name;
}

std::string comparedValue(const Comparison& comparison, double value, const NumberStyle& style)
{
    return comparison.isShares ? formatPercent(value, style) : formatValue(value, comparison.metric.unit, style);
}

std::string comparedDelta(const Comparison& comparison, double delta, const NumberStyle& style)
{
    return comparison.isShares ? formatPercentDelta(delta, style) : formatDelta(delta, comparison.metric.unit, style);
}

} // namespace sundial
