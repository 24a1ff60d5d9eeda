// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/match_rules.h"

#include <algorithm>
#include <utility>

namespace sundial
{

namespace
{

std::uint32_t distance(std::uint32_t x, std::uint32_t y)
{
    return x > y ? x - y : y - x;
}

} // namespace

FunctionName functionName(const FrameTable& frames, FrameId frame)
{
    return {std::string(frames.name(frame)), std::string(frames.file(frame)), frames.line(frame)};
}

FrameId findFunction(const FrameTable& frames, const FunctionName& function)
{
    FrameId nearest;
    for (std::uint32_t i = 0; i < frames.size(); ++i) {
        const FrameId frame{i};
        if (frames.name(frame) == function.name && frames.file(frame) == function.file &&
            (!nearest || distance(frames.line(frame), function.line) < distance(frames.line(nearest), function.line)))
            nearest = frame;
    }
    return nearest;
}

std::vector<MatchRule> exchanged(std::vector<MatchRule> rules)
{
    for (MatchRule& rule : rules)
        std::swap(rule.before, rule.after);
    return rules;
}

std::vector<MatchRule> withRule(std::vector<MatchRule> rules, const MatchRule& rule)
{
    std::erase_if(rules, [&rule](const MatchRule& other) {
        const bool isAboutBoth = other.before == rule.before && other.after == rule.after;
        const bool isAboutOne = other.before == rule.before || other.after == rule.after;
        return isAboutBoth || (rule.isSame && other.isSame && isAboutOne);
    });
    rules.push_back(rule);
    return rules;
}

std::vector<MatchRule> withoutRulesOf(std::vector<MatchRule> rules, const FunctionName& before,
                                      const FunctionName& after)
{
    std::erase_if(rules, [&](const MatchRule& rule) { return rule.before == before || rule.after == after; });
    return rules;
}

MatchOverrides overridesOf(std::span<const MatchRule> rules, const FrameTable& before, const FrameTable& after)
{
    MatchOverrides overrides;
    for (const MatchRule& rule : rules) {
        const FrameId b = findFunction(before, rule.before), a = findFunction(after, rule.after);
        if (b && a)
            (rule.isSame ? overrides.same : overrides.different).emplace_back(b, a);
    }
    return overrides;
}

} // namespace sundial
