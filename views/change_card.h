// SPDX-License-Identifier: GPL-3.0-or-later
// The right side of a comparison: where the change went, from the total before to the total after without a gap, and
// the selected function on both sides.
#pragma once

#include "model/waterfall.h"
#include "views/frame_card.h"
#include "views/view_context.h"

#include <QScrollArea>

class QToolButton;

namespace sundial
{

/// Paints the waterfall; a click on a bar selects its function or searches its module.
class WaterfallChart : public QWidget
{
    Q_OBJECT

public:
    explicit WaterfallChart(ViewContext* context, QWidget* parent = nullptr);
    void setBy(WaterfallBy by);
    const Waterfall& waterfall() const { return m_waterfall; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void refresh();

    ViewContext* m_context;
    WaterfallBy m_by = WaterfallBy::Module;
    Waterfall m_waterfall;
};

/// The selected function before and after, and what its change is made of.
class ChangeDetails : public QWidget
{
    Q_OBJECT

public:
    explicit ChangeDetails(ViewContext* context, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ViewContext* m_context;
};

class ChangeCard : public QScrollArea
{
    Q_OBJECT

public:
    explicit ChangeCard(ViewContext* context, QWidget* parent = nullptr);
    WaterfallChart* chart() const { return m_chart; }

signals:
    /// Asks for what the selected function could be matched with, below a place of the screen.
    void matchMenuRequested(sundial::FrameId row, const QPoint& globalPosition);

private:
    void applyTheme();

    void refreshMatch();

    ViewContext* m_context;
    WaterfallChart* m_chart;
    QToolButton* m_match;
};

} // namespace sundial
