// SPDX-License-Identifier: GPL-3.0-or-later
// Collapsed stacks of all dialects against counts made independently, frame by frame; odd lines and odd files against
// the sentences a reader gets. How the fixtures were made: tests/fixtures/collapsed/README.md.
#include "model/function_table.h"
#include "model/lanes.h"
#include "model/text_dump.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <map>

using namespace sundial;
using namespace sundial::test;

class TestCollapsed : public QObject
{
    Q_OBJECT

private slots:
    void counts_data() { addFixtures(); }
    void counts();
    void trees_data();
    void trees();
    void threadsAreLanes();
    void processesAreLanes();
    void austinHeader();
    void austinIsInTimeOrder();
    void frames_data();
    void frames();
    void linesFoldIntoFunctions();
    void isDetectedWithoutName_data() { addFixtures(); }
    void isDetectedWithoutName();
    void austinBinaryIsMoreThanItsLetters();
    void isNotClaimed_data();
    void isNotClaimed();
    void malformed_data();
    void malformed();
    void truncated_data() { addFixtures(); }
    void truncated();
    void orderOfLinesDoesNotMatter();

private:
    static void addFixtures();
};

namespace
{

Result<Profile> read(const QByteArray& bytes, bool byLine = true, std::string_view name = "unknown",
                     const Format* format = nullptr)
{
    Progress progress;
    return parseAny({viewOf(bytes), name}, {.byLine = byLine}, progress, format);
}

Profile load(const QString& name, bool byLine = true)
{
    Result<Profile> profile =
        read(readFixture("collapsed/" + name), byLine, name.toStdString(), findFormat("collapsed"));
    if (!profile)
        qFatal("%s: %s", qPrintable(name), profile.error().message.c_str());
    return std::move(*profile);
}

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

/// A frame as it stood in the file.
QString rawText(const Profile& profile, FrameId frame, bool isFileFirst)
{
    const QString name = text(profile.frames.name(frame));
    const QString file = text(profile.frames.file(frame));
    if (isFileFirst && !file.isEmpty())
        return file + ':' + name + ':' + QString::number(profile.frames.line(frame));
    return text(frameLabel(profile.frames, frame));
}

bool isLaneFrame(const QString& name)
{
    static const QRegularExpression pattern("^(thread \\(\\d|process \\d|P\\d+$|T\\d+:)");
    return pattern.match(name).hasMatch();
}

void compareFrames(const Profile& profile, MetricId metric, const QJsonObject& expected, bool isFileFirst)
{
    QCOMPARE(profile.total(metric), expected["total"].toDouble());
    const FunctionTable table = functionTable(profile, metric);
    std::uint32_t f = 0;
    for (const QJsonValue& value : expected["frames"].toArray()) {
        const QJsonArray row = value.toArray();
        const QString name = row[0].toString();
        if (isLaneFrame(name))
            continue;
        QVERIFY2(f < table.size(), qPrintable(name));
        QCOMPARE(name.startsWith("py::")
                     ? "py::" + text(profile.frames.name(FrameId{f})) + ':' + text(profile.frames.file(FrameId{f}))
                     : rawText(profile, FrameId{f}, isFileFirst),
                 name);
        QCOMPARE(table.self[f], row[1].toDouble());
        QCOMPARE(table.total[f], row[2].toDouble());
        ++f;
    }
    QVERIFY(f == table.size() || expected.contains("frames_cut_at"));
}

} // namespace

void TestCollapsed::addFixtures()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : fixtureNames("collapsed", {"*.folded", "*.txt", "*.austin"}))
        QTest::newRow(qPrintable(name)) << name;
}

void TestCollapsed::counts()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonObject expected = readFixtureJson("collapsed/" + name + ".expected.json");
    QCOMPARE(text(validate(profile)), QString());
    QCOMPARE(qsizetype(profile.warnings.size()),
             expected["skipped_lines"].toArray().size() + (name == "big-counts.folded" ? 1 : 0));
    const std::vector<std::pair<const char*, const char*>> members{{"own_count", "samples"}, {"value", "time"},
                                                                   {"time_us", "time"},      {"memory_bytes", "memory"},
                                                                   {"before", "before"},     {"after", "after"}};
    std::size_t compared = 0;
    for (const auto& [member, id] : members) {
        if (!expected.contains(QLatin1String(member)))
            continue;
        for (std::uint32_t m = 0; m < profile.metrics.size(); ++m) {
            if (profile.metrics[m].id == id) {
                compareFrames(profile, MetricId{m}, expected[QLatin1String(member)].toObject(),
                              name.endsWith(".austin"));
                ++compared;
            }
        }
    }
    if (expected.contains("cpu_time_us")) {
        QCOMPARE(profile.total(MetricId{1}), expected["cpu_time_us"].toDouble());
        ++compared;
    }
    QCOMPARE(compared, profile.metrics.size());
    if (profile.lanes.size() == 1 && !name.endsWith(".austin")) {
        QCOMPARE(qint64(profile.tree.size() - 1), expected["tree_nodes"].toInteger());
        QCOMPARE(qint64(profile.tree.maxDepth()), expected["max_depth"].toInteger());
    }
}

void TestCollapsed::trees_data()
{
    QTest::addColumn<QByteArray>("stacks");
    QTest::addColumn<QByteArray>("tree"); // "name self/total", indented by depth
    QTest::addColumn<double>("total");
    QTest::newRow("shared root") << QByteArray("a;b 2\na;c 1\n") << QByteArray("a 0/3\n b 2/2\n c 1/1\n") << 3.0;
    QTest::newRow("recursion") << QByteArray("f;f 1\n") << QByteArray("f 0/1\n f 1/1\n") << 1.0;
    QTest::newRow("CRLF, no final newline") << QByteArray("a 1\r\nb 2") << QByteArray("b 2/2\na 1/1\n") << 3.0;
    QTest::newRow("a prefix of the line before")
        << QByteArray("ab;cd 1\nab;c 2\nab 4\na 8\n") << QByteArray("a 8/8\nab 4/7\n c 2/2\n cd 1/1\n") << 15.0;
    QTest::newRow("empty stack counts in the total") << QByteArray("a 1\n 7\n") << QByteArray("a 1/1\n") << 8.0;
    QTest::newRow("empty names") << QByteArray("a;;b 1\n;c 2\nd; 4\n")
                                 << QByteArray("d 0/4\n  4/4\n 0/2\n c 2/2\na 0/1\n  0/1\n  b 1/1\n") << 7.0;
    QTest::newRow("two counts in one line only are no difference")
        << QByteArray("a;line 12 7\nb 1\n") << QByteArray("a 0/7\n line 12 7/7\nb 1/1\n") << 8.0;
    QTest::newRow("fractions") << QByteArray("a 0.25\na 1e-3\nb 2.\nb .5\n") << QByteArray("b 2.5/2.5\na 0.251/0.251\n")
                               << 2.751;
}

void TestCollapsed::trees()
{
    QFETCH(QByteArray, stacks);
    QFETCH(double, total);
    const Result<Profile> profile = read(stacks, true, "unknown", findFormat("collapsed"));
    QVERIFY2(profile, describe(profile));
    QTEST(QByteArray::fromStdString(dumpTree(*profile, profile->tree)), "tree");
    QCOMPARE(profile->total(MetricId{0}), total);
    QVERIFY(profile->warnings.empty());
}

void TestCollapsed::threadsAreLanes()
{
    const Profile profile = load("pyspy-threads.txt");
    std::map<QString, double> expected;
    for (const QJsonValue& value :
         readFixtureJson("collapsed/pyspy-threads.txt.expected.json")["own_count"].toObject()["frames"].toArray()) {
        if (isLaneFrame(value[0].toString()))
            expected[value[0].toString()] = value[2].toDouble();
    }
    QCOMPARE(profile.lanes.size(), expected.size());
    QVERIFY(profile.lanes.size() >= 4);
    for (std::uint32_t i = 0; i < profile.lanes.size(); ++i) {
        const Lane& lane = profile.lanes[i];
        QCOMPARE(lane.total, expected.at(text(lane.name)));
        QVERIFY(lane.thread > 20'000);
        const LaneId id{i};
        QCOMPARE(selectSamples(profile, {&id, 1}).total(MetricId{0}, NodeId{0}), lane.total);
    }
}

void TestCollapsed::processesAreLanes()
{
    const QByteArray bytes("process 1:\"python a;b.py\";thread (11): Main;f 1\n"
                           "process 1:\"python a;b.py\";process 2:\"child\";thread (0x1f);f;g 2\n"
                           "f 4\n"
                           "process 1:\"python a;b.py\";thread (11): Main;f 8\n"
                           "process 3:\"unclosed;thread (5): x;f 16\n");
    const Result<Profile> profile = read(bytes, true, "unknown", findFormat("collapsed"));
    QVERIFY2(profile, describe(profile));
    QCOMPARE(text(validate(*profile)), QString());
    QCOMPARE(profile->lanes.size(), 4u);
    QCOMPARE(text(profile->lanes[0].name), "process 1:\"python a;b.py\";thread (11): Main");
    QCOMPARE(profile->lanes[0].process, 1);
    QCOMPARE(profile->lanes[0].thread, 11);
    QCOMPARE(profile->lanes[0].total, 9.0);
    QCOMPARE(profile->lanes[1].process, 2);
    QCOMPARE(profile->lanes[1].thread, 31);
    QCOMPARE(text(profile->lanes[2].name), "no thread");
    QCOMPARE(profile->lanes[2].total, 4.0);
    QCOMPARE(text(dumpTree(*profile, profile->tree)), "f 29/31\n g 2/2\n");
}

void TestCollapsed::austinHeader()
{
    const Profile profile = load("austin-full.austin");
    QCOMPARE(text(profile.producer), "austin 3.7.0");
    const QJsonObject expected = readFixtureJson("collapsed/austin-full.austin.expected.json");
    const QJsonObject header = expected["metadata"].toObject();
    QCOMPARE(qsizetype(profile.meta.size() + 1), header.size());
    for (const auto& [key, value] : profile.meta)
        QCOMPARE(text(value), header[text(key)].toString());
    const QJsonArray threads = expected["threads"].toArray();
    QCOMPARE(qsizetype(profile.lanes.size()), threads.size());
    for (qsizetype i = 0; i < threads.size(); ++i)
        QCOMPARE(text(profile.lanes[std::size_t(i)].name), threads[i].toString());
    QCOMPARE(profile.lanes[0].process, 29770);
    QCOMPARE(profile.lanes[0].thread, 29770);
}

void TestCollapsed::austinIsInTimeOrder()
{
    const Result<Profile> profile = read("P1;T0:1;a.py:f:3 10\nP1;T0:2;a.py:g:4 5\nP1;T0:1;a.py:f:3;a.py:h:9 20\n");
    QVERIFY2(profile, describe(profile));
    QVERIFY(profile->samples.inTimeOrder);
    const Lane& first = profile->lanes[0];
    QCOMPARE(first.endSample - first.firstSample, 2u);
    QCOMPARE(profile->samples.weight[first.firstSample + 1], 20.0);
    QCOMPARE(profile->lanes[1].total, 5.0);
    QCOMPARE(text(unitName(profile->metrics[0].unit)), "microseconds");
}

void TestCollapsed::frames_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QString>("frameName");
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* raw, const char* name, const char* file, int line, FrameKind kind) {
        QTest::newRow(raw) << QByteArray(raw) << name << file << line << int(kind);
    };
    using enum FrameKind;
    row("fib (busy.py:13)", "fib", "busy.py", 13, Python);
    row("fib (busy.py)", "fib", "busy.py", 0, Python);
    row("fib", "fib", "", 0, Python);
    row("<module> (<string>:1)", "<module>", "<string>", 1, Python);
    row("deflate (libz.so.1.2.13)", "deflate", "libz.so.1.2.13", 0, Native);
    row("0x7f3d8f24524a (libc.so.6)", "0x7f3d8f24524a", "libc.so.6", 0, Native);
    row("f (C:\\app\\a.py:7)", "f", "C:\\app\\a.py", 7, Python);
    row("operator new (unsigned long)", "operator new (unsigned long)", "", 0, Python);
    row("vfs_read_[k]", "vfs_read_[k]", "", 0, Kernel);
    row("main_[j]", "main_[j]", "", 0, Native);
    row("py::fib:/srv/app/busy.py", "fib", "/srv/app/busy.py", 0, Python);
    row("[unknown]", "[unknown]", "", 0, Native);
    row("tid:7;C:\\a.py:f:12", "f", "C:\\a.py", 12, Python);
}

void TestCollapsed::frames()
{
    QFETCH(QByteArray, raw);
    QFETCH(int, kind);
    QFETCH(int, line);
    const Result<Profile> profile = read(raw + " 1\n", true, "unknown", findFormat("collapsed"));
    QVERIFY2(profile, describe(profile));
    QTEST(text(profile->frames.name(FrameId{0})), "frameName");
    QTEST(text(profile->frames.file(FrameId{0})), "file");
    QCOMPARE(int(profile->frames.line(FrameId{0})), line);
    QCOMPARE(int(profile->frames.kind(FrameId{0})), kind);
}

void TestCollapsed::linesFoldIntoFunctions()
{
    const QByteArray bytes("a (m.py:1);b (m.py:5) 1\na (m.py:2);b (m.py:5) 2\na (n.py:2) 4\nx_[k] 8\nx 16\n");
    const Result<Profile> functions = read(bytes, false);
    QVERIFY2(functions, describe(functions));
    QCOMPARE(text(dumpTree(*functions, functions->tree)), "x 16/16\nx_[k] 8/8\na 4/4\na 0/3\n b 3/3\n");
    QCOMPARE(functions->frames.line(FrameId{0}), 0u);
    const Result<Profile> lines = read(bytes, true);
    QCOMPARE(text(dumpTree(*lines, lines->tree)), "x 16/16\nx_[k] 8/8\na 4/4\na 0/2\n b 2/2\na 0/1\n b 1/1\n");
    QCOMPARE(lines->frames.size(), 6u);
}

void TestCollapsed::isDetectedWithoutName()
{
    QFETCH(QString, name);
    const Format* const format = detect(viewOf(readFixture("collapsed/" + name)), "unknown");
    const bool isOneWord = name == QStringLiteral("one-frame.folded"); // "only 12": a profile by its ending alone
    QVERIFY(isOneWord ? !format : format && format->id == "collapsed");
    const Format* const named = detect(viewOf(readFixture("collapsed/" + name)), name.toStdString());
    QVERIFY(named && named->id == "collapsed");
}

void TestCollapsed::austinBinaryIsMoreThanItsLetters()
{
    const Result<Profile> text = read("MOJ;work 3\nMOJO 1\n");
    QVERIFY2(text, text ? "" : text.error().message.c_str());
    QCOMPARE(text->total(MetricId{0}), 4.0);
    const Result<Profile> binary = read("MOJ\3 and whatever follows the version");
    QVERIFY(!binary);
    QCOMPARE(binary.error().kind, ErrorKind::Unsupported);
}

void TestCollapsed::isNotClaimed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("Python") << readFixture("malformed/collapsed/python-source.folded");
    QTest::newRow("Python with semicolons") << QByteArray("import a; import b\nx = 1\n\ndef f():\n    return 2\n");
    QTest::newRow("JSON") << QByteArray("{\"a;b\": 1,\n\"c\": 2}");
    QTest::newRow("C") << QByteArray("int a = 1;\nint b = 2;\nreturn a; // 3\n");
    QTest::newRow("prose") << QByteArray("Chapter 1\nOnce upon a time; there was.\nPage 2\n");
    QTest::newRow("prose that ends in numbers") << QByteArray("Chapter 1\nTwo of 3\n");
    QTest::newRow("minified JavaScript") << QByteArray("var a=1;b(2);").repeated(500);
    QTest::newRow("random bytes") << readFixture("malformed/collapsed/garbage.folded");
    QTest::newRow("zeros") << readFixture("malformed/collapsed/zeros.folded");
}

void TestCollapsed::isNotClaimed()
{
    QFETCH(QByteArray, bytes);
    const Format* const format = detect(viewOf(bytes), "unknown");
    QVERIFY(!format || format->id != "collapsed");
}

void TestCollapsed::malformed_data()
{
    QTest::addColumn<int>("kind"); // -1: it opens
    QTest::addColumn<QString>("message");
    const auto fails = [](const char* name, ErrorKind kind, const char* message) {
        QTest::newRow(name) << int(kind) << message;
    };
    const auto opens = [](const char* name, const char* warning) { QTest::newRow(name) << -1 << warning; };
    using enum ErrorKind;
    fails("empty.folded", NoData, "The file is empty.");
    fails("only-blank-lines.folded", NoData, "The file holds no stacks.");
    fails("only-comments.folded", NoData, "The file holds no stacks.");
    fails("zeros.folded", UnknownFormat, "");
    fails("garbage.folded", UnknownFormat, "");
    fails("no-counts.folded", NoData, "No line ends in a count.");
    opens("some-bad-lines.folded", "2 of 4 lines have no count and were skipped (first: line 2).");
    opens("negative-count.folded",
          "1 line has a negative count and was skipped (first: line 1); differences use two counts.");
    opens("nan-count.folded", "2 of 3 lines have no count and were skipped (first: line 1).");
    opens("huge-count.folded", "1 count is too large and shown as the largest number, 2^64 - 1 (first: line 1).");
    opens("overflow-sum.folded", "The total is too large to be exact.");
    opens("utf16-no-bom.folded", "");
    opens("bad-utf8.folded", "");
    opens("nul-in-name.folded", "");
    opens("deep-100k.folded", "");
    opens("long-line.folded", "");
    fails("python-source.folded", UnknownFormat, "");
    fails("austin-mojo.austin", Unsupported, "This is Austin's binary format.");
}

void TestCollapsed::malformed()
{
    QFETCH(int, kind);
    QFETCH(QString, message);
    const QByteArray name = QTest::currentDataTag();
    const Result<Profile> result = read(readFixture(QStringLiteral("malformed/collapsed/") + name), true, viewOf(name));
    if (kind < 0) {
        QVERIFY2(result, describe(result));
        QCOMPARE(result->warnings.empty() ? QString() : text(result->warnings.front()), message);
        return;
    }
    QVERIFY(!result);
    QCOMPARE(int(result.error().kind), kind);
    QVERIFY2(text(result.error().message).contains(message), result.error().message.c_str());
    QVERIFY(!result.error().cure.empty());
}

void TestCollapsed::truncated()
{
    QFETCH(QString, name);
    const QByteArray bytes = readFixture("collapsed/" + name);
    for (int i = 0; i < 64; ++i) {
        const Result<Profile> result = parseBytes(bytes.left(bytes.size() * i / 64), findFormat("collapsed"));
        if (result)
            QCOMPARE(text(validate(*result)), QString());
        else
            QVERIFY(!result.error().message.empty());
    }
}

void TestCollapsed::orderOfLinesDoesNotMatter()
{
    QByteArrayList lines = readFixture("collapsed/pyspy-main.txt").split('\n');
    const Profile before = load("pyspy-main.txt");
    std::sort(lines.begin(), lines.end());
    const Result<Profile> sorted = read(lines.join('\n'));
    QVERIFY2(sorted, describe(sorted));
    QCOMPARE(sorted->total(MetricId{0}), before.total(MetricId{0}));
    const auto totals = [](const Profile& profile) {
        std::map<std::string, std::pair<double, double>> byName;
        const FunctionTable table = functionTable(profile, MetricId{0});
        for (std::uint32_t f = 0; f < table.size(); ++f)
            byName[frameLabel(profile.frames, FrameId{f})] = {table.self[f], table.total[f]};
        return byName;
    };
    QCOMPARE(totals(*sorted), totals(before));
}

QTEST_APPLESS_MAIN(TestCollapsed)
#include "tst_collapsed.moc"
