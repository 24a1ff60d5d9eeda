// SPDX-License-Identifier: GPL-3.0-or-later
// A file finds its format by what is in it: every fixture under a name that tells nothing, files of other tools, text.
#include "app/loader.h"
#include "tests/support/files.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

namespace
{

Result<ProfilePtr> load(const QString& path)
{
    Progress progress;
    return loadFile(path, {}, progress);
}

} // namespace

class TestDetection : public QObject
{
    Q_OBJECT

private slots:
    void anyName_data();
    void anyName();
    void otherKinds_data();
    void otherKinds();
    void plainText_data();
    void plainText();

private:
    QString write(const QByteArray& bytes) const
    {
        QFile file(m_folder.filePath(QStringLiteral("unknown")));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
            qFatal("cannot write a temporary file");
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

void TestDetection::anyName_data()
{
    QTest::addColumn<QString>("path");
    const QDir fixtures(QStringLiteral(SUNDIAL_FIXTURES));
    for (const char* const folder : {"pstats", "memray", "speedscope", "collapsed"}) {
        int count = 0;
        QDirIterator it(fixtures.filePath(QLatin1String(folder)), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            if (path.endsWith(QLatin1String(".expected.json")) || path.endsWith(QLatin1String(".md")) ||
                path.endsWith(QLatin1String(".py")))
                continue;
            QTest::newRow(qPrintable(fixtures.relativeFilePath(path))) << path;
            ++count;
        }
        QVERIFY2(count > 5, folder);
    }
}

void TestDetection::anyName()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Result<ProfilePtr> named = load(path);
    const Result<ProfilePtr> unknown = load(write(file.readAll()));
    if (path.endsWith(QStringLiteral("/one-frame.folded"))) { // "only 12" is a profile by its ending alone
        QVERIFY(named && !unknown);
        QCOMPARE(unknown.error().kind, ErrorKind::UnknownFormat);
        return;
    }
    QCOMPARE(bool(unknown), bool(named));
    if (!named) {
        QCOMPARE(unknown.error().message, named.error().message);
        return;
    }
    const Profile &a = **named, &b = **unknown;
    QCOMPARE(b.formatId, a.formatId);
    QCOMPARE(b.metrics.size(), a.metrics.size());
    QCOMPARE(b.frames.size(), a.frames.size());
    QCOMPARE(b.tree.size(), a.tree.size());
    QCOMPARE(b.warnings, a.warnings);
    for (std::uint32_t m = 0; m < a.metrics.size(); ++m) {
        QCOMPARE(b.total(MetricId{m}), a.total(MetricId{m}));
        QCOMPARE(functionTable(b, MetricId{m}).self, functionTable(a, MetricId{m}).self);
        QCOMPARE(functionTable(b, MetricId{m}).total, functionTable(a, MetricId{m}).total);
    }
}

void TestDetection::otherKinds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* name, const QByteArray& bytes, const char* what) {
        QTest::newRow(name) << bytes << QString::fromUtf8(what);
    };
    row("trace events", R"({"traceEvents": [{"ph": "X", "name": "main", "ts": 0, "dur": 100}]})", "a Chrome trace");
    row("a list of trace events", R"([{"ph": "X", "name": "main", "ts": 0, "dur": 100}])", "a Chrome trace");
    row("cpuprofile", R"({"nodes":[{"id":1,"callFrame":{"functionName":"main"}}],"samples":[1],"timeDeltas":[0]})",
        "a CPU profile of Node.js or Chrome");
    row("Firefox", R"({"meta":{"interval":1,"preprocessedProfileVersion":47},"threads":[]})",
        "a profile of the Firefox Profiler");
    row("scalene", R"({"alloc_samples": 0, "args": ["aio.py"], "elapsed_time_sec": 1.5})", "a profile of scalene");
    row("pyinstrument", R"({"session": {}, "root_frame": {"function": "main"}})", "pyinstrument's own JSON");
    row("memray stats", R"({"total_num_allocations": 3, "total_bytes_allocated": 12})", "a report of memray");
    row("other JSON", R"({"name": "sundial", "version": 3})", "JSON of another kind");
    row("callgrind", "# callgrind format\nversion: 1\nevents: Ir\n", "a callgrind profile");
    row("callgrind without a head", "event: ns : Nanoseconds\nevents: ns\nfl=a.py\nfn=fib\n6 18\n",
        "a callgrind profile");
    row("import time", "import time: self [us] | cumulative | imported package\nimport time:  57 | 57 | zipimport\n",
        "the output of python -X importtime");
    row("perf script",
        "python3    77 [001] 12.3:   10101010 cycles:\n\t    7f3d8f24524a main (/usr/bin/app)\n"
        "\t    7f3d8f245000 _start (/usr/bin/app)\n\n",
        "the output of perf script");
    row("flame graph", "<?xml version=\"1.0\"?><svg width=\"12\"><title>Flame Graph</title></svg>",
        "a flame graph as a picture");
    row("pprof", QByteArray("\x0a\x04\x08\x01\x10\x02\x0a\x04\x08\x03\x10\x04\x12\x06", 14), "a profile of pprof");
    row("tracemalloc", QByteArray("\x80\x05\x95\x97\x5c\x00\x00\x8c\x0btracemalloc\x94.", 21),
        "a snapshot of tracemalloc");
}

void TestDetection::otherKinds()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const Result<ProfilePtr> profile = load(write(bytes));
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind, ErrorKind::UnknownFormat);
    const QString message = QString::fromStdString(profile.error().message);
    QVERIFY2(message.startsWith(QStringLiteral("This is not a profile that Sundial can read; it looks like ") + what),
             qPrintable(message));
    for (const Format* format : formats()) // what was tried
        QVERIFY(profile.error().cure.find(format->title) != std::string::npos);
}

void TestDetection::plainText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("Markdown") << QByteArray("# Sundial\n\nOpens profiles; see docs/ for more.\n\n- Python 3\n- Qt 6\n");
    QTest::newRow("log") << QByteArray("2026-01-01 12:00:00 INFO started worker 3\n"
                                       "2026-01-01 12:00:01 INFO started worker 4\n");
    QTest::newRow("CSV") << QByteArray("name,count\nfoo,1\nbar,2\n");
    QTest::newRow("CSV with semicolons") << QByteArray("name;count;share\nfoo;1;2\nbar;3;4\n");
    QTest::newRow("a word and a number") << QByteArray("total 12\n");
    QTest::newRow("pairs of numbers") << QByteArray("1 2\n3 4\n5 6\n");
    QTest::newRow("a list with counts") << QByteArray("width 20\nheight 30\nsize 100\n");
    QTest::newRow("requirements") << QByteArray("numpy==1.26\nflask>=2\n");
    QTest::newRow("passwd") << QByteArray("root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/:/usr/sbin/nologin\n");
}

void TestDetection::plainText()
{
    QFETCH(QByteArray, bytes);
    const Result<ProfilePtr> profile = load(write(bytes));
    QVERIFY(!profile);
    QCOMPARE(profile.error().message,
             std::string("This is not a profile that Sundial can read; it looks like text of another kind."));
}

QTEST_GUILESS_MAIN(TestDetection)
#include "tst_detection.moc"
