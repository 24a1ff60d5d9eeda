// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/note_popup.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr int kWidth = 480;
constexpr int kPadding = 16;
constexpr int kGap = 8;

QLabel* plainLabel(const QString& text, const QFont& font, QWidget* parent)
{
    auto* const label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText); // names of files and functions are no markup
    label->setWordWrap(true);
    label->setFont(font);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

NotePopup::NotePopup(const QString& title, const QStringList& paragraphs, const Theme& theme, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_theme(theme)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(title);
    setAccessibleDescription(paragraphs.join(u' '));
    setFocusPolicy(Qt::StrongFocus);
    setPalette(theme.palette());
    auto* const column = new QVBoxLayout(this);
    const int padding = scaled(kPadding);
    column->setContentsMargins(padding, padding, padding, padding);
    column->setSpacing(scaled(kGap));
    column->addWidget(plainLabel(title, uiFont(15, QFont::DemiBold), this));
    for (const QString& paragraph : paragraphs)
        column->addWidget(plainLabel(paragraph, uiFont(13), this));
    setFixedWidth(scaled(kWidth));
}

void NotePopup::addButton(const QString& text, std::function<void()> action)
{
    auto* const button = new QPushButton(text, this);
    layout()->addWidget(button);
    layout()->setAlignment(button, Qt::AlignLeft);
    connect(button, &QPushButton::clicked, this, [this, action = std::move(action)] {
        close();
        action();
    });
}

void NotePopup::popupBelow(const QWidget* anchor)
{
    const int height = layout()->heightForWidth(width());
    resize(width(), height > 0 ? height : sizeHint().height());
    const QRect screen = anchor->screen()->availableGeometry();
    QPoint place = anchor->mapToGlobal(QPoint(0, anchor->height() + scaled(4)));
    place.setX(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    place.setY(std::clamp(place.y(), screen.top(), std::max(screen.top(), screen.bottom() - this->height())));
    move(place);
    show();
    setFocus(Qt::PopupFocusReason);
}

void NotePopup::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void NotePopup::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), m_theme.surface.raised);
    p.setPen(QPen(m_theme.line.control, 1));
    p.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace sundial
