// SPDX-License-Identifier: GPL-3.0-or-later
// pstats files of every Python and producer, against what Python's own pstats reads from them; damaged ones against
// the sentences a reader gets. How the fixtures were made: tests/fixtures/pstats/README.md.
#include "model/profile_builder.h"
#include "parsers/pstats/writer.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

class TestPstats : public QObject
{
    Q_OBJECT

private slots:
    void functions_data() { addFixtures(); }
    void functions();
    void edges_data() { addFixtures(); }
    void edges();
    void producers_data();
    void producers();
    void dialects();
    void sampledLinesBecomeFunctions();
    void malformed_data();
    void malformed();
    void truncated_data() { addFixtures(); }
    void truncated();
    void truncatedKeepsWholeRows();
    void duplicateRowsReplaceTheirEdges();
    void bombIsRefused();
    void cancel();

private:
    static void addFixtures();
};

namespace
{

/// Rows as the file has them, those of sampled dumps included.
Profile load(const QString& name)
{
    Result<Profile> profile = parseBytes(readFixture("pstats/" + name), nullptr, "unknown", {.byLine = true});
    if (!profile)
        qFatal("%s: %s", qPrintable(name), profile.error().message.c_str());
    return std::move(*profile);
}

QJsonObject expectedOf(const QString& name)
{
    return readFixtureJson("pstats/" + name + ".expected.json");
}

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

std::string little32(std::uint32_t value)
{
    return {char(value), char(value >> 8), char(value >> 16), char(value >> 24)};
}

} // namespace

void TestPstats::addFixtures()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : fixtureNames("pstats", {"*.prof", "*.pstats"})) {
        if (name != "tiny-empty-dict.prof")
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestPstats::functions()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonObject expected = expectedOf(name);
    const QJsonArray rows = expected["functions"].toArray();
    const FunctionTable& table = profile.arcs.functions();
    const bool isYappi = profile.producer == "yappi";
    QVERIFY(table.size() >= std::uint32_t(rows.size()));
    for (std::uint32_t i = 0; i < table.size(); ++i)
        QCOMPARE(bool(table.listed[i]), qsizetype(i) < rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QJsonArray row = rows[i].toArray();
        const FrameId frame{std::uint32_t(i)};
        QCOMPARE(text(profile.frames.file(frame)), row[0].toString());
        QCOMPARE(qint64(profile.frames.line(frame)), row[1].toInteger());
        QCOMPARE(text(profile.frames.name(frame)), row[2].toString());
        // yappi writes the total in the primitive count's place; a primitive count above the total makes no sense.
        const auto [primitive, calls] = std::pair(row[3].toInteger(), row[4].toInteger());
        QCOMPARE(table.primitiveCalls[frame.value], isYappi ? std::min(primitive, calls) : primitive);
        QCOMPARE(table.calls[frame.value], isYappi ? std::max(primitive, calls) : calls);
        QCOMPARE(table.self[frame.value], row[5].toDouble());
        QCOMPARE(table.total[frame.value], row[6].toDouble());
    }
    QCOMPARE(table.totalSelf, expected["total_tt"].toDouble());
    QVERIFY(!profile.isPartial);
    QCOMPARE(text(validate(profile)), QString());

    const Result<Profile> alone =
        parseBytes(readFixture("pstats/" + name), nullptr, "unknown", {.byLine = true, .edges = false});
    QVERIFY2(alone, describe(alone));
    const FunctionTable& same = alone->arcs.functions();
    QVERIFY(same.self == table.self && same.total == table.total && same.calls == table.calls);
    QVERIFY(same.primitiveCalls == table.primitiveCalls && same.listed == table.listed);
    QVERIFY(alone->arcs.edges().empty());
    QCOMPARE(alone->warnings, profile.warnings);
}

void TestPstats::edges()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonObject expected = expectedOf(name);
    const CallGraph& graph = profile.arcs;
    QCOMPARE(qint64(graph.edges().size()), expected["n_edges"].toInteger());
    const bool isWhole = expected.contains("edges");
    const QJsonArray rows = expected[isWhole ? "edges" : "edges_of_top25_by_cumtime"].toArray();
    std::vector<std::size_t> seen(graph.functions().size(), 0); // edges of one callee stand in file order
    for (const QJsonValue& value : rows) {
        const QJsonArray row = value.toArray();
        const FrameId callee{std::uint32_t(row[0].toInteger())};
        const auto callers = graph.callers(callee);
        QVERIFY(seen[callee.value] < callers.size());
        const Edge& edge = graph.edge(callers[seen[callee.value]++]);
        if (row[1].isDouble()) {
            QCOMPARE(qint64(edge.caller.value), row[1].toInteger());
        } else { // the key of a caller without a row
            QVERIFY(!graph.functions().listed[edge.caller.value]);
            QCOMPARE(text(profile.frames.name(edge.caller)), row[1].toArray()[2].toString());
        }
        QCOMPARE(edge.calls, row[2].toInteger());
        if (row.size() > 3) {
            QCOMPARE(edge.primitiveCalls, row[3].toInteger());
            QCOMPARE(edge.self, row[4].toDouble());
            QCOMPARE(edge.total, row[5].toDouble());
        } else {
            QVERIFY(graph.dialect().edgeCounts);
        }
    }
}

void TestPstats::producers_data()
{
    QTest::addColumn<QString>("producer");
    QTest::addColumn<QString>("python");
    const auto row = [](const char* name, const char* producer, const char* python) {
        QTest::newRow(name) << producer << python;
    };
    row("kitchen-py27.prof", "cProfile", "2.7");
    row("kitchen-py36.prof", "cProfile", "3.6");
    row("kitchen-py314.prof", "cProfile", "");
    row("kitchen-imports-py311.prof", "cProfile", "3.11");
    row("pure-profile-py27.prof", "profile", "2");
    row("pure-profile-py311.prof", "profile", "3.11");
    row("module-profile-py38.prof", "profile", "3.8");
    row("yappi-threads.prof", "yappi", "3.11");
    row("pyinstrument.pstats", "pyinstrument", "3.11");
    row("pyinstrument-recursion.pstats", "pyinstrument", "3.11");
    row("sampled-py315.prof", "profiling.sampling", "");
    row("tiny-only-disable.prof", "cProfile", "");
    row("merged-stripdirs.prof", "cProfile", "");
}

void TestPstats::producers()
{
    QFETCH(QString, python);
    const Profile profile = load(QTest::currentDataTag());
    QTEST(QString::fromStdString(profile.producer), "producer");
    QString found;
    for (const auto& [name, value] : profile.meta) {
        if (name == "python")
            found = QString::fromStdString(value);
    }
    QCOMPARE(found, python);
}

namespace
{

/// A file of Python 3.12's cProfile with one function of threading.py.
ArcDialect threadedDialect(std::string_view function)
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    builder.addFunction(builder.internFrame(function, "/usr/lib/python3.12/threading.py", 1), {1, 1, 1, 1});
    builder.addFunction(builder.internFrame("<method 'disable' of '_lsprof.Profiler' objects>", "~", 0), {1, 1, 0, 0});
    const Profile profile = std::move(builder).build();
    const std::string bytes = writePstats(profile, profile.arcs, profile.metrics.front());
    Progress progress;
    return parseAny({bytes, "x"}, {}, progress)->arcs.dialect();
}

} // namespace

void TestPstats::dialects()
{
    const auto dialectOf = [](const char* name) { return load(name).arcs.dialect(); };
    const ArcDialect plain = dialectOf("kitchen-py311.prof");
    QVERIFY(!plain.sampled && !plain.edgeCounts && !plain.callsUnknown && !plain.edgesLossy);
    QVERIFY(dialectOf("sampled-py315.prof").sampled);
    QVERIFY(dialectOf("sampled-py315.prof").edgeCounts);
    QVERIFY(dialectOf("pure-profile-py311.prof").edgeCounts);
    QVERIFY(dialectOf("pyinstrument.pstats").callsUnknown);
    QVERIFY(dialectOf("merged-stripdirs.prof").edgesLossy);
    QVERIFY(dialectOf("kitchen-py312.prof").edgesLossy); // counts calls of other threads
    QVERIFY(!dialectOf("merged-add.prof").edgesLossy);
    QVERIFY(!threadedDialect("<module>").edgesLossy); // importing threading runs no thread
    QVERIFY(threadedDialect("_bootstrap_inner").edgesLossy);
    QVERIFY(load("tiny-nosubcalls.prof").origin == TreeOrigin::None);
    QVERIFY(load("kitchen-py311.prof").origin == TreeOrigin::Estimated);
}

void TestPstats::sampledLinesBecomeFunctions()
{
    // The file has one row for each line that was running; a reader wants functions, and only their lines are unknown.
    const Result<Profile> profile = parseBytes(readFixture("pstats/sampled-py315.prof"));
    QVERIFY2(profile, describe(profile));
    const FunctionTable& table = profile->arcs.functions();
    const Profile byLine = load("sampled-py315.prof");
    const FunctionTable& lines = byLine.arcs.functions();
    QVERIFY(table.size() < lines.size());
    QCOMPARE(table.totalSelf, lines.totalSelf);
    std::int64_t samples = 0, lineSamples = 0;
    for (const std::int64_t own : table.primitiveCalls)
        samples += own;
    for (const std::int64_t own : lines.primitiveCalls)
        lineSamples += own;
    QCOMPARE(samples, lineSamples);
    for (std::uint32_t f = 0; f < table.size(); ++f) {
        QCOMPARE(profile->frames.line(FrameId{f}), 0U);
        QVERIFY(table.calls[f] <= samples && table.total[f] <= table.totalSelf);
    }
}

void TestPstats::malformed_data()
{
    QTest::addColumn<int>("kind"); // -1: opens
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<QString>("message"); // of the error, or of the first warning
    const auto fails = [](const char* name, ErrorKind kind, qint64 offset, const char* message) {
        QTest::newRow(name) << int(kind) << offset << message;
    };
    const auto opens = [](const char* name, const char* warning) {
        QTest::newRow(name) << -1 << qint64(-1) << warning;
    };
    using enum ErrorKind;
    fails("empty.prof", NoData, -1, "The file is empty.");
    fails("zeros.prof", UnknownFormat, -1, "it looks like nothing but zero bytes.");
    fails("garbage.prof", UnknownFormat, -1, "it looks like binary data of an unknown kind.");
    fails("text.prof", UnknownFormat, -1, "This is the text that pstats prints, not the profile.");
    fails("pickle.prof", UnknownFormat, -1, "it looks like a pickle.");
    fails("pyc.prof", UnknownFormat, -1, "it looks like a compiled Python module.");
    fails("utf16.prof", UnknownFormat, -1, "it looks like UTF-16 text.");
    fails("not-a-dict.prof", Malformed, 0, "The file holds a list, not profile data.");
    fails("dict-of-int.prof", Malformed, 1, "The file holds Python data, but not profile data.");
    fails("key-two-items.prof", Malformed, 1, "Entry 1 is not a (file, line, function) key.");
    fails("key-line-is-string.prof", Malformed, 9, "Entry 1: the line number is not a number.");
    fails("value-four-items.prof", Malformed, 17, "Entry 1 has 4 values instead of 5.");
    fails("value-string-time.prof", Malformed, 29, "Entry 1: a time is not a number.");
    fails("caller-three-items.prof", Malformed, 64, "Entry 1: a caller has 3 values instead of 4.");
    fails("huge-string-length.prof", Truncated, 8, "a text of 2147483647 bytes is announced, 3 are left.");
    fails("negative-length.prof", Malformed, 2, "a tuple of -1 items is announced.");
    fails("huge-tuple-length.prof", Malformed, 2, "a tuple of 2147483632 items is announced.");
    fails("deep-5000.prof", Malformed, -2, "The profile is nested too deep to be real.");
    fails("ref-out-of-range.prof", Malformed, 1, "reference 99 does not exist.");
    fails("ref-loop.prof", Malformed, 14, "The profile is damaged: an object contains itself.");
    fails("callers-loop.prof", Malformed, 47, "The profile is damaged: an object contains itself.");
    fails("unknown-type.prof", Malformed, 1, "Type code 'Q' is unknown: the file is damaged or from a newer Python.");
    fails("code-object.prof", Malformed, 1, "The file holds compiled code, not profile data.");
    opens("truncated-half.prof", "The profile ends too early (byte 10811): only its first ");
    opens("truncated-last-byte.prof", "The profile ends too early (byte 21622): only its first ");
    opens("truncated-py27.prof", "The profile ends too early (byte 777): only its first ");
    opens("nan-time.prof", "1 function has a time that is not a number; shown as 0.");
    opens("inf-time.prof", "1 function has an infinite time; shown as 0.");
    opens("negative.prof", "1 function has a negative time, kept as it is.");
    opens("huge-int.prof", "A call count is larger than 2^63; shown as the largest number.");
    opens("odd-utf8.prof", "");
    opens("trailing-garbage.prof", "25 bytes after the profile were ignored.");
    opens("duplicate-key.prof", "1 function occurs twice; its last numbers are shown.");
    opens("self-caller-missing.prof", "1 caller has no numbers of its own in the file; shown with unknown times.");
}

void TestPstats::malformed()
{
    QFETCH(int, kind);
    QFETCH(qint64, offset);
    QFETCH(QString, message);
    const Result<Profile> result =
        parseBytes(readFixture(QStringLiteral("malformed/pstats/") + QTest::currentDataTag()));
    if (kind < 0) {
        QVERIFY2(result, describe(result));
        const QString warning = result->warnings.empty() ? QString() : QString::fromStdString(result->warnings.front());
        QVERIFY2(message.isEmpty() ? warning.isEmpty() : warning.startsWith(message), qPrintable(warning));
        QCOMPARE(result->isPartial, message.contains("ends too early"));
        return;
    }
    QVERIFY(!result);
    QCOMPARE(int(result.error().kind), kind);
    QVERIFY2(QString::fromStdString(result.error().message).contains(message), result.error().message.c_str());
    if (offset >= -1)
        QCOMPARE(qint64(result.error().offset), offset);
    QVERIFY(!result.error().cure.empty());
}

void TestPstats::truncated()
{
    QFETCH(QString, name);
    const QByteArray bytes = readFixture("pstats/" + name);
    for (int i = 0; i < 64; ++i) {
        const Result<Profile> result = parseBytes(bytes.left(bytes.size() * i / 64), findFormat("pstats"));
        QVERIFY(!result || result->isPartial);
        if (!result)
            QVERIFY(!result.error().message.empty());
    }
}

void TestPstats::truncatedKeepsWholeRows()
{
    const QByteArray bytes = readFixture("pstats/shop-before.prof");
    const Profile whole = load("shop-before.prof");
    const Result<Profile> half = parseBytes(bytes.left(bytes.size() / 2));
    QVERIFY2(half, describe(half));
    const FunctionTable& table = half->arcs.functions();
    std::uint32_t rows = 0;
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        if (!table.listed[i])
            continue;
        QCOMPARE(half->frames.name(FrameId{i}), whole.frames.name(FrameId{i}));
        QCOMPARE(table.total[i], whole.arcs.functions().total[i]);
        QCOMPARE(half->arcs.callers(FrameId{i}).size(), whole.arcs.callers(FrameId{i}).size());
        ++rows;
    }
    QVERIFY(rows > 50 && rows < 120);
}

void TestPstats::duplicateRowsReplaceTheirEdges()
{
    // {(a): (1, 1, 1, 1, {(b): (1, 1, 1, 1)}), (a): (2, 2, 2, 2, {})}: the second takes the first one's place.
    const std::string a = std::string(")\x03z\x01") + "fi" + little32(1) + "z\x01" + "a";
    const std::string b = std::string(")\x03z\x01") + "fi" + little32(2) + "z\x01" + "b";
    const auto counts = [](std::uint32_t n) {
        return ("i" + little32(n)) + "i" + little32(n) + "i" + little32(n) + "i" + little32(n);
    };
    const std::string file =
        "{" + a + ")\x05" + counts(1) + "{" + b + ")\x04" + counts(1) + "0" + a + ")\x05" + counts(2) + "{0" + "0";
    const Result<Profile> result = parseBytes(QByteArray::fromStdString(file));
    QVERIFY2(result, describe(result));
    QCOMPARE(result->arcs.functions().calls[0], std::int64_t(2));
    QVERIFY(result->arcs.edges().empty());
}

void TestPstats::bombIsRefused()
{
    // One dictionary of 2,000 callers, which 20,000 rows refer to: 40 million edges out of 700 kB.
    constexpr std::uint32_t kCallers = 2000;
    constexpr std::uint32_t kRows = 20000;
    const auto key = [](std::uint32_t line) {
        return std::string(")\x03z\x01") + "fi" + little32(line) + "z\x01" + "g";
    };
    const std::string counts = "i" + little32(1) + "i" + little32(1) + "i" + little32(1) + "i" + little32(1);
    std::string file = "{" + key(1) + ")\x05" + counts + "\xfb"; // object 0: the callers
    for (std::uint32_t i = 0; i < kCallers; ++i)
        file += key(i + 10) + ")\x04" + counts;
    file += "0";
    for (std::uint32_t i = 0; i < kRows; ++i)
        file += key(i + 100000) + ")\x05" + counts + "r" + little32(0);
    file += "0";
    const Result<Profile> result = parseBytes(QByteArray::fromStdString(file));
    QVERIFY(!result);
    QCOMPARE(result.error().message, "The profile refers to the same objects too often to be real.");
}

void TestPstats::cancel()
{
    const QByteArray bytes = readFixture("pstats/large-pytest.prof");
    Progress progress;
    progress.cancel();
    const Result<Profile> result = parseAny({viewOf(bytes), "x"}, {}, progress);
    QVERIFY(!result);
    QVERIFY(result.error().kind == ErrorKind::Cancelled);
}

QTEST_APPLESS_MAIN(TestPstats)
#include "tst_pstats.moc"
