// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/metric_tile.h"

#include "views/tile_paint.h"

#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kHeight = 60;
constexpr int kSide = 12;
constexpr double kRadius = 8;

} // namespace

MetricTile::MetricTile(QWidget* parent) : QAbstractButton(parent), m_theme(&Theme::light())
{
    setCheckable(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
}

void MetricTile::setTheme(const Theme& theme)
{
    m_theme = &theme;
    updateGeometry();
    update();
}

void MetricTile::setTexts(const QString& label, const QString& value, const QString& note)
{
    setText(label);
    m_value = value;
    m_note = note;
    setEnabled(true);
    setToolTip({});
    setAccessibleName(label);
    setAccessibleDescription(QStringList{value, note}.join(QLatin1Char(' ')).trimmed());
    update();
}

void MetricTile::setUnavailable(const QString& label, const QString& reason)
{
    setText(label);
    m_value.clear();
    m_note = reason;
    setEnabled(false);
    setToolTip(reason);
    setAccessibleName(label);
    setAccessibleDescription(reason);
    update();
}

QSize MetricTile::sizeHint() const
{
    return {scaled(240), scaled(kHeight)};
}

QSize MetricTile::minimumSizeHint() const
{
    return {scaled(120), scaled(kHeight)};
}

void MetricTile::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    p.setPen(isChecked() ? QPen(m_theme->accent.base, 2) : QPen(Qt::NoPen));
    p.setBrush(isChecked()                   ? m_theme->accent.soft
               : isEnabled() && underMouse() ? m_theme->surface.hover
                                             : m_theme->surface.sunken);
    p.drawRoundedRect(box, kRadius, kRadius);
    if (hasFocus()) {
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(m_theme->focus, 1, Qt::DashLine));
        p.drawRoundedRect(box.adjusted(4, 4, -4, -4), kRadius - 3, kRadius - 3);
    }
    paintTexts(p, box.adjusted(scaledF(kSide), scaledF(7), -scaledF(kSide), -scaledF(6)));
}

void MetricTile::paintTexts(QPainter& p, const QRectF& inner) const
{
    p.setFont(uiFont(12, isChecked() ? QFont::DemiBold : QFont::Normal));
    p.setPen(isChecked() ? m_theme->accent.text : m_theme->text.secondary);
    p.drawText(inner, Qt::AlignLeft | Qt::AlignTop, text());
    if (!isEnabled()) {
        p.setFont(uiFont(11));
        p.setPen(m_theme->text.tertiary);
        p.drawText(inner.adjusted(0, scaledF(17), 0, scaledF(2)), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                   m_note);
        return;
    }
    paintTileValue(p, inner, m_value, m_note, *m_theme);
}

} // namespace sundial
