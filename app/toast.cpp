// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toast.h"

#include <QMouseEvent>
#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kWidth = 360;
constexpr int kPadding = 14;
constexpr int kMargin = 12;
constexpr int kStatusBar = 28;
constexpr int kShownMs = 6000;

} // namespace

Toast::Toast(QWidget* window) : QWidget(window)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kShownMs);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    setAttribute(Qt::WA_NoMousePropagation);
    hide();
}

void Toast::showMessage(const QString& text, const Theme& theme, const QString& actionText,
                        std::function<void()> action)
{
    m_messages.append({QTime::currentTime(), text});
    if (m_messages.size() > kMostMessages)
        m_messages.removeFirst();
    m_text = text;
    m_theme = &theme;
    m_actionText = actionText;
    m_action = std::move(action);
    const QFontMetrics metrics(uiFont(13));
    const int actionWidth = m_actionText.isEmpty() ? 0 : metrics.horizontalAdvance(m_actionText) + scaled(24);
    const int textWidth = scaled(kWidth - 2 * kPadding) - actionWidth;
    const int height = metrics.boundingRect(0, 0, textWidth, 400, Qt::TextWordWrap, m_text).height();
    resize(scaled(kWidth), height + 2 * scaled(kPadding));
    move(scaled(kMargin), parentWidget()->height() - scaled(kStatusBar + kMargin) - this->height());
    raise();
    show();
    update();
    m_isKept = false;
    m_timer.start();
}

QRectF Toast::actionRect() const
{
    if (m_actionText.isEmpty())
        return {};
    const double actionWidth = QFontMetricsF(uiFont(13, QFont::DemiBold)).horizontalAdvance(m_actionText) + scaledF(24);
    return {width() - actionWidth, 0, actionWidth, double(height())};
}

void Toast::paintEvent(QPaintEvent*)
{
    const Theme& t = *m_theme;
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(t.line.strong, 1));
    p.setBrush(t.surface.raised);
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const QRectF action = actionRect();
    p.setFont(uiFont(13));
    p.setPen(t.text.primary);
    const double padding = scaledF(kPadding);
    p.drawText(QRectF(rect()).adjusted(padding, padding, -padding - action.width(), -padding), Qt::TextWordWrap,
               m_text);
    if (!m_actionText.isEmpty()) {
        p.setFont(uiFont(13, QFont::DemiBold));
        p.setPen(t.accent.text);
        p.drawText(action, Qt::AlignCenter, m_actionText);
    }
}

void Toast::mousePressEvent(QMouseEvent* event)
{
    if (m_action && actionRect().contains(event->position()))
        m_action();
    hide();
}

void Toast::enterEvent(QEnterEvent*)
{
    m_timer.stop();
}

void Toast::leaveEvent(QEvent*)
{
    if (!m_isKept)
        m_timer.start();
}

} // namespace sundial
