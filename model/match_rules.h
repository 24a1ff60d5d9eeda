// SPDX-License-Identifier: GPL-3.0-or-later
// What the user says about which function is which, by names instead of ids: it holds for another reading of the files
// and for the next recording.
#pragma once

#include "model/function_identity.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sundial
{

/// A function as its file tells it.
struct FunctionName {
    std::string name, file;
    std::uint32_t line = 0;
    bool operator==(const FunctionName&) const = default;
};
FunctionName functionName(const FrameTable& frames, FrameId frame);
/// The function of that name: at its line, else at the nearest line of its file. None if there is none. O(frames).
FrameId findFunction(const FrameTable& frames, const FunctionName& function);

struct MatchRule {
    FunctionName before, after;
    bool isSame = true; ///< These two are one function; else: they are not.
    bool operator==(const MatchRule&) const = default;
};
/// The same rules for exchanged sides.
std::vector<MatchRule> exchanged(std::vector<MatchRule> rules);
/// `rules` with `rule` added, without those that it overrules: a function has one partner.
std::vector<MatchRule> withRule(std::vector<MatchRule> rules, const MatchRule& rule);
/// `rules` without those that speak of either function.
std::vector<MatchRule> withoutRulesOf(std::vector<MatchRule> rules, const FunctionName& before,
                                      const FunctionName& after);
/// Rules about functions that a side does not have say nothing. O(rules · frames).
MatchOverrides overridesOf(std::span<const MatchRule> rules, const FrameTable& before, const FrameTable& after);

} // namespace sundial
