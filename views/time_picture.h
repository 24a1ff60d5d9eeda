// SPDX-License-Identifier: GPL-3.0-or-later
// The icicle's other order: what happened one after another, thread by thread, down to a single call.
#pragma once

#include "views/frame_card.h"
#include "views/legend.h"
#include "views/time_paint.h"
#include "views/view_context.h"
#include "views/viewport_animation.h"

#include <QWidget>

#include <optional>

namespace sundial
{

/// Why a profile has no order of time, as a sentence; empty if it has one.
QString whyNoTimeOrder(const Analysis& analysis);

/// Fills the icicle while ViewState::inTimeOrder. Lays out on a worker; shows the range of time that is chosen, or all.
/// Clicks and keys change the context's state as those of the icicle do.
class TimePicture : public QWidget
{
    Q_OBJECT

public:
    explicit TimePicture(ViewContext* context, QWidget* parent);
    ~TimePicture() override;

    bool isBusy() const { return m_progress != nullptr; }
    QString hint() const;
    void paintPicture(QPainter& painter, const QSize& size) const;
    void zoomBy(double factor);
    void fit();
    /// The box where keyboard and assistive technology are; none before the first key.
    const TimePlace& focusedPlace() const { return m_focused; }
    /// What is shown, in the unit of the lanes.
    TimeRange shownTime() const;
    const TimeLayoutPtr& layout() const { return m_layout; }

signals:
    void described(const QString& text);
    void contextMenuRequested(sundial::FrameId frame, sundial::NodeId node, const QPoint& globalPosition);
    void hintChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void forget(); ///< As View::forget().
    bool hasPicture() const { return m_layout && !m_layout->lanes.empty(); }
    void refresh();
    void stateChanged(const ViewState& before);
    TimeScene scene(double labelOpacity) const;
    TimeRange extent() const;
    Viewport fitted(Viewport viewport) const;
    /// The viewport that shows a box from edge to edge.
    Viewport viewportOf(const TimePlace& place) const;
    /// The box of a node nearest to what is shown.
    TimePlace placeOf(NodeId node) const;
    void zoomTo(NodeId node);
    void select(const TimePlace& place, bool zoom);
    void focusPlace(const TimePlace& place);
    void goUp();
    TimePlace stepFrom(const TimePlace& place, int key) const;
    TimePlace nextOfSelected(int direction) const;
    TimePlace middlePlace() const;
    FrameCard describe(const TimePlace& place) const;
    void hover(const QPointF& point, const QPoint& globalPosition);
    void dragTo(const QPointF& point, Qt::KeyboardModifiers modifiers);
    void endDrag();

    ViewContext* m_context;
    ViewportAnimation* m_move;
    AnalysisPtr m_analysis; ///< What m_layout is of, but for the range.
    TimeLayoutPtr m_layout;
    std::shared_ptr<Progress> m_progress; ///< Of the worker that lays out, or null.
    std::optional<TimeRange> m_range;     ///< That the viewport's fractions are of.
    TimePlace m_focused, m_hovered;
    bool m_showsFocus = false;
    bool m_isPinned = false;
    bool m_isZooming = false; ///< By itself: the change of the zoom root that follows is its own.
    std::optional<QPointF> m_press;
    QPointF m_lastDrag;
    bool m_isDragging = false;
    QRectF m_band; ///< Shift+drag: the time to zoom to.
    std::vector<LegendHit> m_legend;
};

} // namespace sundial
