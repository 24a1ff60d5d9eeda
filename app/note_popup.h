// SPDX-License-Identifier: GPL-3.0-or-later
// A few sentences under what they explain. A click beside it or Esc closes it; nothing has to be answered.
#pragma once

#include "views/theme.h"

#include <QFrame>

#include <functional>

namespace sundial
{

class NotePopup : public QFrame
{
    Q_OBJECT

public:
    /// Texts are plain. Deletes itself when it closes.
    NotePopup(const QString& title, const QStringList& paragraphs, const Theme& theme, QWidget* parent);
    /// A button below the text; it closes the popup.
    void addButton(const QString& text, std::function<void()> action);
    /// Shows it under `anchor`, inside the screen.
    void popupBelow(const QWidget* anchor);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
};

} // namespace sundial
