// SPDX-License-Identifier: GPL-3.0-or-later
// What the system does to the program: it is ended while it saves, started twice, loses its display. And what the
// program does to the system, under strace: no network, and nothing of an archive on disk.
#include "tests/support/cli.h"
#include "tests/support/pack.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace sundial::test;

namespace
{

constexpr int kPatienceMs = 30'000;
const QString kProfile = QStringLiteral(SUNDIAL_FIXTURES "/pstats/tiny-mutual-clock.prof");

/// A window of its own configuration, without a display unless `environment` names one.
std::unique_ptr<QProcess> startWindow(const QString& home, const QStringList& arguments, const QString& display = {},
                                      const QStringList& wrapper = {})
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), display.isEmpty() ? "offscreen" : "xcb");
    environment.insert(QStringLiteral("DISPLAY"), display);
    process->setProcessEnvironment(environment);
    const QStringList command = wrapper + QStringList{QStringLiteral(SUNDIAL_PROGRAM)} + arguments;
    process->start(command.front(), command.mid(1));
    return process;
}

QString settingsPath(const QString& home)
{
    return home + QStringLiteral("/sundial/sundial.conf");
}

/// The files that the start page would list.
QStringList recentIn(const QString& home)
{
    QSettings file(settingsPath(home), QSettings::IniFormat);
    QStringList paths;
    const int count = file.beginReadArray(QStringLiteral("recent"));
    for (int i = 0; i < count; ++i) {
        file.setArrayIndex(i);
        paths << file.value(QStringLiteral("path")).toString();
    }
    return paths;
}

/// An X server without a screen; its display is ":N".
class Display
{
public:
    Display()
    {
        m_server.setProcessChannelMode(QProcess::MergedChannels);
        m_server.start(
            QStringLiteral("sh"),
            {QStringLiteral("-c"), QStringLiteral("exec Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp")});
        while (m_name.isEmpty() && m_server.waitForReadyRead(kPatienceMs)) {
            const QByteArray line = m_server.readLine().trimmed();
            bool isNumber = false;
            line.toInt(&isNumber);
            if (isNumber)
                m_name = u':' + QString::fromLatin1(line);
        }
    }
    ~Display() { stop(); }
    const QString& name() const { return m_name; }
    void stop()
    {
        m_server.kill();
        m_server.waitForFinished();
    }

private:
    QProcess m_server;
    QString m_name;
};

QString readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TestFaultyProcess : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void endedWhileSaving();
    void secondInstance();
    void displayGoesAway();
    void noNetwork();
    void archivesStayOffTheDisk();

private:
    QString makeHome(const char* name) const;
    QTemporaryDir m_folder;
};

QString TestFaultyProcess::makeHome(const char* name) const
{
    const QString home = m_folder.filePath(QLatin1String(name));
    QDir().mkpath(home + QStringLiteral("/sundial"));
    return home;
}

/// SIGTERM at many moments of a start that saves what was opened: the file is the one before or the one after.
void TestFaultyProcess::endedWhileSaving()
{
    const QString home = makeHome("ended");
    const QByteArray before =
        "[General]\ntheme=dark\n\n[recent]\n1\\format=pstats\n1\\opened=1\n1\\path=/old/one.prof\n"
        "1\\summary=1 s\nsize=1\n\n[window]\nview=icicle\n";
    bool wasSaved = false;
    for (int delayMs = 20; delayMs < kPatienceMs && !wasSaved; delayMs += delayMs / 3) {
        QFile file(settingsPath(home));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(before);
        file.close();
        const auto process = startWindow(home, {kProfile});
        process->waitForFinished(delayMs);
        process->terminate();
        QVERIFY(process->waitForFinished(kPatienceMs));
        const QStringList recent = recentIn(home);
        wasSaved = recent.size() == 2;
        QVERIFY2(recent.size() == 1 || recent.size() == 2, qPrintable(readAll(settingsPath(home))));
        QCOMPARE(recent.back(), QStringLiteral("/old/one.prof"));
        QCOMPARE(QSettings(settingsPath(home), QSettings::IniFormat).value("theme").toString(), QStringLiteral("dark"));
    }
    QVERIFY(wasSaved); // the last ones were ended after the save
}

/// Two windows at once: both work, and what one has opened is not forgotten by the other.
void TestFaultyProcess::secondInstance()
{
    const QString home = makeHome("second");
    const QString other = QStringLiteral(SUNDIAL_FIXTURES "/pstats/tiny-integer-clock.prof");
    const auto first = startWindow(home, {kProfile});
    QTRY_COMPARE_WITH_TIMEOUT(recentIn(home), QStringList{kProfile}, kPatienceMs);
    const auto second = startWindow(home, {other});
    QTRY_COMPARE_WITH_TIMEOUT(recentIn(home), (QStringList{other, kProfile}), kPatienceMs);
    QCOMPARE(first->state(), QProcess::Running);
    QCOMPARE(second->state(), QProcess::Running);
    for (QProcess* process : {first.get(), second.get()}) {
        process->terminate();
        QVERIFY(process->waitForFinished(kPatienceMs));
    }
}

void TestFaultyProcess::displayGoesAway()
{
    Display display;
    if (display.name().isEmpty())
        QSKIP("Needs Xvfb.");
    const QString home = makeHome("display");
    const auto process = startWindow(home, {kProfile}, display.name());
    QTRY_COMPARE_WITH_TIMEOUT(recentIn(home), QStringList{kProfile}, kPatienceMs);
    display.stop();
    QVERIFY(process->waitForFinished(kPatienceMs));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit); // no crash
    QCOMPARE(recentIn(home), QStringList{kProfile});
}

/// Only what a window needs: the display's socket and the system's bus, both on this machine.
void TestFaultyProcess::noNetwork()
{
    const QString log = m_folder.filePath(QStringLiteral("network.log"));
    Display display;
    if (display.name().isEmpty())
        QSKIP("Needs Xvfb.");
    const QString home = makeHome("network");
    const QStringList strace{QStringLiteral("strace"),
                             QStringLiteral("-f"),
                             QStringLiteral("-qq"),
                             QStringLiteral("-e"),
                             QStringLiteral("trace=socket,connect,sendto,bind"),
                             QStringLiteral("-o"),
                             log};
    const auto process = startWindow(home, {kProfile, "--view", "callgraph"}, display.name(), strace);
    QTRY_COMPARE_WITH_TIMEOUT(recentIn(home), QStringList{kProfile}, kPatienceMs);
    QTest::qWait(1000);
    process->terminate();
    process->waitForFinished(kPatienceMs);
    const QStringList calls = readAll(log).split(u'\n', Qt::SkipEmptyParts);
    if (calls.isEmpty())
        QSKIP("strace traces nothing here.");
    static const QRegularExpression local(QStringLiteral(
        R"(socket\(AF_UNIX|sendto\(\d+, .*, NULL, 0\)|bind\(\d+, \{sa_family=AF_UNIX|connect\(\d+, \{sa_family=AF_UNIX, sun_path=@?"(/tmp/\.X11-unix/|/run/dbus/|/var/run/dbus/|/run/user/|/tmp/dbus-|/var/run/nscd/))"));
    static const QRegularExpression other(QStringLiteral(R"(^\d+ +(---|\+\+\+|<\.\.\.))"));
    bool sawDisplay = false;
    for (const QString& call : calls) {
        sawDisplay |= call.contains(QStringLiteral("X11-unix"));
        QVERIFY2(call.contains(local) || call.contains(other), qPrintable(call));
    }
    QVERIFY(sawDisplay);
}

/// An archive in an archive is opened without a single file made, or opened for writing, anywhere.
void TestFaultyProcess::archivesStayOffTheDisk()
{
    const QString path = m_folder.filePath(QStringLiteral("run.zip"));
    {
        QFile archive(path);
        QVERIFY(archive.open(QIODevice::WriteOnly));
        const std::string inner = zip({{"deep/a.folded", "main;work 3\n"}});
        const std::string bytes = zip({{"inner.zip", inner}, {"../b.folded", "main;no 1\n"}});
        archive.write(bytes.data(), qint64(bytes.size()));
    }
    const QString log = m_folder.filePath(QStringLiteral("files.log"));
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("detect_leaks=0")); // it would be traced itself
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("strace"),
                  {"-f", "-qq", "-e",
                   "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,symlink,mknod,memfd_create",
                   "-o", log, QStringLiteral(SUNDIAL_PROGRAM), "top", path, "--json"});
    QVERIFY(process.waitForFinished(kPatienceMs));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    QVERIFY(process.readAllStandardOutput().contains("\"work\""));
    const QStringList calls = readAll(log).split(u'\n', Qt::SkipEmptyParts);
    if (calls.isEmpty())
        QSKIP("strace traces nothing here.");
    static const QRegularExpression reads(QStringLiteral(R"(open(at)?\(.*O_RDONLY|<\.\.\. open|^\d+ +(---|\+\+\+))"));
    static const QRegularExpression harmless(QStringLiteral(R"("/dev/(null|tty|shm/sanitizer)|"/proc/self/)"));
    bool sawArchive = false;
    for (const QString& call : calls) {
        sawArchive |= call.contains(QStringLiteral("run.zip"));
        const bool isRead = call.contains(reads) && !call.contains(QStringLiteral("O_CREAT"));
        QVERIFY2(isRead || call.contains(harmless), qPrintable(call));
    }
    QVERIFY(sawArchive);
}

QTEST_GUILESS_MAIN(TestFaultyProcess)
#include "tst_faulty_process.moc"
