// SPDX-License-Identifier: GPL-3.0-or-later
// The selected function between its callers, a flame above it, and its callees, an icicle below: who leads here, and
// where it goes from here.
#pragma once

#include "model/sandwich.h"
#include "views/frame_card.h"
#include "views/layout/icicle_layout.h"
#include "views/legend.h"
#include "views/tree_scene.h"
#include "views/view.h"
#include "views/viewport_animation.h"

#include <QPointer>

#include <array>
#include <optional>

namespace sundial
{

enum SandwichHalf : std::size_t { kCallers, kCallees };

/// A node of one of the two trees.
struct SandwichPlace {
    std::size_t half = kCallees;
    NodeId node;
    explicit operator bool() const { return bool(node); }
    bool operator==(const SandwichPlace&) const = default;
};

/// Made on a worker, then only read.
struct SandwichPicture {
    Sandwich sides;
    std::array<IcicleLayout, 2> layout;

    const Analysis& analysis(std::size_t half) const { return half == kCallers ? *sides.callers : *sides.callees; }
};
using SandwichPicturePtr = std::shared_ptr<const SandwichPicture>;

class SandwichView : public View
{
public:
    SandwichView(ViewContext* context, QWidget* parent);
    ~SandwichView() override;

    QWidget* optionsWidget() override { return m_options; }
    QString hint() const override
    {
        return hasPicture() ? tr("Click selects another function · wheel scrolls · Ctrl+wheel zooms") : QString();
    }
    bool showsTree() const override { return false; }
    bool isBusy() const override { return m_progress != nullptr; }
    void paintPicture(QPainter& painter, const QSize& size) override;
    void zoomIn() override { zoomBy(0.8); }
    void zoomOut() override { zoomBy(1.25); }
    void fit() override;

protected:
    void forget() override;
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
    /// Where everything stands in a picture of some size.
    struct Parts {
        std::array<QRectF, 2> half, caption;
        QRectF function, legend;
    };
    Parts partsIn(const QSizeF& size) const;
    bool hasPicture() const { return m_picture && !m_picture->sides.isEmpty(); }
    QString emptySentence() const;
    void refresh();
    Viewport fitted(std::size_t half, Viewport viewport, const QRectF& area) const;
    void layOut();
    TreeScene scene(std::size_t half) const;
    void paintParts(QPainter& painter, const Parts& parts, const std::array<Viewport, 2>& viewports) const;
    std::optional<std::size_t> halfAt(const QPointF& point) const;
    SandwichPlace placeAt(const QPointF& point) const;
    QRectF rectOf(const SandwichPlace& place) const;
    FrameId frameOf(const SandwichPlace& place) const;
    FrameCard describe(const SandwichPlace& place) const;
    void hover(const QPointF& point, const QPoint& globalPosition);
    void select(const SandwichPlace& place);
    void focusPlace(const SandwichPlace& place);
    SandwichPlace stepFrom(const SandwichPlace& place, int key) const;
    SandwichPlace sibling(const SandwichPlace& place, int step) const;
    SandwichPlace largestChild(const SandwichPlace& place) const;
    void zoomBy(double factor);

    QPointer<QWidget> m_options;
    std::array<ViewportAnimation*, 2> m_move;
    AnalysisPtr m_analysis; ///< What m_picture is of, with m_function.
    FrameId m_function;
    SandwichPicturePtr m_picture;
    std::shared_ptr<Progress> m_progress; ///< Of the worker whose picture is waited for, or null.
    SandwichPlace m_focused, m_hovered;
    bool m_showsFocus = false;
    std::optional<QPointF> m_press;
    std::size_t m_dragged = kCallees;
    QPointF m_lastDrag;
    bool m_isDragging = false;
    std::vector<LegendHit> m_legend;
};

} // namespace sundial
