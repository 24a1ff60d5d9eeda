// SPDX-License-Identifier: GPL-3.0-or-later
// A line under the header that says what is special about this profile, and the page of a file that could not be read.
#pragma once

#include "app/error_text.h"
#include "views/theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace sundial
{

/// Warnings of a profile: the first in full, the others on hover. Closed by ×.
class Banner : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);
    void showWarnings(const QStringList& warnings);
    void setTheme(const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme = &Theme::light();
    QLabel* m_text;
    QToolButton* m_close;
};

/// A refused file: what it is not, where and why, and the cure.
class ErrorPage : public QWidget
{
    Q_OBJECT

public:
    explicit ErrorPage(QWidget* parent = nullptr);
    void showError(const ErrorText& text);
    void setTheme(const Theme& theme);
    const ErrorText& text() const { return m_text; }

signals:
    void openRequested();
    void backRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QRect cardRect() const;

    const Theme* m_theme = &Theme::light();
    ErrorText m_text;
    QWidget* m_buttons;
};

} // namespace sundial
