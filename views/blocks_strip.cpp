// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/blocks_strip.h"

#include "views/memory_text.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace sundial
{

namespace
{

constexpr int kHeight = 44;

} // namespace

std::size_t BlockSeries::largest() const
{
    return std::size_t(std::max_element(bytes.begin(), bytes.end()) - bytes.begin());
}

BlocksStrip::BlocksStrip(QWidget* parent) : QWidget(parent), m_theme(&Theme::light())
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BlocksStrip::setTheme(const Theme& theme)
{
    m_theme = &theme;
    update();
}

void BlocksStrip::setSeries(BlockSeries series)
{
    m_series = std::move(series);
    setAccessibleDescription(m_series.bytes.empty() ? QString() : tr("at most %1").arg(textAt(m_series.largest())));
    update();
}

QString BlocksStrip::textAt(std::size_t index) const
{
    return tr("%1 at %2")
        .arg(valueText(m_series.bytes[index], Unit::Bytes), momentText(m_series.timeline, std::uint32_t(index)));
}

QSize BlocksStrip::sizeHint() const
{
    return {scaled(200), scaled(kHeight)};
}

double BlocksStrip::placeOf(std::size_t index) const
{
    const std::vector<double>& time = m_series.timeline.time;
    return (time[index] - time.front()) / (time.back() - time.front());
}

void BlocksStrip::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(QRect(0, height() - 1, width(), 1), m_theme->line.strong);
    if (m_series.bytes.empty() || width() < 1)
        return;
    // By column of pixels the most that lived in its time; a measurement holds until the next one.
    std::vector<double> most(std::size_t(width()), 0.0);
    for (std::size_t i = 0; i < m_series.bytes.size(); ++i) {
        const auto column = [this](std::size_t at) { return std::clamp(int(placeOf(at) * width()), 0, width() - 1); };
        const int end = i + 1 < m_series.bytes.size() ? column(i + 1) : width() - 1;
        for (int x = column(i); x <= end; ++x)
            most[std::size_t(x)] = std::max(most[std::size_t(x)], m_series.bytes[i]);
    }
    const double largest = m_series.bytes[m_series.largest()];
    if (largest <= 0)
        return;
    const double room = height() - scaledF(4);
    QPolygonF line;
    for (int x = 0; x < width(); ++x) {
        const double y = std::round(height() - 1 - most[std::size_t(x)] / largest * room) + 0.5;
        line << QPointF(x, y) << QPointF(x + 1, y);
    }
    QPolygonF area = line;
    area << QPointF(width(), height() - 1) << QPointF(0, height() - 1);
    p.setPen(Qt::NoPen);
    p.setBrush(m_theme->accent.soft);
    p.drawPolygon(area);
    p.setPen(QPen(m_theme->accent.base, 1.5));
    p.drawPolyline(line);
}

bool BlocksStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_series.bytes.empty())
        return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    std::size_t index = 0; // the last measurement up to the pointer
    while (index + 1 < m_series.bytes.size() && placeOf(index + 1) * width() <= help->pos().x())
        ++index;
    QToolTip::showText(help->globalPos(), textAt(index), this);
    return true;
}

} // namespace sundial
