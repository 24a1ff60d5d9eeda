// SPDX-License-Identifier: GPL-3.0-or-later
// The window: menus, header, the page of what is open, status. It wires; what it shows is computed elsewhere.
#pragma once

#include "app/file_watch.h"
#include "app/folder_watch.h"
#include "app/pipeline.h"
#include "app/presenter.h"
#include "app/recompare.h"
#include "app/settings.h"
#include "views/style.h"
#include "views/view_context.h"

#include <QMainWindow>
#include <QTimer>

#include <optional>

class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace sundial
{

class DropOverlay;
class ErrorPage;
class FilterActions;
struct FrameMenuHandlers;
enum class PaletteScope;
class AnalysisPage;
class ArtifactBrowser;
class ProfileArea;
class StartPage;
class Toast;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `settings` are remembered through the file only if `remember` is set; a painted window leaves no traces.
    MainWindow(SundialStyle* style, Settings settings, bool remember, QWidget* parent = nullptr);
    ~MainWindow() override;

    void open(const QString& path);
    /// One file opens, two are compared with sides told from their names, more are listed.
    void openPaths(const QStringList& paths);
    /// Compares two files, or two sets of runs.
    void compare(const QStringList& before, const QStringList& after);
    /// Lists what is in folders, archives or several files, and which of it makes pairs.
    void browse(const QStringList& paths);
    /// Opens the newest profile of a folder, and each one that comes into it from now on.
    void watchFolder(const QString& folder);
    /// "pair": the bundled before and after; any other id: the one before the change alone.
    void openSample(const QString& id);
    void openDemo();
    /// Closes what is open, because there is not enough memory to show it, and says so.
    void giveUpProfile();
    void showView(const QString& id);
    void setThemeChoice(ThemeChoice choice);
    /// True while something is still on its way to the screen.
    bool isBusy() const;
    /// Why nothing is shown, if the last file could not be read.
    const std::optional<Error>& failure() const { return m_failure; }
    ViewContext* context() { return &m_context; }
    AnalysisPage* page();
    ArtifactBrowser* browser();
    Pipeline* pipeline() { return &m_pipeline; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct WindowActions {
        QAction *open, *openFolder, *newWindow, *paste, *reload, *close, *quit, *exportPicture, *print, *copyPicture;
        QAction *undo, *redo, *copyName, *copyRow, *clearFilters;
        QAction *watch, *setBaseline, *compareBaseline, *clearBaseline;
        QAction *compare, *swap, *back, *forward, *whole, *up, *zoomIn, *zoomOut, *fit;
        QAction *search, *nextMatch, *previousMatch, *filterTable, *card, *theme, *menuBar, *fullScreen;
        QAction *memoryStatistics, *showSource, *openInEditor;
        QAction *nextPane, *previousPane, *palette, *goTo, *shortcuts, *messages, *about;
    };

    /// Made when first needed, as the browser is: a window without a file does not wait for them.
    ProfileArea* profileArea();
    ProfileArea* makeProfileArea();
    void makeActions();
    void makeMenus();
    void makeViewMenu(QMenu* menu);
    void applyTheme();
    void onLoaded(const QString& path, const LoadedAnalysis& loaded);
    void onPartlyLoaded(const QString& path, const LoadedAnalysis& soFar);
    void takeBackPart();
    void endProgress();
    void onFailed(const QString& path, const Error& error);
    void onProgress(quint64 done, quint64 total, qint64 elapsedMs);
    void onStateChanged(const ViewState& before);
    void showProfile();
    void paste();
    void closeProfile();
    void showBrowser();
    void goTo(const Place& place);
    void rememberPlace();
    void refreshActions();
    void expandZoom();
    void chooseWidth(CompareWidth width);
    void zoomToFunction(FrameId frame);
    FrameMenuHandlers frameMenuHandlers();
    void goUp();
    void nextMatch(int direction);
    /// Escape, one step a press: the search, then the selection.
    void stepBack();
    void openInEditor(FrameId frame);
    void exportPicture();
    void chooseFile();
    void chooseComparison();
    void swapSides();
    void openSide(bool after);
    /// The profile that is open, as a side of a comparison.
    SideSource openSide() const;
    CompareOptions rulesOf(const QStringList& before, const QStringList& after) const;
    void compareOpenWith(const SideSource& after);
    void reload();
    void readNewRun();
    void awaitWholeRun(const QString& path);
    void sayRunIsCut();
    void sayNewRun(const LoadedAnalysis& loaded, const LoadedSidePtr& former);
    void followFile();
    void onFileChanged();
    void setWatching(bool isWatching);
    QString baseline() const;
    void setBaseline(const QString& path);
    void refreshBaseline();
    void offerBaseline();
    void chooseWatched();
    void onArrived(const QString& path);
    void refreshRecent();
    void clearRecent();
    void saveSettings();
    void explainEstimate();
    void showShortcuts();
    void openWindow();
    void showMemoryStatistics();
    void showPalette(PaletteScope scope);

    ViewContext m_context;
    Pipeline m_pipeline{&m_context};
    Recompare m_recompare{&m_context, m_pipeline.undoStack()};
    FilterActions* m_filters;
    SundialStyle* m_style;
    Settings m_settings;
    bool m_remember;
    AsyncLoader m_loader;
    History m_history;
    Presenter m_presenter{&m_context, &m_history};
    bool m_isTravelling = false; ///< Going back or forward: what changes now is no new place.
    WindowActions m_actions{};
    QList<QAction*> m_viewActions;    ///< By view.
    QList<QAction*> m_pictureActions; ///< Their keys are letters, which elsewhere are typed.

    QStackedWidget* m_stack;
    QWidget* m_pageBefore = nullptr; ///< What the stack showed before the first part of a file.
    StartPage* m_start;
    QMenu* m_recentMenu;
    ErrorPage* m_error;
    ArtifactBrowser* m_browser = nullptr; ///< browser() makes it.
    ProfileArea* m_profileArea = nullptr; ///< profileArea() makes it.
    Toast* m_toast;
    DropOverlay* m_drop;
    QLabel* m_status;
    QLabel* m_statusRight;
    QToolButton* m_cancel;
    QString m_openPath;              ///< Of the one profile; empty in a comparison.
    LoadedSidePtr m_before, m_after; ///< Of the comparison that is shown.
    QStringList m_compared;          ///< The files of the comparison that is loading.
    FileWatch m_watch;
    FolderWatch m_folderWatch;
    QTimer m_wholeRun;        ///< Until it is said that the new run is not complete.
    QString m_cutRun;         ///< Its path.
    FileWatch::Stamp m_stamp; ///< Of the file that is loading, before it is read.
    std::optional<Error> m_failure;
    QHash<QString, int> m_lastUse; ///< Of commands in the palette, by title: a count that grows.
    int m_uses = 0;
};

} // namespace sundial
