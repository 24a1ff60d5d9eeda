// SPDX-License-Identifier: GPL-3.0-or-later
// The call graph: who calls whom, as far as a budget of nodes goes. Its numbers are exact, also where trees are
// estimated.
#pragma once

#include "views/callgraph_loader.h"
#include "views/callgraph_paint.h"
#include "views/graph_viewport.h"
#include "views/view.h"

#include <QPointer>
#include <QTimer>

#include <optional>

class QToolButton;

namespace sundial
{

/// Selects on a click, narrows to one function's callees (or, from elsewhere in the window, its callers) on a double
/// click. What is shown stays, at 55 %, while the next graph is laid out.
class CallGraphView : public View
{
    Q_OBJECT

public:
    CallGraphView(ViewContext* context, QWidget* parent);
    ~CallGraphView() override;

    QWidget* optionsWidget() override { return m_options; }
    QString hint() const override;
    bool showsTree() const override { return false; }
    void paintPicture(QPainter& painter, const QSize& size) override;
    void zoomIn() override;
    void zoomOut() override;
    void fit() override;

    bool isBusy() const override { return m_loader.isRunning(); }
    /// What is painted; null before the first graph is there.
    const CallGraphPicture* picture() const { return m_picture.get(); }
    /// Where a function's box stands, in pixels; empty if it has none.
    QRectF placeOf(FrameId frame) const;
    /// Shows only what `frame` calls.
    void narrowToCallees(FrameId frame);
    /// Shows only what leads to `frame`; where a function below the budget is found.
    void narrowToCallers(FrameId frame);
    /// One step back out of what the two above did.
    void goUp();
    void setMaxNodes(std::uint32_t count);

protected:
    void forget() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    /// What the graph is narrowed to.
    struct Narrowing {
        FrameId frame;
        bool toCallees = true;
    };
    static constexpr std::uint32_t kNone = UINT32_MAX; ///< No node.

    void makeOptions();
    void reload();
    void analysisChanged();
    void stateChanged(const ViewState& before);
    void take(const std::shared_ptr<const CallGraphPicture>& picture);
    void showFrame(FrameId frame);
    /// Narrows to the callers of what showFrame() asked for, if the graph does not show it.
    void findWanted();
    void dropPicture();
    void updateNodesButton();

    std::uint32_t nodeAt(const QPointF& point) const;
    std::uint32_t nodeOf(FrameId frame) const;
    /// The neighbour that a key leads to.
    std::uint32_t stepFrom(std::uint32_t node, int key) const;
    void focusNode(std::uint32_t node);
    void stepMatch(int step);
    void hover(std::uint32_t node, const QPoint& globalPosition);
    void togglePin();
    void unpin();

    QRectF graphArea() const;
    QRectF legendArea() const;
    CallGraphLook look() const;
    QString emptySentence() const;
    QString narrowingText() const;
    void paintNarrowing(QPainter& painter);
    void paintProgress(QPainter& painter);
    void moved();

    AnalysisPtr m_analysis; ///< What m_picture is of.
    std::shared_ptr<const CallGraphPicture> m_picture;
    CallGraphLoader m_loader;
    QTimer m_progressDelay;
    QString m_error;
    bool m_isStopped = false;
    FramePalette m_modules;

    FrameId m_wanted;                   ///< What showFrame() asked for, until a graph is there.
    std::vector<Narrowing> m_narrowing; ///< The last one holds; the others are the way back.
    std::uint32_t m_maxNodes;
    bool m_heatByTotal = false;

    GraphViewport m_viewport;
    bool m_isFitted = true;
    std::uint32_t m_focused = kNone, m_hovered = kNone;
    bool m_showsFocus = false;
    bool m_isPinned = false;
    std::optional<QPointF> m_press;
    QPointF m_lastDrag;
    bool m_isDragging = false;
    QRectF m_leftOutPill, m_narrowingPill, m_stopPill; ///< Where they were painted, for clicks.
    QPointer<QWidget> m_options;                       ///< The window takes it into its header.
    QToolButton* m_nodesButton = nullptr;
};

} // namespace sundial
