// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drop_overlay.h"

#include "views/text_fit.h"

#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kFrame = 3;
constexpr int kMargin = 24;
constexpr double kVeil = 0.88;

} // namespace

DropOverlay::DropOverlay(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setObjectName(QStringLiteral("dropOverlay"));
    hide();
}

void DropOverlay::start(const QStringList& targets, const Theme& theme)
{
    m_targets = targets;
    m_theme = &theme;
    m_target = 0;
    m_refuses = false;
    setGeometry(parentWidget()->rect());
    raise();
    show();
}

void DropOverlay::refuse(const QString& reason, const Theme& theme)
{
    start({reason}, theme);
    m_refuses = true;
}

void DropOverlay::moveTo(const QPoint& position)
{
    const int target = m_targets.size() > 1 && position.x() > width() / 2 ? 1 : 0;
    if (target != m_target) {
        m_target = target;
        update();
    }
}

void DropOverlay::paintEvent(QPaintEvent*)
{
    const Theme& t = *m_theme;
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    QColor veil = t.surface.window;
    veil.setAlphaF(float(kVeil));
    p.fillRect(rect(), veil);
    p.setPen(QPen(m_refuses ? t.line.strong : t.accent.base, kFrame));
    p.setBrush(Qt::NoBrush);
    p.drawRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
    const double margin = scaledF(kMargin);
    const double half = double(width()) / double(m_targets.size());
    for (int i = 0; i < int(m_targets.size()); ++i) {
        const QRectF area = QRectF(i * half, 0, half, height()).adjusted(margin, margin, -margin, -margin);
        const bool isTarget = i == m_target && !m_refuses;
        QPen edge(isTarget ? t.accent.base : t.line.strong, isTarget ? 2 : 1);
        edge.setStyle(Qt::DashLine);
        p.setPen(edge);
        p.setBrush(isTarget ? QBrush(t.accent.soft) : QBrush(Qt::NoBrush));
        p.drawRoundedRect(area, 12, 12);
        p.setFont(uiFont(20, QFont::DemiBold));
        p.setPen(isTarget ? t.accent.text : t.text.secondary);
        p.drawText(area, Qt::AlignCenter,
                   elideMiddle(m_targets[i], QFontMetricsF(p.font()), area.width() - 2 * margin));
    }
}

} // namespace sundial
