// SPDX-License-Identifier: GPL-3.0-or-later
// SandwichView's pointer and keyboard: where keys lead, what hovering shows.
#include "views/hover_card.h"
#include "views/layout/hit_test.h"
#include "views/number_text.h"
#include "views/sandwich_view.h"
#include "views/viewport_wheel.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>

namespace sundial
{

std::optional<std::size_t> SandwichView::halfAt(const QPointF& point) const
{
    if (!hasPicture())
        return {};
    for (const std::size_t half : {kCallers, kCallees}) {
        if (m_move[half]->shown().area.contains(point))
            return half;
    }
    return {};
}

SandwichPlace SandwichView::placeAt(const QPointF& point) const
{
    if (!hasPicture())
        return {};
    if (partsIn(size()).function.contains(point))
        return {kCallees, NodeId{1}};
    const std::optional<std::size_t> half = halfAt(point);
    if (!half)
        return {};
    const Viewport& v = m_move[*half]->shown();
    return {*half,
            nodeAt(m_picture->layout[*half], v.rowAt(point.y()), v.fractionAt(point.x()), 1 / v.pixelsPerFraction())};
}

QRectF SandwichView::rectOf(const SandwichPlace& place) const
{
    if (place.node.value == 1)
        return partsIn(size()).function;
    const IcicleLayout& layout = m_picture->layout[place.half];
    const std::uint32_t box = layout.boxOf(place.node);
    if (box == IcicleLayout::kNoBox)
        return {};
    const Viewport& v = m_move[place.half]->target();
    const auto row = int(m_picture->analysis(place.half).tree.depth(place.node));
    return QRectF(v.xAt(layout.begin(box)), v.rowTop(row),
                  (layout.end(box) - layout.begin(box)) * v.pixelsPerFraction(), v.rowHeight);
}

FrameId SandwichView::frameOf(const SandwichPlace& place) const
{
    return place ? m_picture->analysis(place.half).tree.frame(place.node) : FrameId{};
}

FrameCard SandwichView::describe(const SandwichPlace& place) const
{
    const Analysis& side = m_picture->analysis(place.half);
    FrameCard card = describeFrame(*context(), frameOf(place));
    if (place.node.value == 1)
        return card;
    const double here = side.tree.total(side.metric, place.node);
    const QString label = place.half == kCallers ? tr("Leads here") : tr("Called from here");
    card.rows.insert(card.rows.begin(), {label, valueText(here, side.metricInfo().unit),
                                         tr("%1 of it").arg(percentText(here / m_picture->sides.total()))});
    return card;
}

void SandwichView::hover(const QPointF& point, const QPoint& globalPosition)
{
    const SandwichPlace place = placeAt(point);
    HoverCard* const card = HoverCard::of(this);
    if (!place) {
        card->hide();
        if (m_hovered)
            emit described({});
        m_hovered = {};
        return;
    }
    const FrameCard what = describe(place);
    card->showCard(what, context()->theme(), globalPosition);
    if (!(place == m_hovered))
        emit described(oneLine(what));
    m_hovered = place;
}

void SandwichView::select(const SandwichPlace& place)
{
    if (const FrameId frame = frameOf(place))
        context()->select(frame);
}

void SandwichView::focusPlace(const SandwichPlace& place)
{
    m_showsFocus = true;
    m_focused = place;
    const IcicleLayout& layout = m_picture->layout[place.half];
    Viewport viewport = m_move[place.half]->target();
    if (place.node.value != 1) {
        const std::uint32_t box = layout.boxOf(place.node);
        const double top = m_picture->analysis(place.half).tree.depth(place.node) * viewport.rowHeight;
        viewport.scroll = std::clamp(viewport.scroll, top + viewport.rowHeight - viewport.area.height(), top);
        if (layout.end(box) <= viewport.begin || layout.begin(box) >= viewport.end)
            viewport.panBy((layout.begin(box) - viewport.begin) * viewport.pixelsPerFraction());
        m_move[place.half]->animateTo(fitted(place.half, viewport, viewport.area));
    }
    const QString text = oneLine(describe(place));
    setAccessibleDescription(text);
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    emit described(text);
    update();
}

SandwichPlace SandwichView::sibling(const SandwichPlace& place, int step) const
{
    const IcicleLayout& layout = m_picture->layout[place.half];
    const CallTree& tree = m_picture->analysis(place.half).tree;
    const std::uint32_t row = tree.depth(place.node);
    const std::int64_t box = std::int64_t(layout.boxOf(place.node)) + step;
    if (box < layout.rowBegin(row) || box >= layout.rowEnd(row))
        return place;
    const NodeId other = layout.node(std::uint32_t(box));
    return tree.parent(other) == tree.parent(place.node) ? SandwichPlace{place.half, other} : place;
}

SandwichPlace SandwichView::largestChild(const SandwichPlace& place) const
{
    const IcicleLayout& layout = m_picture->layout[place.half];
    std::uint32_t first = IcicleLayout::kNoBox;
    m_picture->analysis(place.half).tree.forEachChild(place.node, [&](NodeId child) {
        first = std::min(first, layout.boxOf(child));
    });
    return first == IcicleLayout::kNoBox ? place : SandwichPlace{place.half, layout.node(first)};
}

SandwichPlace SandwichView::stepFrom(const SandwichPlace& place, int key) const
{
    switch (key) {
    case Qt::Key_Left:
        return sibling(place, -1);
    case Qt::Key_Right:
        return sibling(place, 1);
    case Qt::Key_Home:
    case Qt::Key_End: {
        SandwichPlace last = place;
        for (SandwichPlace next = sibling(last, key == Qt::Key_Home ? -1 : 1); !(next == last);
             next = sibling(last, key == Qt::Key_Home ? -1 : 1))
            last = next;
        return last;
    }
    case Qt::Key_Up:
    case Qt::Key_Down: {
        // Away from the function to its callers or callees, and back towards it.
        const std::size_t away = key == Qt::Key_Up ? kCallers : kCallees;
        if (place.node.value == 1)
            return largestChild({away, NodeId{1}});
        return place.half == away ? largestChild(place)
                                  : SandwichPlace{place.half, m_picture->analysis(place.half).tree.parent(place.node)};
    }
    default:
        return {};
    }
}

void SandwichView::zoomBy(double factor)
{
    if (!hasPicture())
        return;
    const std::size_t half = m_focused ? m_focused.half : kCallees;
    Viewport viewport = m_move[half]->target();
    const QRectF focused = m_focused ? rectOf(m_focused).intersected(viewport.area) : QRectF();
    viewport.zoomAbout(focused.isEmpty() ? viewport.area.center().x() : focused.center().x(), factor);
    m_move[half]->animateTo(fitted(half, viewport, viewport.area));
}

void SandwichView::fit()
{
    for (const std::size_t half : {kCallers, kCallees})
        m_move[half]->animateTo(fitted(half, {}, m_move[half]->target().area));
}

bool SandwichView::event(QEvent* event)
{
    // Keys of the picture win over shortcuts of the window that have no modifier.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_W || key->key() == Qt::Key_S)) {
            event->accept();
            return true;
        }
    }
    return View::event(event);
}

void SandwichView::keyPressEvent(QKeyEvent* event)
{
    if (!hasPicture() || (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))) {
        View::keyPressEvent(event);
        return;
    }
    const SandwichPlace start = m_focused ? m_focused : SandwichPlace{kCallees, NodeId{1}};
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return select(start);
    case Qt::Key_W:
        return zoomBy(0.8);
    case Qt::Key_S:
        return zoomBy(1.25);
    default:
        if (const SandwichPlace next = stepFrom(start, event->key()))
            return focusPlace(m_focused ? next : start); // the first key shows where one is
    }
    View::keyPressEvent(event);
}

void SandwichView::mousePressEvent(QMouseEvent* event)
{
    m_showsFocus = false;
    for (const LegendHit& hit : m_legend) {
        if (hit.rect.contains(event->position())) {
            context()->search(context()->state().search == hit.name ? QString() : hit.name);
            return;
        }
    }
    if (event->button() != Qt::LeftButton || !hasPicture()) {
        event->ignore(); // buttons 4 and 5 are the window's
        return;
    }
    m_press = m_lastDrag = event->position();
    m_dragged = halfAt(event->position()).value_or(kCallees);
}

void SandwichView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_press) {
        hover(event->position(), event->globalPosition().toPoint());
        return;
    }
    if (!m_isDragging && (event->position() - *m_press).manhattanLength() >= QApplication::startDragDistance()) {
        m_isDragging = true;
        hover({-1, -1}, {});
    }
    if (!m_isDragging)
        return;
    Viewport viewport = m_move[m_dragged]->target();
    const QPointF moved = m_lastDrag - event->position();
    viewport.panBy(moved.x());
    viewport.scroll += viewport.upward ? -moved.y() : moved.y();
    m_move[m_dragged]->jumpTo(fitted(m_dragged, viewport, viewport.area));
    m_lastDrag = event->position();
}

void SandwichView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    m_press.reset();
    if (m_isDragging)
        m_isDragging = false;
    else
        select(placeAt(event->position()));
}

void SandwichView::wheelEvent(QWheelEvent* event)
{
    const std::optional<std::size_t> half = halfAt(event->position());
    if (!half)
        return;
    Viewport viewport = m_move[*half]->target();
    moveByWheel(viewport, *event);
    m_move[*half]->jumpTo(fitted(*half, viewport, viewport.area));
    event->accept();
}

void SandwichView::leaveEvent(QEvent*)
{
    hover({-1, -1}, {});
}

void SandwichView::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason;
    update();
}

void SandwichView::focusOutEvent(QFocusEvent*)
{
    update();
}

void SandwichView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!hasPicture())
        return;
    hover({-1, -1}, {});
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const SandwichPlace place = byKey ? m_focused : placeAt(event->pos());
    const QPoint at =
        byKey && place ? mapToGlobal(rectOf(place).intersected(rect()).center().toPoint()) : event->globalPos();
    emit contextMenuRequested(frameOf(place), NodeId{}, at);
}

} // namespace sundial
