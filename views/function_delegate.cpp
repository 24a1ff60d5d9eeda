// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/function_delegate.h"

#include "views/function_grid.h"
#include "views/icons.h"
#include "views/text_fit.h"

#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kRowHeight = 28;
constexpr int kPadding = 12;
constexpr int kBarInset = 4;
constexpr int kSwatch = 10;
constexpr int kGap = 8;
constexpr int kMemberIndent = 20;

QRectF swatchRect(const QRectF& cell)
{
    const double side = scaledF(kSwatch);
    return {cell.left(), cell.center().y() - side / 2, side, side};
}

} // namespace

FunctionDelegate::FunctionDelegate(const ViewContext* context, const FunctionModel* model, FunctionGrid* grid)
    : QStyledItemDelegate(grid), m_context(context), m_model(model), m_grid(grid)
{
}

int FunctionDelegate::rowHeight()
{
    return scaled(kRowHeight);
}

int FunctionDelegate::cellPadding()
{
    return scaled(kPadding);
}

void FunctionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& t = m_context->theme();
    const auto column = FunctionColumn(index.column());
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QRect rect = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(rect, isSelected                            ? t.selection.row
                            : index.row() == m_grid->hoveredRow() ? t.surface.hover
                                                                  : t.surface.panel);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line.hair);
    const QRectF cell = QRectF(rect).adjusted(cellPadding(), 0, -cellPadding(), -1);
    if (FunctionModel::isNumber(column))
        paintNumber(*painter, cell, index.row(), column, isSelected);
    else if (column == FunctionColumn::Allocator || column == FunctionColumn::Location)
        paintDetail(*painter, cell, index.row(), column);
    else if (m_model->groupAt(index.row()))
        paintGroup(*painter, cell, index.row());
    else
        paintFunction(*painter, cell, index.row());
    painter->restore();
}

void FunctionDelegate::paintNumber(QPainter& painter, const QRectF& rect, int row, FunctionColumn column,
                                   bool isSelected) const
{
    const Theme& t = m_context->theme();
    if (const double share = m_model->bar(row, column); share > 0) {
        const double inset = scaledF(kBarInset);
        const QRectF full = rect.adjusted(-inset, inset, inset, -inset);
        QColor fill = t.heat[t.isDark ? 3 : 2];
        if (isSelected)
            fill.setAlphaF(0.75f); // the row's colour shows through
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(QRectF(full.left(), full.top(), std::max(1.0, full.width() * share), full.height()), 2,
                                2);
    }
    const bool isDerived = column == FunctionColumn::SelfPerCall || column == FunctionColumn::TotalPerCall;
    painter.setFont(uiFont(13, m_model->groupAt(row) ? QFont::DemiBold : QFont::Normal));
    painter.setPen(isDerived ? t.text.secondary : t.text.primary);
    drawTabular(painter, rect, m_model->text(row, column));
}

void FunctionDelegate::paintFunction(QPainter& painter, const QRectF& rect, int row) const
{
    const Theme& t = m_context->theme();
    const FrameId frame = m_model->frameAt(row);
    const QRectF cell = m_model->groupBy() == GroupBy::None ? rect : rect.adjusted(scaledF(kMemberIndent), 0, 0, 0);
    const QRectF swatch = swatchRect(cell);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.swatch(m_context->palette().color(frame)));
    painter.drawRoundedRect(swatch, 3, 3);
    painter.setFont(uiFont(13, m_context->palette().isOwn(frame) ? QFont::DemiBold : QFont::Normal));
    const QFontMetricsF metrics(painter.font());
    const QRectF place = cell.adjusted(swatch.width() + scaledF(kGap), 0, 0, 0);
    const QString name =
        elideMiddle(m_model->text(row, FunctionColumn::Function), metrics, std::max(0.0, place.width()));
    if (m_context->searchResult().contains(frame)) {
        const double pad = scaledF(3);
        painter.setBrush(t.match.fill);
        painter.drawRoundedRect(QRectF(place.left() - pad, place.center().y() - metrics.height() / 2 - 1,
                                       metrics.horizontalAdvance(name) + 2 * pad, metrics.height() + 2),
                                2, 2);
    }
    painter.setPen(t.text.primary);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);
}

void FunctionDelegate::paintGroup(QPainter& painter, const QRectF& rect, int row) const
{
    const Theme& t = m_context->theme();
    const int size = scaled(14);
    const QString icon = m_model->isOpen(row) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
    painter.drawPixmap(QPointF(rect.left() - 2, rect.center().y() - size / 2.0),
                       iconPixmap(icon, t.text.secondary, size, painter.device()->devicePixelRatioF()));
    QRectF place = rect.adjusted(scaledF(kMemberIndent), 0, 0, 0);
    if (m_model->groupBy() == GroupBy::Module) { // a file may hold functions of several colours, a module has one
        const QRectF swatch = swatchRect(place);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.swatch(m_context->palette().color(FrameId{m_model->groupAt(row)->members.front()})));
        painter.drawRoundedRect(swatch, 3, 3);
        place.adjust(swatch.width() + scaledF(kGap), 0, 0, 0);
    }
    painter.setFont(uiFont(13, QFont::DemiBold));
    painter.setPen(t.text.primary);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     elidePath(m_model->text(row, FunctionColumn::Function), QFontMetricsF(painter.font()),
                               std::max(0.0, place.width())));
}

void FunctionDelegate::paintDetail(QPainter& painter, const QRectF& rect, int row, FunctionColumn column) const
{
    painter.setFont(uiFont(12));
    painter.setPen(m_context->theme().text.secondary);
    const QFontMetricsF metrics(painter.font());
    const double room = std::max(0.0, rect.width());
    const QString text = m_model->text(row, column);
    // Without its middle, the name of an allocator would read as another's.
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     column == FunctionColumn::Location ? elidePath(text, metrics, room)
                                                        : metrics.elidedText(text, Qt::ElideRight, room));
}

} // namespace sundial
