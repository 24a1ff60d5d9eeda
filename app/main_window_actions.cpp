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
#include "app/shortcut_sheet.h"
#include "app/start_page.h"
#include "views/function_table_view.h"
#include "views/icons.h"
#include "views/memory_statistics.h"
#include "views/view_table.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
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

} // namespace sundial
