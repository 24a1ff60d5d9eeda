// SPDX-License-Identifier: GPL-3.0-or-later
// The way from one viewport to the next.
#pragma once

#include "views/viewport.h"

#include <QVariantAnimation>
#include <QWidget>

namespace sundial
{

/// 180 ms, out-cubic, interruptible: a new target starts from what is shown. Where the style asks for no motion
/// (SH_Widget_Animation_Duration = 0) every change is a jump.
class ViewportAnimation : public QObject
{
    Q_OBJECT

public:
    explicit ViewportAnimation(QWidget* widget);

    const Viewport& shown() const { return m_shown; }
    const Viewport& target() const { return m_target; }
    void animateTo(const Viewport& target);
    void jumpTo(const Viewport& target);
    /// 1 at rest; labels are hidden while boxes move and fade in over the last third.
    double labelOpacity() const;

signals:
    void changed(); ///< What is shown.
    void targetChanged();

private:
    QWidget* m_widget;
    QVariantAnimation m_animation;
    Viewport m_from, m_shown, m_target;
};

} // namespace sundial
