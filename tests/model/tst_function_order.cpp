// SPDX-License-Identifier: GPL-3.0-or-later
// The order of the function table against what pstats.Stats.sort_stats made of the same files, ties included; and the
// sums of groups.
#include "model/frame_name.h"
#include "model/function_groups.h"
#include "model/function_order.h"
#include "model/name_index.h"
#include "tests/support/files.h"
#include "tests/support/generate.h"

#include <QJsonArray>
#include <QTest>

#include <numeric>

using namespace sundial;
using namespace sundial::test;

class TestFunctionOrder : public QObject
{
    Q_OBJECT

private slots:
    void asPstats_data();
    void asPstats();
    void tiesKeepFileOrder();
    void unlistedStandLast();
    void names_data();
    void names();
    void namesOfPerf();
    void contains_data();
    void contains();
    void groupTotalsOfPaths();
    void groupTotalsOfArcs();
    void groupsKeepTheSum();
};

namespace
{

const QHash<QString, SortKey> kKeys{
    {"calls", SortKey::Calls},         {"ncalls", SortKey::Calls},     {"pcalls", SortKey::PrimitiveCalls},
    {"cumtime", SortKey::Total},       {"cumulative", SortKey::Total}, {"time", SortKey::Self},
    {"tottime", SortKey::Self},        {"file", SortKey::File},        {"filename", SortKey::File},
    {"module", SortKey::File},         {"line", SortKey::Line},        {"name", SortKey::Name},
    {"stdname", SortKey::StandardName}};

std::vector<SortKey> keysOf(const QString& text)
{
    if (text == QLatin1String("nfl"))
        return {SortKey::Name, SortKey::File, SortKey::Line};
    std::vector<SortKey> keys;
    for (const QString& word : text.split(QLatin1Char(',')))
        keys.push_back(kKeys.value(word));
    return keys;
}

Analysis analysisOf(Profile profile)
{
    Progress progress;
    Result<AnalysisPtr> analysis = analyse(std::make_shared<const Profile>(std::move(profile)), MetricId{0}, progress);
    return **analysis;
}

std::vector<std::uint32_t> allFrames(const Analysis& analysis)
{
    std::vector<std::uint32_t> frames(analysis.frames().size());
    std::iota(frames.begin(), frames.end(), 0);
    return frames;
}

} // namespace

void TestFunctionOrder::asPstats_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    for (const QString& file : fixtureNames("pstats", {QStringLiteral("*.expected.json")})) {
        const QString fixture = file.chopped(int(strlen(".expected.json")));
        const QJsonObject sorted = readFixtureJson("pstats/" + file)[QLatin1String("sorted_first_25")].toObject();
        for (auto entry = sorted.begin(); entry != sorted.end(); ++entry) {
            // yappi writes primitive calls in the place of all calls; pstats sorts by what it finds there.
            const bool isSwapped = fixture.startsWith(QLatin1String("yappi")) && entry.key().contains("calls");
            if (entry.value().isArray() && !isSwapped) // else pstats itself fails
                QTest::addRow("%s %s", qPrintable(fixture), qPrintable(entry.key())) << fixture << entry.key();
        }
    }
}

void TestFunctionOrder::asPstats()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    ParseOptions options;
    options.byLine = true; // rows as the file has them, which is what pstats sorts
    Progress progress;
    const QByteArray bytes = readFixture("pstats/" + fixture);
    const Result<Profile> profile = parseAny({viewOf(bytes), "unknown"}, options, progress);
    QVERIFY(profile);
    const bool reversed = key.endsWith(QLatin1String(" reversed"));
    const std::vector<SortKey> keys = keysOf(reversed ? key.chopped(int(strlen(" reversed"))) : key);
    const std::vector<std::uint32_t> order =
        FunctionOrder(profile->frames, profile->arcs.functions()).sorted(keys, reversed);
    const QJsonArray expected =
        readFixtureJson("pstats/" + fixture + ".expected.json")["sorted_first_25"][key].toArray();
    QVERIFY(order.size() >= std::size_t(expected.size()));
    QJsonArray first;
    for (qsizetype i = 0; i < expected.size(); ++i)
        first.append(qint64(order[std::size_t(i)]));
    QCOMPARE(first, expected);
}

void TestFunctionOrder::tiesKeepFileOrder()
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, {}, {}}});
    for (const auto& [name, self] :
         {std::pair("a", 0.0), std::pair("b", 2.0), std::pair("c", -0.0), std::pair("d", 2.0), std::pair("e", -1.0)})
        builder.addFunction(builder.internFrame(name, "x.py", 1), {1, 1, self, self});
    const Profile profile = std::move(builder).build();
    FunctionOrder order(profile.frames, profile.arcs.functions());
    constexpr std::array kSelf{SortKey::Self};
    QCOMPARE(order.sorted(kSelf), (std::vector<std::uint32_t>{1, 3, 0, 2, 4}));
    QCOMPARE(order.sorted(kSelf, true), (std::vector<std::uint32_t>{4, 2, 0, 3, 1}));
}

void TestFunctionOrder::unlistedStandLast()
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, {}, {}}});
    const FrameId caller = builder.internFrame("caller", "x.py", 1);
    const FrameId callee = builder.internFrame("callee", "x.py", 2);
    builder.addFunction(callee, {1, 1, 3, 3});
    builder.addEdge(caller, callee, {1, 1, 3, 3});
    const Profile profile = std::move(builder).build();
    FunctionOrder order(profile.frames, profile.arcs.functions());
    constexpr std::array kLine{SortKey::Line};
    for (const bool reversed : {false, true})
        QCOMPARE(order.sorted(kLine, reversed), (std::vector<std::uint32_t>{callee.value, caller.value}));
}

void TestFunctionOrder::names_data()
{
    QTest::addColumn<QString>("full");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << "parse"
                           << "parse";
    QTest::newRow("lambda") << "<lambda>"
                            << "<lambda>";
    QTest::newRow("builtins") << "<built-in method builtins.len>"
                              << "len";
    QTest::newRow("module") << "<built-in method time.sleep>"
                            << "time.sleep";
    QTest::newRow("class method") << "<built-in method __new__ of type object at 0x7f12>"
                                  << "type.__new__";
    QTest::newRow("method") << "<method 'append' of 'list' objects>"
                            << "list.append";
    QTest::newRow("dotted type") << "<method 'match' of 're.Pattern' objects>"
                                 << "Pattern.match";
    QTest::newRow("cut short") << "<method 'match>"
                               << "<method 'match>";
    QTest::newRow("empty") << "<built-in method >"
                           << "<built-in method >";
    QTest::newRow("brackets") << "<>"
                              << "<>";
}

void TestFunctionOrder::namesOfPerf()
{
    FrameTable frames;
    const auto shown = [&frames](std::string_view name, FrameKind kind) {
        return frameName(frames, frames.intern({.name = frames.strings().intern(name), .file = {}, .kind = kind}));
    };
    QCOMPARE(shown("vfs_read_[k]", FrameKind::Kernel), std::string("vfs_read"));
    QCOMPARE(shown("main_[j]", FrameKind::Native), std::string("main"));
    QCOMPARE(shown("_[k]", FrameKind::Kernel), std::string("_[k]"));
    QCOMPARE(shown("f_[k]", FrameKind::Python), std::string("f_[k]"));
}

void TestFunctionOrder::names()
{
    QFETCH(QString, full);
    FrameTable frames;
    const FrameId frame = frames.intern({frames.strings().intern(full.toStdString()), frames.strings().intern("~")});
    QTEST(QString::fromStdString(frameName(frames, frame)), "shown");
}

void TestFunctionOrder::contains_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found"); // first letters of the names
    QTest::newRow("nothing asked") << ""
                                   << "RpP";
    QTest::newRow("any case") << "parse"
                              << "pP";
    QTest::newRow("a capital asks for it") << "Parse"
                                           << "P";
    QTest::newRow("path") << "shop/"
                          << "Rp";
    QTest::newRow("line") << "py:30"
                          << "p";
    QTest::newRow("whole name") << "shop/report.py:30(parse)"
                                << "p";
    QTest::newRow("not over two names") << ")lib"
                                        << "";
    QTest::newRow("last character") << "9(Parser)"
                                    << "P";
    QTest::newRow("absent") << "ordrs"
                            << "";
}

void TestFunctionOrder::contains()
{
    QFETCH(QString, text);
    FrameTable frames;
    for (const auto& [name, file, line] :
         {std::tuple("Report", "shop/report.py", 3U), {"parse", "shop/report.py", 30U}, {"Parser", "lib/p.py", 9U}})
        frames.intern({frames.strings().intern(name), frames.strings().intern(file), line});
    const std::vector<bool> matches = NameIndex(frames).containing(text.toStdString());
    QString found;
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        if (matches[f])
            found += QLatin1Char(frames.name(FrameId{f}).front());
    }
    QTEST(found, "found");
}

void TestFunctionOrder::groupTotalsOfPaths()
{
    // In test.py all stacks count once although a, b and a again lie inside each other.
    const Analysis analysis = analysisOf(fromStacks("a;b;a 3\na;c 2\nb 5\n"));
    const auto groups = groupFunctions(analysis, allFrames(analysis), GroupBy::File);
    QCOMPARE(groups.size(), std::size_t(1));
    QCOMPARE(groups[0].self, 10.0);
    QCOMPARE(groups[0].total.value_or(-1), 10.0);
    QCOMPARE(groups[0].members.size(), std::size_t(3));
    QCOMPARE(groups[0].calls, kCallsUnknown);
    const std::vector<std::uint32_t> bAlone{1};
    QCOMPARE(groupFunctions(analysis, bAlone, GroupBy::File)[0].total.value_or(-1), 8.0);
}

void TestFunctionOrder::groupTotalsOfArcs()
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, {}, {}}});
    const FrameId a = builder.internFrame("a", "one.py", 1), b = builder.internFrame("b", "one.py", 2);
    const FrameId c = builder.internFrame("c", "two.py", 1);
    builder.addFunction(a, {1, 1, 1, 10});
    builder.addFunction(b, {2, 2, 4, 9});
    builder.addFunction(c, {5, 5, 5, 5});
    builder.addEdge(a, b, {2, 2, 4, 9});
    builder.addEdge(b, c, {5, 5, 5, 5});
    const Analysis analysis = analysisOf(std::move(builder).build());
    const auto groups = groupFunctions(analysis, allFrames(analysis), GroupBy::File);
    QCOMPARE(groups.size(), std::size_t(2));
    QCOMPARE(groups[0].self, 5.0);
    QCOMPARE(groups[0].calls, std::int64_t(3));
    QVERIFY2(!groups[0].total, "10 + 9 would count b twice");
    QCOMPARE(groups[1].total.value_or(-1), 5.0);
}

void TestFunctionOrder::groupsKeepTheSum()
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const Analysis analysis = analysisOf(randomPaths(seed));
        for (const GroupBy groupBy : {GroupBy::File, GroupBy::Module}) {
            double self = 0;
            for (const FunctionGroup& group : groupFunctions(analysis, allFrames(analysis), groupBy)) {
                self += group.self;
                QVERIFY2(group.total && *group.total >= group.self && *group.total <= analysis.total,
                         qPrintable(QStringLiteral("seed %1").arg(seed)));
            }
            QCOMPARE(self, analysis.total);
        }
    }
}

QTEST_APPLESS_MAIN(TestFunctionOrder)
#include "tst_function_order.moc"
