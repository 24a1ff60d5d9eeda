// SPDX-License-Identifier: GPL-3.0-or-later
// TreeView's pointer and keyboard: where keys lead, what hovering shows, which click means what.
#include "views/hover_card.h"
#include "views/tree_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>

namespace sundial
{

NodeId TreeView::siblingAt(NodeId node, int step) const
{
    const CallTree& tree = m_analysis->tree;
    const std::int64_t box = std::int64_t(m_layout->boxOf(node)) + step;
    const std::uint32_t row = tree.depth(node);
    if (box < m_layout->rowBegin(row) || box >= m_layout->rowEnd(row))
        return node;
    const NodeId other = m_layout->node(std::uint32_t(box));
    return tree.parent(other) == tree.parent(node) ? other : node;
}

NodeId TreeView::stepFrom(NodeId node, int key) const
{
    const CallTree& tree = m_analysis->tree;
    const auto outermost = [&](int step) {
        NodeId last = node;
        for (NodeId next = siblingAt(last, step); next != last; next = siblingAt(last, step))
            last = next;
        return last;
    };
    switch (key) {
    case Qt::Key_Left:
        return siblingAt(node, -1);
    case Qt::Key_Right:
        return siblingAt(node, 1);
    case Qt::Key_Home:
        return outermost(-1);
    case Qt::Key_End:
        return outermost(1);
    case Qt::Key_Up:
    case Qt::Key_Down:
        break;
    default:
        return {};
    }
    if ((key == Qt::Key_Up) == isDownward())
        return tree.parent(node);
    std::uint32_t firstBox = IcicleLayout::kNoBox; // the largest child
    tree.forEachChild(node, [&](NodeId child) { firstBox = std::min(firstBox, m_layout->boxOf(child)); });
    return firstBox == IcicleLayout::kNoBox ? node : m_layout->node(firstBox);
}

void TreeView::stepPlace(int step)
{
    const std::vector<NodeId>& all = places();
    if (all.empty())
        return;
    const auto here = std::find(all.begin(), all.end(), context()->state().selectedNode);
    const std::ptrdiff_t count = std::ssize(all);
    const std::ptrdiff_t next = here == all.end() ? 0 : (here - all.begin() + step + count) % count;
    focusNode(all[std::size_t(next)]);
}

void TreeView::dragBy(const QPointF&, const QPointF&, Qt::KeyboardModifiers) {}

void TreeView::hover(NodeId node, const QPoint& globalPosition)
{
    if (m_isPinned)
        return;
    HoverCard* const card = HoverCard::of(this);
    if (!node) {
        card->hide();
        if (m_hovered)
            emit described({});
        m_hovered = {};
        return;
    }
    const FrameCard what = describeNode(*context(), node);
    card->showCard(what, context()->theme(), globalPosition);
    if (node != m_hovered)
        emit described(oneLine(what));
    m_hovered = node;
}

void TreeView::togglePin()
{
    if (m_isPinned) {
        unpin();
        return;
    }
    const NodeId node = m_focused ? m_focused : m_hovered;
    if (!node)
        return;
    const QRectF place = placeOf(node);
    hover(node, mapToGlobal(QPoint(int(place.center().x()), int(place.bottom()))));
    m_isPinned = true;
}

void TreeView::unpin()
{
    m_isPinned = false;
    if (window())
        HoverCard::of(this)->hide();
}

bool TreeView::event(QEvent* event)
{
    // Keys of the picture win over shortcuts of the window that have no modifier.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier &&
            QByteArray(",. wsad").contains(char(key->key() < 128 ? QChar(key->key()).toLower().toLatin1() : 0))) {
            event->accept();
            return true;
        }
    }
    return View::event(event);
}

void TreeView::mousePressEvent(QMouseEvent* event)
{
    m_showsFocus = false;
    if (!hasPicture())
        return;
    unpin();
    if (event->button() == Qt::MiddleButton)
        goUp();
    else if (event->button() == Qt::LeftButton && !pressAt(event->position()))
        m_press = m_lastDrag = event->position();
}

void TreeView::mouseMoveEvent(QMouseEvent* event)
{
    if (!hasPicture())
        return;
    if (m_press && event->buttons().testFlag(Qt::LeftButton)) {
        const bool far = (event->position() - *m_press).manhattanLength() >= QApplication::startDragDistance();
        if (!m_isDragging && far && (canDrag() || event->modifiers().testFlag(Qt::ShiftModifier))) {
            m_isDragging = true;
            hover({}, {});
        }
        if (m_isDragging) {
            dragBy(event->modifiers().testFlag(Qt::ShiftModifier) ? *m_press : m_lastDrag, event->position(),
                   event->modifiers());
            m_lastDrag = event->position();
        }
        return;
    }
    hover(nodeAtPoint(event->position()), event->globalPosition().toPoint());
}

void TreeView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    m_press.reset();
    if (m_isDragging) {
        m_isDragging = false;
        dragEnded();
        return;
    }
    if (!hasPicture())
        return;
    if (event->modifiers().testFlag(Qt::AltModifier))
        goUp();
    else
        select(nodeAtPoint(event->position()), !event->modifiers().testFlag(Qt::ControlModifier));
}

void TreeView::leaveEvent(QEvent*)
{
    hover({}, {});
}

/// What the keyboard acts on: the box that has its focus, else the one that a click has selected, if either shows.
NodeId TreeView::nodeOfKeys() const
{
    if (m_focused)
        return m_focused;
    const NodeId selected = context()->state().selectedNode;
    return selected && m_layout->boxOf(selected) != IcicleLayout::kNoBox ? selected : NodeId{};
}

void TreeView::keyPressEvent(QKeyEvent* event)
{
    if (!hasPicture() || (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))) {
        View::keyPressEvent(event);
        return;
    }
    const NodeId here = nodeOfKeys();
    const NodeId start = here ? here : zoomRoot();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_showsFocus = true;
        activate(start);
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
        stepPlace(-1);
        return;
    case Qt::Key_Period:
        stepPlace(1);
        return;
    case Qt::Key_W:
        zoomIn();
        return;
    case Qt::Key_S:
        zoomOut();
        return;
    case Qt::Key_A:
        panSideways(-0.2);
        return;
    case Qt::Key_D:
        panSideways(0.2);
        return;
    default:
        if (const NodeId next = stepFrom(start, event->key())) {
            unpin();
            focusNode(m_focused ? next : start); // the first key shows where one is
            return;
        }
    }
    View::keyPressEvent(event);
}

void TreeView::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason;
    update();
}

void TreeView::focusOutEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::PopupFocusReason)
        unpin();
    update();
}

void TreeView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!hasPicture())
        return;
    hover({}, {});
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const NodeId node = byKey ? nodeOfKeys() : nodeAtPoint(event->pos());
    const QPoint at = byKey && node ? mapToGlobal(placeOf(node).center().toPoint()) : event->globalPos();
    emit contextMenuRequested(node ? m_analysis->tree.frame(node) : FrameId{}, node, at);
}

} // namespace sundial
