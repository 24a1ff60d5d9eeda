// SPDX-License-Identifier: GPL-3.0-or-later
// A line at the bottom left that goes by itself.
#pragma once

#include "views/theme.h"

#include <QList>
#include <QTime>
#include <QTimer>
#include <QWidget>

#include <functional>

namespace sundial
{

/// What a toast has said.
struct ToastMessage {
    QTime time;
    QString text;
};

/// At most one; a new one replaces the old. Stays for six seconds, longer under the pointer, or until it is clicked.
class Toast : public QWidget
{
    Q_OBJECT

public:
    explicit Toast(QWidget* window);
    void showMessage(const QString& text, const Theme& theme, const QString& actionText = {},
                     std::function<void()> action = {});
    /// Keeps the message that is shown until it is clicked or replaced; for offers that hold.
    void keep()
    {
        m_timer.stop();
        m_isKept = true;
    }
    const QString& text() const { return m_text; }
    /// All of this window, oldest first; the oldest are forgotten.
    const QList<ToastMessage>& messages() const { return m_messages; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRectF actionRect() const;

    static constexpr qsizetype kMostMessages = 100;

    QList<ToastMessage> m_messages;
    QString m_text, m_actionText;
    std::function<void()> m_action;
    const Theme* m_theme = nullptr;
    QTimer m_timer;
    bool m_isKept = false;
};

} // namespace sundial
