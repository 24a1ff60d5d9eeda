// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/artifact_browser.h"

#include "app/artifact_delegate.h"
#include "model/memory_guard.h"
#include "views/icons.h"
#include "views/number_text.h"
#include "views/search_field.h"
#include "views/text_fit.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPromise>
#include <QShortcut>
#include <QTableView>
#include <QToolButton>
#include <QtConcurrentRun>

#include <utility>

namespace sundial
{

namespace
{

constexpr int kRow = 28;
constexpr int kTableHead = 30;
constexpr int kSideWidth = 340;
constexpr int kMargin = 16;
constexpr int kFilterWidth = 240;
constexpr std::size_t kManyRows = 1000; ///< From here on numbers come in batches.
constexpr int kBatchMs = 100;
constexpr std::array kWidths{300, 160, 100, 100, 200, 90};

QLabel* label(int size, int weight = QFont::Normal)
{
    auto* const made = new QLabel;
    made->setTextFormat(Qt::PlainText);
    made->setFont(uiFont(size, weight));
    made->setWordWrap(true);
    return made;
}

QToolButton* button(const QString& text)
{
    auto* const made = new QToolButton;
    made->setText(text);
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return made;
}

} // namespace

ArtifactBrowser::ArtifactBrowser(QWidget* parent)
    : QWidget(parent), m_model(new ArtifactModel(this)), m_table(new QTableView), m_filter(new SearchField),
      m_head(label(16, QFont::DemiBold)), m_facts(label(12)), m_keys(label(12)), m_pairs(label(15, QFont::DemiBold)),
      m_pairsHow(label(12)), m_name(label(16, QFont::DemiBold)), m_verdict(label(14, QFont::DemiBold)),
      m_evidence(label(12)), m_files(label(12)), m_banner(new QWidget), m_side(new QWidget), m_preview(new PairPreview),
      m_swap(button(tr("Swap sides"))), m_compareSets(button({})), m_compareMarked(button(tr("Compare marked"))),
      m_compare(button(tr("Compare"))), m_openBefore(button(tr("Open before"))), m_openAfter(button(tr("Open after")))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ArtifactDelegate(m_model, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setMouseTracking(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(scaled(kRow));
    m_table->horizontalHeader()->setFixedHeight(scaled(kTableHead));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setAccessibleName(tr("Files found"));
    for (int c = 0; c < kArtifactColumns; ++c)
        m_table->setColumnWidth(c, scaled(kWidths[std::size_t(c)]));
    m_table->horizontalHeader()->setSectionResizeMode(int(ArtifactColumn::Name), QHeaderView::Stretch);
    setFocusProxy(m_table);
    m_keys->setText(tr("Enter compares or opens  ·  Space marks  ·  Ctrl+B changes the side  ·  ← → fold"));
    m_keys->setMargin(scaled(6));
    m_keys->setIndent(scaled(6));
    m_filter->setPlaceholderText(tr("Filter tests and files (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter tests and files"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setTextMargins(scaled(6), 0, scaled(6), 0);
    m_filter->setFixedWidth(scaled(kFilterWidth));
    m_filter->installEventFilter(this);

    m_compare->setProperty("primary", true);
    m_compareSets->setProperty("primary", true);
    m_compareMarked->setProperty("primary", true);
    auto* const words = new QVBoxLayout;
    words->setSpacing(scaled(2));
    words->addWidget(m_pairs);
    words->addWidget(m_pairsHow);
    auto* const bannerRow = new QHBoxLayout(m_banner);
    bannerRow->setContentsMargins(scaled(kMargin), scaled(10), scaled(kMargin), scaled(10));
    bannerRow->addLayout(words, 1);
    bannerRow->addWidget(m_swap);
    bannerRow->addWidget(m_compareSets);
    bannerRow->addWidget(m_compareMarked);
    m_banner->setAutoFillBackground(true);

    auto* const title = new QVBoxLayout;
    title->setSpacing(scaled(2));
    title->addWidget(m_head);
    title->addWidget(m_facts);
    auto* const head = new QHBoxLayout;
    head->setContentsMargins(scaled(kMargin), scaled(10), scaled(kMargin), scaled(10));
    head->addLayout(title, 1);
    head->addWidget(m_filter, 0, Qt::AlignVCenter);
    auto* const left = new QVBoxLayout;
    left->setSpacing(0);
    left->addLayout(head);
    left->addWidget(m_banner);
    left->addWidget(m_table, 1);
    left->addWidget(m_keys);

    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(scaled(8));
    for (QToolButton* b : {m_compare, m_openBefore, m_openAfter})
        buttons->addWidget(b);
    buttons->addStretch(1);
    auto* const side = new QVBoxLayout(m_side);
    side->setContentsMargins(scaled(kMargin), scaled(12), scaled(kMargin), scaled(12));
    side->setSpacing(scaled(10));
    m_verdict->setAutoFillBackground(true);
    m_verdict->setMargin(scaled(10));
    for (QWidget* part : std::initializer_list<QWidget*>{m_name, m_verdict, m_evidence, m_preview, m_files})
        side->addWidget(part);
    side->addLayout(buttons);
    side->addStretch(1);
    m_side->setFixedWidth(scaled(kSideWidth));
    auto* const whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(left, 1);
    whole->addWidget(m_side);

    connect(m_swap, &QToolButton::clicked, this, &ArtifactBrowser::swapSides);
    connect(m_compareSets, &QToolButton::clicked, this, &ArtifactBrowser::compareSets);
    connect(m_compare, &QToolButton::clicked, this, &ArtifactBrowser::activate);
    connect(m_openBefore, &QToolButton::clicked, this, [this] { open(currentRow()->before); });
    connect(m_openAfter, &QToolButton::clicked, this, [this] { open(currentRow()->after); });
    connect(m_table, &QTableView::doubleClicked, this, [this] {
        if (currentRow()) // the clicks have folded a group already
            activate();
    });
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter})
        connect(new QShortcut(key, m_table, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this,
                &ArtifactBrowser::activate);
    connect(new QShortcut(Qt::Key_Space, m_table, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this,
            &ArtifactBrowser::mark);
    connect(new QShortcut(Qt::CTRL | Qt::Key_B, m_table, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated,
            this, &ArtifactBrowser::changeSide);
    connect(new QShortcut(Qt::Key_Left, m_table, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this,
            [this] { setFolded(true); });
    connect(new QShortcut(Qt::Key_Right, m_table, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this,
            [this] { setFolded(false); });
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (m_model->isGroup(index.row()))
            toggleFold();
    });
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QTableView::customContextMenuRequested, this, &ArtifactBrowser::showMenu);
    connect(m_compareMarked, &QToolButton::clicked, this, &ArtifactBrowser::compareMarked);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (!hasFiles())
            return;
        const ArtifactRow* const row = currentRow();
        m_model->setFilter(text);
        select(row ? int(row - m_model->rows().data()) : -1);
        say();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ArtifactBrowser::refreshSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ArtifactBrowser::spanReasons);
    connect(&m_listing, &QFutureWatcher<Listed>::finished, this, &ArtifactBrowser::onListed);
    connect(&m_measuring, &QFutureWatcher<Measured>::resultReadyAt, this, [this](int at) {
        if (!m_model->list())
            return; // the list was left meanwhile
        for (const auto& [index, numbers] : m_measuring.resultAt(at))
            m_model->setNumbers(index, numbers);
        refreshSelection();
        say();
    });
    connect(&m_measuring, &QFutureWatcher<Measured>::finished, this, [this] {
        if (!m_model->list())
            return;
        if (m_progress->isCancelled())
            return measure(); // left and come back meanwhile
        if (m_model->pairs() > 0) {
            const ArtifactRow* const current = currentRow();
            m_model->sortByChange();
            select(current ? int(current - m_model->rows().data()) : -1);
        }
        say();
    });
    m_side->hide();
    m_banner->hide();
}

ArtifactBrowser::~ArtifactBrowser()
{
    stop();
}

void ArtifactBrowser::stop()
{
    if (m_progress)
        m_progress->cancel();
    m_listing.waitForFinished();
    m_measuring.waitForFinished();
}

void ArtifactBrowser::forget()
{
    stop();
    m_measuring.setFuture({}); // nothing of it comes late
    m_preview->showPair(nullptr, nullptr);
    m_model->setList(nullptr);
    m_filter->clear();
}

void ArtifactBrowser::browse(const QStringList& paths)
{
    forget();
    m_progress = std::make_shared<Progress>();
    m_title = paths.front();
    m_head->setText(tr("Looking through the files…"));
    m_facts->clear();
    m_banner->hide();
    m_side->hide();
    m_listing.setFuture(QtConcurrent::run([paths, progress = m_progress]() -> Listed {
        return std::make_shared<Result<ArtifactList>>(withinMemory([&] { return listArtifacts(paths, *progress); }));
    }));
}

void ArtifactBrowser::onListed()
{
    const Listed listed = m_listing.result();
    if (!*listed) { // if it was cancelled, something else is shown
        if (listed->error().kind != ErrorKind::Cancelled)
            m_head->setText(displayText(listed->error().message + ' ' + listed->error().cure));
        return;
    }
    const auto list = std::make_shared<const ArtifactList>(std::move(**listed));
    m_title = list->title;
    m_model->setList(list);
    double size = 0;
    qsizetype skipped = 0;
    for (const Artifact& file : list->files) {
        size += double(file.size);
        skipped += file.skipped.isEmpty() ? 0 : 1;
    }
    m_head->setText(list->title);
    m_facts->setText(
        (QStringList{tr("%1 files, %2 skipped").arg(countText(double(list->files.size())), countText(double(skipped))),
                     valueText(size, Unit::Bytes), tr("nothing was unpacked to disk")} +
         list->warnings)
            .join(QStringLiteral("  ·  ")));
    sayPairs();
    select(-1);
    measure();
}

void ArtifactBrowser::select(int index)
{
    int row = index >= 0 ? m_model->lineOf(index) : -1;
    for (int at = 0; at < m_model->rowCount() && row < 0; ++at)
        row = m_model->isGroup(at) ? -1 : at;
    if (row >= 0)
        m_table->selectRow(row);
    m_side->setVisible(row >= 0);
    refreshSelection();
}

void ArtifactBrowser::measure()
{
    const std::shared_ptr<const ArtifactList> list = m_model->list();
    if (!list || !isVisible() || m_measuring.isRunning())
        return;
    std::vector<ArtifactRow> rows;
    std::vector<int> indices;
    for (int i = 0; i < int(m_model->rows().size()); ++i) {
        const ArtifactRow& row = m_model->rows()[std::size_t(i)];
        if (m_model->isMeasured(i) || list->isSkipped(row))
            continue;
        rows.push_back(row);
        indices.push_back(i);
    }
    m_progress = std::make_shared<Progress>();
    m_measuring.setFuture(QtConcurrent::run([list, rows = std::move(rows), indices = std::move(indices),
                                             progress = m_progress](QPromise<Measured>& promise) {
        Measured batch; // many small ones come together, so that the window has time for other things
        QElapsedTimer since;
        since.start();
        measureArtifacts(*list, rows, *progress, [&](std::size_t row, ArtifactNumbers numbers) {
            batch.emplace_back(indices[row], std::move(numbers));
            if (rows.size() >= kManyRows && since.elapsed() < kBatchMs)
                return;
            promise.addResult(std::exchange(batch, {}));
            since.start();
        });
        if (!batch.empty() && !progress->isCancelled())
            promise.addResult(std::move(batch));
    }));
    say();
}

void ArtifactBrowser::spanReasons()
{
    constexpr int kFirst = int(ArtifactColumn::Before);
    m_table->clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!m_model->isGroup(row) && m_model->list()->isSkipped(m_model->rowAt(row)))
            m_table->setSpan(row, kFirst, 1, int(ArtifactColumn::Size) - kFirst);
    }
}

void ArtifactBrowser::mark()
{
    if (!currentRow())
        return;
    m_model->toggleMark(m_table->currentIndex().row());
    sayPairs();
}

void ArtifactBrowser::changeSide()
{
    const ArtifactRow* const row = currentRow();
    if (!row || m_model->list()->isSkipped(*row))
        return;
    const bool isPair = row->isPair();
    if (isPair)
        stop(); // its numbers are wanted the other way round
    m_model->cycleSide(m_table->currentIndex().row());
    sayPairs();
    refreshSelection();
    if (isPair)
        measure();
}

void ArtifactBrowser::compareMarked()
{
    std::vector<int> before, after;
    m_model->markedFiles(before, after);
    emit compareRequested(pathsOf(before), pathsOf(after));
}

QStringList ArtifactBrowser::pathsOf(const std::vector<int>& files) const
{
    QStringList paths;
    for (const int file : files)
        paths << m_model->list()->files[std::size_t(file)].path;
    return paths;
}

const ArtifactRow* ArtifactBrowser::currentRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() && !m_model->isGroup(current.row()) ? &m_model->rowAt(current.row()) : nullptr;
}

void ArtifactBrowser::refreshSelection()
{
    const ArtifactRow* const row = currentRow();
    const bool isOpenable = row && !m_model->list()->isSkipped(*row);
    m_compare->setVisible(row && row->isPair());
    m_openBefore->setVisible(isOpenable && row->before >= 0);
    m_openAfter->setVisible(isOpenable && row->after >= 0);
    m_openAfter->setText(isOpenable && row->isPair() ? tr("Open after") : tr("Open"));
    m_openBefore->setText(isOpenable && row->isPair() ? tr("Open before") : tr("Open"));
    m_preview->showPair(m_model->list(), row);
    if (!row)
        return sayGroup();
    const ArtifactNumbers* const numbers = m_model->numbersAt(m_table->currentIndex().row());
    const Theme& t = *m_theme;
    m_name->setText(row->name);
    QPalette palette = m_verdict->palette();
    const auto kind = numbers ? numbers->verdict : std::nullopt;
    palette.setColor(QPalette::Window, kind == VerdictKind::Slower   ? t.status.moreSoft
                                       : kind == VerdictKind::Faster ? t.status.lessSoft
                                                                     : t.status.sameSoft);
    m_verdict->setPalette(palette);
    m_verdict->setText(numbers ? numbers->title : QString());
    m_verdict->setVisible(!m_verdict->text().isEmpty());
    m_evidence->setText(!isOpenable ? m_model->list()->shown(*row).skipped : numbers ? numbers->evidence : QString());
    QStringList files;
    for (const int file : {row->before, row->after}) {
        if (file < 0)
            continue;
        const Artifact& artifact = m_model->list()->files[std::size_t(file)];
        files << (row->isPair() ? (file == row->before ? QStringLiteral("○ ") : QStringLiteral("● ")) : QString()) +
                     artifact.name + QStringLiteral("  ·  ") + valueText(double(artifact.size), Unit::Bytes);
    }
    m_files->setText(files.join(u'\n'));
}

void ArtifactBrowser::swapSides()
{
    stop();
    m_model->swapSides();
    sayPairs();
    refreshSelection();
    measure();
}

void ArtifactBrowser::open(int file)
{
    emit openRequested(m_model->list()->files[std::size_t(file)].path);
}

void ArtifactBrowser::activate()
{
    const ArtifactRow* const row = currentRow();
    if (!row && m_table->currentIndex().isValid())
        return toggleFold();
    if (!row || m_model->list()->isSkipped(*row))
        return;
    const auto path = [this](int file) { return m_model->list()->files[std::size_t(file)].path; };
    if (m_model->isMarked(m_table->currentIndex().row()) && m_compareMarked->isEnabled())
        compareMarked();
    else if (row->isPair())
        emit compareRequested({path(row->before)}, {path(row->after)});
    else
        open(std::max(row->before, row->after));
}

void ArtifactBrowser::compareSets()
{
    const ArtifactList& list = *m_model->list();
    QStringList before = pathsOf(list.sets.before), after = pathsOf(list.sets.after);
    if (m_model->isSwapped())
        before.swap(after);
    emit compareRequested(before, after);
}

void ArtifactBrowser::setTheme(const Theme& theme)
{
    m_theme = &theme;
    static_cast<ArtifactDelegate*>(m_table->itemDelegate())->setTheme(theme);
    QPalette secondary = theme.palette();
    secondary.setColor(QPalette::WindowText, theme.text.secondary);
    for (QLabel* line : {m_facts, m_keys, m_pairsHow, m_evidence, m_files})
        line->setPalette(secondary);
    QPalette banner = theme.palette();
    banner.setColor(QPalette::Window, theme.accent.soft);
    m_banner->setPalette(banner);
    QPalette head = theme.palette();
    head.setColor(QPalette::Button, theme.surface.sunken);
    head.setColor(QPalette::ButtonText, theme.text.secondary);
    m_table->horizontalHeader()->setPalette(head);
    m_swap->setIcon(themedIcon(QStringLiteral("swap"), theme.text.primary, theme.text.disabled));
    m_compareSets->setIcon(themedIcon(QStringLiteral("compare"), theme.text.onAccent, theme.text.disabled));
    m_compareMarked->setIcon(themedIcon(QStringLiteral("compare"), theme.text.onAccent, theme.text.disabled));
    m_compare->setIcon(themedIcon(QStringLiteral("compare"), theme.text.onAccent, theme.text.disabled));
    m_preview->setTheme(theme);
    refreshSelection();
    m_table->viewport()->update();
    update();
}

/// In the filter: Enter and ↓ lead to the rows, Esc shows all of them again.
bool ArtifactBrowser::eventFilter(QObject* watched, QEvent* event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (watched != m_filter || (event->type() != QEvent::KeyPress && !isOverride))
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<const QKeyEvent*>(event)->key();
    if (isOverride && key == Qt::Key_Escape) { // else it is the window's step back
        event->accept();
        return true;
    }
    if (isOverride)
        return QWidget::eventFilter(watched, event);
    const bool isLeave = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Down;
    if (key == Qt::Key_Escape)
        m_filter->clear();
    if (isLeave || key == Qt::Key_Escape)
        m_table->setFocus(Qt::OtherFocusReason);
    return isLeave || key == Qt::Key_Escape;
}

void ArtifactBrowser::showEvent(QShowEvent*)
{
    refreshSelection();
    measure();
}

void ArtifactBrowser::hideEvent(QHideEvent*)
{
    if (m_measuring.isRunning())
        m_progress->cancel();
    m_preview->showPair(nullptr, nullptr); // what is opened now needs the memory
}

void ArtifactBrowser::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), m_theme->surface.header);
    p.fillRect(m_side->geometry(), m_theme->surface.panel);
    p.fillRect(QRect(m_side->x() - 1, 0, 1, height()), m_theme->line.strong);
}

} // namespace sundial
