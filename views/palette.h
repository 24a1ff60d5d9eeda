// SPDX-License-Identifier: GPL-3.0-or-later
// The fill of every frame: by module, by cost, by file or by kind.
#pragma once

#include "model/analysis.h"
#include "views/theme.h"
#include "views/view_state.h"

#include <vector>

namespace sundial
{

struct LegendEntry {
    QColor color; ///< For a swatch.
    QString name;
    double share = 0; ///< Of the total, by self.
    bool isOwn = false;
    ModuleId module; ///< None where the entry is no module.
};

/// Colours of all frames of an analysis, computed once: a lookup while painting is one index. O(frames).
class FramePalette
{
public:
    FramePalette() = default;
    FramePalette(const Analysis& analysis, const Theme& theme, ColorBy colorBy);

    QColor color(FrameId frame) const { return QColor::fromRgba(rgba(frame)); }
    QRgb rgba(FrameId frame) const { return frame && frame.value < m_color.size() ? m_color[frame.value] : m_special; }
    /// Own code is written in semibold.
    bool isOwn(FrameId frame) const { return frame && frame.value < m_own.size() && m_own[frame.value]; }
    /// Modules by self time; empty for heat colouring, whose legend is a scale.
    const std::vector<LegendEntry>& legend() const { return m_legend; }
    /// How many modules share the grey of "the rest", and their share.
    const LegendEntry& rest() const { return m_rest; }
    std::uint32_t restCount() const { return m_restCount; }
    /// Coloured by how much a function's total changed; trees colour each node by its own change.
    bool isChange() const { return m_isChange; }
    bool isHeat() const { return m_isHeat; }
    double heatMaximum() const { return m_heatMaximum; } ///< What the last heat step stands for, in the metric's unit.

private:
    void colorByGroup(const Analysis& analysis, const Theme& theme, const std::vector<Module>& groups,
                      const std::vector<ModuleId>& ofFrame);

    std::vector<QRgb> m_color;
    std::vector<bool> m_own;
    std::vector<LegendEntry> m_legend;
    LegendEntry m_rest;
    std::uint32_t m_restCount = 0;
    QRgb m_special = 0;
    bool m_isHeat = false;
    bool m_isChange = false;
    double m_heatMaximum = 0;
};

} // namespace sundial
