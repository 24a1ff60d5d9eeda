// SPDX-License-Identifier: GPL-3.0-or-later
// The metrics of a memory capture as a row of tiles: their totals, and the switch between them.
#pragma once

#include "views/view_context.h"

#include <QWidget>

#include <array>

class QToolButton;

namespace sundial
{

class MetricTile;

/// High-water mark, leaked, temporary, all allocations; in bytes or in blocks, which unitButton() chooses. A metric
/// that the file cannot answer is disabled and says why. Follows the context; hides itself for other profiles.
class MetricTiles : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::size_t kCount = 4;

    explicit MetricTiles(const ViewContext* context, QWidget* parent = nullptr);

    /// "Bytes ▾": stands elsewhere in the window, but belongs to the tiles.
    QToolButton* unitButton() const { return m_unit; }
    /// In the order of the screen; for tests and for the keyboard.
    const std::array<MetricTile*, kCount>& tiles() const { return m_tiles; }

signals:
    void metricChosen(sundial::MetricId metric);

private:
    void refresh();
    void choose(std::size_t tile, bool inBlocks);

    const ViewContext* m_context;
    std::array<MetricTile*, kCount> m_tiles{};
    QToolButton* m_unit;
};

} // namespace sundial
