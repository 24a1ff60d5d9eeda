// SPDX-License-Identifier: GPL-3.0-or-later
// Memory over time: the heap, the resident size, the high-water mark, and a range that can be chosen.
#pragma once

#include "views/view_context.h"

#include <QWidget>

#include <optional>

class QCPGraph;
class QCPItemText;
class QCPItemTracer;
class QCustomPlot;
class QToolButton;

namespace sundial
{

class RangeBrush;

/// Follows the context; hidden where there is no time to show, and flatter where its parent is low. The chosen range is
/// told, and comes back as that of the context's analysis.
class MemoryChart : public QWidget
{
    Q_OBJECT

public:
    explicit MemoryChart(const ViewContext* context, QWidget* parent = nullptr);

    RangeBrush* brush() const { return m_brush; }
    /// "18.0 s – 36.5 s · 18.5 s of 48.2 s · high-water mark of this range"; empty without a range.
    const QString& rangeSentence() const { return m_sentence; }

signals:
    void rangeChosen(std::optional<sundial::MemoryRange> range);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitHeight();
    void makePlot();
    void refresh();
    void showTimeline();
    void showRange();
    void applyTheme();

    const ViewContext* m_context;
    ProfilePtr m_profile; ///< Whose timeline is plotted.
    QCustomPlot* m_plot;
    QCPGraph* m_resident = nullptr;
    QCPGraph* m_heap = nullptr;
    QCPGraph* m_inside = nullptr; ///< The heap in the range.
    QCPItemTracer* m_peak = nullptr;
    QCPItemText* m_peakLabel = nullptr;
    RangeBrush* m_brush;
    QToolButton* m_clear;
    QString m_sentence;
};

} // namespace sundial
