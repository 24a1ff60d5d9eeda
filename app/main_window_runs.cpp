// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a program beside the one that is open: a file that is written anew, and the baseline of a folder.
#include "app/artifact_browser.h"
#include "app/input_file.h"
#include "app/main_window.h"
#include "app/profile_area.h"
#include "app/toast.h"
#include "model/compare_analysis.h"
#include "views/text_fit.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>

namespace sundial
{

namespace
{

QString nameOf(const QString& path)
{
    return QFileInfo(path).fileName();
}

QString folderOf(const QString& path)
{
    return QFileInfo(InputPlace::of(path).file).absolutePath();
}

/// A side whose file now holds another run.
LoadedSidePtr formerRun(const LoadedSidePtr& side, const QString& newPath)
{
    if (!side->paths.contains(newPath))
        return side; // another file
    const std::string suffix = MainWindow::tr(" (run before)").toStdString();
    auto former = std::make_shared<LoadedSide>(*side);
    former->paths.clear();
    if (!former->side.name.ends_with(suffix))
        former->side.name += suffix;
    return former;
}

} // namespace

void MainWindow::reload()
{
    const AnalysisPtr& shown = m_context.analysis();
    if (shown->comparison) {
        m_compared = m_before->paths + m_after->paths;
        m_stamp = FileWatch::stampOf(m_after->paths.front());
        m_loader.loadComparison({m_before->paths, {}}, {m_after->paths, {}}, m_recompare.options(), shown);
    } else {
        m_stamp = FileWatch::stampOf(InputPlace::of(m_openPath).file);
        m_loader.reload(m_openPath, shown);
    }
}

/// What was written anew becomes after, and what was after becomes before; a profile alone is replaced.
void MainWindow::readNewRun()
{
    const AnalysisPtr shown = m_context.analysis();
    if (!shown || m_presenter.showsPart())
        return;
    m_stamp = FileWatch::stampOf(m_watch.path());
    if (!shown->comparison)
        return m_loader.reload(m_openPath, shown, NewRun::Whole);
    m_compared = m_after->paths;
    m_loader.loadComparison({{}, formerRun(m_after, m_after->paths.front())}, {m_after->paths, {}},
                            m_recompare.options(), shown, NewRun::Whole);
}

/// A new run that ends too early may still be written: what is shown stays, and when the file changes again it is read
/// again. Says so only when that takes long, or where the user has asked for the new run.
void MainWindow::awaitWholeRun(const QString& path)
{
    const bool isOpen = path == m_openPath || (m_after && m_after->paths.contains(path));
    if (isOpen)
        followFile(); // also what was written while it was read
    m_cutRun = path;
    if (m_settings.watch)
        m_wholeRun.start();
    else
        sayRunIsCut();
}

void MainWindow::sayRunIsCut()
{
    if (m_loader.isLoading() || !m_context.analysis())
        return;
    const QString path = m_cutRun;
    const bool isOpen = path == m_openPath || (m_after && m_after->paths.contains(path));
    m_toast->showMessage(tr("The new %1 is not complete; what is shown is the run before.").arg(nameOf(path)),
                         m_context.theme(), isOpen ? tr("Show the part") : QString(), [this, isOpen] {
                             if (isOpen && m_context.analysis())
                                 reload();
                         });
}

void MainWindow::sayNewRun(const LoadedAnalysis& loaded, const LoadedSidePtr& former)
{
    const QString change = displayText(loaded.change);
    if (loaded.analysis->comparison) {
        m_toast->showMessage(tr("New run of %1. %2").arg(nameOf(m_loader.path()), change), m_context.theme());
        return;
    }
    m_toast->showMessage(tr("%1 was read again. %2").arg(nameOf(m_openPath), change), m_context.theme(), tr("Compare"),
                         [this, former = formerRun(former, m_openPath)] {
                             m_stamp = FileWatch::stampOf(InputPlace::of(m_openPath).file);
                             m_loader.loadComparison({{}, former}, openSide());
                         });
}

/// Watches the file that is open; in a comparison, that of after.
void MainWindow::followFile()
{
    QString file;
    if (m_after)
        file = m_after->paths.size() == 1 ? InputPlace::of(m_after->paths.front()).file : QString();
    else if (!m_openPath.startsWith(u':') && m_openPath != QLatin1String("-"))
        file = InputPlace::of(m_openPath).file;
    m_watch.watch(file, m_stamp);
}

void MainWindow::onFileChanged()
{
    if (m_loader.isLoading())
        return; // what is shown then is watched from before it was read
    if (m_settings.watch)
        return readNewRun();
    m_toast->showMessage(tr("%1 has changed on disk.").arg(nameOf(m_watch.path())), m_context.theme(),
                         m_after ? tr("Compare") : tr("Reload"), [this] { readNewRun(); });
    m_toast->keep();
}

void MainWindow::setWatching(bool isWatching)
{
    if (isWatching == m_settings.watch)
        return;
    m_settings.watch = isWatching;
    saveSettings();
    const QString name = m_watch.path().isEmpty() ? tr("An open file") : nameOf(m_watch.path());
    m_toast->showMessage(isWatching ? tr("%1 is read again by itself when it is written anew.").arg(name)
                                    : tr("New runs are offered, not read by themselves."),
                         m_context.theme());
}

void MainWindow::chooseWatched()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Watch a folder of profiles"));
    if (!folder.isEmpty())
        watchFolder(folder);
}

void MainWindow::watchFolder(const QString& folder)
{
    m_actions.watch->setChecked(true);
    m_folderWatch.watch(folder);
    const QString newest = FolderWatch::newestProfile(folder);
    open(newest);
    if (newest.isEmpty()) {
        m_toast->showMessage(tr("Waiting for the first profile in %1.").arg(QFileInfo(folder).fileName()),
                             m_context.theme());
        m_toast->keep();
    }
}

/// Another file is another run of what is open.
void MainWindow::onArrived(const QString& path)
{
    const AnalysisPtr& shown = m_context.analysis();
    if (m_loader.isLoading() || m_presenter.showsPart() || path == m_watch.path())
        return;
    if (!m_settings.watch) {
        m_toast->showMessage(tr("%1 has come into the folder.").arg(nameOf(path)), m_context.theme(), tr("Open"),
                             [this, path] { open(path); });
        m_toast->keep();
    } else if (!shown) {
        open(path);
    } else {
        m_stamp = FileWatch::stampOf(path);
        if (shown->comparison)
            m_loader.loadComparison({m_after->paths, m_after}, {{path}, {}}, m_recompare.options(), shown,
                                    NewRun::Whole);
        else
            m_loader.reload(path, shown, NewRun::Whole);
    }
}

/// Of the folder that the open profile lies in; empty if there is none, or it is the open profile itself.
QString MainWindow::baseline() const
{
    if (m_openPath.isEmpty() || m_openPath.startsWith(u':') || m_openPath == QLatin1String("-"))
        return {};
    return m_settings.baselines.value(folderOf(m_openPath));
}

void MainWindow::setBaseline(const QString& path)
{
    const QString folder = folderOf(m_openPath);
    const QString absolute = path.isEmpty() ? QString() : QFileInfo(path).absoluteFilePath();
    const QString before = baseline();
    if (absolute.isEmpty())
        m_settings.baselines.remove(folder);
    else
        m_settings.baselines.insert(folder, absolute);
    saveSettings();
    refreshBaseline();
    const QString text = absolute.isEmpty()
                             ? tr("%1 is no baseline any more.").arg(nameOf(before))
                             : tr("%1 is the baseline of %2.").arg(nameOf(path), QFileInfo(folder).fileName());
    m_toast->showMessage(text, m_context.theme(), tr("Undo"), [this, folder, before] {
        if (before.isEmpty())
            m_settings.baselines.remove(folder);
        else
            m_settings.baselines.insert(folder, before);
        saveSettings();
        refreshBaseline();
    });
}

void MainWindow::refreshBaseline()
{
    const QString path = baseline();
    const bool isIt = !path.isEmpty() && path == QFileInfo(m_openPath).absoluteFilePath();
    WindowActions& a = m_actions;
    a.setBaseline->setEnabled(!m_openPath.isEmpty() && !m_openPath.startsWith(u':') && !isIt &&
                              !m_presenter.showsPart());
    a.compareBaseline->setEnabled(!path.isEmpty() && !isIt && !m_presenter.showsPart());
    a.compareBaseline->setText(path.isEmpty() ? tr("Compare with the b&aseline")
                                              : tr("Compare with the b&aseline, %1").arg(nameOf(path)));
    a.clearBaseline->setEnabled(!path.isEmpty());
    a.clearBaseline->setText(path.isEmpty() ? tr("C&lear the baseline")
                                            : tr("C&lear the baseline, %1").arg(nameOf(path)));
    if (m_profileArea)
        m_profileArea->header()->setRemark(isIt ? tr("baseline of this folder") : QString());
}

void MainWindow::offerBaseline()
{
    const QString path = baseline();
    if (!m_actions.compareBaseline->isEnabled() || !QFileInfo::exists(InputPlace::of(path).file))
        return;
    m_toast->showMessage(tr("The baseline of this folder is %1.").arg(nameOf(path)), m_context.theme(), tr("Compare"),
                         [this] { m_actions.compareBaseline->trigger(); });
}

} // namespace sundial
