// SPDX-License-Identifier: GPL-3.0-or-later
// Places that cannot be written: a message with status 4, and what stood there before is still there, whole.
#include "tests/support/cli.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sundial::test;

class TestFaultyOutput : public QObject
{
    Q_OBJECT

private slots:
    void fullDisk_data();
    void fullDisk();
    void readOnlyPlace_data();
    void readOnlyPlace();
    void fullStandardOutput();
    void pipesAreWrittenTo();
};

namespace
{

const char* const kOld = "what was there before";

/// Runs with files limited to `blocks` of 512 bytes, as a disk that is about to be full.
Finished runLimited(int blocks, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(SUNDIAL_FIXTURES));
    const QString script = QStringLiteral("ulimit -f %1; exec \"$0\" \"$@\"").arg(blocks);
    process.start(QStringLiteral("sh"),
                  QStringList{QStringLiteral("-c"), script, QStringLiteral(SUNDIAL_PROGRAM)} + arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, {}, QString::fromUtf8(process.readAllStandardError())};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

void TestFaultyOutput::fullDisk_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("name");
    const QString profile = QStringLiteral("pstats/kitchen-py311.prof");
    const QString stacks = QStringLiteral("collapsed/pyspy-main.txt");
    QTest::newRow("convert") << QStringList{"convert", profile, "--to", "speedscope", "-o"} << "out.json";
    QTest::newRow("icicle as SVG") << QStringList{"flame", stacks, "-o"} << "out.svg";
    QTest::newRow("icicle as PNG") << QStringList{"flame", stacks, "-o"} << "out.png";
    QTest::newRow("icicle as PDF") << QStringList{"flame", stacks, "-o"} << "out.pdf";
    QTest::newRow("sunburst") << QStringList{"sunburst", profile, "-o"} << "out.png";
    QTest::newRow("graph") << QStringList{"graph", profile, "--node-thres", "0", "-o"} << "out.dot";
    QTest::newRow("comparison") << QStringList{"diff", profile, profile, "-o"} << "out.svg";
    QTest::newRow("whole window") << QStringList{profile, "--screenshot"} << "out.png";
}

void TestFaultyOutput::fullDisk()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, name);
    QTemporaryDir folder;
    const QString path = folder.filePath(name);
    {
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write(kOld);
    }
    const Finished run = runLimited(1, arguments + QStringList{path});
    QVERIFY2(run.status == 4, qPrintable(run.err));
    QVERIFY2(run.err.startsWith(path + QStringLiteral(": it could not be written (")), qPrintable(run.err));
    QVERIFY(run.err.contains(QStringLiteral("a file that was there is unchanged")));
    QCOMPARE(run.err.count(u'\n'), 1);
    QFile old(path);
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray(kOld));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1); // no half of the new one stays either
}

void TestFaultyOutput::readOnlyPlace_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("no such folder") << "/nowhere/at-all/out.json";
    QTest::newRow("a folder of the system") << "/proc/out.json";
    QTest::newRow("a folder") << QDir::tempPath();
}

void TestFaultyOutput::readOnlyPlace()
{
    QFETCH(QString, path);
    const Finished run = runSundial({"convert", "pstats/kitchen-py311.prof", "--to", "speedscope", "-o", path});
    QCOMPARE(run.status, 4);
    QVERIFY2(run.err.startsWith(path + QStringLiteral(": it could not be written (")), qPrintable(run.err));
    QVERIFY(run.out.isEmpty());
}

void TestFaultyOutput::fullStandardOutput()
{
    if (QFileInfo(QStringLiteral("/dev/full")).isFile())
        QSKIP("/dev/full is a plain file on this machine.");
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(SUNDIAL_FIXTURES));
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(QStringLiteral(SUNDIAL_PROGRAM), {"top", "pstats/kitchen-py311.prof"});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 4);
    QVERIFY(process.readAllStandardError().startsWith("standard output: it could not be written ("));
}

/// A pipe must not be replaced by a file of its name.
void TestFaultyOutput::pipesAreWrittenTo()
{
    QTemporaryDir folder;
    const QString pipe = folder.filePath(QStringLiteral("pipe"));
    QProcess::execute(QStringLiteral("mkfifo"), {pipe});
    QProcess reader;
    reader.start(QStringLiteral("cat"), {pipe});
    QVERIFY(reader.waitForStarted());
    const Finished run = runSundial({"convert", "collapsed/recursion.folded", "--to", "collapsed", "-o", pipe});
    QVERIFY2(run.status == 0, qPrintable(run.err));
    QVERIFY(reader.waitForFinished(10'000));
    QVERIFY(reader.readAllStandardOutput().contains(' '));
    QVERIFY(QFileInfo::exists(pipe) && !QFileInfo(pipe).isFile());
}

QTEST_GUILESS_MAIN(TestFaultyOutput)
#include "tst_faulty_output.moc"
