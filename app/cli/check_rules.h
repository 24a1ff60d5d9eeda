// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of `sundial check`: what must not happen between before and after.
//
//   SUBJECT > LIMIT      SUBJECT: total · self(F) · total(F) · calls(F) · the id of a metric (its total)
//                        F is a function by name or file:line(name), or a pattern of them ("parse_*", "*/json/*")
//                        LIMIT: +5% +200ms +1MiB +10 (a change), 2s 100MiB 500 (a value after); < and − as well
//
// A rule fails if it is true. Units: ns us µs ms s min · B KiB MiB GiB kB MB GB · none: the file's own unit, or a
// count.
#pragma once

#include "app/cli/comparison.h"
#include "model/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sundial::cli
{

enum class RuleSubject : std::uint8_t { Whole, FunctionSelf, FunctionTotal, FunctionCalls };
enum class LimitUnit : std::uint8_t { Own, Percent, Seconds, Bytes };

struct CheckRule {
    std::string text; ///< As it was written.
    RuleSubject subject = RuleSubject::Whole;
    std::string metric;   ///< Id, or empty for the one that --metric chooses.
    std::string function; ///< As functionsLike() takes it, else as findFunction() does.
    bool isAbove = true;  ///< '>' rather than '<'.
    bool isChange = true; ///< The limit has a sign: it is about after − before, else about after.
    double limit = 0;     ///< In `unit`; seconds and bytes are whole ones.
    LimitUnit unit = LimitUnit::Own;
};

/// Errors: Malformed, with a sentence about what a rule looks like.
Result<CheckRule> parseRule(std::string_view text);

/// The rules of a TOML file: a list `fail-if` of rules, and a table `[budget]` of subjects and limits that are not to
/// be exceeded (total = "+5%", "self(parse)" = "+10%"). Errors: Io, Malformed; unknown keys are errors.
Result<std::vector<CheckRule>> readBudget(const std::string& path);

struct CheckOutcome {
    std::string name; ///< The rule.
    bool isPassed = true;
    std::string message;          ///< "12.40 s → 13.80 s (+11.3 %)", and why it does not count if it does not.
    double before = 0, after = 0; ///< In the metric's own unit.
    std::string file;             ///< Where the function is, or empty.
    std::uint32_t line = 0;
};
/// Judges one rule on the comparison of its metric. A change that lies inside a known noise does not fail. A pattern is
/// judged function by function; before and after are then those of the one that breaks it by most, or comes nearest to
/// it. Errors are wrong usage: no such function, a unit that does not fit.
Result<CheckOutcome> applyRule(const CheckRule& rule, const ComparedSides& sides);
/// Without any rule: fails if the verdict is "slower" (or more memory).
CheckOutcome applyVerdict(const ComparedSides& sides);

} // namespace sundial::cli
