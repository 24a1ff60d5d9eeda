// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of `top`, `callers` and `callees` against what Python's pstats printed for the same files; and where they
// differ on purpose, why.
#include "app/cli/stats_text.h"
#include "model/merge_frames.h"
#include "model/profile_builder.h"
#include "model/sort_words.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QTest>

using namespace sundial;
using namespace sundial::cli;
using namespace sundial::test;

class TestStatsText : public QObject
{
    Q_OBJECT

private slots:
    void printed_data();
    void printed();
    void sorted_data() { addFixtures(); }
    void sorted();
    void sortWords_data();
    void sortWords();
    void sortWordsThatMeanNothing();
    void stripped_data() { addFixtures(); }
    void stripped();
    void strippedCallersAdd();
    void samplersHaveNoCalls();
    void samplesAreNoCalls();
    void yappiCountsAreNotExchanged();
    void hostileNamesPrintSafely();

private:
    static void addFixtures();
};

namespace
{

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

Selection selectFrom(const Profile& profile, const std::string& sort, const QJsonArray& restrictions)
{
    const Result<SortOrder> order = parseSortOrder(sort);
    std::vector<Restriction> list;
    for (const QJsonValue& value : restrictions) {
        if (value.isString())
            list.emplace_back(QRegularExpression(value.toString()));
        else if (value.toDouble() == std::floor(value.toDouble()))
            list.emplace_back(std::int64_t(value.toInteger()));
        else
            list.emplace_back(value.toDouble());
    }
    const FunctionTable& table = profile.arcs.functions();
    return selectRows(profile.frames, table, FunctionOrder(profile.frames, table).sorted(order->keys), order->title,
                      list);
}

} // namespace

void TestStatsText::addFixtures()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : fixtureNames("pstats", {"*.prof", "*.pstats"})) {
        if (name != "tiny-empty-dict.prof")
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestStatsText::printed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonObject>("expected");
    for (const QString& name : fixtureNames("pstats", {"*.prof"})) {
        // These three differ on purpose; each has its own test below.
        if (name == "tiny-empty-dict.prof" || name == "sampled-py315.prof" || name == "yappi-threads.prof")
            continue;
        const QJsonArray calls = expectedOf(name)["printed"].toArray();
        for (qsizetype i = 0; i < calls.size(); ++i) {
            const QJsonObject call = calls[i].toObject();
            // pstats fails on some files, and goes on with all rows after a bad expression: an error serves better.
            if (call.contains("text") && call["restrictions"] != QJsonArray{"(unclosed"})
                QTest::addRow("%s %d %s", qPrintable(name), int(i), qPrintable(call["call"].toString()))
                    << name << call;
        }
    }
}

void TestStatsText::printed()
{
    QFETCH(QString, name);
    QFETCH(QJsonObject, expected);
    const Profile profile = load(name);
    QStringList sort;
    for (const QJsonValue& key : expected["sort"].toArray())
        sort << key.toString();
    const Selection selection = selectFrom(profile, sort.join(',').toStdString(), expected["restrictions"].toArray());
    const StatsSource source{profile.frames, profile.arcs, profile.metrics.front()};
    const QString call = expected["call"].toString();
    const std::string text = call == "print_stats"     ? statsText(source, selection)
                             : call == "print_callers" ? callersText(source, selection)
                                                       : calleesText(source, selection);
    QCOMPARE(QString::fromStdString(text), expected["text"].toString());
}

void TestStatsText::sorted()
{
    QFETCH(QString, name);
    if (name == "yappi-threads.prof")
        return; // its counts are exchanged, and so is their order
    const Profile profile = load(name);
    const FunctionTable& table = profile.arcs.functions();
    FunctionOrder order(profile.frames, table);
    const QJsonObject expected = expectedOf(name)["sorted_first_25"].toObject();
    QVERIFY(expected.size() > 10);
    for (auto entry = expected.begin(); entry != expected.end(); ++entry) {
        if (!entry.value().isArray())
            continue; // pstats fails to sort code objects by name
        const bool isReversed = entry.key().endsWith(" reversed");
        const Result<SortOrder> keys = parseSortOrder(entry.key().section(' ', 0, 0).toStdString());
        QVERIFY2(keys, describe(keys));
        const std::vector<std::uint32_t> rows = order.sorted(keys->keys, isReversed);
        const QJsonArray indices = entry.value().toArray();
        for (qsizetype i = 0; i < indices.size(); ++i)
            QVERIFY2(rows[std::size_t(i)] == indices[i].toInteger(), qPrintable(entry.key()));
    }
}

void TestStatsText::sortWords_data()
{
    QTest::addColumn<QString>("title");
    const auto row = [](const char* words, const char* title) { QTest::newRow(words) << title; };
    row("time,name", "internal time, function name");
    row("nfl", "name/file/line");
    row("cumu", "cumulative time");
    row("cum", "cumulative time"); // pstats knows cu and cumu, but not cum
    row("t", "internal time");     // time and tottime: one column
    row("p", "primitive call count");
    row("module", "file name");
    row("file", "file name");
    row("-1", "standard name");
    row("0", "call count");
    row("1", "internal time");
    row("2", "cumulative time");
    row("self", "internal time");
    row("total", "cumulative time");
}

void TestStatsText::sortWords()
{
    const Result<SortOrder> order = parseSortOrder(QTest::currentDataTag());
    QVERIFY2(order, describe(order));
    QTEST(QString::fromStdString(order->title), "title");
}

void TestStatsText::sortWordsThatMeanNothing()
{
    for (const char* words : {"", "c", "n", "3", "time,", "times", "fil,x"})
        QVERIFY2(!parseSortOrder(words), words);
}

void TestStatsText::stripped()
{
    QFETCH(QString, name);
    Profile profile = load(name);
    const bool isYappi = profile.producer == "yappi";
    stripDirectories(profile);
    QCOMPARE(QString::fromStdString(validate(profile)), QString());
    const QJsonObject expected = expectedOf(name)["strip_dirs"].toObject();
    if (!expected.contains("n_functions"))
        return; // pstats fails on this file
    const FunctionTable& table = profile.arcs.functions();
    QCOMPARE(std::count(table.listed.begin(), table.listed.end(), true), expected["n_functions"].toInteger());
    const Selection selection = selectFrom(profile, "cumulative", {});
    const QJsonArray rows = expected["first_20_by_cumulative"].toArray();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QJsonArray row = rows[i].toArray();
        const FrameId frame = selection.rows[std::size_t(i)];
        QCOMPARE(QString::fromStdString(std::string(profile.frames.file(frame))), row[0].toString());
        QCOMPARE(qint64(profile.frames.line(frame)), row[1].toInteger());
        QCOMPARE(QString::fromStdString(std::string(profile.frames.name(frame))), row[2].toString());
        if (!isYappi && table.calls[frame.value] >= 0)
            QCOMPARE(table.calls[frame.value], row[4].toInteger());
        QCOMPARE(table.self[frame.value], row[5].toDouble());
        QCOMPARE(table.total[frame.value], row[6].toDouble());
    }
}

void TestStatsText::strippedCallersAdd()
{
    // Two callers of one row become equal: 2 + 3 calls. pstats' strip_dirs keeps the later number, 3, and loses calls.
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const FrameId callee = builder.internFrame("g", "/a/g.py", 1);
    const FrameId first = builder.internFrame("f", "/a/x.py", 1);
    const FrameId second = builder.internFrame("f", "/b/x.py", 1);
    const FrameId windows = builder.internFrame("h", "C:\\a\\x.py", 1);
    builder.addFunction(callee, {5, 5, 1, 1});
    builder.addFunction(first, {1, 1, 0.5, 1});
    builder.addFunction(second, {1, 1, 0.5, 1});
    builder.addFunction(windows, {1, 1, 0.5, 0.5});
    builder.addEdge(first, callee, {2, 2, 0.4, 0.4});
    builder.addEdge(second, callee, {3, 3, 0.6, 0.6});
    Profile profile = std::move(builder).build();
    stripDirectories(profile);
    QCOMPARE(profile.frames.size(), 3U);
    QCOMPARE(profile.arcs.edges().size(), std::size_t(1));
    QCOMPARE(profile.arcs.edges().front().calls, std::int64_t(5));
    QCOMPARE(profile.arcs.edges().front().total, 1.0);
    QCOMPARE(profile.arcs.functions().calls[1], std::int64_t(2));
    QCOMPARE(profile.frames.file(FrameId{2}), "x.py"); // Python on Linux would keep the whole Windows path
    QVERIFY(profile.arcs.dialect().edgesLossy);
}

void TestStatsText::samplersHaveNoCalls()
{
    // pstats prints -1 calls and negative times per call for pyinstrument's files; nobody counted any.
    const Profile profile = load("pyinstrument.pstats");
    const std::string text =
        statsText({profile.frames, profile.arcs, profile.metrics.front()}, selectFrom(profile, "cumulative", {1}));
    QCOMPARE(QString::fromStdString(text),
             QString("         18 functions in 0.070 seconds\n\n"
                     "   Ordered by: cumulative time\n   List reduced from 18 to 1 due to restriction <1>\n\n"
                     "   ncalls  tottime  percall  cumtime  percall filename:lineno(function)\n"
                     "        –    0.000             0.070          shop_before.py:1(<module>)\n\n\n"));
}

void TestStatsText::samplesAreNoCalls()
{
    // pstats prints "75/48" and times per call for sampled dumps, where both counts are samples.
    const Profile profile = load("sampled-py315.prof");
    const std::string text =
        statsText({profile.frames, profile.arcs, profile.metrics.front()}, selectFrom(profile, "time", {1}));
    QCOMPARE(QString::fromStdString(text),
             QString("         176 samples in 0.176 seconds\n\n"
                     "   Ordered by: internal time\n   List reduced from 24 to 1 due to restriction <1>\n\n"
                     "  samples  tottime  percall  cumtime  percall filename:lineno(function)\n"
                     "       75    0.048             0.075          /srv/app/kitchen.py:13(fib)\n\n\n"));
}

void TestStatsText::yappiCountsAreNotExchanged()
{
    // yappi writes 1546 primitive calls of 4; pstats prints "4/1546".
    const Profile profile = load("yappi-threads.prof");
    const std::string text = statsText({profile.frames, profile.arcs, profile.metrics.front()},
                                       selectFrom(profile, "calls", QJsonArray{"\\(fib\\)"}));
    QVERIFY2(text.find("1546/4") != text.npos, text.c_str());
}

void TestStatsText::hostileNamesPrintSafely()
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const FrameId frame = builder.internFrame("f\x1b[2J\n\xff\xed\xb3\xbf", "a.py", 1);
    builder.addFunction(frame, {1, 1, 1, 1});
    const Profile profile = std::move(builder).build();
    QCOMPARE(printableName(profile.frames, frame), "a.py:1(f\uFFFD[2J\uFFFD\uFFFD\uFFFD)");
}

QTEST_APPLESS_MAIN(TestStatsText)
#include "tst_stats_text.moc"
