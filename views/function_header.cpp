// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/function_header.h"

#include "views/icons.h"

#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kHeight = 30;
constexpr int kSide = 12;
constexpr int kChevron = 14;
constexpr int kUnitGap = 6;

} // namespace

FunctionHeader::FunctionHeader(const FunctionModel* model, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), m_model(model), m_theme(&Theme::light())
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(scaled(40));
}

void FunctionHeader::setTheme(const Theme& theme)
{
    m_theme = &theme;
    viewport()->update();
}

int FunctionHeader::titleWidth(FunctionColumn column) const
{
    const QString unit = m_model->unitSymbol(column);
    const double title = QFontMetricsF(uiFont(12, QFont::DemiBold)).horizontalAdvance(m_model->title(column));
    const double unitWidth = unit.isEmpty() ? 0 : scaledF(kUnitGap) + QFontMetricsF(uiFont(12)).horizontalAdvance(unit);
    return int(title + unitWidth) + scaled(2 * kSide + kChevron + 6);
}

QSize FunctionHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), scaled(kHeight)};
}

void FunctionHeader::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme->surface.sunken); // also beside the last section
    painter.end();
    QHeaderView::paintEvent(event);
}

void FunctionHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const auto column = FunctionColumn(section);
    const bool isSorted = m_model->sortColumn() == column && isSortIndicatorShown();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(rect, m_theme->surface.sunken);
    QRectF content = QRectF(rect).adjusted(scaledF(kSide), 0, -scaledF(kSide), 0);
    const QFont titleFont = uiFont(12, isSorted ? QFont::DemiBold : QFont::Normal);
    const QString title = m_model->title(column);
    const QString unit = m_model->unitSymbol(column);
    const double titleWidth = QFontMetricsF(titleFont).horizontalAdvance(title);
    const int chevron = scaled(kChevron);
    double chevronX = 0;
    painter->setPen(isSorted ? m_theme->text.primary : m_theme->text.secondary);
    if (FunctionModel::isNumber(column)) {
        if (!unit.isEmpty()) {
            painter->setFont(uiFont(12));
            const double unitWidth = QFontMetricsF(painter->font()).horizontalAdvance(unit);
            painter->drawText(content, Qt::AlignRight | Qt::AlignVCenter, unit);
            content.setRight(content.right() - unitWidth - scaledF(kUnitGap));
        }
        painter->setFont(titleFont);
        painter->drawText(content, Qt::AlignRight | Qt::AlignVCenter, title);
        chevronX = content.right() - titleWidth - chevron - scaledF(4);
    } else {
        painter->setFont(titleFont);
        painter->drawText(content, Qt::AlignLeft | Qt::AlignVCenter, title);
        chevronX = content.left() + titleWidth + scaledF(4);
    }
    if (isSorted) {
        const QPixmap icon = iconPixmap(QStringLiteral("chevron-down"), m_theme->text.secondary, chevron,
                                        painter->device()->devicePixelRatioF());
        painter->translate(chevronX + chevron / 2.0, rect.center().y() + 1);
        if (m_model->sortOrder() == Qt::AscendingOrder)
            painter->rotate(180);
        painter->drawPixmap(QPointF(-chevron / 2.0, -chevron / 2.0), icon);
    }
    painter->restore();
}

} // namespace sundial
