// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/range_brush.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kHandleWidth = 10;
constexpr int kHandleHeight = 28;
constexpr int kHandleReach = 12;        // to either side: hit areas are 24
constexpr std::uint32_t kSteps = 50;    // arrow presses from one end to the other
constexpr std::uint32_t kFirstPart = 8; // an arrow key without a range makes one of this part of the whole

} // namespace

RangeBrush::RangeBrush(QWidget* parent) : QWidget(parent), m_theme(&Theme::light())
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Range of time"));
}

void RangeBrush::setTheme(const Theme& theme)
{
    m_theme = &theme;
    update();
}

void RangeBrush::setPlaces(std::vector<double> places)
{
    m_places = std::move(places);
    m_drag = Part::None;
    setRange({});
}

void RangeBrush::setChartMargins(const QMargins& margins)
{
    m_margins = margins;
    update();
}

void RangeBrush::setRange(const Range& range)
{
    m_range = range;
    update();
}

QRectF RangeBrush::area() const
{
    return QRectF(rect().marginsRemoved(m_margins));
}

double RangeBrush::xOf(std::uint32_t measurement) const
{
    return area().left() + m_places[measurement] * area().width();
}

std::uint32_t RangeBrush::measurementAt(double x) const
{
    const double place = (x - area().left()) / std::max(1.0, area().width());
    const auto above = std::lower_bound(m_places.begin(), m_places.end(), place);
    if (above == m_places.begin())
        return 0;
    if (above == m_places.end())
        return last();
    const bool below = place - *(above - 1) < *above - place;
    return std::uint32_t(above - m_places.begin()) - (below ? 1 : 0);
}

RangeBrush::Part RangeBrush::partAt(double x) const
{
    if (!m_range)
        return Part::New;
    const double start = xOf(m_range->from), end = xOf(m_range->to);
    const double toStart = std::abs(x - start), toEnd = std::abs(x - end);
    if (std::min(toStart, toEnd) <= scaled(kHandleReach) &&
        !(x > start && x < end && end - start < 3 * scaled(kHandleReach) && std::min(toStart, toEnd) > 4))
        return toStart < toEnd ? Part::Start : Part::End;
    return x > start && x < end ? Part::Inside : Part::New;
}

void RangeBrush::showCursor(double x)
{
    const Part part = m_drag == Part::None ? partAt(x) : m_drag;
    setCursor(part == Part::Inside ? (m_drag == part ? Qt::ClosedHandCursor : Qt::OpenHandCursor)
              : part == Part::New  ? Qt::CrossCursor
                                   : Qt::SizeHorCursor);
}

void RangeBrush::change(Range range)
{
    if (range && range->from == 0 && range->to == last())
        range.reset();
    if (range == m_range)
        return;
    setRange(range);
    emit rangeMoved();
}

void RangeBrush::dragTo(std::uint32_t measurement)
{
    switch (m_drag) {
    case Part::New: {
        const auto [from, to] = std::minmax(measurement, m_grabbed);
        if (from < to)
            change(MemoryRange{from, to});
        break;
    }
    case Part::Start:
        change(MemoryRange{std::min(measurement, m_before->to - 1), m_before->to});
        break;
    case Part::End:
        change(MemoryRange{m_before->from, std::max(measurement, m_before->from + 1)});
        break;
    case Part::Inside: {
        const std::uint32_t length = m_before->to - m_before->from;
        const auto from = std::clamp<std::int64_t>(std::int64_t(m_before->from) + measurement - m_grabbed, 0,
                                                   std::int64_t(last()) - length);
        change(MemoryRange{std::uint32_t(from), std::uint32_t(from) + length});
        break;
    }
    case Part::None:
        break;
    }
}

void RangeBrush::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_places.size() < 2)
        return QWidget::mousePressEvent(event);
    m_drag = partAt(event->position().x());
    m_before = m_range;
    m_grabbed = measurementAt(event->position().x());
    m_hasMoved = false;
    showCursor(event->position().x());
}

void RangeBrush::mouseMoveEvent(QMouseEvent* event)
{
    if (m_places.size() < 2)
        return;
    if (m_drag != Part::None) {
        const std::uint32_t measurement = measurementAt(event->position().x());
        m_hasMoved = m_hasMoved || measurement != m_grabbed;
        if (m_hasMoved)
            dragTo(measurement);
    }
    showCursor(event->position().x());
}

void RangeBrush::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_drag == Part::None)
        return;
    const bool isClickBeside = m_drag == Part::New && !m_hasMoved;
    m_drag = Part::None;
    showCursor(event->position().x());
    if (isClickBeside && !m_range)
        return;
    if (isClickBeside)
        change({});
    if (isClickBeside || m_hasMoved)
        emit rangeChosen();
}

bool RangeBrush::event(QEvent* event)
{
    // Esc in the chart is about the range, before it is the window's step back.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape &&
        (m_drag != Part::None || m_range)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void RangeBrush::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_drag != Part::None) {
        m_drag = Part::None;
        change(m_before);
    } else if (event->key() == Qt::Key_Escape && m_range) {
        change({});
        emit rangeChosen();
    } else if (m_places.size() < 2 || m_drag != Part::None || !nudge(event->key(), event->modifiers())) {
        QWidget::keyPressEvent(event);
    }
}

bool RangeBrush::nudge(int key, Qt::KeyboardModifiers modifiers)
{
    if (key != Qt::Key_Left && key != Qt::Key_Right)
        return false;
    const bool right = key == Qt::Key_Right;
    if (!m_range) {
        const std::uint32_t length = std::max(1U, last() / kFirstPart);
        change(right ? MemoryRange{0, length} : MemoryRange{last() - length, last()});
        emit rangeChosen();
        return true;
    }
    const std::int64_t step = std::int64_t(std::max(1U, last() / kSteps)) * (right ? 1 : -1);
    std::int64_t from = m_range->from, to = m_range->to;
    if (modifiers & Qt::ShiftModifier) {
        to = std::clamp<std::int64_t>(to + step, from + 1, last());
    } else if (modifiers & Qt::ControlModifier) {
        from = std::clamp<std::int64_t>(from + step, 0, to - 1);
    } else {
        const std::int64_t moved = std::clamp<std::int64_t>(step, -from, last() - to);
        from += moved;
        to += moved;
    }
    change(MemoryRange{std::uint32_t(from), std::uint32_t(to)});
    emit rangeChosen();
    return true;
}

void RangeBrush::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF chart = area();
    if (hasFocus()) {
        p.setPen(QPen(m_theme->focus, 1, Qt::DashLine));
        p.drawRect(chart.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (!m_range)
        return;
    const QSizeF size(scaledF(kHandleWidth), scaledF(kHandleHeight));
    for (const std::uint32_t end : {m_range->from, m_range->to}) {
        const double x = xOf(end);
        p.setPen(QPen(m_theme->accent.base, 2));
        p.drawLine(QPointF(x, chart.top()), QPointF(x, chart.bottom()));
        p.setBrush(m_theme->surface.panel);
        const QRectF handle(QPointF(x - size.width() / 2, chart.center().y() - size.height() / 2), size);
        p.drawRoundedRect(handle, 4, 4);
        p.setPen(QPen(m_theme->accent.base, 1));
        for (const double offset : {-1.5, 1.5})
            p.drawLine(QPointF(x + offset, handle.center().y() - 5), QPointF(x + offset, handle.center().y() + 5));
    }
}

} // namespace sundial
