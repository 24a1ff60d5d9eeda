// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/check_rules.h"

#include "model/frame_name.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace sundial::cli
{

namespace
{

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

struct UnitWord {
    std::string_view word;
    LimitUnit unit;
    double factor;
};
constexpr double kKibi = 1024;
constexpr std::array<UnitWord, 16> kUnits{{{"", LimitUnit::Own, 1},
                                           {"%", LimitUnit::Percent, 1},
                                           {"ns", LimitUnit::Seconds, 1e-9},
                                           {"us", LimitUnit::Seconds, 1e-6},
                                           {"µs", LimitUnit::Seconds, 1e-6},
                                           {"ms", LimitUnit::Seconds, 1e-3},
                                           {"s", LimitUnit::Seconds, 1},
                                           {"min", LimitUnit::Seconds, 60},
                                           {"B", LimitUnit::Bytes, 1},
                                           {"KiB", LimitUnit::Bytes, kKibi},
                                           {"MiB", LimitUnit::Bytes, kKibi* kKibi},
                                           {"GiB", LimitUnit::Bytes, kKibi* kKibi* kKibi},
                                           {"kB", LimitUnit::Bytes, 1e3},
                                           {"KB", LimitUnit::Bytes, 1e3},
                                           {"MB", LimitUnit::Bytes, 1e6},
                                           {"GB", LimitUnit::Bytes, 1e9}}};

Error badRule(std::string_view text)
{
    return {ErrorKind::Malformed, "'" + std::string(text) + "' is no rule", Error::kNoOffset,
            "write 'total>+5%', 'self(parse)>+200ms' or 'peak-bytes>1GiB'"};
}

bool parseLimit(std::string_view text, CheckRule& rule)
{
    constexpr std::string_view kMinus = "−";
    bool isNegative = false;
    rule.isChange = false;
    if (text.substr(0, kMinus.size()) == kMinus || (!text.empty() && (text[0] == '-' || text[0] == '+'))) {
        rule.isChange = true;
        isNegative = text[0] != '+';
        text.remove_prefix(text[0] == '-' || text[0] == '+' ? 1 : kMinus.size());
    }
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), rule.limit);
    if (failure != std::errc() || !std::isfinite(rule.limit) || rule.limit < 0)
        return false;
    const std::string_view word = trimmed(text.substr(std::size_t(end - text.data())));
    for (const UnitWord& unit : kUnits) {
        if (unit.word != word)
            continue;
        rule.unit = unit.unit;
        rule.limit *= isNegative ? -unit.factor : unit.factor;
        return rule.isChange || unit.unit != LimitUnit::Percent; // a percentage is of the value before
    }
    return false;
}

/// "self(parse)" and the like; what is no function is a metric.
bool parseSubject(std::string_view text, CheckRule& rule)
{
    constexpr std::array<std::pair<std::string_view, RuleSubject>, 3> kFunctions{
        {{"self(", RuleSubject::FunctionSelf},
         {"total(", RuleSubject::FunctionTotal},
         {"calls(", RuleSubject::FunctionCalls}}};
    for (const auto& [word, subject] : kFunctions) {
        if (text.substr(0, word.size()) != word)
            continue;
        rule.subject = subject;
        rule.function = trimmed(text.substr(word.size(), text.size() - word.size() - 1));
        return text.back() == ')' && !rule.function.empty();
    }
    if (text.empty() || text.find_first_of(" \t()") != text.npos)
        return false;
    if (text != "total")
        rule.metric = text;
    return true;
}

/// The limit in the unit of the numbers that it is compared with; a percentage is of `before`.
Result<double> limitIn(const CheckRule& rule, const Comparison& comparison, double before)
{
    const Unit unit = comparison.metric.unit;
    const auto misfit = [&](const char* what) {
        return Error{ErrorKind::Malformed,
                     "the rule '" + rule.text + "' is about " + what + ", but " +
                         (rule.subject == RuleSubject::FunctionCalls ? "calls are counted"
                          : comparison.isShares                      ? "shares are compared"
                                                : comparison.metric.id + " is in " + std::string(unitName(unit)))};
    };
    const bool isCount = rule.subject == RuleSubject::FunctionCalls || comparison.isShares;
    switch (rule.unit) {
    case LimitUnit::Percent:
        return rule.limit / 100 * before;
    case LimitUnit::Seconds:
        if (isCount || !isTime(unit))
            return misfit("time");
        return rule.limit / secondsPer(unit);
    case LimitUnit::Bytes:
        if (isCount || unit != Unit::Bytes)
            return misfit("bytes");
        return rule.limit;
    case LimitUnit::Own:
        break;
    }
    return rule.limit;
}

std::string valueText(const CheckRule& rule, const Comparison& comparison, double value)
{
    return rule.subject == RuleSubject::FunctionCalls ? formatCount(value) : comparedValue(comparison, value);
}

void setPlace(CheckOutcome& outcome, const Comparison& comparison, FrameId row)
{
    if (!row || comparison.frames.frames.kind(row) != FrameKind::Python)
        return;
    outcome.file = comparison.frames.frames.file(row);
    outcome.line = comparison.frames.frames.line(row);
}

Error nameless(const CheckRule& rule)
{
    return {ErrorKind::Malformed, "the rule '" + rule.text + "' names a function that is on neither side"};
}

/// Judges the rule on one function, or on the whole. Of one among `many` functions only a change beyond the noise
/// counts, known or assumed: of a thousand, some always differ.
Result<CheckOutcome> judgeRow(const CheckRule& rule, const ComparedSides& sides, FrameId row, bool isOneOfMany)
{
    const Comparison& comparison = *sides.comparison;
    CheckOutcome outcome;
    outcome.name = rule.text;
    const bool isNoiseKnown = sides.noise.basis != NoiseBasis::None;
    bool isBeyondNoise = true;
    switch (rule.subject) {
    case RuleSubject::Whole:
        outcome.before = comparison.before.total;
        outcome.after = comparison.after.total;
        isBeyondNoise = !isNoiseKnown || sides.noise.totalBeyond;
        break;
    case RuleSubject::FunctionSelf:
        outcome.before = comparison.before.self(row);
        outcome.after = comparison.after.self(row);
        isBeyondNoise = (!isNoiseKnown && !isOneOfMany) || sides.noise.isBeyond(row);
        break;
    case RuleSubject::FunctionTotal:
        outcome.before = comparison.before.totalOf(row);
        outcome.after = comparison.after.totalOf(row);
        isBeyondNoise = !isOneOfMany || isTotalBeyond(comparison, sides.noise, row);
        break;
    case RuleSubject::FunctionCalls:
        if (comparison.before.calls(row) == kCallsUnknown || comparison.after.calls(row) == kCallsUnknown)
            return Error{ErrorKind::Malformed, "the rule '" + rule.text + "' needs calls, which were not counted"};
        outcome.before = double(comparison.before.calls(row));
        outcome.after = double(comparison.after.calls(row));
        break;
    }
    setPlace(outcome, comparison, row);
    const Result<double> limit = limitIn(rule, comparison, outcome.before);
    if (!limit)
        return limit.error();
    const double value = rule.isChange ? outcome.after - outcome.before : outcome.after;
    const bool isTrue = rule.isAbove ? value > *limit : value < *limit;
    outcome.message = valueText(rule, comparison, outcome.before) + " → " + valueText(rule, comparison, outcome.after);
    if (outcome.before > 0 && outcome.before != outcome.after)
        outcome.message += " (" + formatPercentDelta((outcome.after - outcome.before) / outcome.before) + ")";
    outcome.isPassed = !isTrue || (rule.isChange && !isBeyondNoise);
    if (isTrue && outcome.isPassed)
        outcome.message += ", inside the noise";
    return outcome;
}

/// Judges the rule on each function that its pattern fits. The outcome is that of the one that breaks it by most, and
/// says how many others do; a percentage needs a value before, so that new functions are judged by other limits only.
Result<CheckOutcome> judgeRows(const CheckRule& rule, const ComparedSides& sides, const std::vector<FrameId>& rows)
{
    std::optional<CheckOutcome> worst, closest;
    std::size_t broken = 0, judged = 0;
    FrameId worstRow;
    for (const FrameId row : rows) {
        const Result<CheckOutcome> outcome = judgeRow(rule, sides, row, true);
        if (!outcome)
            return outcome.error();
        if (rule.unit == LimitUnit::Percent && outcome->before <= 0)
            continue;
        ++judged;
        const auto excess = [&rule](const CheckOutcome& o) {
            return (rule.isAbove ? 1 : -1) * (rule.isChange ? o.after - o.before : o.after);
        };
        if (!closest || excess(*outcome) > excess(*closest))
            closest = *outcome;
        if (outcome->isPassed)
            continue;
        ++broken;
        if (!worst || excess(*outcome) > excess(*worst)) {
            worst = *outcome;
            worstRow = row;
        }
    }
    const std::string all = std::to_string(judged) + (judged == 1 ? " function" : " functions");
    if (!worst) {
        CheckOutcome kept;
        kept.name = rule.text;
        if (closest) { // of the function that comes nearest to breaking it
            kept.before = closest->before;
            kept.after = closest->after;
        }
        kept.message = all + ", none breaks it";
        return kept;
    }
    worst->message = sentenceName(sides.comparison->frames.frames, worstRow) + ": " + worst->message;
    if (broken > 1)
        worst->message += ", and " + std::to_string(broken - 1) + " more of " + all;
    return *worst;
}

} // namespace

Result<CheckRule> parseRule(std::string_view text)
{
    CheckRule rule;
    rule.text = trimmed(text);
    // Names of functions may hold < and > ("<lambda>"): the comparison is what follows the last bracket.
    const std::string_view whole = rule.text;
    const std::size_t bracket = whole.rfind(')');
    const std::size_t sign = whole.find_first_of("<>", bracket == whole.npos ? 0 : bracket);
    if (sign == whole.npos)
        return badRule(text);
    rule.isAbove = whole[sign] == '>';
    if (!parseSubject(trimmed(whole.substr(0, sign)), rule) || !parseLimit(trimmed(whole.substr(sign + 1)), rule))
        return badRule(text);
    return rule;
}

Result<CheckOutcome> applyRule(const CheckRule& rule, const ComparedSides& sides)
{
    const Comparison& comparison = *sides.comparison;
    Result<CheckOutcome> outcome = [&]() -> Result<CheckOutcome> {
        if (rule.subject == RuleSubject::Whole)
            return judgeRow(rule, sides, sides.verdict.target, false);
        if (const std::vector<FrameId> rows = functionsLike(comparison, rule.function); !rows.empty())
            return judgeRows(rule, sides, rows);
        const FrameId row = findFunction(comparison, rule.function);
        return row ? judgeRow(rule, sides, row, false) : Result<CheckOutcome>(nameless(rule));
    }();
    if (outcome && (comparison.before.isPartial || comparison.after.isPartial)) {
        outcome->isPassed = false;
        outcome->message += "; a file was cut short, so that nothing can be judged by it";
    }
    return outcome;
}

CheckOutcome applyVerdict(const ComparedSides& sides)
{
    const Comparison& comparison = *sides.comparison;
    CheckOutcome outcome;
    outcome.name = "not slower";
    outcome.before = comparison.before.total;
    outcome.after = comparison.after.total;
    outcome.isPassed =
        sides.verdict.kind != VerdictKind::Slower && !comparison.before.isPartial && !comparison.after.isPartial;
    outcome.message = sides.verdict.title;
    if (!sides.verdict.change.empty())
        outcome.message += " (" + sides.verdict.change + ")";
    if (comparison.before.isPartial || comparison.after.isPartial)
        outcome.message += "; a file was cut short, so that nothing can be judged by it";
    setPlace(outcome, comparison, sides.verdict.target);
    return outcome;
}

} // namespace sundial::cli
