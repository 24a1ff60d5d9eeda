// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/viewport_animation.h"

#include <QStyle>

namespace sundial
{

namespace
{

constexpr int kDurationMs = 180;

} // namespace

ViewportAnimation::ViewportAnimation(QWidget* widget) : QObject(widget), m_widget(widget)
{
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setDuration(kDurationMs);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_shown = Viewport::between(m_from, m_target, value.toDouble());
        emit changed();
    });
    connect(&m_animation, &QVariantAnimation::finished, this, [this] {
        m_shown = m_target;
        emit changed();
    });
}

void ViewportAnimation::animateTo(const Viewport& target)
{
    const bool moves = m_widget->isVisible() &&
                       m_widget->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, m_widget) > 0;
    if (!moves || m_shown.area.isEmpty() || target.showsSameAs(m_shown)) {
        jumpTo(target);
        return;
    }
    m_animation.stop();
    m_from = m_shown;
    m_target = target;
    emit targetChanged();
    m_animation.start();
}

void ViewportAnimation::jumpTo(const Viewport& target)
{
    m_animation.stop();
    m_shown = m_target = target;
    emit targetChanged();
    emit changed();
}

double ViewportAnimation::labelOpacity() const
{
    if (m_animation.state() != QAbstractAnimation::Running)
        return 1;
    const double t = double(m_animation.currentTime()) / kDurationMs;
    return t < 2.0 / 3 ? 0 : (t - 2.0 / 3) * 3;
}

} // namespace sundial
