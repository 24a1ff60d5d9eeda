// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/artifact_delegate.h"

#include "views/change_marks.h"
#include "views/text_fit.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace sundial
{

namespace
{

constexpr double kBarShare = 0.5; // of half the cell; the rest is the number's

/// Steps of the diverging scale for a relative change.
int stepOf(double change)
{
    const double size = std::abs(change);
    const int step = size > 0.4 ? 4 : size > 0.2 ? 3 : size > 0.05 ? 2 : 1;
    return change < 0 ? -step : step;
}

} // namespace

void ArtifactDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& t = *m_theme;
    const int row = index.row();
    const auto column = ArtifactColumn(index.column());
    const bool isGroup = m_model->isGroup(row);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    p->save();
    p->setRenderHint(QPainter::Antialiasing);
    const QColor ground = isSelected                                       ? t.selection.row
                          : isGroup                                        ? t.surface.window
                          : option.state.testFlag(QStyle::State_MouseOver) ? t.surface.hover
                                                                           : t.surface.panel;
    p->fillRect(option.rect, ground);
    p->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line.hair);
    if (isSelected && index.column() == 0)
        p->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent.base);
    QRectF cell = QRectF(option.rect).adjusted(scaledF(12), 0, -scaledF(12), 0);
    const QString text = index.data().toString();
    const bool isSkipped = !isGroup && m_model->list()->isSkipped(m_model->rowAt(row));
    p->setFont(uiFont(13, isGroup ? QFont::DemiBold : QFont::Normal));
    p->setPen(isSkipped ? t.text.secondary : t.text.primary);
    if (column == ArtifactColumn::Name) {
        const QPointF mark(cell.left() + scaledF(5), cell.center().y());
        if (isGroup)
            paintFold(*p, mark, m_model->isFolded(row));
        else if (m_model->isMarked(row))
            paintMark(*p, mark);
        cell.setLeft(cell.left() + scaledF(16));
        p->setPen(isSkipped ? t.text.secondary : t.text.primary);
        p->drawText(cell, Qt::AlignVCenter | Qt::TextSingleLine,
                    elideMiddle(text, QFontMetricsF(p->font()), cell.width()));
    } else if (column == ArtifactColumn::Kind) {
        p->setFont(uiFont(13));
        p->setPen(isSkipped ? t.status.warnText : t.text.secondary);
        p->drawText(cell, Qt::AlignVCenter | Qt::TextSingleLine,
                    QFontMetricsF(p->font()).elidedText(text, Qt::ElideRight, cell.width()));
    } else if (isSkipped && column == ArtifactColumn::Before) {
        p->drawText(cell, Qt::AlignVCenter | Qt::TextSingleLine,
                    QFontMetricsF(p->font()).elidedText(text, Qt::ElideRight, cell.width()));
    } else if (column == ArtifactColumn::Change) {
        if (!isGroup)
            paintChange(*p, cell, row, text);
    } else {
        drawTabular(*p, cell, text);
    }
    p->restore();
}

/// An angle in the room before a heading: down where its rows show.
void ArtifactDelegate::paintFold(QPainter& p, const QPointF& center, bool isFolded) const
{
    const double unit = scaledF(1);
    p.setPen(QPen(m_theme->text.secondary, 1.5 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const std::array points = isFolded ? std::array{QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)}
                                       : std::array{QPointF(-4, -2), QPointF(0, 2), QPointF(4, -2)};
    std::array<QPointF, 3> placed;
    std::transform(points.begin(), points.end(), placed.begin(),
                   [&](const QPointF& point) { return center + point * unit; });
    p.drawPolyline(placed.data(), int(placed.size()));
}

/// A tick in the room before the name.
void ArtifactDelegate::paintMark(QPainter& p, const QPointF& center) const
{
    const double unit = scaledF(1);
    p.setPen(QPen(m_theme->accent.base, 2 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const std::array points{center + QPointF(-4, 0) * unit, center + QPointF(-1, 3) * unit,
                            center + QPointF(4, -4) * unit};
    p.drawPolyline(points.data(), int(points.size()));
}

void ArtifactDelegate::paintChange(QPainter& p, const QRectF& cell, int row, const QString& text) const
{
    const Theme& t = *m_theme;
    const ArtifactNumbers* const numbers = m_model->numbersAt(row);
    p.setFont(uiFont(12));
    p.setPen(t.text.secondary);
    if (!m_model->rowAt(row).isPair() || (numbers && !numbers->verdict)) {
        p.drawText(cell, Qt::AlignCenter | Qt::TextSingleLine,
                   QFontMetricsF(p.font()).elidedText(text, Qt::ElideRight, cell.width()));
        return;
    }
    const double middle = std::round(cell.center().x());
    const double gap = scaledF(8);
    const bool isChange =
        numbers && *numbers->verdict != VerdictKind::Unchanged && *numbers->verdict != VerdictKind::Relocated;
    const double change = isChange ? m_model->changeAt(row) : 0;
    if (isChange) {
        const double length = std::min(1.0, std::abs(change)) * cell.width() / 2 * kBarShare;
        const QRectF bar(change < 0 ? middle - length : middle, cell.top() + scaledF(5), length,
                         cell.height() - scaledF(10));
        const ChangeLook look{change < 0 ? ChangeMark::Less : ChangeMark::More, stepOf(change)};
        p.fillRect(bar, changeFill(look, t));
        paintChangeMark(p, look, bar, t);
        p.setFont(uiFont(12, QFont::DemiBold));
        p.setPen(changeTextColor(change, true, t));
    }
    p.fillRect(QRectF(middle, cell.top(), 1, cell.height()), t.line.control);
    const double width = tabularWidth(text, QFontMetricsF(p.font()));
    const double left = change > 0 ? middle - gap - width : middle + gap; // on the other side of the axis
    drawTabular(p, QRectF(left, cell.top(), width, cell.height()), text);
}

} // namespace sundial
