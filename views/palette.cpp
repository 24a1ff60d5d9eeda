// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/palette.h"

#include "views/change_marks.h"
#include "views/text_fit.h"

#include <algorithm>

namespace sundial
{

namespace
{

/// Frames grouped by file or by kind, in the shape of a module table, so that one colouring serves all three.
ModuleTable groupFrames(const Analysis& analysis, ColorBy colorBy)
{
    if (colorBy == ColorBy::Module)
        return analysis.modules;
    constexpr const char* kKinds[] = {"Python", "built-in", "native", "kernel", "idle", "other"};
    const FrameTable& frames = analysis.frames();
    FrameTable groups; // one "frame" a group: its name is the group's
    ModuleTable table;
    std::vector<double> self;
    std::vector<ModuleKind> kinds;
    table.ofFrame.resize(frames.size());
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        const FrameId frame{f};
        const std::string_view name = colorBy == ColorBy::Kind ? kKinds[std::size_t(frames.kind(frame))]
                                      : frames.kind(frame) == FrameKind::Builtin ? "built-in"
                                                                                 : shortPath(frames.file(frame));
        const std::uint32_t group = groups.intern({.name = groups.strings().intern(name), .file = {}}).value;
        if (group == self.size()) {
            self.push_back(0);
            kinds.push_back(analysis.modules.of(frame).kind);
        }
        self[group] += analysis.functions().self[f];
        table.ofFrame[f] = ModuleId{group};
    }
    std::vector<std::uint32_t> order(self.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&self](std::uint32_t a, std::uint32_t b) { return self[a] > self[b]; });
    std::vector<std::uint32_t> rank(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        rank[order[i]] = i;
        table.modules.push_back({std::string(groups.name(FrameId{order[i]})), kinds[order[i]], self[order[i]]});
    }
    for (ModuleId& module : table.ofFrame)
        module.value = rank[module.value];
    return table;
}

} // namespace

FramePalette::FramePalette(const Analysis& analysis, const Theme& theme, ColorBy colorBy)
    : m_special(theme.surface.sunken.rgba())
{
    const std::uint32_t count = analysis.frames().size();
    m_own.resize(count);
    for (std::uint32_t f = 0; f < count; ++f)
        m_own[f] = analysis.modules.isOwn(FrameId{f});
    if (colorBy == ColorBy::Change && analysis.comparison) {
        m_isChange = true;
        m_color.reserve(count);
        for (std::uint32_t f = 0; f < count; ++f)
            m_color.push_back(changeFill(changeLook(*analysis.comparison, FrameId{f}, Weight::Total), theme).rgba());
        return;
    }
    if (colorBy == ColorBy::Self || colorBy == ColorBy::Total) {
        const FunctionTable& functions = analysis.functions();
        const std::vector<double>& values = colorBy == ColorBy::Self ? functions.self : functions.total;
        m_isHeat = true;
        m_heatMaximum = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
        m_color.reserve(count);
        for (std::uint32_t f = 0; f < count; ++f)
            m_color.push_back(theme.heatAt(m_heatMaximum > 0 ? values[f] / m_heatMaximum : 0).rgba());
        return;
    }
    const ModuleTable groups = groupFrames(analysis, colorBy == ColorBy::Change ? ColorBy::Module : colorBy);
    colorByGroup(analysis, theme, groups.modules, groups.ofFrame);
}

void FramePalette::colorByGroup(const Analysis& analysis, const Theme& theme, const std::vector<Module>& groups,
                                const std::vector<ModuleId>& ofFrame)
{
    // Gold is kept for the user's code, grey for built-ins; the nine hues go to the largest others by rank.
    std::vector<QColor> fill;
    std::size_t nextHue = 0;
    for (std::uint32_t i = 0; i < groups.size(); ++i) {
        const Module& group = groups[i];
        const double share = analysis.total > 0 ? group.self / analysis.total : 0;
        const bool isOwn = group.kind == ModuleKind::Own;
        const bool isCode = group.kind != ModuleKind::None;
        if (isOwn || group.kind == ModuleKind::Builtin || (isCode && nextHue < Theme::kHues)) {
            fill.push_back(isOwn                               ? theme.module.own
                           : group.kind == ModuleKind::Builtin ? theme.module.builtin
                                                               : theme.module.hues[nextHue++]);
            m_legend.push_back({theme.swatch(fill.back()), displayText(group.name), share, isOwn, ModuleId{i}});
        } else {
            fill.push_back(theme.module.other);
            m_rest.share += share;
            ++m_restCount;
        }
    }
    m_rest.color = theme.swatch(theme.module.other);
    m_color.reserve(ofFrame.size());
    for (const ModuleId module : ofFrame)
        m_color.push_back(fill[module.value].rgba());
}

} // namespace sundial
