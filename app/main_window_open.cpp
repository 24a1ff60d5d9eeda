// SPDX-License-Identifier: GPL-3.0-or-later
// How files get into the window: opening, dropping, pasting, comparing, and what happens when they are there.
#include "app/analysis_page.h"
#include "app/artifact_browser.h"
#include "app/banner.h"
#include "app/compare_sides.h"
#include "app/drop_overlay.h"
#include "app/error_text.h"
#include "app/free_memory.h"
#include "app/header_bar.h"
#include "app/main_window.h"
#include "app/start_page.h"
#include "app/toast.h"
#include "model/compare_analysis.h"
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

constexpr int kFastestLeftMs = 2000; // time left is shown once it means something
const QString kDemoBefore = QStringLiteral(":/samples/orders/before.prof");
const QString kDemoAfter = QStringLiteral(":/samples/orders/after.prof");

QString fileNameOf(const QString& path)
{
    return path == QLatin1String("-") ? MainWindow::tr("standard input") : QFileInfo(path).fileName();
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
    CompareOptions options;
    options.matches = m_settings.matches.rulesOf(before.front(), after.front());
    m_loader.loadComparison(before, after, options);
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

void MainWindow::onProgress(quint64 done, quint64 total, qint64 elapsedMs)
{
    const double fraction = total > 0 ? double(done) / double(total) : 0;
    const QString name = fileNameOf(m_loader.path());
    QString text = tr("Reading %1  %2 of %3")
                       .arg(name, valueText(double(done), Unit::Bytes), valueText(double(total), Unit::Bytes));
    if (elapsedMs > kFastestLeftMs && fraction > 0.05)
        text += tr("  ·  %1 s left").arg(qRound(double(elapsedMs) / 1000 * (1 - fraction) / fraction) + 1);
    if (!m_context.analysis() && m_stack->currentWidget() == m_start) { // the first file: what will be where
        m_header->setFileName(name);
        m_stack->setCurrentWidget(m_profileArea);
    }
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
        if (m_remember)
            m_settings.recent = Settings::load().recent; // another window may have opened files meanwhile
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
    giveBackMemory();
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
    else if (m_stack->currentWidget() == m_profileArea)
        m_stack->setCurrentWidget(m_start);
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
    giveBackMemory();
    const bool isLeft = m_stack->currentWidget() != m_browser;
    if (isLeft && m_browser->hasFiles())
        return showBrowser(); // what was opened from there goes back there
    m_browser->forget();
    m_stack->setCurrentWidget(m_start);
    setWindowTitle(QStringLiteral("Sundial"));
    refreshActions();
}

void MainWindow::giveUpProfile()
{
    const QString path = m_openPath;
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
    event->acceptProposedAction();
    const bool hasOne = m_context.analysis() && !m_context.analysis()->comparison;
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
