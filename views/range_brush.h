// SPDX-License-Identifier: GPL-3.0-or-later
// A range of measurements, chosen on top of a chart over time.
#pragma once

#include "model/memory_range.h"
#include "views/theme.h"

#include <QWidget>

#include <optional>

namespace sundial
{

/// Lies over a chart and lets it through. Dragging makes a range, its ends are handles, its inside moves it; a click
/// beside it or Esc clears it. Arrow keys move it, with Shift its end, with Ctrl its start. A range snaps to
/// measurements and holds at least two; one of everything is none.
class RangeBrush : public QWidget
{
    Q_OBJECT

public:
    using Range = std::optional<MemoryRange>;

    explicit RangeBrush(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Where the measurements lie in the chart's area, from 0 to 1, ascending; at least two for a range to exist.
    void setPlaces(std::vector<double> places);
    /// What the chart keeps free around its area.
    void setChartMargins(const QMargins& margins);
    /// Shows a range without telling.
    void setRange(const Range& range);
    const Range& range() const { return m_range; }
    /// The pixel of a measurement.
    double xOf(std::uint32_t measurement) const;

signals:
    void rangeMoved();  ///< While it is dragged, too.
    void rangeChosen(); ///< Once the user has let go.

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Part : std::uint8_t { None, New, Start, End, Inside };

    QRectF area() const;
    std::uint32_t last() const { return std::uint32_t(m_places.size()) - 1; }
    std::uint32_t measurementAt(double x) const;
    Part partAt(double x) const;
    void showCursor(double x);
    void dragTo(std::uint32_t measurement);
    bool nudge(int key, Qt::KeyboardModifiers modifiers);
    void change(Range range);

    const Theme* m_theme;
    std::vector<double> m_places;
    QMargins m_margins;
    Range m_range;
    Part m_drag = Part::None;
    bool m_hasMoved = false;     ///< Since the button went down: else it was a click.
    Range m_before;              ///< What Esc brings back during a drag.
    std::uint32_t m_grabbed = 0; ///< The measurement under the pointer when the drag began.
};

} // namespace sundial
