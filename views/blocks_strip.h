// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of one function over a capture's time, small.
#pragma once

#include "model/memory_stats.h"
#include "views/theme.h"

#include <QWidget>

#include <vector>

namespace sundial
{

/// What lives at each measurement of a capture.
struct BlockSeries {
    MemoryTimeline timeline;   ///< Its times alone: a closed capture is not kept.
    std::vector<double> bytes; ///< By measurement.

    /// Index of the largest; the first of equals.
    std::size_t largest() const;
};

/// An area of steps; its tooltip tells how much lived at the pointer's time.
class BlocksStrip : public QWidget
{
    Q_OBJECT

public:
    explicit BlocksStrip(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setSeries(BlockSeries series);
    const BlockSeries& series() const { return m_series; }
    /// "71.3 MiB at 31.4 s"
    QString textAt(std::size_t index) const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// 0…1 from the first measurement to the last.
    double placeOf(std::size_t index) const;

    const Theme* m_theme;
    BlockSeries m_series;
};

} // namespace sundial
