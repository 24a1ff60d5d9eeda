// SPDX-License-Identifier: GPL-3.0-or-later
// How files get into the window: opening, dropping, pasting, comparing, and what happens when they are there.
#include "app/analysis_page.h"
#include "app/artifact_browser.h"
#include "app/banner.h"
#include "app/clipping.h"
#include "app/compare_sides.h"
#include "app/drop_overlay.h"
#include "app/error_text.h"
#include "app/input_file.h"
#include "app/main_window.h"
#include "app/profile_area.h"
#include "app/start_page.h"
#include "app/toast.h"
#include "model/compare_analysis.h"
#include "model/free_memory.h"
#include "model/memory_guard.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QClipboard>
#include <QDateTime>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QThreadPool>
#include <QToolButton>
#include <QUrl>

namespace sundial
{

namespace
{

constexpr int kFastestLeftMs = 2000;  // time left is shown once it means something
constexpr QLatin1Char kResource(':'); // the program's own samples, and what was pasted
const QString kDemoBefore = QStringLiteral(":/samples/orders/before.prof");
const QString kDemoAfter = QStringLiteral(":/samples/orders/after.prof");

QString fileNameOf(const QString& path)
{
    return path == QLatin1String("-") ? MainWindow::tr("standard input")
           : path == kPastedText      ? MainWindow::tr("Pasted text")
                                      : QFileInfo(path).fileName();
}

/// Of what reading took, and of what was open before.
void giveBackMemory()
{
    QThreadPool::globalInstance()->start(returnFreeMemory);
}

bool hasFolder(const QStringList& paths)
{
    return std::any_of(paths.begin(), paths.end(), [](const QString& path) { return QFileInfo(path).isDir(); });
}

} // namespace

void MainWindow::open(const QString& path)
{
    if (path.isEmpty())
        return;
    if (QFileInfo(path).isDir())
        return browse({path});
    m_stamp = FileWatch::stampOf(InputPlace::of(path).file);
    m_loader.load(path);
    profileArea(); // made while the file is read
}

void MainWindow::browse(const QStringList& paths)
{
    m_failure.reset();
    closeProfile();
    browser()->browse(paths);
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
    m_compared = before + after;
    m_stamp = FileWatch::stampOf(after.front());
    m_loader.loadComparison({before, {}}, {after, {}}, rulesOf(before, after));
    profileArea(); // made while the files are read
}

/// What the user has said about the functions of this pair.
CompareOptions MainWindow::rulesOf(const QStringList& before, const QStringList& after) const
{
    CompareOptions options;
    if (!before.isEmpty() && !after.isEmpty())
        options.matches = m_settings.matches.rulesOf(before.front(), after.front());
    return options;
}

SideSource MainWindow::openSide() const
{
    LoadedSide side{{m_openPath}, {{m_context.analysis()}, fileNameOf(m_openPath).toStdString()}};
    return {side.paths, std::make_shared<const LoadedSide>(std::move(side))};
}

void MainWindow::compareOpenWith(const SideSource& after)
{
    m_compared = after.paths;
    m_stamp = FileWatch::stampOf(after.paths.value(0));
    m_loader.loadComparison(openSide(), after, rulesOf({m_openPath}, after.paths));
}

void MainWindow::openSample(const QString& id)
{
    if (id == QLatin1String("pair"))
        openDemo();
    else
        open(kDemoBefore);
}

void MainWindow::openDemo()
{
    compare({kDemoBefore}, {kDemoAfter});
}

void MainWindow::swapSides()
{
    m_recompare.swapSides();
}

/// Shows one side of the comparison for itself.
void MainWindow::openSide(bool after)
{
    const LoadedSidePtr side = after ? m_after : m_before;
    m_stamp = FileWatch::stampOf(side->paths.value(0));
    onLoaded(side->paths.value(0), {.analysis = side->side.runs.front()});
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

void MainWindow::paste()
{
    const Clipping clipping = clippingOf(*QGuiApplication::clipboard()->mimeData());
    if (!clipping.profile.isEmpty())
        m_loader.loadText(clipping.profile, kPastedText);
    else if (!clipping.paths.isEmpty())
        openPaths(clipping.paths);
    else
        m_toast->showMessage(clipping.refusal, m_context.theme());
}

void MainWindow::chooseComparison()
{
    const bool hasOne = m_context.analysis() && !m_context.analysis()->comparison;
    const QStringList paths = QFileDialog::getOpenFileNames(
        this, hasOne ? tr("Compare %1 with…").arg(fileNameOf(m_openPath)) : tr("Choose two profiles to compare"));
    if (paths.size() == 1 && hasOne)
        compareOpenWith({paths, {}});
    else
        openPaths(paths);
}

void MainWindow::onProgress(quint64 done, quint64 total, qint64 elapsedMs)
{
    const double fraction = total > 0 ? double(done) / double(total) : 0;
    const QString name = fileNameOf(m_loader.path());
    QString text = tr("Reading %1  %2 of %3")
                       .arg(name, valueText(double(done), Unit::Bytes), valueText(double(total), Unit::Bytes));
    if (elapsedMs > kFastestLeftMs && fraction > 0.05)
        text += tr("  ·  %1 s left").arg(qRound(double(elapsedMs) / 1000 * (1 - fraction) / fraction) + 1);
    ProfileArea* const area = profileArea();
    if (!m_context.analysis() && m_stack->currentWidget() == m_start) { // the first file: what will be where
        area->header()->setFileName(name);
        m_stack->setCurrentWidget(area);
    }
    area->header()->setProgress(text, fraction);
    m_status->setText(text);
    m_cancel->show();
    setWindowTitle(QStringLiteral("%1 % %2 — Sundial").arg(int(fraction * 100)).arg(name));
}

void MainWindow::endProgress()
{
    if (m_profileArea)
        m_profileArea->header()->clearProgress();
    m_cancel->hide();
    m_status->clear();
}

void MainWindow::onPartlyLoaded(const QString& path, const LoadedAnalysis& soFar)
{
    ProfileArea* const area = profileArea();
    const bool isFirst = !m_presenter.showsPart();
    if (isFirst)
        m_pageBefore = m_stack->currentWidget();
    m_pipeline.setPaused(true);
    m_presenter.showPart(soFar, fileNameOf(path));
    area->page()->setReadShare(soFar.readShare);
    if (isFirst) {
        area->header()->setFileName(fileNameOf(path));
        area->banner()->showWarnings({});
        m_stack->setCurrentWidget(area);
        area->page()->currentView()->setFocus();
    }
    refreshActions();
}

void MainWindow::takeBackPart()
{
    if (!m_presenter.showsPart())
        return;
    m_pipeline.setPaused(false);
    page()->setReadShare(1);
    m_presenter.takeBackPart();
    m_stack->setCurrentWidget(m_pageBefore);
    if (m_pageBefore == m_browser)
        showBrowser();
    refreshActions();
}

void MainWindow::onLoaded(const QString& path, const LoadedAnalysis& loaded)
{
    endProgress();
    m_wholeRun.stop();
    m_failure.reset();
    const AnalysisPtr& analysis = loaded.analysis;
    const bool isNewRun = m_loader.isReload() && loaded.from;
    const LoadedSidePtr former = isNewRun && !analysis->comparison ? openSide().loaded : nullptr;
    m_openPath = analysis->comparison ? QString() : path;
    m_before = loaded.before;
    m_after = loaded.after;
    const bool isFile = !path.isEmpty() && !path.startsWith(kResource);
    if (isFile && !analysis->comparison) {
        if (m_remember)
            m_settings.recent = Settings::load().recent; // another window may have opened files meanwhile
        m_settings.addRecent({QFileInfo(path).absoluteFilePath(), QString::fromStdString(analysis->profile->formatId),
                              valueText(analysis->total, analysis->metricInfo().unit),
                              QDateTime::currentMSecsSinceEpoch()});
        refreshRecent();
        saveSettings();
    }
    const bool isShown = loaded.from && m_stack->currentWidget() == m_profileArea;
    m_pipeline.setPaused(false);
    page()->setReadShare(1);
    m_presenter.showWhole(loaded, fileNameOf(path));
    showProfile();
    if (!isShown)
        page()->currentView()->setFocus();
    rememberPlace();
    followFile();
    if (isNewRun)
        sayNewRun(loaded, former);
    else
        offerBaseline();
    giveBackMemory();
}

void MainWindow::onFailed(const QString& path, const Error& error)
{
    endProgress();
    takeBackPart();
    if (error.kind == ErrorKind::Several)
        return browse(m_loader.isComparison() ? m_compared : QStringList{path});
    if (error.kind == ErrorKind::Truncated && m_loader.wantsWhole() && m_context.analysis()) {
        showProfile();
        return awaitWholeRun(path);
    }
    ErrorText text = errorText(error, fileNameOf(path));
    if (m_loader.isReload() && error.kind != ErrorKind::Cancelled)
        text.title = tr("The new %1 cannot be read; what is shown is the run before").arg(fileNameOf(path));
    else
        m_failure = error;
    if (m_context.analysis())
        showProfile(); // what was open stays
    else if (m_stack->currentWidget() == m_profileArea)
        m_stack->setCurrentWidget(m_start);
    if (!m_context.analysis() && m_stack->currentWidget() != m_browser)
        setWindowTitle(QStringLiteral("Sundial"));
    if (error.kind == ErrorKind::Cancelled) {
        m_toast->showMessage(text.title, m_context.theme());
    } else if (m_context.analysis()) {
        m_toast->showMessage(text.title + QStringLiteral(". ") + text.what, m_context.theme(), tr("Details"),
                             [this, text] {
                                 QMessageBox box(QMessageBox::Warning, text.title, text.title, QMessageBox::Ok, this);
                                 box.setTextFormat(Qt::PlainText);
                                 box.setInformativeText(text.what + u' ' + text.cure);
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
    ProfileArea* const area = profileArea();
    m_stack->setCurrentWidget(area);
    QStringList warnings;
    for (const std::string& warning : profile.warnings)
        warnings << displayText(warning);
    area->banner()->showWarnings(m_context.analysis()->comparison ? QStringList() : warnings);
    QString title = fileNameOf(m_openPath);
    if (const auto comparison = m_context.analysis()->comparison) {
        title = displayText(comparison->beforeName) + QStringLiteral(" → ") + displayText(comparison->afterName);
        m_status->clear(); // the verdict stands on top
    }
    area->header()->setFileName(title);
    setWindowTitle(title + QStringLiteral(" — Sundial"));
    refreshActions();
}

void MainWindow::closeProfile()
{
    m_loader.cancel();
    m_history.clear();
    m_context.setAnalysis({});
    m_openPath.clear();
    m_before.reset();
    m_after.reset();
    giveBackMemory();
    followFile();
    m_status->clear(); // what it told of is gone
    const bool isLeft = m_stack->currentWidget() != m_browser;
    if (isLeft && m_browser && m_browser->hasFiles())
        return showBrowser(); // what was opened from there goes back there
    if (m_browser)
        m_browser->forget();
    m_stack->setCurrentWidget(m_start);
    setWindowTitle(QStringLiteral("Sundial"));
    refreshActions();
}

void MainWindow::giveUpProfile()
{
    const QString path = m_openPath;
    if (m_browser)
        m_browser->forget();
    closeProfile();
    onFailed(path, outOfMemory());
}

void MainWindow::chooseFile()
{
    const QString folder =
        m_openPath.isEmpty() || m_openPath.startsWith(u':')
            ? (m_settings.recent.isEmpty() ? QString() : QFileInfo(m_settings.recent.front().path).path())
            : QFileInfo(m_openPath).path();
    open(QFileDialog::getOpenFileName(this, tr("Open a profile"), folder));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QStringList paths = localFiles(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction(); // also of what is refused, so that it is said why
    if (std::none_of(paths.begin(), paths.end(), mayHoldProfile)) {
        m_drop->refuse(tr("Not a profile, folder or archive"), m_context.theme());
        return;
    }
    const bool hasOne = m_context.analysis() && !m_context.analysis()->comparison && !m_presenter.showsPart();
    QStringList targets{paths.size() == 1 ? tr("Open %1").arg(fileNameOf(paths.front()))
                                          : tr("Open %1 files").arg(paths.size())};
    const bool isComparable = !hasFolder(paths); // folders are listed, whatever is open
    if (isComparable && paths.size() == 1 && hasOne) {
        targets << tr("Compare with %1 (as After)").arg(fileNameOf(m_openPath));
    } else if (isComparable && paths.size() == 2) {
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
    if (m_drop->refuses())
        event->ignore();
    else
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
    if (m_drop->refuses() || paths.isEmpty()) // empty: its source has ended meanwhile
        return event->ignore();
    event->acceptProposedAction();
    if (m_drop->target() == 0) {
        openPaths(paths);
    } else if (paths.size() == 1) {
        compareOpenWith({paths, {}});
    } else {
        const ComparedPaths sides = guessSides(paths[0], paths[1]);
        compare({sides.after}, {sides.before});
    }
}

} // namespace sundial
