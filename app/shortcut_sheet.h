// SPDX-License-Identifier: GPL-3.0-or-later
// Every key, on one page.
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

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry {
        QString keys, what;
    };
    void paintColumn(QPainter& painter, const QString& title, const QList<Entry>& entries, double x,
                     double width) const;

    const Theme& m_theme;
    QList<Entry> m_window, m_picture;
};

} // namespace sundial
