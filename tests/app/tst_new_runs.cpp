// SPDX-License-Identifier: GPL-3.0-or-later
// One run after another: files that are written anew while they are open, folders that profiles come into, the
// baseline of a folder. Real files, offscreen.
#include "app/main_window.h"
#include "app/toast.h"
#include "model/compare_analysis.h"

#include <QMenuBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace sundial;

namespace
{

const QString kBefore = QStringLiteral(SUNDIAL_FIXTURES "/pstats/shop-before.prof");
const QString kAfter = QStringLiteral(SUNDIAL_FIXTURES "/pstats/shop-after.prof");

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// As a profiler writes its file: over the old one.
void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// As careful programs write: beside it, and then in its place.
void replace(const QString& path, const QByteArray& bytes)
{
    write(path + QStringLiteral(".tmp"), bytes);
    QVERIFY(std::rename(QFile::encodeName(path + QStringLiteral(".tmp")).constData(),
                        QFile::encodeName(path).constData()) == 0);
}

std::unique_ptr<MainWindow> makeWindow(bool remember = false)
{
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    auto window = std::make_unique<MainWindow>(style, remember ? Settings::load() : Settings(), remember);
    window->resize(1280, 800);
    window->show();
    return window;
}

QAction* action(MainWindow& window, const QString& text)
{
    for (QAction* menu : window.menuBar()->actions()) {
        for (QAction* action : menu->menu()->actions()) {
            if (action->text().remove(u'&').startsWith(text))
                return action;
        }
    }
    return nullptr;
}

QString toastOf(const MainWindow& window)
{
    const auto* const toast = window.findChild<Toast*>();
    return toast->isVisible() ? toast->text() : QString();
}

void clickToast(const MainWindow& window)
{
    auto* const toast = window.findChild<Toast*>();
    QTest::mouseClick(toast, Qt::LeftButton, {}, QPoint(toast->width() - 30, toast->height() / 2));
}

const AnalysisPtr& shown(MainWindow& window)
{
    return window.context()->analysis();
}

FrameId frameNamed(const Analysis& analysis, std::string_view name)
{
    for (std::uint32_t f = 0; f < analysis.frames().size(); ++f) {
        if (analysis.frames().name(FrameId{f}) == name)
            return FrameId{f};
    }
    return {};
}

} // namespace

class TestNewRuns : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void offersToReload();
    void keepsZoomSelectionAndFilters();
    void reloadsByItself();
    void waitsForTheWholeFile();
    void partOfARunIfAskedFor();
    void comparisonWaitsForTheWholeFile();
    void replacedGoneAndBack();
    void newRunBecomesAfter();
    void comparesWithTheRunBefore();
    void folder();
    void baseline();
    void watchIsRemembered();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestNewRuns::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setApplicationName(QStringLiteral("sundial-test-runs"));
    QApplication::setOrganizationName(QStringLiteral("sundial-test"));
    QSettings().clear();
    installApplicationFont();
}

void TestNewRuns::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("run.prof"));
    write(m_path, read(kBefore));
}

void TestNewRuns::offersToReload()
{
    const auto window = makeWindow();
    window->open(m_path);
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    const double before = shown(*window)->total;
    write(m_path, read(kAfter));
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("run.prof has changed on disk")));
    QCOMPARE(shown(*window)->total, before); // nothing changes by itself
    clickToast(*window);
    QTRY_VERIFY(shown(*window)->total < before);
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("Faster")));
    // The same without being asked.
    write(m_path, read(kBefore));
    QTest::keyClick(window.get(), Qt::Key_F5);
    QTRY_COMPARE(shown(*window)->total, before);
}

void TestNewRuns::keepsZoomSelectionAndFilters()
{
    const auto window = makeWindow();
    window->open(m_path);
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    ViewContext& context = *window->context();
    const FrameId hidden = frameNamed(*shown(*window), "_make_iterencode.<locals>._iterencode");
    window->pipeline()->addFilter({FilterKind::Hide, FilterScope::Function, hidden ? hidden : FrameId{3}});
    QTRY_VERIFY(!window->isBusy());
    QCOMPARE(shown(*window)->options.filters.size(), 1u);
    const CallTree& tree = shown(*window)->tree;
    NodeId zoom{1};
    while (!tree.isLeaf(zoom) && tree.depth(zoom) < 3)
        zoom = NodeId{zoom.value + 1};
    const std::string zoomed(shown(*window)->frames().name(tree.frame(zoom)));
    context.zoomTo(zoom);
    QTRY_VERIFY(!window->isBusy());
    context.select(shown(*window)->tree.frame(context.state().zoomRoot), context.state().zoomRoot);
    context.search(QStringLiteral("e"));

    // The same program, but for what a second run always changes: the file is another one.
    const AnalysisPtr before = shown(*window);
    replace(m_path, read(kBefore));
    QTest::keyClick(window.get(), Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY(shown(*window)->profile != before->profile && !window->isBusy());
    const Analysis& now = *shown(*window);
    QCOMPARE(now.frames().name(now.tree.frame(context.state().zoomRoot)), zoomed);
    QCOMPARE(now.frames().name(context.state().selected), zoomed);
    QCOMPARE(context.state().search, QStringLiteral("e"));
    QCOMPARE(now.options.filters.size(), 1u);
    QCOMPARE(now.frames().name(now.options.filters.front().frame),
             before->frames().name(before->options.filters.front().frame));
    QCOMPARE(now.shownTotal(), before->shownTotal());
}

void TestNewRuns::reloadsByItself()
{
    const auto window = makeWindow();
    QVERIFY(action(*window, QStringLiteral("Watch")));
    action(*window, QStringLiteral("Watch"))->trigger();
    window->open(m_path);
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    const double before = shown(*window)->total;
    write(m_path, read(kAfter));
    QTRY_VERIFY(shown(*window)->total < before);
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("run.prof was read again. Faster")));
}

void TestNewRuns::waitsForTheWholeFile()
{
    const auto window = makeWindow();
    action(*window, QStringLiteral("Watch"))->trigger();
    window->open(m_path);
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    const AnalysisPtr before = shown(*window);
    const QByteArray next = read(kAfter);
    write(m_path, {}); // opened for writing
    QTest::qWait(500);
    QCOMPARE(shown(*window), before);
    write(m_path, next.left(next.size() / 2)); // and then it pauses for long
    QTest::qWait(1500);
    QCOMPARE(shown(*window), before); // a part of the new run is no run
    QVERIFY(!toastOf(*window).contains(QStringLiteral("run.prof"))); // nor worth a word yet
    QTRY_VERIFY_WITH_TIMEOUT(toastOf(*window).contains(QStringLiteral("run.prof is not complete")), 10'000);
    QCOMPARE(shown(*window), before);
    write(m_path, "not a profile yet");
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("cannot be read")));
    QCOMPARE(shown(*window), before);
    QVERIFY(!window->failure());
    write(m_path, next);
    QTRY_VERIFY(shown(*window) != before);
    QVERIFY(shown(*window)->total < before->total);
}

void TestNewRuns::partOfARunIfAskedFor()
{
    const auto window = makeWindow();
    window->open(m_path);
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    const AnalysisPtr before = shown(*window);
    const QByteArray next = read(kAfter);
    write(m_path, next.left(next.size() / 2));
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("has changed on disk")));
    clickToast(*window);
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("run.prof is not complete")));
    QCOMPARE(shown(*window), before);
    clickToast(*window);
    QTRY_VERIFY(shown(*window)->profile->isPartial);
    write(m_path, next); // the rest comes
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("has changed on disk")));
    clickToast(*window);
    QTRY_VERIFY(!shown(*window)->profile->isPartial);
}

void TestNewRuns::comparisonWaitsForTheWholeFile()
{
    const auto window = makeWindow();
    action(*window, QStringLiteral("Watch"))->trigger();
    window->compare({kBefore}, {m_path});
    QTRY_VERIFY(shown(*window) && shown(*window)->comparison && !window->isBusy());
    const AnalysisPtr before = shown(*window);
    const QByteArray next = read(kAfter);
    write(m_path, next.left(next.size() / 2));
    QTest::qWait(1500);
    QCOMPARE(shown(*window), before);
    write(m_path, next);
    QTRY_COMPARE(shown(*window)->comparison->verdict.kind, VerdictKind::Faster);
}

void TestNewRuns::replacedGoneAndBack()
{
    const auto window = makeWindow();
    action(*window, QStringLiteral("Watch"))->trigger();
    window->open(m_path);
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    const double before = shown(*window)->total;
    replace(m_path, read(kAfter));
    QTRY_VERIFY(shown(*window)->total < before);
    replace(m_path, read(kBefore)); // it is still watched
    QTRY_COMPARE(shown(*window)->total, before);
    QVERIFY(QFile::remove(m_path));
    QTest::qWait(600);
    QCOMPARE(shown(*window)->total, before);
    write(m_path, read(kAfter));
    QTRY_VERIFY(shown(*window)->total < before);
}

void TestNewRuns::newRunBecomesAfter()
{
    const auto window = makeWindow();
    action(*window, QStringLiteral("Watch"))->trigger();
    window->compare({kBefore}, {m_path}); // the same twice
    QTRY_VERIFY(shown(*window) && shown(*window)->comparison && !window->isBusy());
    QCOMPARE(shown(*window)->comparison->verdict.kind, VerdictKind::Unchanged);
    write(m_path, read(kAfter));
    QTRY_COMPARE(shown(*window)->comparison->verdict.kind, VerdictKind::Faster);
    QCOMPARE(shown(*window)->comparison->beforeName, "run.prof (run before)");
    QCOMPARE(shown(*window)->comparison->afterName, "run.prof");
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("New run of run.prof. Faster")));
    // Swapped, the run whose file is gone is still there.
    QTest::keyClick(window.get(), Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(shown(*window)->comparison->verdict.kind, VerdictKind::Slower);
}

void TestNewRuns::comparesWithTheRunBefore()
{
    const auto window = makeWindow();
    window->open(m_path);
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    write(m_path, read(kAfter));
    QTest::keyClick(window.get(), Qt::Key_F5);
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("Faster")));
    clickToast(*window);
    QTRY_VERIFY(shown(*window)->comparison);
    QCOMPARE(shown(*window)->comparison->beforeName, "run.prof (run before)");
    QCOMPARE(shown(*window)->comparison->verdict.kind, VerdictKind::Faster);
}

void TestNewRuns::folder()
{
    const auto window = makeWindow();
    write(m_folder->filePath(QStringLiteral("notes.md")), "# no profile\n");
    window->watchFolder(m_folder->path());
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    const double before = shown(*window)->total;
    QTest::qWait(1100); // where a file system counts whole seconds
    write(m_folder->filePath(QStringLiteral("run-2.prof")), read(kAfter));
    QTRY_VERIFY(shown(*window)->total < before);
    QTRY_VERIFY(window->windowTitle().startsWith(QStringLiteral("run-2.prof")));
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("Faster")));
}

void TestNewRuns::baseline()
{
    const QString other = m_folder->filePath(QStringLiteral("other.prof"));
    write(other, read(kAfter));
    {
        const auto window = makeWindow(true);
        QVERIFY(!action(*window, QStringLiteral("Set as baseline"))->isEnabled());
        window->open(m_path);
        QTRY_VERIFY(shown(*window) && !window->isBusy());
        QVERIFY(!action(*window, QStringLiteral("Clear the baseline"))->isEnabled());
        action(*window, QStringLiteral("Set as baseline"))->trigger();
        QVERIFY(toastOf(*window).contains(QStringLiteral("run.prof is the baseline of")));
        QVERIFY(!action(*window, QStringLiteral("Compare with the baseline"))->isEnabled()); // with itself
    }
    const auto window = makeWindow(true); // another session
    window->open(other);
    QTRY_VERIFY(shown(*window) && !window->isBusy());
    QTRY_VERIFY(toastOf(*window).contains(QStringLiteral("The baseline of this folder is run.prof")));
    clickToast(*window);
    QTRY_VERIFY(shown(*window)->comparison);
    QCOMPARE(shown(*window)->comparison->beforeName, "run.prof");
    QCOMPARE(shown(*window)->comparison->afterName, "other.prof");
    window->open(other);
    QTRY_VERIFY(!shown(*window)->comparison);
    QVERIFY(action(*window, QStringLiteral("Clear the baseline, run.prof"))->isEnabled());
    action(*window, QStringLiteral("Clear the baseline"))->trigger();
    QVERIFY(!action(*window, QStringLiteral("Compare with the baseline"))->isEnabled());
    clickToast(*window); // undo
    QVERIFY(action(*window, QStringLiteral("Compare with the baseline, run.prof"))->isEnabled());
    // A folder of its own knows nothing of it.
    window->open(kBefore);
    QTRY_VERIFY(window->windowTitle().startsWith(QStringLiteral("shop-before.prof")));
    QVERIFY(!action(*window, QStringLiteral("Compare with the baseline"))->isEnabled());
}

void TestNewRuns::watchIsRemembered()
{
    {
        const auto window = makeWindow(true);
        QVERIFY(!action(*window, QStringLiteral("Watch"))->isChecked());
        action(*window, QStringLiteral("Watch"))->trigger();
    }
    QVERIFY(action(*makeWindow(true), QStringLiteral("Watch"))->isChecked());
}

QTEST_MAIN(TestNewRuns)
#include "tst_new_runs.moc"
