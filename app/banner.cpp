// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/banner.h"

#include "views/icons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace sundial
{

namespace
{

constexpr int kBannerHeight = 40;
constexpr int kCardWidth = 560;
constexpr int kCardPadding = 24;

} // namespace

Banner::Banner(QWidget* parent) : QWidget(parent), m_text(new QLabel(this)), m_close(new QToolButton(this))
{
    setFixedHeight(scaled(kBannerHeight));
    m_text->setTextFormat(Qt::PlainText); // the file's own words must never be markup
    m_close->setProperty("quiet", true);
    m_close->setAccessibleName(tr("Close this message"));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(40), 0, scaled(12), 0);
    row->addWidget(m_text, 1);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void Banner::showWarnings(const QStringList& warnings)
{
    setVisible(!warnings.isEmpty());
    if (warnings.isEmpty())
        return;
    m_text->setText(warnings.size() == 1 ? warnings.front()
                                         : tr("%1 (and %2 more notes)").arg(warnings.front()).arg(warnings.size() - 1));
    m_text->setToolTip(warnings.join(u'\n'));
}

void Banner::setTheme(const Theme& theme)
{
    m_theme = &theme;
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, theme.status.warnText);
    m_text->setPalette(palette);
    m_close->setIcon(themedIcon(QStringLiteral("close"), theme.status.warnText, theme.text.disabled));
    update();
}

void Banner::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), m_theme->status.warnSoft);
    const int icon = scaled(16);
    p.drawPixmap(scaled(16), (height() - icon) / 2,
                 iconPixmap(QStringLiteral("warning"), m_theme->status.warnText, icon, devicePixelRatioF()));
}

ErrorPage::ErrorPage(QWidget* parent) : QWidget(parent), m_buttons(new QWidget(this))
{
    auto* const row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(8));
    const auto add = [&](const QString& text, auto&& handler) {
        auto* const button = new QToolButton(m_buttons);
        button->setText(text);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this, handler);
        row->addWidget(button);
        return button;
    };
    add(tr("Open another…"), [this] { emit openRequested(); })->setProperty("primary", true);
    add(tr("Copy details"), [this] {
        QGuiApplication::clipboard()->setText(QStringList{m_text.title, m_text.what, m_text.cure}.join(u'\n'));
    });
    add(tr("Back to the start"), [this] { emit backRequested(); });
    row->addStretch(1);
}

void ErrorPage::showError(const ErrorText& text)
{
    m_text = text;
    setAccessibleName(text.title);
    setAccessibleDescription(text.what + u' ' + text.cure);
    resizeEvent(nullptr);
    update();
}

void ErrorPage::setTheme(const Theme& theme)
{
    m_theme = &theme;
    update();
}

QRect ErrorPage::cardRect() const
{
    const int width = std::min(scaled(kCardWidth), this->width() - 2 * scaled(kCardPadding));
    const int inner = width - 2 * scaled(kCardPadding);
    const auto height = [inner](const QFont& font, const QString& text) {
        return text.isEmpty()
                   ? 0
                   : QFontMetrics(font).boundingRect(0, 0, inner, 2000, Qt::TextWordWrap, text).height() + scaled(10);
    };
    const int total = height(uiFont(17, QFont::DemiBold), m_text.title) + height(uiFont(13), m_text.what) +
                      height(uiFont(13), m_text.cure) + 2 * scaled(kCardPadding) + scaled(44);
    return {(this->width() - width) / 2, std::max(scaled(24), (this->height() - total) / 3), width, total};
}

void ErrorPage::resizeEvent(QResizeEvent*)
{
    const QRect card = cardRect().adjusted(scaled(kCardPadding), 0, -scaled(kCardPadding), -scaled(kCardPadding));
    m_buttons->setGeometry(card.left(), card.bottom() - scaled(32), card.width(), scaled(34));
}

void ErrorPage::paintEvent(QPaintEvent*)
{
    const Theme& t = *m_theme;
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), t.surface.window);
    const QRect card = cardRect();
    p.setPen(QPen(t.line.hair, 1));
    p.setBrush(t.surface.panel);
    p.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    p.setPen(Qt::NoPen);
    p.setBrush(t.status.errorText);
    p.drawRoundedRect(QRectF(card.left(), card.top(), 4, card.height()), 2, 2);
    QRect text = card.adjusted(scaled(kCardPadding), scaled(kCardPadding), -scaled(kCardPadding), 0);
    const auto paragraph = [&](const QFont& font, const QColor& color, const QString& words) {
        if (words.isEmpty())
            return;
        p.setFont(font);
        p.setPen(color);
        QRect used;
        p.drawText(text, Qt::TextWordWrap, words, &used);
        text.setTop(used.bottom() + scaled(10));
    };
    paragraph(uiFont(17, QFont::DemiBold), t.text.primary, m_text.title);
    paragraph(uiFont(13), t.text.primary, m_text.what);
    paragraph(uiFont(13), t.text.secondary, m_text.cure);
}

} // namespace sundial
