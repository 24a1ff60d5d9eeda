// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says while files hang over it: where they would go.
#pragma once

#include "views/theme.h"

#include <QWidget>

namespace sundial
{

/// Covers the window during a drag with a frame and one or two halves; the half under the pointer is the one that
/// counts.
class DropOverlay : public QWidget
{
    Q_OBJECT

public:
    explicit DropOverlay(QWidget* window);

    /// One text: the whole window is one target. Two: left and right halves.
    void start(const QStringList& targets, const Theme& theme);
    /// Nothing can be dropped, and this is why.
    void refuse(const QString& reason, const Theme& theme);
    bool refuses() const { return m_refuses; }
    void moveTo(const QPoint& position);
    void stop() { hide(); }
    /// 0: the only or the left target; 1: the right one.
    int target() const { return m_target; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList m_targets;
    int m_target = 0;
    bool m_refuses = false;
    const Theme* m_theme = &Theme::light();
};

} // namespace sundial
