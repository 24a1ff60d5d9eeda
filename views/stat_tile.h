// SPDX-License-Identifier: GPL-3.0-or-later
// One number with its name: a tile of the function card.
#pragma once

#include "views/theme.h"

#include <QWidget>

namespace sundial
{

/// Label above, value below, a note at the value's right end. For assistive technology it is one text.
class StatTile : public QWidget
{
    Q_OBJECT

public:
    explicit StatTile(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// `corner` stands opposite the label: "± 0.9 %". It and `note` may be empty.
    void setTexts(const QString& label, const QString& value, const QString& note, const QString& corner = {});
    QString value() const { return m_value; }
    QString note() const { return m_note; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    QString m_label, m_value, m_note, m_corner;
};

} // namespace sundial
