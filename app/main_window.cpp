// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/analysis_page.h"
#include "app/artifact_browser.h"
#include "app/banner.h"
#include "app/drop_overlay.h"
#include "app/filter_actions.h"
#include "app/frame_menu.h"
#include "app/header_bar.h"
#include "app/input_file.h"
#include "app/match_menu.h"
#include "app/picture_export.h"
#include "app/profile_area.h"
#include "app/start_page.h"
#include "app/toast.h"
#include "app/verdict_banner.h"
#include "model/compare_analysis.h"
#include "views/function_card.h"
#include "views/function_table_view.h"
#include "views/memory_text.h"
#include "views/on_worker.h"
#include "views/text_fit.h"

#include <QCloseEvent>
#include <QDesktopServices>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProcess>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>

namespace sundial
{

namespace
{

constexpr int kStatusBar = 28, kRecentPathWidth = 480;
constexpr int kWholeRunMs = 5000; // a new run that is still not complete then may never be

} // namespace

MainWindow::MainWindow(SundialStyle* style, Settings settings, bool remember, QWidget* parent)
    : QMainWindow(parent), m_filters(new FilterActions(&m_context, &m_pipeline, this)), m_style(style),
      m_settings(std::move(settings)), m_remember(remember), m_stack(new QStackedWidget(this)), m_start(new StartPage),
      m_error(new ErrorPage), m_toast(new Toast(this)), m_drop(new DropOverlay(this)), m_status(new QLabel),
      m_statusRight(new QLabel), m_cancel(new QToolButton)
{
    setWindowTitle(QStringLiteral("Sundial"));
    setAcceptDrops(true);
    makeActions();
    makeMenus();

    m_stack->addWidget(m_start);
    m_stack->addWidget(m_error);
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
    connect(&m_loader, &AsyncLoader::partlyLoaded, this, &MainWindow::onPartlyLoaded);
    connect(&m_loader, &AsyncLoader::failed, this, &MainWindow::onFailed);
    connect(&m_loader, &AsyncLoader::progressed, this, &MainWindow::onProgress);
    connect(m_cancel, &QToolButton::clicked, &m_loader, &AsyncLoader::cancel);
    connect(&m_context, &ViewContext::stateChanged, this, &MainWindow::onStateChanged);
    connect(&m_context, &ViewContext::pathMapChanged, this, [this] {
        m_settings.pathMap = m_context.pathMap();
        saveSettings();
    });
    connect(&m_context, &ViewContext::invertRequested, &m_pipeline, &Pipeline::setInverted);
    connect(&m_context, &ViewContext::rangeRequested, &m_pipeline, &Pipeline::setRange);
    connect(&m_pipeline, &Pipeline::applied, this, &MainWindow::rememberPlace);
    connect(&m_recompare, &Recompare::applied, this, &MainWindow::rememberPlace);
    connect(&m_recompare, &Recompare::swapped, this, [this] {
        std::swap(m_before, m_after);
        m_stamp = FileWatch::stampOf(m_after->paths.value(0));
        followFile();
        showProfile();
    });
    connect(&m_recompare, &Recompare::matchesChanged, this, [this](const std::vector<MatchRule>& rules) {
        if (m_before->paths.isEmpty() || m_after->paths.isEmpty())
            return; // a run whose file has been written anew
        m_settings.matches.remember(m_before->paths.front(), m_after->paths.front(), rules);
        saveSettings();
    });
    connect(&m_watch, &FileWatch::changed, this, &MainWindow::onFileChanged);
    connect(&m_watch, &FileWatch::vanished, this, [this] {
        m_status->setText(
            tr("%1 is no longer on disk; what is shown stays.").arg(QFileInfo(m_watch.path()).fileName()));
    });
    m_wholeRun.setSingleShot(true);
    m_wholeRun.setInterval(kWholeRunMs);
    connect(&m_wholeRun, &QTimer::timeout, this, &MainWindow::sayRunIsCut);
    connect(&m_folderWatch, &FolderWatch::arrived, this, &MainWindow::onArrived);
    connect(m_start, &StartPage::watchRequested, this, &MainWindow::chooseWatched);
    connect(m_start, &StartPage::compareRequested, this, &MainWindow::chooseComparison);
    connect(m_start, &StartPage::openRequested, this, &MainWindow::chooseFile);
    connect(m_start, &StartPage::recentChosen, this, &MainWindow::open);
    connect(m_start, &StartPage::sampleChosen, this, &MainWindow::openSample);
    connect(m_start, &StartPage::clearRecentRequested, this, &MainWindow::clearRecent);
    connect(m_start, &StartPage::recentMenuRequested, this, [this](const QString& path, const QPoint& place) {
        auto* const menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Open"), this, [this, path] { open(path); });
        menu->addAction(tr("Show in folder"), this,
                        [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath())); });
        menu->addAction(tr("Remove from list"), this, [this, path] {
            m_settings.recent.removeIf([&path](const RecentFile& r) { return r.path == path; });
            refreshRecent();
        });
        menu->popup(place);
    });
    connect(m_error, &ErrorPage::openRequested, this, &MainWindow::chooseFile);
    connect(m_error, &ErrorPage::backRequested, this, &MainWindow::closeProfile);

    m_context.setPathMap(m_settings.pathMap);
    if (!m_settings.geometry.isEmpty())
        restoreGeometry(m_settings.geometry);
    m_actions.watch->setChecked(m_settings.watch);
    refreshRecent();
    applyTheme();
    refreshActions();
}

MainWindow::~MainWindow() = default;

ProfileArea* MainWindow::profileArea()
{
    return m_profileArea ? m_profileArea : makeProfileArea();
}

AnalysisPage* MainWindow::page()
{
    return profileArea()->page();
}

ProfileArea* MainWindow::makeProfileArea()
{
    const WindowActions& a = m_actions;
    m_profileArea = new ProfileArea(&m_context, &m_pipeline, &m_recompare,
                                    {a.back, a.forward, a.compare, a.watch, a.exportPicture, a.theme, a.search});
    m_stack->addWidget(m_profileArea);
    AnalysisPage* const page = m_profileArea->page();
    HeaderBar* const header = m_profileArea->header();
    for (View* view : page->views()) {
        m_filters->addTo(view);
        view->addActions(m_pictureActions);
    }
    connect(header, &HeaderBar::nextMatchRequested, this, &MainWindow::nextMatch);
    connect(header->sides(), &SidesBar::swapRequested, this, &MainWindow::swapSides);
    connect(header->sides(), &SidesBar::openSideRequested, this, qOverload<bool>(&MainWindow::openSide));
    connect(m_profileArea, &ProfileArea::widthChosen, this, &MainWindow::chooseWidth);
    connect(page, &AnalysisPage::described, m_status, &QLabel::setText);
    connect(page, &AnalysisPage::viewChanged, this, &MainWindow::rememberPlace);
    connect(page, &AnalysisPage::estimateExplained, this, &MainWindow::explainEstimate);
    connect(page, &AnalysisPage::zoomToFunctionRequested, this, &MainWindow::zoomToFunction);
    connect(page, &AnalysisPage::contextMenuRequested, this, [this](FrameId frame, NodeId node, const QPoint& place) {
        QMenu* const menu = makeFrameMenu(&m_context, &m_pipeline, frame, node, frameMenuHandlers(), this);
        if (frame && m_context.analysis()->comparison)
            addCompareItems(menu, m_context, &m_recompare, frame);
        menu->popup(place);
    });
    connect(page, &AnalysisPage::matchMenuRequested, this, [this](FrameId row, const QPoint& place) {
        QMenu* const menu = makeMatchMenu(m_context, &m_recompare, row, this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(place);
    });
    connect(page->card(), &FunctionCard::openInEditorRequested, this, &MainWindow::openInEditor);
    connect(page, &AnalysisPage::cardShown, this, [this](bool shown) {
        const QSignalBlocker blocker(m_actions.card); // closed for want of room: still wanted
        m_actions.card->setChecked(shown);
    });
    if (!m_settings.splitters.isEmpty())
        page->restoreSplitters(m_settings.splitters);
    if (!m_settings.tableColumns.isEmpty())
        page->table()->restoreState(m_settings.tableColumns);
    page->setCardVisible(m_settings.showCard);
    page->showView(m_settings.view);
    m_context.setTheme(m_context.theme().isDark); // colours come with the signal
    return m_profileArea;
}

ArtifactBrowser* MainWindow::browser()
{
    if (m_browser)
        return m_browser;
    m_browser = new ArtifactBrowser;
    m_browser->setTheme(m_context.theme());
    m_stack->addWidget(m_browser);
    connect(m_browser, &ArtifactBrowser::openRequested, this, &MainWindow::open);
    connect(m_browser, &ArtifactBrowser::compareRequested, this, &MainWindow::compare);
    connect(m_browser, &ArtifactBrowser::described, m_status, &QLabel::setText);
    return m_browser;
}

bool MainWindow::isBusy() const
{
    return m_loader.isLoading() || (m_stack->currentWidget() == m_browser && m_browser->isBusy()) ||
           m_pipeline.isBusy() || m_recompare.isBusy() ||
           (m_context.analysis() && m_profileArea && m_profileArea->page()->currentView()->isBusy());
}

void MainWindow::refreshActions()
{
    const bool isOpen = m_context.analysis() != nullptr;
    WindowActions& a = m_actions;
    for (QAction* action : {a.reload, a.close, a.exportPicture, a.whole, a.up, a.zoomIn, a.zoomOut, a.fit, a.search,
                            a.nextMatch, a.previousMatch, a.filterTable, a.goTo, a.nextPane, a.previousPane})
        action->setEnabled(isOpen);
    for (QAction* action : {a.copyName, a.copyRow, a.showSource, a.openInEditor})
        action->setEnabled(isOpen && m_context.state().selected);
    a.clearFilters->setEnabled(!m_pipeline.options().filters.empty());
    for (int i = 0; i < int(m_viewActions.size()); ++i) {
        const int digit = AnalysisPage::digitOf(i, m_context.analysis().get());
        m_viewActions[i]->setVisible(digit > 0);
        m_viewActions[i]->setShortcut(digit > 0 ? QKeySequence(QStringLiteral("Alt+%1").arg(digit)) : QKeySequence());
    }
    const bool isComparison = isOpen && m_context.analysis()->comparison && m_before;
    a.swap->setEnabled(isComparison);
    a.close->setEnabled(isOpen || m_stack->currentWidget() == m_browser);
    a.search->setEnabled(isOpen || m_stack->currentWidget() == m_browser);
    const MemoryCapture* const memory = isOpen ? m_context.analysis()->profile->memory.get() : nullptr;
    a.memoryStatistics->setVisible(memory);
    a.memoryStatistics->setEnabled(memory && memory->hasStatistics);
    a.memoryStatistics->setToolTip(memory && !memory->hasStatistics ? whyNotOfAllocations(*memory) : QString());
    const bool isWhole = isOpen && !m_presenter.showsPart();
    const bool isFile = !m_openPath.startsWith(u':') && m_openPath != QLatin1String("-");
    const bool hasFile = isComparison ? !m_before->paths.isEmpty() && !m_after->paths.isEmpty() : isFile;
    a.reload->setEnabled(isWhole && hasFile);
    a.compare->setEnabled(!m_presenter.showsPart());
    a.undo->setEnabled(isWhole && m_pipeline.undoStack()->canUndo());
    a.redo->setEnabled(isWhole && m_pipeline.undoStack()->canRedo());
    a.back->setEnabled(isOpen && m_history.canGoBack());
    a.forward->setEnabled(isOpen && m_history.canGoForward());
    refreshBaseline();
}

void MainWindow::onStateChanged(const ViewState& before)
{
    const ViewState& now = m_context.state();
    if (now.zoomRoot != before.zoomRoot && !m_isTravelling)
        expandZoom();
    if (now.inTimeOrder && !before.inTimeOrder && !m_isTravelling)
        showView(QStringLiteral("icicle"));
    if (now.zoomRoot != before.zoomRoot || now.selected != before.selected || now.inTimeOrder != before.inTimeOrder)
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
    const auto expand = [base, zoom] {
        Progress progress;
        return std::make_shared<Result<ExpandedAnalysis>>(expanded(base, zoom, progress));
    };
    runThen(this, expand, [this, base, zoom](const std::shared_ptr<Result<ExpandedAnalysis>>& result) {
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
    m_history.visit({m_context.analysis(), m_context.state(), page()->currentViewId()});
    refreshActions();
}

void MainWindow::goTo(const Place& place)
{
    m_isTravelling = true;
    if (place.analysis != m_context.analysis())
        m_context.replaceAnalysis(place.analysis, place.state);
    else
        m_context.update(place.state);
    page()->showView(place.view);
    m_isTravelling = false;
    refreshActions();
}

void MainWindow::chooseWidth(CompareWidth width)
{
    const AnalysisPtr base = m_context.analysis();
    onWorker(
        this, [base, width] { return withWidth(base, width); },
        [this, base](const AnalysisPtr& result) {
            if (result && m_context.analysis() == base) {
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
        m_context.select(frame);
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
    if (m_context.analysis() && profileArea()->header()->searchField()->hasFocus())
        page()->currentView()->setFocus();
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
    exportPictureOf(page()->currentView(), m_openPath, this);
}

void MainWindow::refreshRecent()
{
    m_start->setRecent(m_settings.recent);
    m_recentMenu->clear();
    for (qsizetype i = 0; i < m_settings.recent.size(); ++i) {
        const QString path = m_settings.recent[i].path;
        const QString shown = fontMetrics().elidedText(path, Qt::ElideMiddle, scaled(kRecentPathWidth));
        m_recentMenu->addAction(tr("&%1  %2").arg(i + 1).arg(QString(shown).replace(u'&', QStringLiteral("&&"))), this,
                                [this, path] { open(path); });
    }
    m_recentMenu->addSeparator();
    m_recentMenu->addAction(tr("&Clear the list"), this, &MainWindow::clearRecent);
    m_recentMenu->setEnabled(!m_settings.recent.isEmpty());
    saveSettings();
}

void MainWindow::clearRecent()
{
    m_settings.recent.clear();
    refreshRecent();
}

void MainWindow::saveSettings()
{
    if (m_remember)
        m_settings.save();
}

void MainWindow::showView(const QString& id)
{
    if (m_profileArea)
        page()->showView(id);
    else
        m_settings.view = id; // the page begins with it
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.geometry = saveGeometry();
    if (m_profileArea) {
        m_settings.splitters = page()->saveSplitters();
        m_settings.tableColumns = page()->table()->saveState();
        m_settings.view = page()->currentViewId();
        m_settings.showCard = page()->wantsCard();
    }
    saveSettings();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange && m_settings.theme == ThemeChoice::System && m_actions.theme)
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

} // namespace sundial
