// SPDX-License-Identifier: GPL-3.0-or-later
// The text field of searches and filters.
#pragma once

#include <QKeyEvent>
#include <QLineEdit>

namespace sundial
{

/// Under xcb QLineEdit takes Ctrl+K and Ctrl+E for itself (Emacs' keys); here they stay the window's: palette, export.
class SearchField : public QLineEdit
{
public:
    using QLineEdit::QLineEdit;

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::ShortcutOverride) {
            const auto& key = static_cast<const QKeyEvent&>(*event);
            if (key.modifiers() == Qt::ControlModifier && (key.key() == Qt::Key_K || key.key() == Qt::Key_E)) {
                event->ignore();
                return true;
            }
        }
        return QLineEdit::event(event);
    }
};

} // namespace sundial
