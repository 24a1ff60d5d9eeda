// SPDX-License-Identifier: GPL-3.0-or-later
// Files that change under the reader, and memory that runs out: a message, and a window that goes on.
#include "app/guarded_application.h"
#include "app/loader.h"
#include "app/main_window.h"
#include "app/mapping_guard.h"
#include "tests/support/files.h"
#include "tests/support/sanitized.h"
#include "views/on_worker.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

#include <sys/mman.h>
#include <sys/resource.h>

#include <fcntl.h>
#include <future>
#include <new>
#include <thread>
#include <unistd.h>

using namespace sundial;
using namespace sundial::test;

namespace
{

constexpr std::size_t kBig = 24u << 20; // bytes; takes the reader long enough to be disturbed
constexpr int kAttempts = 20;           // until the file changes neither too early nor too late

std::string stacks(std::size_t bytes)
{
    std::string text;
    for (unsigned i = 0; text.size() < bytes; ++i)
        text += "main;work_" + std::to_string(i % 5000) + ";leaf_" + std::to_string(i % 70'000) + " 3\n";
    return text;
}

/// One function a line, none of them again.
std::string distinctStacks(std::size_t bytes)
{
    std::string text;
    for (unsigned i = 0; text.size() < bytes; ++i)
        text += "function_with_a_name_of_its_own_" + std::to_string(i) + " 1\n";
    return text;
}

} // namespace

class TestFaultyFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void goneBytesReadAsZeros();
    void shrinksWhileRead();
    void growsWhileRead();
    void replacedWhileRead();
    void vanishesWhileRead();
    void vanishedBeforeReload();
    void notEnoughMemory();
    void notEnoughMemoryInTheWindow();
    void notEnoughMemoryOnAWorker();
    void notEnoughMemoryInACommand();
    void ownerGoesBeforeItsWorker();

private:
    QString write(const std::string& bytes, const char* name = "a.folded") const;
    Result<ProfilePtr> loadWhile(const QString& path, const std::function<void()>& disturb) const;

    QTemporaryDir m_folder;
    SundialStyle* m_style = nullptr;
};

QString TestFaultyFiles::write(const std::string& bytes, const char* name) const
{
    QFile file(m_folder.filePath(QLatin1String(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
        qFatal("cannot write a temporary file");
    return file.fileName();
}

/// Loads on a worker, and calls `disturb` once reading has begun.
Result<ProfilePtr> TestFaultyFiles::loadWhile(const QString& path, const std::function<void()>& disturb) const
{
    using namespace std::chrono_literals;
    Progress progress;
    auto loaded = std::async(std::launch::async, [&] { return loadFile(path, {}, progress); });
    while (progress.done() == 0 && loaded.wait_for(0s) != std::future_status::ready)
        std::this_thread::yield();
    disturb();
    return loaded.get();
}

void TestFaultyFiles::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    m_style = new SundialStyle(Theme::light());
    QApplication::setStyle(m_style); // owned by the application
}

void TestFaultyFiles::goneBytesReadAsZeros()
{
    const auto page = std::size_t(sysconf(_SC_PAGESIZE));
    const QString path = write(std::string(3 * page, 'x'), "mapped");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const char* const bytes = reinterpret_cast<const char*>(file.map(0, qint64(3 * page)));
    {
        const MappingGuard guard({bytes, 3 * page});
        QCOMPARE(bytes[2 * page], 'x');
        QVERIFY(!guard.wasCut());
        QCOMPARE(truncate(qPrintable(path), off_t(page)), 0);
        QCOMPARE(bytes[2 * page], '\0');
        QCOMPARE(bytes[3 * page - 1], '\0');
        QCOMPARE(bytes[page - 1], 'x');
        QVERIFY(guard.wasCut());
    }
    const MappingGuard fresh({bytes, page});
    QVERIFY(!fresh.wasCut());
}

void TestFaultyFiles::shrinksWhileRead()
{
    const std::string text = stacks(kBig);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const QString path = write(text);
        const Result<ProfilePtr> profile = loadWhile(path, [&] { QCOMPARE(truncate(qPrintable(path), 100'000), 0); });
        if (profile) // it had been read before
            continue;
        QCOMPARE(profile.error().kind, ErrorKind::Truncated);
        QCOMPARE(profile.error().message, std::string("The file became shorter while it was read."));
        QVERIFY(!profile.error().cure.empty());
        return;
    }
    QFAIL("The file was never cut while it was read.");
}

void TestFaultyFiles::growsWhileRead()
{
    const std::string text = stacks(kBig);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const QString path = write(text);
        const Result<ProfilePtr> profile = loadWhile(path, [&] {
            QFile file(path);
            QVERIFY(file.open(QIODevice::Append));
            file.write("main;more 5\n");
        });
        QVERIFY2(profile, describe(profile).constData());
        if ((*profile)->warnings.empty())
            continue;
        QVERIFY((*profile)->warnings.back().starts_with("The file was written to while it was read"));
        return;
    }
    QFAIL("The file never grew while it was read.");
}

void TestFaultyFiles::replacedWhileRead()
{
    const QString path = write(stacks(kBig));
    const QString other = write("main;other 1\n", "b.folded");
    const Result<ProfilePtr> profile =
        loadWhile(path, [&] { QCOMPARE(rename(qPrintable(other), qPrintable(path)), 0); });
    QVERIFY2(profile, describe(profile).constData());
    QVERIFY((*profile)->frames.size() > 10'000); // the one that was opened, and all of it
    QVERIFY((*profile)->warnings.empty());
}

void TestFaultyFiles::vanishesWhileRead()
{
    const QString path = write(stacks(kBig));
    const Result<ProfilePtr> profile = loadWhile(path, [&] { QVERIFY(QFile::remove(path)); });
    QVERIFY2(profile, describe(profile).constData());
    QVERIFY((*profile)->frames.size() > 10'000);
}

void TestFaultyFiles::vanishedBeforeReload()
{
    MainWindow window(m_style, Settings(), false);
    window.show();
    const QString path = write("main;work 3\n", "gone.folded");
    window.open(path);
    QTRY_VERIFY(window.context()->analysis() && !window.isBusy());
    const AnalysisPtr shown = window.context()->analysis();
    QVERIFY(QFile::remove(path));
    window.open(path);
    QTRY_VERIFY(window.failure().has_value());
    QCOMPARE(window.failure()->kind, ErrorKind::Io);
    QCOMPARE(window.context()->analysis(), shown);
}

void TestFaultyFiles::notEnoughMemory()
{
    if (kIsSanitized)
        QSKIP("Address space cannot be limited under a sanitizer.");
    MainWindow window(m_style, Settings(), false);
    window.show();
    const QString small = write("main;work 3\n", "small.folded");
    window.open(small); // starts the threads, which take addresses of their own
    QTRY_VERIFY(window.context()->analysis() && !window.isBusy());
    const QString big = write(distinctStacks(96u << 20), "big.folded");

    QFile statm(QStringLiteral("/proc/self/statm"));
    QVERIFY(statm.open(QIODevice::ReadOnly));
    const rlim_t used = rlim_t(statm.readAll().split(' ').front().toLongLong()) * rlim_t(sysconf(_SC_PAGESIZE));
    rlimit before{};
    getrlimit(RLIMIT_AS, &before);
    const rlimit cap{used + (160u << 20), before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_AS, &cap), 0);
    window.open(big);
    const bool hasFailed = QTest::qWaitFor([&] { return window.failure().has_value(); }, 60'000);
    setrlimit(RLIMIT_AS, &before);

    QVERIFY(hasFailed);
    QCOMPARE(window.failure()->kind, ErrorKind::TooLarge);
    QVERIFY(window.failure()->message.find("not enough free memory") != std::string::npos);
    QVERIFY(window.failure()->cure.find("ulimit -v") != std::string::npos);
    QVERIFY(window.isVisible());
    window.open(small);
    QTRY_VERIFY(!window.failure().has_value() && !window.isBusy());
    QVERIFY(window.context()->analysis());
}

/// While it lays out, paints, or makes a menu: the profile is closed with a message, and the window opens the next.
void TestFaultyFiles::notEnoughMemoryInTheWindow()
{
    MainWindow window(m_style, Settings(), false);
    connect(static_cast<GuardedApplication*>(qApp), &GuardedApplication::outOfMemory, &window,
            &MainWindow::giveUpProfile);
    window.show();
    const QString small = write("main;work 3\n", "small.folded");
    window.open(small);
    QTRY_VERIFY(window.context()->analysis() && !window.isBusy());
    QTimer::singleShot(0, &window, [] { throw std::bad_alloc(); });
    QTRY_VERIFY(window.failure().has_value());
    QCOMPARE(window.failure()->kind, ErrorKind::TooLarge);
    QVERIFY(!window.context()->analysis());
    QVERIFY(window.isVisible());
    window.open(small);
    QTRY_VERIFY(window.context()->analysis() && !window.failure());
}

void TestFaultyFiles::notEnoughMemoryOnAWorker()
{
    auto* const application = static_cast<GuardedApplication*>(qApp);
    QObject owner;
    int reported = 0;
    connect(application, &GuardedApplication::outOfMemory, &owner, [&reported] { ++reported; });
    const auto got = std::make_shared<std::vector<int>>();
    const auto keep = [got](const std::shared_ptr<int>& result) { got->push_back(result ? *result : -1); };
    onWorker(
        &owner, [] { return std::make_shared<int>(7); }, keep);
    QTRY_COMPARE(*got, std::vector{7});
    QTest::qWait(50);
    QCOMPARE(reported, 0);
    onWorker(
        &owner, []() -> std::shared_ptr<int> { throw std::bad_alloc(); }, keep);
    QTRY_COMPARE(reported, 1);
    QCOMPARE(*got, (std::vector{7, -1})); // so that nobody waits for it
    onWorker(
        &owner, []() -> std::shared_ptr<int> { throw std::length_error("too long"); }, keep);
    QTRY_COMPARE(reported, 2);
}

void TestFaultyFiles::notEnoughMemoryInACommand()
{
    if (kIsSanitized)
        QSKIP("Address space cannot be limited under a sanitizer.");
    const QString big = write(distinctStacks(96u << 20), "big.folded");
    QProcess process;
    process.start(QStringLiteral("sh"),
                  {QStringLiteral("-c"), QStringLiteral("ulimit -v 400000; exec \"$0\" top \"$1\""),
                   QStringLiteral(SUNDIAL_PROGRAM), big});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 3);
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.contains("There is not enough free memory for it: "), said.constData());
    QCOMPARE(said.count('\n'), 1);
}

/// A window that is closed while something is computed for it.
void TestFaultyFiles::ownerGoesBeforeItsWorker()
{
    const auto mayEnd = std::make_shared<std::promise<void>>();
    const auto isDone = std::make_shared<bool>(false);
    {
        QObject owner;
        onWorker(
            &owner,
            [end = mayEnd->get_future().share()] {
                end.wait();
                return 7;
            },
            [isDone](int) { *isDone = true; });
    }
    mayEnd->set_value();
    QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
    QTest::qWait(20);
    QVERIFY(!*isDone);
}

int main(int argc, char** argv)
{
    GuardedApplication application(argc, argv);
    TestFaultyFiles test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_faulty_files.moc"
