// SPDX-License-Identifier: GPL-3.0-or-later
// One metric as a button that shows its total.
#pragma once

#include "views/theme.h"

#include <QAbstractButton>

namespace sundial
{

/// Label above, value below, a note at the value's right end; chosen, it has the accent's colours and a frame. Space
/// presses it; the arrow keys go to its neighbours.
class MetricTile : public QAbstractButton
{
    Q_OBJECT

public:
    explicit MetricTile(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setTexts(const QString& label, const QString& value, const QString& note);
    /// In place of a value; disables the tile.
    void setUnavailable(const QString& label, const QString& reason);
    const QString& value() const { return m_value; }
    const QString& note() const { return m_note; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintTexts(QPainter& painter, const QRectF& inner) const;

    const Theme* m_theme;
    QString m_value, m_note;
};

} // namespace sundial
