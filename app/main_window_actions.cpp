// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done in the window, by menu, key and palette, and how it is coloured.
#include "app/analysis_page.h"
#include "app/artifact_browser.h"
#include "app/banner.h"
#include "app/command_palette.h"
#include "app/filter_actions.h"
#include "app/frame_menu.h"
#include "app/header_bar.h"
#include "app/main_window.h"
#include "app/message_list.h"
#include "app/note_popup.h"
#include "app/picture_export.h"
#include "app/profile_area.h"
#include "app/shortcut_sheet.h"
#include "app/start_page.h"
#include "views/function_card.h"
#include "views/function_table_view.h"
#include "views/icons.h"
#include "views/memory_statistics.h"
#include "views/view_table.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>

namespace sundial
{

namespace
{

bool systemIsDark()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

void askForContextMenu(QWidget* widget)
{
    if (!widget)
        return;
    const QPoint at = widget->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, at, widget->mapToGlobal(at));
    QApplication::sendEvent(widget, &event);
}

} // namespace

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
    a.paste = make(tr("&Paste a path, a file or a profile"), {key("Ctrl+V")}, &MainWindow::paste);
    a.reload = make(tr("&Reload from disk"), {key("Ctrl+R"), key("F5")}, &MainWindow::reload);
    a.watch = make(tr("&Watch for new runs"), {}, [] {});
    a.watch->setCheckable(true);
    a.watch->setToolTip(tr("Reads an open file again by itself when it was written anew.\n"
                           "In a comparison, the new run becomes after and the one before it before."));
    connect(a.watch, &QAction::toggled, this, &MainWindow::setWatching);
    a.setBaseline = make(tr("Set as &baseline"), {}, [this] { setBaseline(m_openPath); });
    a.compareBaseline = make(tr("Compare with the b&aseline"), {}, [this] {
        m_loader.loadComparison({{baseline()}, {}}, openSide());
    });
    a.clearBaseline = make(tr("C&lear the baseline"), {}, [this] { setBaseline({}); });
    a.close = make(tr("&Close profile"), {key("Ctrl+W")}, &MainWindow::closeProfile);
    a.newWindow = make(tr("&New window"), {key("Ctrl+N")}, &MainWindow::openWindow);
    a.quit = make(tr("&Quit"), {key("Ctrl+Q")}, &QWidget::close);
    a.exportPicture = make(tr("&Export picture…"), {key("Ctrl+E")}, &MainWindow::exportPicture);
    a.copyPicture = make(tr("Copy p&icture"), {}, [this] { copyPictureOf(page()->currentView()); });
    a.print = make(tr("P&rint picture…"), {key("Ctrl+P")},
                   [this] { printPictureOf(page()->currentView(), m_openPath, this); });
    a.compare = make(tr("&Compare…"), {key("Ctrl+Shift+D")}, &MainWindow::chooseComparison);
    a.swap = make(tr("&Swap before and after"), {key("Ctrl+Shift+X")}, &MainWindow::swapSides);
    a.undo = m_pipeline.undoStack()->createUndoAction(this);
    a.undo->setShortcut(key("Ctrl+Z"));
    a.redo = m_pipeline.undoStack()->createRedoAction(this);
    a.redo->setShortcut(key("Ctrl+Shift+Z"));
    for (QAction* action : {a.undo, a.redo})
        addAction(action);
    const auto makeLetter = [this](const QString& text, const char* letter, auto&& handler) {
        auto* const action = new QAction(text, this);
        action->setShortcut(QKeySequence(QLatin1String(letter)));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, handler);
        m_pictureActions << action;
        return action;
    };
    a.showSource = makeLetter(tr("Show &source"), "G", [this] { page()->showView(QStringLiteral("source")); });
    a.openInEditor = makeLetter(tr("Open in &editor"), "E", [this] { openInEditor(m_context.state().selected); });
    a.clearFilters = make(tr("Reset fi&lters"), {}, [this] { m_pipeline.clearFilters(); });
    a.copyName = make(tr("Copy function &name"), {key("Ctrl+C")}, [this] { copySelectedName(m_context); });
    a.copyRow = make(tr("Copy row as &Markdown"), {key("Ctrl+Shift+C")},
                     [this] { page()->table()->copyFunction(m_context.state().selected, RowsFormat::Markdown); });
    a.back = make(tr("&Back"), {key("Alt+Left")}, [this] { goTo(m_history.back()); });
    a.forward = make(tr("&Forward"), {key("Alt+Right")}, [this] { goTo(m_history.forward()); });
    a.whole = make(tr("&Whole profile"), {key("Alt+Home")}, [this] { m_context.zoomTo(NodeId{0}); });
    a.up = make(tr("One level &up"), {key("Alt+Up")}, &MainWindow::goUp);
    a.zoomIn = make(tr("Zoom &in"), {key("Ctrl++"), key("Ctrl+=")}, [this] { page()->currentView()->zoomIn(); });
    a.zoomOut = make(tr("Zoom &out"), {key("Ctrl+-")}, [this] { page()->currentView()->zoomOut(); });
    a.fit = make(tr("&Fit"), {key("Ctrl+0")}, [this] { page()->currentView()->fit(); });
    a.search = make(tr("&Search functions"), {key("Ctrl+F"), key("/")}, [this] {
        const bool isBrowsing = m_stack->currentWidget() == m_browser;
        QLineEdit* const field = isBrowsing ? m_browser->filterField() : profileArea()->header()->searchField();
        field->setFocus(Qt::ShortcutFocusReason);
        field->selectAll();
    });
    a.nextMatch = make(tr("&Next match"), {key("F3")}, [this] { nextMatch(1); });
    a.previousMatch = make(tr("&Previous match"), {key("Shift+F3")}, [this] { nextMatch(-1); });
    a.filterTable = make(tr("Filter table"), {key("Ctrl+Shift+F")}, [this] { page()->table()->editFilter(); });
    a.card = make(tr("Function &card"), {key("F9")}, [] {});
    a.card->setCheckable(true);
    a.card->setChecked(m_settings.showCard);
    connect(a.card, &QAction::toggled, this, [this](bool shown) { page()->setCardVisible(shown); });
    a.theme = make(tr("&Light or dark"), {},
                   [this] { setThemeChoice(m_context.theme().isDark ? ThemeChoice::Light : ThemeChoice::Dark); });
    a.menuBar = make(tr("&Menu bar"), {key("Ctrl+M")}, [this] { menuBar()->setVisible(!menuBar()->isVisible()); });
    a.fullScreen =
        make(tr("F&ull screen"), {key("F11")}, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    a.memoryStatistics = make(tr("&Statistics of allocations…"), {}, &MainWindow::showMemoryStatistics);
    a.nextPane = make(tr("Next pane"), {key("F6")}, [this] { page()->focusNextPane(1); });
    a.previousPane = make(tr("Previous pane"), {key("Shift+F6")}, [this] { page()->focusNextPane(-1); });
    // X11 knows the Menu key alone, which many keyboards lack.
    make(tr("Context menu"), {key("Shift+F10")}, [] { askForContextMenu(QApplication::focusWidget()); });
    make(tr("Step back"), {key("Escape")}, &MainWindow::stepBack);
    a.palette =
        make(tr("Command &palette"), {key("Ctrl+K"), key("Ctrl+Shift+P")}, [this] { showPalette(PaletteScope::All); });
    a.goTo = make(tr("&Go to function or file…"), {key("Ctrl+G")}, [this] { showPalette(PaletteScope::Places); });
    a.shortcuts = make(tr("&Shortcuts"), {key("Ctrl+/"), key("F1")}, &MainWindow::showShortcuts);
    a.messages =
        make(tr("&Messages"), {}, [this] { MessageList(m_toast->messages(), m_context.theme(), this).exec(); });
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
    QMenu* const file = fill(tr("&File"), {a.newWindow, a.open, a.openFolder, a.paste, a.reload, a.watch, a.close,
                                           nullptr, a.exportPicture, a.print, nullptr, a.quit});
    m_recentMenu = new QMenu(tr("Open re&cent"), this);
    file->insertMenu(a.paste, m_recentMenu);
    fill(tr("&Edit"), {a.undo, a.redo, nullptr, a.copyName, a.copyRow, a.copyPicture, nullptr, a.search, a.nextMatch,
                       a.previousMatch, a.filterTable});
    QMenu* const view = fill(tr("&View"), {});
    view->setToolTipsVisible(true); // what is disabled says why
    makeViewMenu(view);
    fill(tr("&Compare"), {a.compare, a.swap, nullptr, a.setBaseline, a.compareBaseline, a.clearBaseline});
    fill(tr("Fi&lter"), m_filters->all() + QList<QAction*>{nullptr, a.clearFilters})->setToolTipsVisible(true);
    fill(tr("&Go"), {a.goTo, nullptr, a.back, a.forward, nullptr, a.up, a.whole, nullptr, a.nextPane, a.previousPane});
    fill(tr("&Help"), {a.palette, a.shortcuts, a.messages, nullptr, a.about});
}

FrameMenuHandlers MainWindow::frameMenuHandlers()
{
    const auto showIn = [this](const QString& view, FrameId frame) {
        m_context.select(frame);
        page()->showView(view);
    };
    const auto showCard = [this](FrameId frame, void (FunctionCard::*section)()) {
        m_context.select(frame);
        m_actions.card->setChecked(true);
        (page()->card()->*section)();
    };
    const QString graph = QStringLiteral("callgraph");
    FrameMenuHandlers handlers;
    // Files with paths tell whole stacks of callers and callees; of others the card has all that is known.
    const auto showSide = [this, showIn, showCard](FrameId frame, void (FunctionCard::*section)()) {
        if (m_context.analysis()->profile->origin == TreeOrigin::Exact)
            showIn(QStringLiteral("sandwich"), frame);
        else
            showCard(frame, section);
    };
    handlers.showCallers = [showSide](FrameId frame) { showSide(frame, &FunctionCard::showCallers); };
    handlers.showCallees = [showSide](FrameId frame) { showSide(frame, &FunctionCard::showCallees); };
    handlers.findInGraph = [this, showIn, graph](FrameId frame) {
        showIn(graph, frame);
        emit m_context.showInGraphRequested(frame);
    };
    handlers.setGraphRoot = [this, showIn, graph](FrameId frame) {
        showIn(graph, frame);
        emit m_context.graphRootRequested(frame);
    };
    handlers.showSource = [showIn](FrameId frame) { showIn(QStringLiteral("source"), frame); };
    handlers.openInEditor = [this](FrameId frame) { openInEditor(frame); };
    handlers.copyRow = [this](FrameId frame, RowsFormat format) { page()->table()->copyFunction(frame, format); };
    handlers.zoomToFunction = [this](FrameId frame) { zoomToFunction(frame); };
    handlers.ofPicture = {m_actions.fit, m_actions.clearFilters, m_actions.exportPicture, m_actions.copyPicture};
    return handlers;
}

void MainWindow::makeViewMenu(QMenu* view)
{
    const auto& types = viewTypes();
    for (int i = 0; i < int(types.size()); ++i) {
        QAction* const action = view->addAction(QCoreApplication::translate("View", types[std::size_t(i)]->title));
        m_viewActions << action; // their keys follow the mode
        connect(action, &QAction::triggered, this, [this, i] {
            page()->showViewAt(i);
            page()->currentView()->setFocus(Qt::ShortcutFocusReason);
        });
    }
    QAction* const table = view->addAction(tr("&Table"), this, [this] { page()->currentTable()->setFocus(); });
    table->setShortcut(QKeySequence(QStringLiteral("Alt+6")));
    QAction* const card = view->addAction(tr("Show the function &card"), this, [this] {
        m_actions.card->setChecked(true);
        page()->focusCard();
    });
    card->setShortcut(QKeySequence(QStringLiteral("Alt+7")));
    view->addSeparator();
    const WindowActions& a = m_actions;
    for (QAction* action : {a.zoomIn, a.zoomOut, a.fit, a.memoryStatistics})
        view->addAction(action);
    view->addSeparator();
    for (QAction* action : {a.showSource, a.openInEditor})
        view->addAction(action);
    view->addSeparator();
    for (QAction* action : {a.card, a.theme, a.menuBar, a.fullScreen})
        view->addAction(action);
}

void MainWindow::openWindow()
{
    auto* const window = new MainWindow(m_style, m_remember ? Settings::load() : m_settings, m_remember);
    window->setAttribute(Qt::WA_DeleteOnClose);
    if (!window->testAttribute(Qt::WA_Resized))
        window->resize(size());
    window->move(pos() + QPoint(scaled(32), scaled(32)));
    window->show();
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
    palette.setColor(QPalette::WindowText, theme.text.secondary);
    m_status->setPalette(palette);
    m_statusRight->setPalette(palette);
    const auto icon = [&theme](const char* name) {
        return themedIcon(QLatin1String(name), theme.text.primary, theme.text.disabled);
    };
    m_actions.back->setIcon(icon("back"));
    m_actions.forward->setIcon(icon("forward"));
    m_actions.compare->setIcon(icon("compare"));
    m_actions.watch->setIcon(icon("watch"));
    m_actions.setBaseline->setIcon(icon("baseline"));
    m_actions.exportPicture->setIcon(icon("export"));
    m_actions.theme->setIcon(icon("theme"));
    m_actions.open->setIcon(icon("open"));
    m_start->setTheme(theme);
    m_error->setTheme(theme);
    if (m_browser)
        m_browser->setTheme(theme);
    m_context.setTheme(dark);
}

void MainWindow::explainEstimate()
{
    auto* const note = new NotePopup(
        tr("Why this tree is an estimate"),
        {tr("The file tells how often and for how long each function was called by each of its callers, but not by "
            "which path. Sundial divides the time over paths so that every sum holds."),
         tr("Numbers with ≈ are guesses; “Could be” gives the range that the file allows. The table, the callers and "
            "callees and the call graph are exact.")},
        m_context.theme(), this);
    note->addButton(tr("Show the call graph"), [this] { page()->showView(QStringLiteral("callgraph")); });
    note->popupBelow(page()->estimateBadge());
}

void MainWindow::showShortcuts()
{
    ShortcutSheet(m_context.theme(), this).exec();
}

void MainWindow::showMemoryStatistics()
{
    MemoryStatisticsDialog(*m_context.analysis()->profile, m_context.theme(), this).exec();
}

void MainWindow::showPalette(PaletteScope scope)
{
    std::vector<PaletteEntry> entries;
    if (scope == PaletteScope::All) {
        entries = menuEntries(menuBar());
        for (const RecentFile& file : m_settings.recent)
            entries.push_back({QFileInfo(file.path).fileName(),
                               QFileInfo(file.path).path(),
                               tr("recent"),
                               [this, path = file.path] { open(path); },
                               {}});
        for (PaletteEntry& entry : entries) {
            entry.lastUse = m_lastUse.value(entry.title);
            entry.run = [this, title = entry.title, run = std::move(entry.run)] {
                m_lastUse[title] = ++m_uses;
                run();
            };
        }
    }
    const PalettePlaces places{m_context.analysis(), [this](FrameId frame) { zoomToFunction(frame); },
                               [this](FrameId frame) {
                                   m_context.select(frame);
                                   page()->showView(QStringLiteral("source"));
                               },
                               [this](FrameId frame) { m_context.select(frame); }};
    (new CommandPalette(m_context.theme(), std::move(entries), places, scope, this))->popup();
}

} // namespace sundial
