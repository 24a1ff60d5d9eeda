// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_page.h"

#include "app/start_page_parts.h"
#include "parsers/formats.h"
#include "views/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include <utility>

namespace sundial
{

namespace
{

constexpr int kColumn = 1120;
constexpr int kDropWidth = 536;

QLabel* heading(const QString& text, const Theme& theme, QWidget* parent)
{
    auto* const label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(uiFont(13, QFont::DemiBold));
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, theme.text.secondary);
    label->setPalette(palette);
    return label;
}

} // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent) {}

void StartPage::setTheme(const Theme& theme)
{
    m_theme = &theme;
    refresh();
    update();
}

void StartPage::setRecent(const QList<RecentFile>& recent)
{
    m_recent = recent;
    refresh();
}

void StartPage::refresh()
{
    if (isVisible())
        rebuild();
    else // a window that opens a file never shows this page
        delete std::exchange(m_column, nullptr);
}

void StartPage::rebuild()
{
    // Few widgets, rebuilt at most when the theme or the list changes: simpler than keeping each up to date.
    delete m_column;
    m_column = new QWidget(this);
    const Theme& t = *m_theme;

    auto* const title = new StartTitle(t, m_column);
    auto* const drop = new DropZone(t, m_column);
    connect(drop, &DropZone::openRequested, this, &StartPage::openRequested);
    connect(drop, &DropZone::compareRequested, this, &StartPage::compareRequested);
    connect(drop, &DropZone::watchRequested, this, &StartPage::watchRequested);

    QStringList names;
    for (const Format* format : formats())
        names << QString::fromUtf8(format->title.data(), qsizetype(format->title.size()));

    auto* const samples = new QHBoxLayout;
    samples->setSpacing(scaled(12));
    const auto addSample = [&](const QString& id, const char* icon, const QString& name, const QString& what) {
        auto* const card = new SampleCard(t, QLatin1String(icon), name, what, m_column);
        connect(card, &QAbstractButton::clicked, this, [this, id] { emit sampleChosen(id); });
        samples->addWidget(card);
    };
    addSample(QStringLiteral("before"), "icicle", tr("A slow report"), tr("cProfile, 2.0 s"));
    addSample(QStringLiteral("pair"), "compare", tr("Before and after"), tr("The same report, mended"));

    auto* const left = new QVBoxLayout;
    left->setSpacing(scaled(12));
    left->addWidget(drop);
    left->addSpacing(scaled(16));
    left->addWidget(heading(tr("Opens"), t, m_column));
    left->addWidget(new ChipRow(t, names, m_column));
    left->addSpacing(scaled(16));
    left->addWidget(heading(tr("Try a sample"), t, m_column));
    left->addLayout(samples);
    left->addStretch(1);

    auto* const right = new QVBoxLayout;
    right->setSpacing(scaled(12));
    auto* const recentHead = new QHBoxLayout;
    recentHead->addWidget(heading(tr("Recent"), t, m_column));
    recentHead->addStretch(1);
    if (!m_recent.isEmpty()) {
        auto* const clear = new QToolButton(m_column);
        clear->setText(tr("Clear"));
        clear->setProperty("quiet", true);
        connect(clear, &QToolButton::clicked, this, &StartPage::clearRecentRequested);
        recentHead->addWidget(clear);
    }
    right->addLayout(recentHead);
    auto* const list = new RecentList(t, m_recent, m_column);
    connect(list, &RecentList::chosen, this, &StartPage::recentChosen);
    connect(list, &RecentList::menuRequested, this, &StartPage::recentMenuRequested);
    right->addWidget(list);
    right->addStretch(1);

    auto* const columns = new QHBoxLayout;
    columns->setSpacing(scaled(48));
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    auto* const whole = new QVBoxLayout(m_column);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(scaled(28));
    whole->addWidget(title);
    whole->addLayout(columns, 1);
    m_column->setMinimumWidth(0);
    drop->setMinimumWidth(std::min(scaled(kDropWidth), 420));
    place();
    m_column->show();
}

void StartPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_column)
        rebuild();
}

void StartPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_column)
        place();
}

void StartPage::place()
{
    const int side = scaled(24);
    const int columnWidth = std::min(scaled(kColumn), width() - 2 * side);
    const int foot = scaled(48);
    // An eighth down, less in a low window: what is on the page comes before the air above it.
    const int spare = height() - foot - m_column->sizeHint().height();
    const int top = std::clamp(spare, scaled(24), std::max(scaled(24), height() / 8));
    m_column->setGeometry((width() - columnWidth) / 2, top, columnWidth, height() - top - foot);
}

void StartPage::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), m_theme->surface.window);
    p.setFont(uiFont(12));
    p.setPen(m_theme->text.tertiary);
    p.drawText(QRect(0, height() - scaled(40), width(), scaled(24)), Qt::AlignCenter,
               tr("Sundial reads files. It runs nothing that it opens, and it never uses the network."));
}

} // namespace sundial
