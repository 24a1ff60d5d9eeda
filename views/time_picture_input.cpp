// SPDX-License-Identifier: GPL-3.0-or-later
// TimePicture's pointer and keyboard: where keys lead, what hovering shows, which click means what.
#include "views/hover_card.h"
#include "views/time_picture.h"
#include "views/viewport_wheel.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>

namespace sundial
{

namespace
{

/// Keys move along the boxes of a thread as they are seen; the next thread lies below the last row.
TimePlace clampedTo(const TimeLayout& layout, TimePlace place, double time)
{
    const FineRow row = layout.lanes[place.lane].fine(place.row);
    place.box = std::min(firstEndingAfter(row, time), row.size() - 1);
    return place;
}

} // namespace

TimePlace TimePicture::stepFrom(const TimePlace& place, int key) const
{
    const std::vector<TimeLane>& lanes = m_layout->lanes;
    const FineRow row = lanes[place.lane].fine(place.row);
    TimePlace next = place;
    const double begin = row.begin(place.box);
    switch (key) {
    case Qt::Key_Left:
        next.box -= next.box > 0 ? 1 : 0;
        return next;
    case Qt::Key_Right:
        next.box += next.box + 1 < row.size() ? 1 : 0;
        return next;
    case Qt::Key_Home:
        next.box = 0;
        return next;
    case Qt::Key_End:
        next.box = row.size() - 1;
        return next;
    case Qt::Key_Up:
        if (next.row > 0) {
            --next.row;
        } else if (next.lane > 0) {
            --next.lane;
            next.row = lanes[next.lane].depth() - 1;
        } else {
            return place;
        }
        return lanes[next.lane].depth() > 0 ? clampedTo(*m_layout, next, begin) : place;
    case Qt::Key_Down: {
        if (next.row + 1 < lanes[next.lane].depth()) { // the first callee in this box
            ++next.row;
            const TimePlace inside = clampedTo(*m_layout, next, begin);
            const FineRow below = lanes[next.lane].fine(next.row);
            if (below.begin(inside.box) < row.end(place.box) && below.end(inside.box) > begin)
                return inside;
        }
        next = {place.lane + 1, 0, 0};
        return next.lane < lanes.size() && lanes[next.lane].depth() > 0 ? clampedTo(*m_layout, next, begin) : place;
    }
    default:
        return {};
    }
}

TimePlace TimePicture::nextOfSelected(int direction) const
{
    const FrameId selected = m_context->state().selected;
    if (!selected)
        return {};
    const TimePlace from = m_focused ? m_focused : middlePlace();
    const double start = from ? timeOf(*m_layout, from).begin : shownTime().begin;
    const CallTree& tree = m_analysis->paths;
    std::vector<bool> depths(std::size_t(tree.maxDepth()) + 1, false); // where it stands at all
    for (std::uint32_t n = 1; n < tree.size(); ++n) {
        if (tree.frame(NodeId{n}) == selected)
            depths[tree.depth(NodeId{n})] = true;
    }
    TimePlace best;
    double bestBegin = 0;
    for (std::uint32_t lane = 0; lane < m_layout->lanes.size(); ++lane) {
        for (std::uint32_t r = 0; r < m_layout->lanes[lane].depth(); ++r) {
            if (!depths[r + 1])
                continue;
            const FineRow row = m_layout->lanes[lane].fine(r);
            auto box = std::ptrdiff_t(firstEndingAfter(row, start));
            for (; box >= 0 && std::size_t(box) < row.size(); box += direction) {
                const double begin = row.begin(std::size_t(box));
                const bool isBeyond = direction > 0 ? begin > start : begin < start;
                if (!isBeyond || !(tree.frame(row.node(std::size_t(box))) == selected))
                    continue;
                if (!best || (direction > 0 ? begin < bestBegin : begin > bestBegin)) {
                    best = {lane, r, std::size_t(box)};
                    bestBegin = begin;
                }
                break;
            }
        }
    }
    return best;
}

TimePlace TimePicture::middlePlace() const
{
    for (std::uint32_t lane = 0; lane < m_layout->lanes.size(); ++lane) {
        if (m_layout->lanes[lane].depth() > 0)
            return clampedTo(*m_layout, {lane, 0, 0}, shownTime().begin);
    }
    return {};
}

void TimePicture::focusPlace(const TimePlace& place)
{
    m_showsFocus = true;
    select(place, false);
    const TimeRange time = timeOf(*m_layout, place);
    const TimeRange shown = shownTime();
    Viewport viewport = viewportOf(place); // for its scrolling
    viewport.begin = m_move->target().begin;
    viewport.end = m_move->target().end;
    if (time.end <= shown.begin || time.begin >= shown.end) {
        const double middle = scene(1).fractionOf(time.begin);
        viewport.panBy((middle - (viewport.begin + viewport.end) / 2) * viewport.pixelsPerFraction());
    }
    if (!viewport.showsSameAs(m_move->target()))
        m_move->animateTo(fitted(viewport));
    const QString text = oneLine(describe(place));
    setAccessibleDescription(text);
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    emit described(text);
}

bool TimePicture::event(QEvent* event)
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
    return QWidget::event(event);
}

void TimePicture::keyPressEvent(QKeyEvent* event)
{
    if (!hasPicture() || (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))) {
        QWidget::keyPressEvent(event);
        return;
    }
    const TimePlace start = m_focused ? m_focused : middlePlace();
    const auto pan = [this](double share) {
        Viewport viewport = m_move->target();
        viewport.panBy(share * viewport.area.width());
        m_move->animateTo(fitted(viewport));
    };
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_showsFocus = true;
        return select(start, true);
    case Qt::Key_Backspace:
        return goUp();
    case Qt::Key_Comma:
    case Qt::Key_Period:
        if (const TimePlace next = nextOfSelected(event->key() == Qt::Key_Period ? 1 : -1))
            focusPlace(next);
        return;
    case Qt::Key_Space:
        m_isPinned = false;
        if (const TimePlace place = m_focused ? m_focused : m_hovered) {
            const QRectF rect = timeRectOf(scene(1), m_move->target(), place).intersected(m_move->target().area);
            HoverCard::of(this)->showCard(describe(place), m_context->theme(),
                                          mapToGlobal(QPointF(rect.center().x(), rect.bottom()).toPoint()));
            m_isPinned = true;
        }
        return;
    case Qt::Key_Escape:
        if (!m_isPinned)
            break;
        m_isPinned = false;
        HoverCard::of(this)->hide();
        return;
    case Qt::Key_W:
        return zoomBy(0.8);
    case Qt::Key_S:
        return zoomBy(1.25);
    case Qt::Key_A:
        return pan(-0.2);
    case Qt::Key_D:
        return pan(0.2);
    default:
        if (const TimePlace next = start ? stepFrom(start, event->key()) : TimePlace{}) {
            focusPlace(m_focused ? next : start); // the first key shows where one is
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

void TimePicture::mousePressEvent(QMouseEvent* event)
{
    m_showsFocus = m_isPinned = false;
    if (!hasPicture())
        return;
    for (const LegendHit& hit : m_legend) {
        if (hit.rect.contains(event->position())) {
            m_context->search(m_context->state().search == hit.name ? QString() : hit.name);
            return;
        }
    }
    if (event->button() == Qt::MiddleButton)
        goUp();
    else if (event->button() == Qt::LeftButton && m_move->shown().area.contains(event->position()))
        m_press = m_lastDrag = event->position();
    else
        event->ignore(); // buttons 4 and 5 are the window's
}

void TimePicture::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_press) {
        hover(event->position(), event->globalPosition().toPoint());
        return;
    }
    if (!m_isDragging && (event->position() - *m_press).manhattanLength() >= QApplication::startDragDistance()) {
        m_isDragging = true;
        hover({-1, -1}, {});
    }
    if (m_isDragging)
        dragTo(event->position(), event->modifiers());
}

void TimePicture::dragTo(const QPointF& point, Qt::KeyboardModifiers modifiers)
{
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        const QRectF& area = m_move->shown().area;
        m_band =
            QRectF(QPointF(m_press->x(), area.top()), QPointF(point.x(), area.bottom())).normalized().intersected(area);
        update();
    } else {
        Viewport viewport = m_move->target();
        viewport.panBy(m_lastDrag.x() - point.x());
        viewport.scroll += m_lastDrag.y() - point.y();
        m_move->jumpTo(fitted(viewport));
    }
    m_lastDrag = point;
}

void TimePicture::endDrag()
{
    m_isDragging = false;
    if (m_band.isEmpty())
        return;
    Viewport viewport = m_move->target();
    const double begin = viewport.fractionAt(m_band.left());
    viewport.end = viewport.fractionAt(m_band.right());
    viewport.begin = begin;
    m_band = {};
    m_move->animateTo(fitted(viewport));
}

void TimePicture::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    m_press.reset();
    if (m_isDragging) {
        endDrag();
        return;
    }
    if (!hasPicture())
        return;
    if (event->modifiers().testFlag(Qt::AltModifier))
        goUp();
    else
        select(timePlaceAt(scene(1), m_move->shown(), event->position()),
               !event->modifiers().testFlag(Qt::ControlModifier));
}

void TimePicture::wheelEvent(QWheelEvent* event)
{
    if (!hasPicture())
        return;
    Viewport viewport = m_move->target();
    moveByWheel(viewport, *event);
    m_move->jumpTo(fitted(viewport));
    event->accept();
}

void TimePicture::leaveEvent(QEvent*)
{
    hover({-1, -1}, {});
}

void TimePicture::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason;
    update();
}

void TimePicture::focusOutEvent(QFocusEvent*)
{
    update();
}

void TimePicture::resizeEvent(QResizeEvent*)
{
    m_move->jumpTo(fitted(m_move->target()));
}

void TimePicture::showEvent(QShowEvent*)
{
    refresh();
}

void TimePicture::hideEvent(QHideEvent*)
{
    m_isPinned = false;
    if (window())
        HoverCard::of(this)->hide();
}

void TimePicture::contextMenuEvent(QContextMenuEvent* event)
{
    if (!hasPicture())
        return;
    hover({-1, -1}, {});
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const TimePlace place = byKey ? m_focused : timePlaceAt(scene(1), m_move->shown(), event->pos());
    const NodeId node = place ? timeNodeOf(*m_layout, place) : NodeId{};
    const QPoint at =
        byKey && place
            ? mapToGlobal(timeRectOf(scene(1), m_move->shown(), place).intersected(rect()).center().toPoint())
            : event->globalPos();
    emit contextMenuRequested(node ? m_analysis->paths.frame(node) : FrameId{}, node, at);
}

} // namespace sundial
