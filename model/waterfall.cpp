// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/waterfall.h"

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
        step.label = comparison.frames.frames.name(row);
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
    case ModuleKind::Builtin:
        break;
    }
    return "built-in";
}

std::vector<WaterfallStep> changesByModule(const Comparison& comparison, bool byOwner)
{
    const FrameTable& frames = comparison.frames.frames;
    std::map<std::string, WaterfallStep> modules;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        const ModuleName module = moduleOf(frames.file(row), frames.name(row), frames.kind(row));
        const std::string label = byOwner ? ownerLabel(module.kind) : std::string(module.name);
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
