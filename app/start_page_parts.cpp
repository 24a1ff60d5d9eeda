// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_page_parts.h"

#include "app/header_bar.h"
#include "views/icons.h"
#include "views/text_fit.h"

#include <QContextMenuEvent>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QSvgRenderer>
#include <QToolButton>
#include <QVBoxLayout>

namespace sundial
{

namespace
{

constexpr int kTitleHeight = 56;
constexpr int kDropHeight = 248;
constexpr int kChipHeight = 25;
constexpr int kCardHeight = 58;
constexpr int kRecentRow = 60;
constexpr int kEmptyRecent = 76;

/// "Today 09:41", "Yesterday", "Thu 19 Nov".
QString whenText(qint64 sinceEpochMs)
{
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(sinceEpochMs);
    const qint64 days = when.date().daysTo(QDate::currentDate());
    const QLocale locale;
    if (days <= 0)
        return StartTitle::tr("Today %1").arg(locale.toString(when.time(), QStringLiteral("HH:mm")));
    return days == 1 ? StartTitle::tr("Yesterday") : locale.toString(when.date(), QStringLiteral("ddd d MMM"));
}

QString homeShortened(const QString& folder)
{
    const QString home = QDir::homePath();
    return folder.startsWith(home) ? QLatin1Char('~') + folder.mid(home.size()) : folder;
}

void drawIconBox(QPainter& p, const QRectF& box, const QString& icon, const QColor& fill, const QColor& color)
{
    p.setPen(Qt::NoPen);
    p.setBrush(fill);
    p.drawRoundedRect(box, 6, 6);
    const int size = scaled(16);
    p.drawPixmap(box.center() - QPointF(size / 2.0, size / 2.0),
                 iconPixmap(icon, color, size, p.device()->devicePixelRatioF()));
}

} // namespace

StartTitle::StartTitle(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(scaled(kTitleHeight));
}

void StartTitle::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const double size = scaledF(kTitleHeight);
    QSvgRenderer(QStringLiteral(":/icons/sundial.svg")).render(&p, QRectF(0, 0, size, size));
    const double x = size + scaledF(16);
    p.setFont(uiFont(26, QFont::DemiBold));
    p.setPen(m_theme.text.primary);
    p.drawText(QRectF(x, 0, width() - x, scaledF(32)), Qt::AlignVCenter, QStringLiteral("Sundial"));
    p.setFont(uiFont(14));
    p.setPen(m_theme.text.secondary);
    p.drawText(QRectF(x, scaledF(32), width() - x, scaledF(24)), Qt::AlignVCenter,
               tr("See where the time goes. Then see whether the change worked."));
}

DropZone::DropZone(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(scaled(kDropHeight));
    auto* const open = new QToolButton(this);
    open->setText(tr("Open…"));
    open->setProperty("primary", true);
    open->setIcon(themedIcon(QStringLiteral("open"), theme.text.onAccent, theme.text.disabled));
    auto* const compare = new QToolButton(this);
    compare->setText(tr("Compare two…"));
    compare->setIcon(themedIcon(QStringLiteral("compare"), theme.text.primary, theme.text.disabled));
    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(scaled(12));
    buttons->addStretch(1);
    auto* const watch = new QToolButton(this);
    watch->setText(tr("Watch a folder…"));
    watch->setIcon(themedIcon(QStringLiteral("watch"), theme.text.primary, theme.text.disabled));
    connect(watch, &QToolButton::clicked, this, &DropZone::watchRequested);
    for (QToolButton* button : {open, compare, watch}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto* const column = new QVBoxLayout(this);
    column->addStretch(1);
    column->addLayout(buttons);
    column->addSpacing(scaled(24));
    connect(open, &QToolButton::clicked, this, &DropZone::openRequested);
    connect(compare, &QToolButton::clicked, this, &DropZone::compareRequested);
}

void DropZone::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    QPen edge(m_theme.line.control, 1.5);
    edge.setDashPattern({5, 4});
    p.setPen(edge);
    p.setBrush(m_theme.surface.panel);
    p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 12, 12);
    // The sundial: three broken rings over a horizon.
    const QPointF centre(width() / 2.0, scaledF(84));
    p.setPen(QPen(m_theme.swatch(m_theme.module.own), scaledF(8), Qt::SolidLine, Qt::FlatCap));
    p.setBrush(Qt::NoBrush);
    const int arcs[][3] = {{14, 0, 180}, {25, 12, 70}, {25, 92, 88}, {36, 20, 44}, {36, 96, 30}, {36, 132, 40}};
    for (const auto& [radius, from, span] : arcs) {
        const double r = scaledF(radius);
        p.drawArc(QRectF(centre.x() - r, centre.y() - r, 2 * r, 2 * r), from * 16, span * 16);
    }
    p.setPen(QPen(m_theme.accent.base, scaledF(2.5), Qt::SolidLine, Qt::RoundCap));
    p.drawLine(centre + QPointF(-scaledF(56), scaledF(8)), centre + QPointF(scaledF(56), scaledF(8)));
    p.setFont(uiFont(16, QFont::DemiBold));
    p.setPen(m_theme.text.primary);
    p.drawText(QRectF(0, scaledF(112), width(), scaledF(28)), Qt::AlignCenter,
               tr("Drop a profile, a folder or a CI artifact"));
    p.setFont(uiFont(13));
    p.setPen(m_theme.text.secondary);
    p.drawText(QRectF(0, scaledF(140), width(), scaledF(24)), Qt::AlignCenter, tr("Drop two files to compare them"));
}

ChipRow::ChipRow(const Theme& theme, QStringList texts, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_texts(std::move(texts))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int ChipRow::layOut(int width, QList<QRectF>* rects) const
{
    const QFontMetricsF metrics(uiFont(12));
    const double height = scaledF(kChipHeight);
    double x = 0, y = 0;
    for (const QString& text : m_texts) {
        const double chip = metrics.horizontalAdvance(text) + scaledF(22);
        if (x > 0 && x + chip > width) {
            x = 0;
            y += height + scaledF(8);
        }
        if (rects)
            rects->append(QRectF(x, y, chip, height));
        x += chip + scaledF(8);
    }
    return int(y + height) + 1;
}

void ChipRow::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    QList<QRectF> rects;
    layOut(width(), &rects);
    p.setFont(uiFont(12));
    for (qsizetype i = 0; i < rects.size(); ++i) {
        p.setPen(QPen(m_theme.line.strong, 1));
        p.setBrush(m_theme.surface.panel);
        p.drawRoundedRect(rects[i].adjusted(0.5, 0.5, -0.5, -0.5), rects[i].height() / 2, rects[i].height() / 2);
        p.setPen(m_theme.text.primary);
        p.drawText(rects[i], Qt::AlignCenter, m_texts[i]);
    }
}

SampleCard::SampleCard(const Theme& theme, const QString& icon, const QString& name, const QString& what,
                       QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_icon(icon), m_what(what)
{
    setText(name);
    setAccessibleName(name + QStringLiteral(": ") + what);
    setFixedHeight(scaled(kCardHeight));
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
}

QSize SampleCard::sizeHint() const
{
    return {scaled(168), scaled(kCardHeight)};
}

void SampleCard::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(hasFocus() ? QPen(m_theme.focus, 2) : QPen(m_theme.line.hair, 1));
    p.setBrush(underMouse() ? m_theme.surface.hover : m_theme.surface.panel);
    p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
    const double box = scaledF(32);
    const QRectF icon(scaledF(12), (height() - box) / 2, box, box);
    drawIconBox(p, icon, m_icon, m_theme.accent.soft, m_theme.accent.base);
    const double x = icon.right() + scaledF(10);
    p.setFont(uiFont(13, QFont::DemiBold));
    p.setPen(m_theme.text.primary);
    p.drawText(QRectF(x, scaledF(9), width() - x - 8, scaledF(20)), Qt::AlignVCenter,
               QFontMetricsF(p.font()).elidedText(text(), Qt::ElideRight, width() - x - 8));
    p.setFont(uiFont(12));
    p.setPen(m_theme.text.secondary);
    p.drawText(QRectF(x, scaledF(29), width() - x - 8, scaledF(20)), Qt::AlignVCenter,
               QFontMetricsF(p.font()).elidedText(m_what, Qt::ElideRight, width() - x - 8));
}

RecentList::RecentList(const Theme& theme, QList<RecentFile> files, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_files(std::move(files))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Recent files"));
    setFixedHeight(sizeHint().height());
}

QSize RecentList::sizeHint() const
{
    return {scaled(400), (m_files.isEmpty() ? scaled(kEmptyRecent) : int(m_files.size()) * scaled(kRecentRow)) + 8};
}

int RecentList::rowAt(int y) const
{
    const int row = (y - 4) / scaled(kRecentRow);
    return y >= 4 && row < m_files.size() ? row : -1;
}

void RecentList::setCurrent(int row)
{
    if (row == m_current)
        return;
    m_current = row;
    setToolTip(row >= 0 ? m_files[row].path : QString());
    update();
}

void RecentList::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(m_theme.line.hair, 1));
    p.setBrush(m_theme.surface.panel);
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    if (m_files.isEmpty()) {
        p.setFont(uiFont(13));
        p.setPen(m_theme.text.tertiary);
        p.drawText(rect(), Qt::AlignCenter, tr("Files that you open are listed here."));
        return;
    }
    const double rowHeight = scaledF(kRecentRow);
    for (int i = 0; i < int(m_files.size()); ++i) {
        const RecentFile& file = m_files[i];
        const QRectF row(4, 4 + i * rowHeight, width() - 8, rowHeight);
        if (i == m_current) {
            p.setPen(hasFocus() ? QPen(m_theme.focus, 2) : QPen(Qt::NoPen));
            p.setBrush(m_theme.surface.hover);
            p.drawRoundedRect(row.adjusted(1, 1, -1, -1), 8, 8);
        }
        const double box = scaledF(32);
        const QRectF icon(row.left() + scaledF(10), row.center().y() - box / 2, box, box);
        drawIconBox(p, icon, kindIcon(file.format.toStdString()), m_theme.surface.sunken, m_theme.text.secondary);
        p.setFont(uiFont(13, QFont::DemiBold));
        const QFontMetricsF bold(p.font());
        const double summary = bold.horizontalAdvance(file.summary);
        const double x = icon.right() + scaledF(12);
        const double textWidth = row.right() - scaledF(24) - summary - x;
        p.setPen(m_theme.text.primary);
        p.drawText(row.adjusted(0, 0, -scaledF(12), 0), int(Qt::AlignVCenter | Qt::AlignRight), file.summary);
        const QFileInfo info(file.path);
        p.drawText(QRectF(x, row.top() + scaledF(10), textWidth, scaledF(20)), Qt::AlignVCenter,
                   elideMiddle(info.fileName(), bold, textWidth));
        p.setFont(uiFont(12));
        p.setPen(m_theme.text.secondary);
        const QString when = QStringLiteral("  ·  ") + whenText(file.openedMs);
        const QFontMetricsF plain(p.font());
        const QString folder =
            elidePath(homeShortened(info.absolutePath()), plain, textWidth - plain.horizontalAdvance(when));
        p.drawText(QRectF(x, row.top() + scaledF(30), textWidth, scaledF(20)), Qt::AlignVCenter, folder + when);
        if (i + 1 < m_files.size()) {
            p.setPen(QPen(m_theme.line.hair, 1));
            p.drawLine(QPointF(x, row.bottom()), QPointF(row.right() - scaledF(12), row.bottom()));
        }
    }
}

void RecentList::mouseMoveEvent(QMouseEvent* event)
{
    setCurrent(rowAt(int(event->position().y())));
}

void RecentList::mousePressEvent(QMouseEvent* event)
{
    const int row = rowAt(int(event->position().y()));
    if (row >= 0 && event->button() == Qt::LeftButton)
        emit chosen(m_files[row].path);
}

void RecentList::leaveEvent(QEvent*)
{
    setCurrent(-1);
}

void RecentList::keyPressEvent(QKeyEvent* event)
{
    const int last = int(m_files.size()) - 1;
    if (event->key() == Qt::Key_Down)
        setCurrent(std::min(m_current + 1, last));
    else if (event->key() == Qt::Key_Up)
        setCurrent(std::max(m_current - 1, std::min(0, last)));
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0)
        emit chosen(m_files[m_current].path);
    else
        QWidget::keyPressEvent(event);
}

void RecentList::contextMenuEvent(QContextMenuEvent* event)
{
    const int row = event->reason() == QContextMenuEvent::Keyboard ? m_current : rowAt(event->y());
    if (row >= 0)
        emit menuRequested(m_files[row].path, event->globalPos());
}

} // namespace sundial
