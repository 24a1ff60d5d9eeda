// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stat_tile.h"

#include "views/tile_paint.h"

#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kHeight = 54;
constexpr int kSide = 12;
constexpr double kRadius = 8;

} // namespace

StatTile::StatTile(QWidget* parent) : QWidget(parent), m_theme(&Theme::light())
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StatTile::setTheme(const Theme& theme)
{
    m_theme = &theme;
    updateGeometry();
    update();
}

void StatTile::setTexts(const QString& label, const QString& value, const QString& note, const QString& corner)
{
    m_label = label;
    m_value = value;
    m_note = note;
    m_corner = corner;
    setAccessibleName(label);
    setAccessibleDescription(QStringList{value, note, corner}.join(QLatin1Char(' ')).trimmed());
    updateGeometry();
    update();
}

QSize StatTile::sizeHint() const
{
    return {scaled(150), scaled(kHeight)};
}

QSize StatTile::minimumSizeHint() const
{
    return {scaled(104), scaled(kHeight)};
}

void StatTile::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(m_theme->surface.sunken);
    p.drawRoundedRect(rect(), kRadius, kRadius);
    const QRectF inner = QRectF(rect()).adjusted(scaledF(kSide), scaledF(6), -scaledF(kSide), -scaledF(6));
    p.setFont(uiFont(12));
    p.setPen(m_theme->text.secondary);
    p.drawText(inner, Qt::AlignLeft | Qt::AlignTop, m_label);
    p.drawText(inner, Qt::AlignRight | Qt::AlignTop, m_corner);
    paintTileValue(p, inner, m_value, m_note, *m_theme);
}

} // namespace sundial
