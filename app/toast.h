// SPDX-License-Identifier: GPL-3.0-or-later
// A line at the bottom left that goes by itself.
#pragma once

#include "views/theme.h"

#include <QTimer>
#include <QWidget>

#include <functional>

namespace sundial
{

/// At most one; a new one replaces the old. Stays for six seconds, longer under the pointer.
class Toast : public QWidget
{
    Q_OBJECT

public:
    explicit Toast(QWidget* window);
    void showMessage(const QString& text, const Theme& theme, const QString& actionText = {},
                     std::function<void()> action = {});
    const QString& text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRectF actionRect() const;

    QString m_text, m_actionText;
    std::function<void()> m_action;
    const Theme* m_theme = nullptr;
    QTimer m_timer;
};

} // namespace sundial
