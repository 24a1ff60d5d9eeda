// SPDX-License-Identifier: GPL-3.0-or-later
// A window that nobody touches costs nothing, and what was closed is not kept.
#include "app/main_window.h"
#include "model/free_memory.h"
#include "tests/support/sanitized.h"
#include "views/view_table.h"

#include <QAbstractEventDispatcher>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <unistd.h>

using namespace sundial;
using namespace sundial::test;

namespace
{

const QString kProfile = QStringLiteral(SUNDIAL_FIXTURES "/pstats/kitchen-py311.prof");
constexpr int kIdleMs = 2000;

double processorMs()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double residentMiB()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    return statm.open(QIODevice::ReadOnly)
               ? statm.readAll().split(' ')[1].toDouble() * double(sysconf(_SC_PAGESIZE)) / 1024 / 1024
               : 0;
}

bool opens(MainWindow& window, const QString& path)
{
    window.open(path);
    return QTest::qWaitFor([&] { return !window.isBusy(); }, 60'000) && window.context()->analysis();
}

/// A collapsed-stack file of so many stacks, each with a function of its own.
bool writeStacks(const QString& path, int count)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    for (int i = 0; i < count; ++i)
        file.write("main;part_" + QByteArray::number(i % 997) + ";function_" + QByteArray::number(i) + " 3\n");
    return file.flush();
}

bool showsAllViews(MainWindow& window)
{
    for (const ViewType* type : viewTypes()) {
        if (type->mode == ViewMode::Comparison)
            continue;
        window.showView(QString::fromLatin1(type->id));
        if (!QTest::qWaitFor([&] { return !window.isBusy(); }, 20'000))
            return false;
    }
    return true;
}

} // namespace

class TestFrugal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void idle_data();
    void idle();
    void closedMemoryReturns();
};

void TestFrugal::initTestCase()
{
    mapLargeBlocks(); // as main() does
    QStandardPaths::setTestModeEnabled(true);
    installApplicationFont();
    QApplication::setCursorFlashTime(0); // the text cursor's blinking is the system's choice, not ours
}

void TestFrugal::idle_data()
{
    QTest::addColumn<QString>("view");
    QTest::newRow("start page") << QString();
    for (const ViewType* type : viewTypes()) {
        if (type->mode != ViewMode::Comparison)
            QTest::newRow(type->id) << QString::fromLatin1(type->id);
    }
}

/// No timer runs while nothing moves: the event loop sleeps through.
void TestFrugal::idle()
{
    QFETCH(QString, view);
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    MainWindow window(style, Settings(), false);
    window.resize(1280, 800);
    window.show();
    if (!view.isEmpty()) {
        QVERIFY(opens(window, kProfile));
        window.showView(view);
    }
    QTRY_VERIFY(!window.isBusy());
    QTest::qWait(1500); // animations and tooltips end

    int wakeUps = 0;
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, &window, [&] { ++wakeUps; });
    QEventLoop loop;
    QTimer::singleShot(kIdleMs, &loop, &QEventLoop::quit);
    const double before = processorMs();
    loop.exec();
    const double spent = processorMs() - before;
    QVERIFY2(wakeUps <= 3, qPrintable(QStringLiteral("%1 wake-ups").arg(wakeUps))); // its own timer, and the end
    QVERIFY2(kIsSanitized || spent < 20, qPrintable(QStringLiteral("%1 ms").arg(spent)));
}

void TestFrugal::closedMemoryReturns()
{
    if (kIsSanitized)
        QSKIP("A sanitizer keeps what is freed.");
    QTemporaryDir folder;
    const QString small = folder.filePath(QStringLiteral("small.folded"));
    const QString big = folder.filePath(QStringLiteral("big.folded"));
    QVERIFY(writeStacks(small, 400) && writeStacks(big, 400'000));
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    MainWindow window(style, Settings(), false);
    window.resize(1280, 800);
    window.show();
    const auto close = [&window] {
        QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier);
        return QTest::qWaitFor([&] { return !window.context()->analysis(); }, 10'000);
    };
    QVERIFY(opens(window, small) && showsAllViews(window)); // fonts, views, threads and their code come once and stay
    QVERIFY(close());
    QTest::qWait(1000);
    const double before = residentMiB();
    QVERIFY(opens(window, big) && showsAllViews(window)); // and none of them holds it when it is closed
    const double open = residentMiB();
    QVERIFY(close());
    double after = 0;
    const auto returns = [&] { return (after = residentMiB()) < before * 1.1; };
    const bool isBack = QTest::qWaitFor(returns, 10'000);
    const QString figures = QStringLiteral("%1 MiB before, %2 open, %3 closed").arg(before).arg(open).arg(after);
    QVERIFY2(open > before + 40, qPrintable(figures)); // it was worth the test
    QVERIFY2(isBack, qPrintable(figures));
}

QTEST_MAIN(TestFrugal)
#include "tst_frugal.moc"
