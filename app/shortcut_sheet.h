// SPDX-License-Identifier: GPL-3.0-or-later
// Every key, on one page, which scrolls where the screen is lower.
#pragma once

#include "views/theme.h"

#include <QDialog>

namespace sundial
{

class ShortcutSheet : public QDialog
{
    Q_OBJECT

public:
    /// Lists the shortcuts of `window`'s actions, and the keys that pictures understand.
    ShortcutSheet(const Theme& theme, QWidget* window);

    struct Entry {
        QString keys, what;
    };
    /// All of them, those of the window first.
    QList<Entry> entries() const { return m_window + m_picture; }

private:
    QList<Entry> m_window, m_picture;
};

} // namespace sundial
