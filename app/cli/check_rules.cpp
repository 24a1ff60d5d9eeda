// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/check_rules.h"

#include "model/frame_name.h"

#include <array>
#include <charconv>
#include <cmath>
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
    CheckOutcome outcome;
    outcome.name = rule.text;
    FrameId row;
    bool isBeyondNoise = sides.noise.basis == NoiseBasis::None;
    outcome.before = comparison.before.total;
    outcome.after = comparison.after.total;
    if (rule.subject == RuleSubject::Whole) {
        isBeyondNoise = isBeyondNoise || sides.noise.totalBeyond;
        row = sides.verdict.target;
    } else {
        row = findFunction(comparison, rule.function);
        if (!row)
            return Error{ErrorKind::Malformed, "the rule '" + rule.text + "' names a function that is on neither side"};
        switch (rule.subject) {
        case RuleSubject::FunctionSelf:
            outcome.before = comparison.before.self(row);
            outcome.after = comparison.after.self(row);
            isBeyondNoise = isBeyondNoise || sides.noise.isBeyond(row);
            break;
        case RuleSubject::FunctionTotal:
            outcome.before = comparison.before.totalOf(row);
            outcome.after = comparison.after.totalOf(row);
            isBeyondNoise = true; // the noise of totals is not measured
            break;
        case RuleSubject::FunctionCalls:
            if (comparison.before.calls(row) == kCallsUnknown || comparison.after.calls(row) == kCallsUnknown)
                return Error{ErrorKind::Malformed, "the rule '" + rule.text + "' needs calls, which were not counted"};
            outcome.before = double(comparison.before.calls(row));
            outcome.after = double(comparison.after.calls(row));
            isBeyondNoise = true;
            break;
        case RuleSubject::Whole:
            break;
        }
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
    if (comparison.before.isPartial || comparison.after.isPartial) {
        outcome.isPassed = false;
        outcome.message += "; a file was cut short, so that nothing can be judged by it";
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
