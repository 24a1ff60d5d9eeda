// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/ranked_section.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace sundial
{

namespace
{

constexpr int kHeadHeight = 28;
constexpr int kShareWidth = 66;

} // namespace

RankedHead::RankedHead(QWidget* parent) : QWidget(parent), m_theme(&Theme::light())
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RankedHead::setTheme(const Theme& theme)
{
    m_theme = &theme;
    updateGeometry();
    update();
}

void RankedHead::setTexts(const QString& title, const QString& count, const QString& value, const QString& share)
{
    m_title = title;
    m_count = count;
    m_value = value;
    m_share = share;
    setAccessibleName(QStringList{title, count}.join(QLatin1Char(' ')).trimmed());
    update();
}

QSize RankedHead::sizeHint() const
{
    return {scaled(200), scaled(kHeadHeight)};
}

void RankedHead::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    const QRectF line = QRectF(rect()).adjusted(0, 0, 0, -1);
    p.setFont(uiFont(13, QFont::DemiBold));
    p.setPen(m_theme->text.primary);
    p.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    const double titleWidth = QFontMetricsF(p.font()).horizontalAdvance(m_title);
    p.setFont(uiFont(12));
    p.setPen(m_theme->text.tertiary);
    p.drawText(line.adjusted(titleWidth + scaledF(8), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_count);
    p.setPen(m_theme->text.secondary);
    p.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_share);
    p.drawText(line.adjusted(0, 0, -scaledF(kShareWidth), 0), Qt::AlignRight | Qt::AlignVCenter, m_value);
    p.fillRect(QRect(0, height() - 1, width(), 1), m_theme->line.hair);
}

RankedSection::RankedSection(QWidget* parent)
    : QWidget(parent), m_head(new RankedHead(this)), m_list(new RankedList(this)), m_empty(new QLabel(this))
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_list);
    column->addWidget(m_empty);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(0, 6, 0, 0);
    m_empty->hide();
}

void RankedSection::setTheme(const Theme& theme)
{
    m_head->setTheme(theme);
    m_list->setTheme(theme);
    QPalette colors = theme.palette();
    colors.setColor(QPalette::WindowText, theme.text.tertiary);
    m_empty->setPalette(colors);
    m_empty->setFont(uiFont(12));
}

void RankedSection::setEmptyText(const QString& text)
{
    m_empty->setText(text);
    m_empty->setVisible(!text.isEmpty());
    m_list->setVisible(text.isEmpty());
}

} // namespace sundial
