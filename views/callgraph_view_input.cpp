// SPDX-License-Identifier: GPL-3.0-or-later
// The call graph's pointer, wheel and keys.
#include "views/callgraph_view.h"
#include "views/hover_card.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace sundial
{

namespace
{

constexpr double kPanStep = 60;
constexpr double kWheelNotch = 120; // eighths of a degree (QWheelEvent)
constexpr double kPixelsPerNotch = 64;
constexpr double kZoomPerNotch = 1.2;

} // namespace

bool CallGraphView::event(QEvent* event)
{
    // Keys of the picture win over shortcuts of the window that have no modifier.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        constexpr std::array kOwn{Qt::Key_Comma, Qt::Key_Period, Qt::Key_Space, Qt::Key_W,
                                  Qt::Key_S,     Qt::Key_A,      Qt::Key_D};
        if (key->modifiers() == Qt::NoModifier && std::find(kOwn.begin(), kOwn.end(), key->key()) != kOwn.end()) {
            event->accept();
            return true;
        }
    }
    return View::event(event);
}

void CallGraphView::mousePressEvent(QMouseEvent* event)
{
    m_showsFocus = false;
    unpin();
    const QPointF at = event->position();
    if (event->button() == Qt::MiddleButton) {
        goUp();
    } else if (event->button() == Qt::LeftButton) {
        if (m_stopPill.contains(at)) {
            m_loader.stop();
            m_isStopped = true;
            update();
        } else if (m_narrowingPill.contains(at)) {
            goUp();
        } else if (m_leftOutPill.contains(at)) {
            setMaxNodes(m_maxNodes * 2);
        } else {
            m_press = m_lastDrag = at;
        }
    }
}

void CallGraphView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_press && event->buttons().testFlag(Qt::LeftButton)) {
        if ((event->position() - *m_press).manhattanLength() >= QApplication::startDragDistance())
            m_isDragging = true;
        if (m_isDragging) {
            m_viewport.pan(event->position() - m_lastDrag);
            m_lastDrag = event->position();
            moved();
        }
        return;
    }
    hover(nodeAt(event->position()), event->globalPosition().toPoint());
}

void CallGraphView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    m_press.reset();
    if (m_isDragging) {
        m_isDragging = false;
        return;
    }
    if (event->modifiers().testFlag(Qt::AltModifier)) {
        goUp();
        return;
    }
    const std::uint32_t node = nodeAt(event->position());
    m_focused = node;
    context()->select(node == kNone ? FrameId{} : m_picture->graph.nodes[node].frame);
}

void CallGraphView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const std::uint32_t node = nodeAt(event->position());
    if (event->button() == Qt::LeftButton && node != kNone)
        narrowToCallees(m_picture->graph.nodes[node].frame);
}

void CallGraphView::leaveEvent(QEvent*)
{
    hover(kNone, {});
}

void CallGraphView::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        m_viewport.zoom(std::pow(kZoomPerNotch, event->angleDelta().y() / kWheelNotch), event->position());
    } else {
        QPointF pixels = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) / kWheelNotch * kPixelsPerNotch
                                                      : QPointF(event->pixelDelta());
        if (event->modifiers().testFlag(Qt::ShiftModifier))
            pixels = {pixels.y(), pixels.x()};
        m_viewport.pan(pixels);
    }
    moved();
    event->accept();
}

void CallGraphView::keyPressEvent(QKeyEvent* event)
{
    if (!m_picture || m_picture->graph.nodes.empty() ||
        (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))) {
        View::keyPressEvent(event);
        return;
    }
    const std::uint32_t selected = nodeOf(context()->state().selected);
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End: {
        const std::uint32_t start = m_focused != kNone ? m_focused : selected;
        unpin();
        if (start == kNone) { // the first key shows where one is: at the top
            const auto& boxes = m_picture->layout.nodes;
            focusNode(
                std::uint32_t(std::min_element(boxes.begin(), boxes.end(),
                                               [](const QRectF& a, const QRectF& b) { return a.top() < b.top(); }) -
                              boxes.begin()));
        } else if (const std::uint32_t next = stepFrom(start, event->key()); next != kNone) {
            focusNode(next);
        }
        return;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const std::uint32_t node = m_focused != kNone ? m_focused : selected; node != kNone)
            narrowToCallees(m_picture->graph.nodes[node].frame);
        return;
    case Qt::Key_Backspace:
        goUp();
        return;
    case Qt::Key_Space:
        togglePin();
        return;
    case Qt::Key_Escape:
        if (!m_isPinned)
            break;
        unpin();
        return;
    case Qt::Key_Comma:
        stepMatch(-1);
        return;
    case Qt::Key_Period:
        stepMatch(1);
        return;
    case Qt::Key_W:
        zoomIn();
        return;
    case Qt::Key_S:
        zoomOut();
        return;
    case Qt::Key_A:
    case Qt::Key_D:
        m_viewport.pan({event->key() == Qt::Key_A ? kPanStep : -kPanStep, 0});
        moved();
        return;
    default:
        break;
    }
    View::keyPressEvent(event);
}

void CallGraphView::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason;
    update();
}

void CallGraphView::focusOutEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::PopupFocusReason)
        unpin();
    update();
}

void CallGraphView::contextMenuEvent(QContextMenuEvent* event)
{
    hover(kNone, {});
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const std::uint32_t node = byKey ? m_focused : nodeAt(event->pos());
    const FrameId frame = node == kNone ? FrameId{} : m_picture->graph.nodes[node].frame;
    const QPoint at = byKey && frame ? mapToGlobal(placeOf(frame).center().toPoint()) : event->globalPos();
    emit contextMenuRequested(frame, {}, at);
}

} // namespace sundial
