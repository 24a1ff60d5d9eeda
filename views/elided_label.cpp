// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/elided_label.h"

#include "views/text_fit.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>

namespace sundial
{

namespace
{

constexpr int kLeastWidth = 48;

} // namespace

ElidedLabel::ElidedLabel(Kind kind, QWidget* parent) : QAbstractButton(parent), m_kind(kind)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(kind == Kind::Link ? Qt::TabFocus : Qt::NoFocus);
    if (kind == Kind::Link)
        setCursor(Qt::PointingHandCursor);
}

void ElidedLabel::setFullText(const QString& text, bool isPath)
{
    m_isPath = isPath;
    setAccessibleName(text);
    setToolTip(text);
    QString plain = text;
    setText(plain.replace(QLatin1Char('&'), QLatin1String("&&"))); // no mnemonic: it would make a shortcut
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(accessibleName()) + 2, metrics.height() + 4};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {kLeastWidth, sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    QFont shown = font();
    shown.setUnderline(m_kind == Kind::Link && underMouse());
    p.setFont(shown);
    p.setPen(palette().color(m_kind == Kind::Link ? QPalette::Link : QPalette::WindowText));
    const QFontMetricsF metrics(shown);
    const QString text =
        m_isPath ? elidePath(accessibleName(), metrics, width()) : elideMiddle(accessibleName(), metrics, width());
    p.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        QStyleOptionFocusRect ring;
        ring.initFrom(this);
        ring.state |= QStyle::State_KeyboardFocusChange;
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &ring, &p, nullptr); // no widget: buttons draw theirs
    }
}

} // namespace sundial
