// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/waterfall.h"

#include "model/frame_name.h"
#include "model/modules.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace sundial
{

namespace
{

std::vector<WaterfallStep> changesByFunction(const Comparison& comparison)
{
    std::vector<WaterfallStep> changes;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        WaterfallStep step;
        step.label = frameName(comparison.frames.frames, row);
        step.row = row;
        step.before = comparison.before.self(row);
        step.after = comparison.after.self(row);
        changes.push_back(std::move(step));
    }
    return changes;
}

std::string ownerLabel(ModuleKind kind)
{
    switch (kind) {
    case ModuleKind::Own:
        return "own code";
    case ModuleKind::Library:
        return "libraries";
    case ModuleKind::None:
        return "other";
    case ModuleKind::Builtin:
        break;
    }
    return "built-in";
}

/// Own code is named after its folder, and the two sides may lie in two: what the folders of before are called after,
/// as most functions of both sides tell.
std::map<std::string, std::string> renamedModules(const Comparison& comparison)
{
    std::map<std::string, std::map<std::string, int>> votes;
    const FrameTable& before = comparison.before.profile->frames;
    const FrameTable& after = comparison.after.profile->frames;
    for (const FrameMatch& match : comparison.matches) {
        if (!match.before || !match.after)
            continue;
        const ModuleName then =
            moduleOf(before.file(match.before), before.name(match.before), before.kind(match.before));
        const ModuleName now = moduleOf(after.file(match.after), after.name(match.after), after.kind(match.after));
        if (then.kind == ModuleKind::Own && now.kind == ModuleKind::Own)
            ++votes[std::string(then.name)][std::string(now.name)];
    }
    std::map<std::string, std::string> renamed;
    for (const auto& [then, names] : votes) {
        const auto byVotes = [](const auto& x, const auto& y) { return x.second < y.second; };
        renamed[then] = std::max_element(names.begin(), names.end(), byVotes)->first;
    }
    return renamed;
}

std::vector<WaterfallStep> changesByModule(const Comparison& comparison, bool byOwner)
{
    const FrameTable& frames = comparison.frames.frames;
    std::map<std::string, WaterfallStep> modules;
    const std::map<std::string, std::string> renamed = renamedModules(comparison);
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        const ModuleName module = moduleOf(frames.file(row), frames.name(row), frames.kind(row));
        std::string label = byOwner ? ownerLabel(module.kind) : std::string(module.name);
        const bool isGone = comparison.match(row).kind == MatchKind::Removed;
        if (const auto now = renamed.find(label); !byOwner && isGone && module.kind == ModuleKind::Own && now != renamed.end())
            label = now->second;
        WaterfallStep& step = modules[label];
        step.label = label;
        step.before += comparison.before.self(row);
        step.after += comparison.after.self(row);
    }
    std::vector<WaterfallStep> changes;
    for (auto& [label, step] : modules)
        changes.push_back(std::move(step));
    return changes;
}

} // namespace

Waterfall waterfall(const Comparison& comparison, WaterfallBy by, std::size_t largest)
{
    std::vector<WaterfallStep> changes = by == WaterfallBy::Function
                                             ? changesByFunction(comparison)
                                             : changesByModule(comparison, by == WaterfallBy::Owner);
    std::erase_if(changes, [](const WaterfallStep& step) { return step.before == step.after; });
    std::stable_sort(changes.begin(), changes.end(), [](const WaterfallStep& x, const WaterfallStep& y) {
        return std::abs(x.after - x.before) > std::abs(y.after - y.before);
    });
    if (changes.size() > largest + 1) { // a rest of one would save nothing
        WaterfallStep rest;
        rest.folded = changes.size() - largest;
        rest.label = std::to_string(rest.folded) + " smaller";
        for (std::size_t i = largest; i < changes.size(); ++i) {
            rest.before += changes[i].before;
            rest.after += changes[i].after;
        }
        changes.resize(largest);
        changes.push_back(std::move(rest));
    }
    Waterfall result{comparison.before.total, comparison.after.total, std::move(changes)};
    double level = result.before;
    for (WaterfallStep& step : result.steps) {
        step.start = level;
        level += step.after - step.before;
        step.end = level;
    }
    if (!result.steps.empty())
        result.steps.back().end = result.after; // whatever rounding the sums picked up on the way
    return result;
}

} // namespace sundial
