// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter.h"

#include "model/python_frames.h"
#include "model/transform.h"

namespace sundial
{

namespace
{

bool isHiddenBy(FilterKind kind, const FrameTable& frames, FrameId frame)
{
    switch (kind) {
    case FilterKind::HideImports:
        return isImportSystem(frames.name(frame), frames.file(frame)) || isRunpy(frames.file(frame));
    case FilterKind::HideNative:
        return frames.kind(frame) == FrameKind::Native;
    case FilterKind::HideInterpreter:
        return frames.kind(frame) == FrameKind::Native && isInterpreterFile(frames.file(frame));
    default:
        return false;
    }
}

FrameSet framesOf(const FilterStep& step, const FrameTable& frames, const ModuleTable& modules)
{
    FrameSet set(frames.size(), false);
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        const FrameId frame{f};
        if (step.kind == FilterKind::OwnOnly)
            set[f] = !modules.isOwn(frame);
        else if (!takesFrame(step.kind))
            set[f] = isHiddenBy(step.kind, frames, frame);
        else if (step.scope == FilterScope::Module)
            set[f] = modules.ofFrame[f] == modules.ofFrame[step.frame.value];
        else if (step.scope == FilterScope::File)
            set[f] = frames.file(frame) == frames.file(step.frame);
    }
    if (step.frame)
        set[step.frame.value] = true;
    return set;
}

CallTree withoutImports(const CallTree& tree, const FrameTable& frames, NodeMap* map)
{
    FrameSet imports(frames.size(), false), runpy(frames.size(), false);
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        imports[f] = isImportSystem(frames.name(FrameId{f}), frames.file(FrameId{f}));
        runpy[f] = isRunpy(frames.file(FrameId{f}));
    }
    return hideBelow(tree, imports, runpy, map);
}

/// `frameCount` is above every frame of the tree, those of stand-ins included.
CallTree applied(const CallTree& tree, const FilterStep& step, const FrameSet& frames, std::uint32_t frameCount,
                 NodeMap* map)
{
    switch (step.kind) {
    case FilterKind::Focus:
        return focusOn(tree, frames, map);
    case FilterKind::Exclude:
        return ignore(tree, frames, map);
    case FilterKind::Hide:
    case FilterKind::OwnOnly:
    case FilterKind::HideNative:
    case FilterKind::HideInterpreter:
        return hide(tree, frames, map);
    case FilterKind::HideImports:
        break; // its caller has done it
    case FilterKind::ShowFrom:
        return showFrom(tree, frames, map);
    case FilterKind::Collapse: {
        std::vector<std::uint32_t> group(frameCount, kNoGroup);
        for (std::uint32_t f = 0; f < frames.size(); ++f) {
            if (frames[f])
                group[f] = 0;
        }
        return collapseGroups(tree, group, map);
    }
    case FilterKind::FoldRecursion:
        return foldRecursion(tree, frameCount, map);
    }
    return tree;
}

/// `map`, and from where it leads on by `next`.
void follow(NodeMap& map, NodeMap&& next)
{
    if (map.empty()) {
        map = std::move(next);
        return;
    }
    for (std::uint32_t& place : map)
        place = place == kNotShown ? kNotShown : next[place];
}

// The nodes of an estimated tree that stand for no function get frames of their own while the steps run, and their
// counts a column, so that the steps neither mix nor lose them.
constexpr std::uint32_t kStandIns = 2;

CallTree withStandIns(const CallTree& tree, std::uint32_t frameCount)
{
    const TreeEstimate& estimate = *tree.estimate();
    auto topology = std::make_shared<TreeTopology>(*tree.topology());
    std::vector<double> counts(tree.size(), 0.0);
    for (std::uint32_t n = 1; n < tree.size(); ++n) {
        if (estimate.kind[n] == NodeKind::Folded) {
            topology->frame[n] = FrameId{frameCount};
            counts[n] = estimate.foldedCount[n];
        } else if (estimate.kind[n] == NodeKind::Unattributed) {
            topology->frame[n] = FrameId{frameCount + 1};
        }
    }
    std::vector<CallTree::ColumnPtr> columns = tree.columns();
    columns.push_back(std::make_shared<const WeightColumn>(makeWeightColumn(*topology, std::move(counts))));
    return CallTree(std::move(topology), std::move(columns));
}

CallTree withoutStandIns(const CallTree& tree, std::uint32_t frameCount)
{
    auto topology = std::make_shared<TreeTopology>(*tree.topology());
    const std::vector<double>& counts = tree.columns().back()->self;
    const std::size_t size = tree.size();
    auto estimate = std::make_shared<TreeEstimate>(TreeEstimate{.kind = std::vector<NodeKind>(size, NodeKind::Frame),
                                                                .lo = std::vector<double>(size),
                                                                .hi = std::vector<double>(size),
                                                                .calls = std::vector<double>(size),
                                                                .exact = std::vector<bool>(size),
                                                                .callsExact = std::vector<bool>(size),
                                                                .foldedCount = std::vector<std::uint32_t>(size)});
    for (std::uint32_t n = 1; n < size; ++n) {
        const FrameId frame = topology->frame[n];
        if (frame.value < frameCount)
            continue;
        topology->frame[n] = FrameId{};
        estimate->kind[n] = frame.value == frameCount ? NodeKind::Folded : NodeKind::Unattributed;
        estimate->foldedCount[n] = std::uint32_t(counts[n]);
    }
    std::vector<CallTree::ColumnPtr> columns = tree.columns();
    columns.pop_back();
    return CallTree(std::move(topology), std::move(columns), std::move(estimate));
}

} // namespace

HidableFrames hidableFrames(const FrameTable& frames)
{
    const auto has = [&frames](FilterKind kind) {
        std::uint32_t f = 0;
        while (f < frames.size() && !isHiddenBy(kind, frames, FrameId{f}))
            ++f;
        return f < frames.size();
    };
    return {has(FilterKind::HideImports), has(FilterKind::HideNative), has(FilterKind::HideInterpreter)};
}

CallTree filtered(const CallTree& tree, std::span<const FilterStep> steps, const FrameTable& frames,
                  const ModuleTable& modules, NodeMap* map)
{
    if (map)
        map->clear();
    if (steps.empty() || tree.isEmpty())
        return tree;
    const std::uint32_t frameCount = frames.size();
    CallTree result = tree.estimate() ? withStandIns(tree, frameCount) : tree;
    for (const FilterStep& step : steps) {
        NodeMap next;
        NodeMap* const toNext = map ? &next : nullptr;
        result = step.kind == FilterKind::HideImports
                     ? withoutImports(result, frames, toNext)
                     : applied(result, step, framesOf(step, frames, modules), frameCount + kStandIns, toNext);
        if (map)
            follow(*map, std::move(next));
    }
    return tree.estimate() ? withoutStandIns(result, frameCount) : result;
}

} // namespace sundial
