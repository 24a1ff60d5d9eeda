// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/analysis_page.h"
#include "app/artifact_browser.h"
#include "app/banner.h"
#include "app/command_palette.h"
#include "app/compare_sides.h"
#include "app/drop_overlay.h"
#include "app/error_text.h"
#include "app/filter_actions.h"
#include "app/filter_bar.h"
#include "app/frame_menu.h"
#include "app/header_bar.h"
#include "app/lane_button.h"
#include "app/picture_export.h"
#include "app/shortcut_sheet.h"
#include "app/start_page.h"
#include "app/toast.h"
#include "app/verdict_banner.h"
#include "model/compare_analysis.h"
#include "views/function_card.h"
#include "views/function_table_view.h"
#include "views/icons.h"
#include "views/memory_chart.h"
#include "views/memory_statistics.h"
#include "views/metric_tiles.h"
#include "views/number_text.h"
#include "views/text_fit.h"
#include "views/view_table.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QDateTime>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QtConcurrentRun>

namespace sundial
{

namespace
{

constexpr int kStatusBar = 28;
constexpr int kFastestLeftMs = 2000; // time left is shown once it means something
const QString kDemoBefore = QStringLiteral(":/samples/orders/before.prof");
const QString kDemoAfter = QStringLiteral(":/samples/orders/after.prof");

bool systemIsDark()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

QStringList localFiles(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

bool hasFolder(const QStringList& paths)
{
    return std::any_of(paths.begin(), paths.end(), [](const QString& path) { return QFileInfo(path).isDir(); });
}

QString fileNameOf(const QString& path)
{
    return path == QLatin1String("-") ? MainWindow::tr("standard input") : QFileInfo(path).fileName();
}

} // namespace

MainWindow::MainWindow(SundialStyle* style, Settings settings, bool remember, QWidget* parent)
    : QMainWindow(parent), m_filters(new FilterActions(&m_context, &m_pipeline, this)), m_style(style),
      m_settings(std::move(settings)), m_remember(remember), m_stack(new QStackedWidget(this)), m_start(new StartPage),
      m_error(new ErrorPage), m_browser(new ArtifactBrowser), m_profileArea(new QWidget), m_toast(new Toast(this)),
      m_drop(new DropOverlay(this)), m_status(new QLabel), m_statusRight(new QLabel), m_cancel(new QToolButton)
{
    setWindowTitle(QStringLiteral("Sundial"));
    setAcceptDrops(true);
    m_page = new AnalysisPage(&m_context);
    for (View* view : m_page->views())
        m_filters->addTo(view);
    auto* const tiles = new MetricTiles(&m_context);
    m_page->addAbove(tiles);
    m_page->addTool(tiles->unitButton());
    auto* const chart = new MemoryChart(&m_context);
    m_page->addAbove(chart);
    makeActions();
    makeMenus();

    m_header = new HeaderBar(&m_context, {m_actions.back, m_actions.forward, m_actions.compare, m_actions.exportPicture,
                                          m_actions.theme, m_actions.search});
    m_banner = new Banner;
    auto* const column = new QVBoxLayout(m_profileArea);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* const verdict = new VerdictBanner(&m_context);
    column->addWidget(m_header);
    column->addWidget(new FilterBar(&m_context, &m_pipeline));
    column->addWidget(verdict);
    column->addWidget(m_banner);
    column->addWidget(m_page, 1);
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_error);
    m_stack->addWidget(m_profileArea);
    m_stack->addWidget(m_browser);
    setCentralWidget(m_stack);

    statusBar()->setFixedHeight(scaled(kStatusBar));
    statusBar()->setSizeGripEnabled(false);
    for (QLabel* label : {m_status, m_statusRight}) {
        label->setTextFormat(Qt::PlainText);
        label->setFont(uiFont(12));
        label->setContentsMargins(scaled(12), 0, scaled(12), 0);
    }
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_statusRight->setText(tr("Ctrl+K commands  ·  F1 shortcuts"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->hide();
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(m_cancel);
    statusBar()->addPermanentWidget(m_statusRight);

    connect(&m_loader, &AsyncLoader::loaded, this, &MainWindow::onLoaded);
    connect(&m_loader, &AsyncLoader::failed, this, &MainWindow::onFailed);
    connect(&m_loader, &AsyncLoader::progressed, this, &MainWindow::onProgress);
    connect(m_cancel, &QToolButton::clicked, &m_loader, &AsyncLoader::cancel);
    connect(&m_context, &ViewContext::stateChanged, this, &MainWindow::onStateChanged);
    connect(&m_context, &ViewContext::pathMapChanged, this, [this] {
        m_settings.pathMap = m_context.pathMap();
        saveSettings();
    });
    connect(m_header, &HeaderBar::metricChosen, this, &MainWindow::chooseMetric);
    connect(m_header->lanes(), &LaneButton::lanesChosen, &m_pipeline, &Pipeline::setLanes);
    connect(&m_context, &ViewContext::invertRequested, &m_pipeline, &Pipeline::setInverted);
    connect(tiles, &MetricTiles::metricChosen, this, &MainWindow::chooseMetric);
    connect(chart, &MemoryChart::rangeChosen, &m_pipeline, &Pipeline::setRange);
    connect(&m_pipeline, &Pipeline::applied, this, &MainWindow::rememberPlace);
    connect(m_header, &HeaderBar::nextMatchRequested, this, &MainWindow::nextMatch);
    connect(m_page, &AnalysisPage::described, m_status, &QLabel::setText);
    connect(m_page, &AnalysisPage::viewChanged, this, &MainWindow::rememberPlace);
    connect(m_page, &AnalysisPage::estimateExplained, this, &MainWindow::explainEstimate);
    connect(m_page, &AnalysisPage::zoomToFunctionRequested, this, &MainWindow::zoomToFunction);
    connect(m_header->sides(), &SidesBar::swapRequested, this, &MainWindow::swapSides);
    connect(m_header->sides(), &SidesBar::openSideRequested, this,
            [this](bool after) { open(after ? m_afterPaths.front() : m_beforePaths.front()); });
    connect(m_start, &StartPage::compareRequested, this, &MainWindow::chooseComparison);
    connect(m_page, &AnalysisPage::contextMenuRequested, this, [this](FrameId frame, NodeId node, const QPoint& place) {
        const FrameMenuHandlers handlers{[this](FrameId f) {
                                             m_context.select(f);
                                             m_actions.card->setChecked(true);
                                             m_page->card()->setFocus();
                                         },
                                         [this](FrameId f) {
                                             m_context.select(f);
                                             m_page->showView(QStringLiteral("callgraph"));
                                             emit m_context.showInGraphRequested(f);
                                         },
                                         [this](FrameId f) {
                                             m_context.select(f);
                                             m_page->showView(QStringLiteral("callgraph"));
                                             emit m_context.graphRootRequested(f);
                                         },
                                         [this](FrameId f) {
                                             m_context.select(f);
                                             m_page->showView(QStringLiteral("source"));
                                         },
                                         [this](FrameId f) { zoomToFunction(f); }};
        makeFrameMenu(&m_context, &m_pipeline, frame, node, handlers, this)->popup(place);
    });
    connect(m_page->card(), &FunctionCard::openInEditorRequested, this, &MainWindow::openInEditor);
    connect(m_start, &StartPage::openRequested, this, &MainWindow::chooseFile);
    connect(m_start, &StartPage::recentChosen, this, &MainWindow::open);
    connect(m_start, &StartPage::sampleChosen, this, [this](const QString& id) {
        if (id == QLatin1String("pair"))
            openDemo();
        else
            open(kDemoBefore);
    });
    connect(m_start, &StartPage::clearRecentRequested, this, [this] {
        m_settings.recent.clear();
        refreshRecent();
    });
    connect(m_start, &StartPage::recentMenuRequested, this, [this](const QString& path, const QPoint& place) {
        auto* const menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Open"), this, [this, path] { open(path); });
        menu->addAction(tr("Remove from list"), this, [this, path] {
            m_settings.recent.removeIf([&path](const RecentFile& r) { return r.path == path; });
            refreshRecent();
        });
        menu->popup(place);
    });
    connect(m_error, &ErrorPage::openRequested, this, &MainWindow::chooseFile);
    connect(m_browser, &ArtifactBrowser::openRequested, this, &MainWindow::open);
    connect(m_browser, &ArtifactBrowser::compareRequested, this,
            [this](const QString& before, const QString& after) { compare({before}, {after}); });
    connect(m_browser, &ArtifactBrowser::described, m_status, &QLabel::setText);
    connect(m_error, &ErrorPage::backRequested, this, &MainWindow::closeProfile);

    m_context.setPathMap(m_settings.pathMap);
    if (!m_settings.geometry.isEmpty())
        restoreGeometry(m_settings.geometry);
    if (!m_settings.splitters.isEmpty())
        m_page->restoreSplitters(m_settings.splitters);
    if (!m_settings.tableColumns.isEmpty())
        m_page->table()->restoreState(m_settings.tableColumns);
    m_actions.card->setChecked(m_settings.showCard);
    showView(m_settings.view);
    refreshRecent();
    applyTheme();
    refreshActions();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeActions()
{
    const auto make = [this](const QString& text, const QList<QKeySequence>& keys, auto&& handler) {
        auto* const action = new QAction(text, this);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, handler);
        addAction(action);
        return action;
    };
    const auto key = [](const char* keys) { return QKeySequence(QLatin1String(keys)); };
    WindowActions& a = m_actions;
    a.open = make(tr("&Open…"), {key("Ctrl+O")}, &MainWindow::chooseFile);
    a.openFolder = make(tr("Open &folder…"), {key("Ctrl+Shift+O")},
                        [this] { open(QFileDialog::getExistingDirectory(this, tr("Open a folder of profiles"))); });
    a.paste = make(tr("&Paste a path or a file"), {key("Ctrl+V")}, &MainWindow::pastePaths);
    a.reload = make(tr("&Reload from disk"), {key("Ctrl+R"), key("F5")}, [this] { open(m_openPath); });
    a.close = make(tr("&Close profile"), {key("Ctrl+W")}, &MainWindow::closeProfile);
    a.quit = make(tr("&Quit"), {key("Ctrl+Q")}, &QWidget::close);
    a.exportPicture = make(tr("&Export picture…"), {key("Ctrl+E")}, &MainWindow::exportPicture);
    a.compare = make(tr("&Compare…"), {key("Ctrl+Shift+D")}, &MainWindow::chooseComparison);
    a.swap = make(tr("&Swap before and after"), {key("Ctrl+Shift+X")}, &MainWindow::swapSides);
    a.undo = m_pipeline.undoStack()->createUndoAction(this);
    a.undo->setShortcut(key("Ctrl+Z"));
    a.redo = m_pipeline.undoStack()->createRedoAction(this);
    a.redo->setShortcut(key("Ctrl+Shift+Z"));
    for (QAction* action : {a.undo, a.redo})
        addAction(action);
    a.copyName = make(tr("Copy function &name"), {}, [this] { copySelectedName(m_context); });
    a.back = make(tr("&Back"), {key("Alt+Left")}, [this] { goTo(m_history.back()); });
    a.forward = make(tr("&Forward"), {key("Alt+Right")}, [this] { goTo(m_history.forward()); });
    a.whole = make(tr("&Whole profile"), {key("Alt+Home")}, [this] { m_context.zoomTo(NodeId{0}); });
    a.up = make(tr("One level &up"), {key("Alt+Up")}, &MainWindow::goUp);
    a.zoomIn = make(tr("Zoom &in"), {key("Ctrl++"), key("Ctrl+=")}, [this] { m_page->currentView()->zoomIn(); });
    a.zoomOut = make(tr("Zoom &out"), {key("Ctrl+-")}, [this] { m_page->currentView()->zoomOut(); });
    a.fit = make(tr("&Fit"), {key("Ctrl+0")}, [this] { m_page->currentView()->fit(); });
    a.search = make(tr("&Search functions"), {key("Ctrl+F"), key("/")}, [this] {
        m_header->searchField()->setFocus(Qt::ShortcutFocusReason);
        m_header->searchField()->selectAll();
    });
    a.nextMatch = make(tr("&Next match"), {key("F3")}, [this] { nextMatch(1); });
    a.previousMatch = make(tr("&Previous match"), {key("Shift+F3")}, [this] { nextMatch(-1); });
    a.filterTable = m_page->table()->filterAction();
    a.card = make(tr("Function &card"), {key("F9")}, [] {});
    a.card->setCheckable(true);
    connect(a.card, &QAction::toggled, this, [this](bool shown) { m_page->setCardVisible(shown); });
    a.theme = make(tr("&Light or dark"), {},
                   [this] { setThemeChoice(m_context.theme().isDark ? ThemeChoice::Light : ThemeChoice::Dark); });
    a.menuBar = make(tr("&Menu bar"), {key("Ctrl+M")}, [this] { menuBar()->setVisible(!menuBar()->isVisible()); });
    a.fullScreen =
        make(tr("F&ull screen"), {key("F11")}, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    a.memoryStatistics = make(tr("&Statistics of allocations…"), {}, &MainWindow::showMemoryStatistics);
    a.nextPane = make(tr("Next pane"), {key("F6")}, [this] { m_page->focusNextPane(1); });
    a.previousPane = make(tr("Previous pane"), {key("Shift+F6")}, [this] { m_page->focusNextPane(-1); });
    make(tr("Step back"), {key("Escape")}, &MainWindow::stepBack);
    a.palette = make(tr("Command &palette"), {key("Ctrl+K"), key("Ctrl+Shift+P")}, &MainWindow::showPalette);
    a.shortcuts = make(tr("&Shortcuts"), {key("Ctrl+/"), key("F1")}, &MainWindow::showShortcuts);
    a.about = make(tr("&About Sundial"), {}, [this] {
        QMessageBox::about(this, tr("About Sundial"),
                           tr("Sundial %1\nA native desktop analyzer for profiles.\nGPL-3.0-or-later. It runs nothing "
                              "that it opens, and it never uses the network.")
                               .arg(QCoreApplication::applicationVersion()));
    });
}

void MainWindow::makeMenus()
{
    const WindowActions& a = m_actions;
    const auto fill = [this](const QString& title, const QList<QAction*>& actions) {
        QMenu* const menu = menuBar()->addMenu(title);
        for (QAction* action : actions) {
            if (action)
                menu->addAction(action);
            else
                menu->addSeparator();
        }
        return menu;
    };
    fill(tr("&File"), {a.open, a.openFolder, a.paste, a.reload, a.close, nullptr, a.exportPicture, nullptr, a.quit});
    fill(tr("&Edit"),
         {a.undo, a.redo, nullptr, a.copyName, nullptr, a.search, a.nextMatch, a.previousMatch, a.filterTable});
    QMenu* const view = fill(tr("&View"), {});
    const auto& types = viewTypes();
    for (int i = 0; i < int(types.size()); ++i) {
        QAction* const action = view->addAction(QCoreApplication::translate("View", types[std::size_t(i)]->title));
        action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(i + 1)));
        connect(action, &QAction::triggered, this, [this, i] {
            m_page->showViewAt(i);
            m_page->currentView()->setFocus(Qt::ShortcutFocusReason);
        });
    }
    QAction* const table = view->addAction(tr("&Table"), this, [this] { m_page->currentTable()->setFocus(); });
    table->setShortcut(QKeySequence(QStringLiteral("Alt+6")));
    view->addSeparator();
    for (QAction* action : {a.zoomIn, a.zoomOut, a.fit, a.memoryStatistics})
        view->addAction(action);
    view->addSeparator();
    for (QAction* action : {a.card, a.theme, a.menuBar, a.fullScreen})
        view->addAction(action);
    fill(tr("&Compare"), {a.compare, a.swap});
    fill(tr("Fi&lter"), m_filters->all());
    fill(tr("&Go"), {a.back, a.forward, nullptr, a.up, a.whole, nullptr, a.nextPane, a.previousPane});
    fill(tr("&Help"), {a.palette, a.shortcuts, a.about});
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_settings.theme = choice;
    applyTheme();
    saveSettings();
}

void MainWindow::applyTheme()
{
    const bool dark = m_settings.theme == ThemeChoice::System ? systemIsDark() : m_settings.theme == ThemeChoice::Dark;
    const Theme& theme = Theme::of(dark);
    m_style->setTheme(theme);
    QPalette palette = theme.palette();
    setPalette(palette);
    palette.setColor(QPalette::Window, theme.surface.header);
    menuBar()->setPalette(palette);
    statusBar()->setPalette(palette);
    statusBar()->setAutoFillBackground(true);
    palette.setColor(QPalette::Window, theme.surface.panel);
    m_page->setPalette(palette);
    m_page->setAutoFillBackground(true);
    palette.setColor(QPalette::WindowText, theme.text.secondary);
    m_status->setPalette(palette);
    m_statusRight->setPalette(palette);
    const auto icon = [&theme](const char* name) {
        return themedIcon(QLatin1String(name), theme.text.primary, theme.text.disabled);
    };
    m_actions.back->setIcon(icon("back"));
    m_actions.forward->setIcon(icon("forward"));
    m_actions.compare->setIcon(icon("compare"));
    m_actions.exportPicture->setIcon(icon("export"));
    m_actions.theme->setIcon(icon("theme"));
    m_actions.open->setIcon(icon("open"));
    m_start->setTheme(theme);
    m_error->setTheme(theme);
    m_browser->setTheme(theme);
    m_banner->setTheme(theme);
    m_context.setTheme(dark);
}

void MainWindow::open(const QString& path)
{
    if (path.isEmpty())
        return;
    if (QFileInfo(path).isDir())
        return browse({path});
    m_loader.load(path);
}

void MainWindow::browse(const QStringList& paths)
{
    m_failure.reset();
    closeProfile();
    m_browser->browse(paths);
    showBrowser();
}

void MainWindow::showBrowser()
{
    m_stack->setCurrentWidget(m_browser);
    setWindowTitle(m_browser->title() + QStringLiteral(" — Sundial"));
    m_browser->setFocus();
    refreshActions();
}

void MainWindow::compare(const QStringList& before, const QStringList& after)
{
    m_beforePaths = before;
    m_afterPaths = after;
    m_loader.loadComparison(before, after);
}

void MainWindow::openDemo()
{
    compare({kDemoBefore}, {kDemoAfter});
}

void MainWindow::swapSides()
{
    if (m_context.analysis() && m_context.analysis()->comparison)
        compare(QStringList(m_afterPaths), QStringList(m_beforePaths));
}

void MainWindow::openPaths(const QStringList& paths)
{
    if (paths.size() > 2 || (paths.size() == 2 && hasFolder(paths))) {
        browse(paths);
    } else if (paths.size() == 2) {
        const ComparedPaths sides = guessSides(paths[0], paths[1]);
        compare({sides.before}, {sides.after});
    } else if (!paths.isEmpty()) {
        open(paths.front());
    }
}

void MainWindow::pastePaths()
{
    // Files copied in a file manager, or a path copied as text; a text field takes the key for itself.
    const QMimeData& copied = *QGuiApplication::clipboard()->mimeData();
    QStringList paths = localFiles(copied);
    if (paths.isEmpty() && !copied.text().trimmed().isEmpty())
        paths << copied.text().trimmed();
    openPaths(paths);
}

void MainWindow::chooseComparison()
{
    const bool hasOne = m_context.analysis() && !m_context.analysis()->comparison;
    const QStringList paths = QFileDialog::getOpenFileNames(
        this, hasOne ? tr("Compare %1 with…").arg(fileNameOf(m_openPath)) : tr("Choose two profiles to compare"));
    if (paths.size() == 1 && hasOne)
        compare({m_openPath}, paths);
    else
        openPaths(paths);
}

bool MainWindow::isBusy() const
{
    return m_loader.isLoading() || (m_stack->currentWidget() == m_browser && m_browser->isBusy()) ||
           m_pipeline.isBusy() || (m_context.analysis() && m_page->currentView()->isBusy());
}

void MainWindow::onProgress(quint64 done, quint64 total, qint64 elapsedMs)
{
    const double fraction = total > 0 ? double(done) / double(total) : 0;
    const QString name = fileNameOf(m_loader.path());
    QString text = tr("Reading %1  %2 of %3")
                       .arg(name, valueText(double(done), Unit::Bytes), valueText(double(total), Unit::Bytes));
    if (elapsedMs > kFastestLeftMs && fraction > 0.05)
        text += tr("  ·  %1 s left").arg(qRound(double(elapsedMs) / 1000 * (1 - fraction) / fraction) + 1);
    m_header->setProgress(text, fraction);
    m_status->setText(text);
    m_cancel->show();
    setWindowTitle(QStringLiteral("%1 % %2 — Sundial").arg(int(fraction * 100)).arg(name));
}

void MainWindow::onLoaded(const QString& path, const AnalysisPtr& analysis)
{
    m_header->clearProgress();
    m_cancel->hide();
    m_status->clear();
    m_failure.reset();
    m_openPath = analysis->comparison ? QString() : path;
    const bool isSample = path.startsWith(u':');
    if (!isSample && !analysis->comparison) {
        m_settings.addRecent({QFileInfo(path).absoluteFilePath(), QString::fromStdString(analysis->profile->formatId),
                              valueText(analysis->total, analysis->metricInfo().unit),
                              QDateTime::currentMSecsSinceEpoch()});
        refreshRecent();
        saveSettings();
    }
    m_history.clear();
    m_context.setDocumentName(fileNameOf(path));
    m_context.setAnalysis(analysis);
    showProfile();
    rememberPlace();
}

void MainWindow::onFailed(const QString& path, const Error& error)
{
    m_header->clearProgress();
    m_cancel->hide();
    m_status->clear();
    if (error.kind == ErrorKind::Several)
        return browse(m_loader.isComparison() ? m_beforePaths + m_afterPaths : QStringList{path});
    const ErrorText text = errorText(error, fileNameOf(path));
    m_failure = error;
    if (m_context.analysis())
        showProfile(); // what was open stays
    if (error.kind == ErrorKind::Cancelled) {
        m_toast->showMessage(text.title, m_context.theme());
    } else if (m_context.analysis()) {
        m_toast->showMessage(text.title + QStringLiteral(". ") + text.what, m_context.theme(), tr("Details"),
                             [this, text] {
                                 QMessageBox box(QMessageBox::Warning, text.title, text.title, QMessageBox::Ok, this);
                                 box.setTextFormat(Qt::PlainText);
                                 box.setInformativeText((text.what + u' ' + text.cure).toHtmlEscaped());
                                 box.exec();
                             });
    } else {
        m_error->showError(text);
        m_stack->setCurrentWidget(m_error);
        refreshActions();
    }
}

void MainWindow::showProfile()
{
    const Profile& profile = *m_context.analysis()->profile;
    m_stack->setCurrentWidget(m_profileArea);
    QStringList warnings;
    for (const std::string& warning : profile.warnings)
        warnings << displayText(warning);
    m_banner->showWarnings(m_context.analysis()->comparison ? QStringList() : warnings);
    QString title = fileNameOf(m_openPath);
    if (const auto comparison = m_context.analysis()->comparison) {
        title = displayText(comparison->beforeName) + QStringLiteral(" → ") + displayText(comparison->afterName);
        m_status->setText(displayText(comparison->verdict.text()));
    }
    m_header->setFileName(title);
    setWindowTitle(title + QStringLiteral(" — Sundial"));
    refreshActions();
    m_page->currentView()->setFocus();
}

void MainWindow::closeProfile()
{
    m_loader.cancel();
    m_history.clear();
    m_context.setAnalysis({});
    m_openPath.clear();
    const bool isLeft = m_stack->currentWidget() != m_browser;
    if (isLeft && m_browser->hasFiles())
        return showBrowser(); // what was opened from there goes back there
    m_browser->forget();
    m_stack->setCurrentWidget(m_start);
    setWindowTitle(QStringLiteral("Sundial"));
    refreshActions();
}

void MainWindow::refreshActions()
{
    const bool isOpen = m_context.analysis() != nullptr;
    WindowActions& a = m_actions;
    for (QAction* action : {a.reload, a.close, a.exportPicture, a.whole, a.up, a.zoomIn, a.zoomOut, a.fit, a.search,
                            a.nextMatch, a.previousMatch, a.filterTable, a.copyName, a.nextPane, a.previousPane})
        action->setEnabled(isOpen);
    const bool isComparison = isOpen && m_context.analysis()->comparison;
    a.swap->setEnabled(isComparison);
    a.close->setEnabled(isOpen || m_stack->currentWidget() == m_browser);
    const MemoryCapture* const memory = isOpen ? m_context.analysis()->profile->memory.get() : nullptr;
    a.memoryStatistics->setVisible(memory && memory->hasStatistics);
    a.reload->setEnabled(isOpen && !isComparison);
    a.back->setEnabled(isOpen && m_history.canGoBack());
    a.forward->setEnabled(isOpen && m_history.canGoForward());
}

void MainWindow::onStateChanged(const ViewState& before)
{
    const ViewState& now = m_context.state();
    if (now.zoomRoot != before.zoomRoot && !m_isTravelling)
        expandZoom();
    if (now.zoomRoot != before.zoomRoot || now.selected != before.selected)
        rememberPlace();
    if (now.search != before.search && m_context.searchResult().isActive() && m_context.searchResult().count == 0) {
        const FrameId near = nearestName(*m_context.analysis(), now.search.toStdString());
        QString text = tr("No function contains “%1”.").arg(now.search);
        if (near)
            text += u' ' + tr("Nearest: %1").arg(displayText(m_context.analysis()->frames().name(near)));
        m_status->setText(text);
    }
}

void MainWindow::expandZoom()
{
    // What was too small to show in the whole may be large here. The expanded tree replaces the shown one when it is
    // ready, if nothing else was opened or zoomed meanwhile.
    const AnalysisPtr base = m_context.analysis();
    const NodeId zoom = m_context.state().zoomRoot;
    if (!base->estimate || zoom.value == 0)
        return;
    QtConcurrent::run([base, zoom] {
        Progress progress;
        return std::make_shared<Result<ExpandedAnalysis>>(expanded(base, zoom, progress));
    }).then(this, [this, base, zoom](const std::shared_ptr<Result<ExpandedAnalysis>>& result) {
        if (m_context.analysis() != base || m_context.state().zoomRoot != zoom || !*result ||
            (*result)->analysis->tree.size() == base->tree.size())
            return;
        ViewState state = m_context.state();
        const CallTree& tree = (*result)->analysis->tree;
        state.zoomRoot = (*result)->node;
        if (state.selectedNode)
            state.selectedNode = samePlace(base->tree, state.selectedNode, tree);
        m_context.replaceAnalysis((*result)->analysis, state);
        rememberPlace();
    });
}

void MainWindow::rememberPlace()
{
    if (m_isTravelling || !m_context.analysis())
        return;
    m_history.visit({m_context.analysis(), m_context.state(), m_page->currentViewId()});
    refreshActions();
}

void MainWindow::goTo(const Place& place)
{
    m_isTravelling = true;
    if (place.analysis != m_context.analysis())
        m_context.replaceAnalysis(place.analysis, place.state);
    else
        m_context.update(place.state);
    m_page->showView(place.view);
    m_isTravelling = false;
    refreshActions();
}

void MainWindow::chooseMetric(MetricId metric)
{
    const AnalysisPtr base = m_context.analysis();
    if (!base->comparison) {
        m_pipeline.setMetric(metric);
        return;
    }
    QtConcurrent::run([base, metric] {
        return withWidth(base, CompareWidth(metric.value));
    }).then(this, [this, base](const AnalysisPtr& result) {
        if (m_context.analysis() == base) {
            m_context.replaceAnalysis(result, m_context.state());
            rememberPlace();
        }
    });
}

void MainWindow::zoomToFunction(FrameId frame)
{
    const Analysis& analysis = *m_context.analysis();
    NodeId largest;
    for (std::uint32_t n = 1; n < analysis.tree.size(); ++n) {
        if (analysis.tree.frame(NodeId{n}) == frame && (!largest || analysis.tree.total(analysis.metric, NodeId{n}) >
                                                                        analysis.tree.total(analysis.metric, largest)))
            largest = NodeId{n};
    }
    if (!largest) {
        m_toast->showMessage(
            tr("%1 is too small to stand in the picture.").arg(displayText(analysis.frames().name(frame))),
            m_context.theme());
        return;
    }
    ViewState next = m_context.state();
    next.selected = frame;
    next.selectedNode = largest;
    next.zoomRoot = largest;
    m_context.update(next);
}

void MainWindow::goUp()
{
    if (m_context.state().zoomRoot.value != 0)
        m_context.zoomTo(m_context.analysis()->tree.parent(m_context.state().zoomRoot));
}

void MainWindow::nextMatch(int direction)
{
    const SearchResult& found = m_context.searchResult();
    const AnalysisPtr& analysis = m_context.analysis();
    if (!analysis || found.count == 0)
        return;
    const auto count = int(analysis->frames().size());
    int f = m_context.state().selected ? int(m_context.state().selected.value) : -direction;
    for (int step = 0; step < count; ++step) {
        f = (f + direction + count) % count;
        if (found.contains(FrameId{std::uint32_t(f)})) {
            m_context.select(FrameId{std::uint32_t(f)});
            return;
        }
    }
}

void MainWindow::stepBack()
{
    ViewState next = m_context.state();
    if (!next.search.isEmpty()) {
        next.search.clear();
    } else if (m_pipeline.options().range) {
        m_pipeline.setRange({});
    } else {
        next.selected = {};
        next.selectedNode = {};
    }
    m_context.update(next);
    if (m_context.analysis() && m_header->searchField()->hasFocus())
        m_page->currentView()->setFocus();
}

void MainWindow::openInEditor(FrameId frame)
{
    const QString file = displayText(m_context.analysis()->frames().file(frame));
    if (!QFileInfo(file).isFile()) {
        m_toast->showMessage(tr("%1 is not on this machine.").arg(file.isEmpty() ? tr("Its source") : file),
                             m_context.theme());
        return;
    }
    // $VISUAL if it is set, as version control systems use it; else what the desktop opens text with.
    const QStringList editor = QProcess::splitCommand(qEnvironmentVariable("VISUAL"));
    const QString line = u'+' + QString::number(std::max(1u, m_context.analysis()->frames().line(frame)));
    if (editor.isEmpty() || !QProcess::startDetached(editor.front(), editor.mid(1) + QStringList{line, file}))
        QDesktopServices::openUrl(QUrl::fromLocalFile(file));
}

void MainWindow::exportPicture()
{
    exportPictureOf(m_page->currentView(), m_openPath, this);
}

void MainWindow::chooseFile()
{
    const QString folder =
        m_openPath.isEmpty() || m_openPath.startsWith(u':')
            ? (m_settings.recent.isEmpty() ? QString() : QFileInfo(m_settings.recent.front().path).path())
            : QFileInfo(m_openPath).path();
    open(QFileDialog::getOpenFileName(this, tr("Open a profile"), folder));
}

void MainWindow::refreshRecent()
{
    m_start->setRecent(m_settings.recent);
    saveSettings();
}

void MainWindow::saveSettings()
{
    if (m_remember)
        m_settings.save();
}

void MainWindow::showView(const QString& id)
{
    m_page->showView(id);
}

void MainWindow::explainEstimate()
{
    QMessageBox box(QMessageBox::NoIcon, tr("Why this tree is an estimate"), tr("Why this tree is an estimate"),
                    QMessageBox::Close, this);
    box.setInformativeText(tr(
        "The file tells how often and for how long each function was called by each of its callers, but not by which "
        "path. Sundial divides the time over paths so that every sum holds. Numbers with ≈ are guesses; “Could be” "
        "gives the range that the file allows. The table, the callers and callees and the call graph are exact."));
    QPushButton* const graph = box.addButton(tr("Show the call graph"), QMessageBox::ActionRole);
    box.exec();
    if (box.clickedButton() == graph)
        m_page->showView(QStringLiteral("callgraph"));
}

void MainWindow::showShortcuts()
{
    ShortcutSheet(m_context.theme(), this).exec();
}

void MainWindow::showMemoryStatistics()
{
    MemoryStatisticsDialog(*m_context.analysis()->profile, m_context.theme(), this).exec();
}

void MainWindow::showPalette()
{
    std::vector<PaletteEntry> entries = menuEntries(menuBar()->actions());
    for (PaletteEntry& function : functionEntries(&m_context, [this](FrameId f) { zoomToFunction(f); }))
        entries.push_back(std::move(function));
    for (const RecentFile& file : m_settings.recent)
        entries.push_back({QFileInfo(file.path).fileName(), QFileInfo(file.path).path(), tr("recent"),
                           [this, path = file.path] { open(path); }});
    (new CommandPalette(m_context.theme(), std::move(entries), this))->popup();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.geometry = saveGeometry();
    m_settings.splitters = m_page->saveSplitters();
    m_settings.tableColumns = m_page->table()->saveState();
    m_settings.view = m_page->currentViewId();
    m_settings.showCard = m_actions.card->isChecked();
    saveSettings();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange && m_settings.theme == ThemeChoice::System && m_page)
        applyTheme();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (m_toast->isVisible())
        m_toast->hide();
}

void MainWindow::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::BackButton && m_actions.back->isEnabled())
        m_actions.back->trigger();
    else if (event->button() == Qt::ForwardButton && m_actions.forward->isEnabled())
        m_actions.forward->trigger();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QStringList paths = localFiles(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    const bool hasOne = m_context.analysis() && !m_context.analysis()->comparison;
    QStringList targets{paths.size() == 1 ? tr("Open %1").arg(fileNameOf(paths.front()))
                                          : tr("Open %1 files").arg(paths.size())};
    if (hasFolder(paths)) {
        // only listed, whatever is open
    } else if (paths.size() == 1 && hasOne) {
        targets << tr("Compare with %1 (as After)").arg(fileNameOf(m_openPath));
    } else if (paths.size() == 2) {
        const ComparedPaths sides = guessSides(paths[0], paths[1]);
        const QString arrow = QStringLiteral(" → ");
        targets = {tr("Compare %1").arg(fileNameOf(sides.before) + arrow + fileNameOf(sides.after)),
                   tr("Compare %1").arg(fileNameOf(sides.after) + arrow + fileNameOf(sides.before))};
    }
    m_drop->start(targets, m_context.theme());
}

void MainWindow::dragMoveEvent(QDragMoveEvent* event)
{
    m_drop->moveTo(event->position().toPoint());
    event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*)
{
    m_drop->stop();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList paths = localFiles(*event->mimeData());
    m_drop->moveTo(event->position().toPoint());
    m_drop->stop();
    event->acceptProposedAction();
    if (m_drop->target() == 0) {
        openPaths(paths);
    } else if (paths.size() == 1) {
        compare({m_openPath}, paths);
    } else {
        const ComparedPaths sides = guessSides(paths[0], paths[1]);
        compare({sides.after}, {sides.before});
    }
}

} // namespace sundial
