// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/hover_card.h"

#include "views/text_fit.h"

#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kWidth = 312;
constexpr int kPadding = 14;
constexpr int kOffset = 12;
constexpr int kRow = 24;
constexpr int kTitle = 22;
constexpr int kShadow = 6;

} // namespace

HoverCard::HoverCard(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setObjectName(QStringLiteral("hoverCard"));
    hide();
}

HoverCard* HoverCard::of(QWidget* widget)
{
    QWidget* const window = widget->window();
    if (auto* const card = window->findChild<HoverCard*>(QStringLiteral("hoverCard"), Qt::FindDirectChildrenOnly))
        return card;
    return new HoverCard(window);
}

void HoverCard::showCard(const FrameCard& card, const Theme& theme, const QPoint& globalPosition)
{
    m_card = card;
    m_theme = &theme;
    const QWidget* const window = parentWidget();
    const int offset = scaled(kOffset);
    resize(scaled(kWidth) + 2 * kShadow, contentHeight() + 2 * kShadow);
    QPoint place = window->mapFromGlobal(globalPosition) + QPoint(offset, offset);
    if (place.x() + width() > window->width())
        place.rx() -= width() + 2 * offset;
    if (place.y() + height() > window->height())
        place.ry() -= height() + 2 * offset;
    move(std::max(0, place.x()), std::max(0, place.y()));
    raise();
    show();
    update();
}

int HoverCard::contentHeight() const
{
    int height = 2 * scaled(kPadding) + scaled(kTitle) + int(m_card.rows.size()) * scaled(kRow);
    if (!m_card.location.isEmpty())
        height += scaled(20);
    height += scaled(14); // the rule between title and rows
    if (!m_card.footnote.isEmpty()) {
        const QFontMetrics metrics(uiFont(11));
        height +=
            scaled(8) +
            metrics.boundingRect(0, 0, scaled(kWidth - 2 * kPadding), 1000, Qt::TextWordWrap, m_card.footnote).height();
    }
    return height;
}

void HoverCard::paintEvent(QPaintEvent*)
{
    if (!m_theme)
        return;
    const Theme& t = *m_theme;
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF outer = QRectF(rect()).adjusted(kShadow, kShadow, -kShadow, -kShadow);
    p.setPen(Qt::NoPen);
    for (int i = kShadow; i > 0; --i) { // a soft shadow: this floats
        p.setBrush(QColor(0, 0, 0, 6));
        p.drawRoundedRect(outer.adjusted(-i, -i + 2, i, i), 10 + i, 10 + i);
    }
    p.setPen(QPen(t.line.strong, 1));
    p.setBrush(t.surface.raised);
    p.drawRoundedRect(outer.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);

    const double padding = scaledF(kPadding);
    const QRectF inner = outer.adjusted(padding, padding, -padding, -padding);
    double y = inner.top();
    const double swatch = scaledF(12);
    p.setPen(Qt::NoPen);
    p.setBrush(m_card.swatch);
    p.drawRoundedRect(QRectF(inner.left(), y + scaledF(4), swatch, swatch), 3, 3);
    p.setFont(uiFont(14, QFont::DemiBold));
    p.setPen(t.text.primary);
    const double titleX = inner.left() + swatch + scaledF(8);
    const QRectF titleRect(titleX, y, inner.right() - titleX, scaledF(kTitle));
    p.drawText(titleRect, Qt::AlignVCenter | Qt::TextSingleLine,
               elideMiddle(m_card.title, QFontMetricsF(p.font()), titleRect.width()));
    y += scaledF(kTitle);
    if (!m_card.location.isEmpty()) {
        p.setFont(uiFont(12));
        p.setPen(t.text.secondary);
        const QRectF line(inner.left(), y, inner.width(), scaledF(20));
        p.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine,
                   elidePath(m_card.location, QFontMetricsF(p.font()), line.width()));
        y += scaledF(20);
    }
    p.setPen(QPen(t.line.hair, 1));
    y += scaledF(7);
    p.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y));
    y += scaledF(7);
    const double shareWidth = scaledF(72);
    for (const CardRow& row : m_card.rows) {
        const QRectF line(inner.left(), y, inner.width(), scaledF(kRow));
        p.setFont(uiFont(12));
        p.setPen(t.text.secondary);
        p.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine, row.label);
        p.setPen(t.text.secondary);
        drawTabular(p, line, row.share);
        p.setFont(uiFont(12, QFont::DemiBold));
        p.setPen(t.text.primary);
        drawTabular(p, line.adjusted(0, 0, -shareWidth, 0), row.value);
        y += scaledF(kRow);
    }
    if (!m_card.footnote.isEmpty()) {
        p.setFont(uiFont(11));
        p.setPen(t.text.tertiary);
        p.drawText(QRectF(inner.left(), y + scaledF(6), inner.width(), outer.bottom() - y), Qt::TextWordWrap,
                   m_card.footnote);
    }
}

} // namespace sundial
