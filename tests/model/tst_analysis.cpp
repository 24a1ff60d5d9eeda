// SPDX-License-Identifier: GPL-3.0-or-later
// What the views share: lanes, filters and the direction of the tree, and what they do to table, graph and 100 %.
#include "model/analysis.h"
#include "model/lanes.h"
#include "model/text_dump.h"
#include "tests/support/files.h"
#include "tests/support/generate.h"

#include <QTest>

using namespace sundial;
using namespace sundial::test;

class TestAnalysis : public QObject
{
    Q_OBJECT

private slots:
    void filters_data();
    void filters();
    void switchesHideWhatIsPythons_data();
    void switchesHideWhatIsPythons();
    void tableFollowsFilters();
    void tableKeepsSelfOfFoldedCalls();
    void percentIsOfTheWhole();
    void nothingLeft();
    void lanes();
    void inverted();
    void coloursStay();
    void estimatedTreeStaysEstimated_data();
    void estimatedTreeStaysEstimated();
    void filteredEstimateAddsUp();
};

namespace
{

constexpr MetricId kMetric{0};

ProfilePtr shared(Profile profile)
{
    return std::make_shared<const Profile>(std::move(profile));
}

AnalysisPtr analysed(const ProfilePtr& profile, const AnalysisOptions& options)
{
    Progress progress;
    return *analyse(profile, kMetric, options, progress);
}

FrameId frameNamed(const Profile& profile, std::string_view name)
{
    for (std::uint32_t f = 0; f < profile.frames.size(); ++f) {
        if (profile.frames.name(FrameId{f}) == name)
            return FrameId{f};
    }
    return {};
}

QByteArray dump(const Analysis& analysis)
{
    return QByteArray::fromStdString(dumpTree(*analysis.profile, analysis.tree));
}

/// Functions of three modules: main and work are own code, dumps and encode of json, render of rich.
ProfilePtr modulesProfile()
{
    ProfileBuilder builder({{"samples", "Samples", Unit::Samples, {}, {}}});
    const FrameId main = builder.internFrame("main", "/home/me/shop/app.py", 1);
    const FrameId work = builder.internFrame("work", "/home/me/shop/work.py", 1);
    const FrameId dumps = builder.internFrame("dumps", "/usr/lib/python3.11/json/__init__.py", 1);
    const FrameId encode = builder.internFrame("encode", "/usr/lib/python3.11/json/encoder.py", 1);
    const FrameId render = builder.internFrame("render", "/v/lib/python3.11/site-packages/rich/console.py", 1);
    const auto add = [&](std::initializer_list<FrameId> stack, double weight) {
        builder.addSample(builder.stack(std::vector<FrameId>(stack)), weight);
    };
    add({main, dumps, encode}, 8);
    add({main, dumps}, 4);
    add({main, work, render}, 2);
    add({main}, 1);
    return shared(std::move(builder).build());
}

} // namespace

void TestAnalysis::filters_data()
{
    QTest::addColumn<FilterKind>("kind");
    QTest::addColumn<FilterScope>("scope");
    QTest::addColumn<QByteArray>("tree");
    const auto row = [](const char* name, FilterKind kind, FilterScope scope, const char* tree) {
        QTest::newRow(name) << kind << scope << QByteArray(tree);
    };
    using enum FilterScope;
    row("focus", FilterKind::Focus, Function, "main 0/8\n dumps 0/8\n  encode 8/8\n");
    row("focus on module", FilterKind::Focus, Module, "main 0/12\n dumps 4/12\n  encode 8/8\n");
    row("exclude", FilterKind::Exclude, Function, "main 1/7\n dumps 4/4\n work 0/2\n  render 2/2\n");
    row("hide", FilterKind::Hide, Function, "main 1/15\n dumps 12/12\n work 0/2\n  render 2/2\n");
    row("hide module", FilterKind::Hide, Module, "main 13/15\n work 0/2\n  render 2/2\n");
    row("only from", FilterKind::ShowFrom, Function, "encode 8/8\n");
    row("only from file", FilterKind::ShowFrom, File, "encode 8/8\n");
    row("only from module", FilterKind::ShowFrom, Module, "dumps 4/12\n encode 8/8\n");
    row("collapse module", FilterKind::Collapse, Module, "main 1/15\n dumps 12/12\n work 0/2\n  render 2/2\n");
    row("my code", FilterKind::OwnOnly, Function, "main 13/15\n work 2/2\n");
}

void TestAnalysis::filters()
{
    QFETCH(FilterKind, kind);
    QFETCH(FilterScope, scope);
    const ProfilePtr profile = modulesProfile();
    const FrameId encode = kind == FilterKind::OwnOnly ? FrameId{} : frameNamed(*profile, "encode");
    QTEST(dump(*analysed(profile, {.filters = {{kind, scope, encode}}})), "tree");
}

void TestAnalysis::switchesHideWhatIsPythons_data()
{
    QTest::addColumn<QList<FilterKind>>("kinds");
    QTest::addColumn<QByteArray>("tree");
    using enum FilterKind;
    QTest::newRow("imports") << QList{HideImports}
                             << QByteArray("main 1/7\n work 0/6\n  _list_new 0/6\n   gc_alloc 0/4\n    zmalloc 4/4\n"
                                           "   zmalloc 2/2\n");
    QTest::newRow("native") << QList{HideNative}
                            << QByteArray("_run_code 0/7\n main 0/7\n  work 6/6\n  _find_and_load 0/1\n"
                                          "   module 1/1\n");
    QTest::newRow("interpreter") << QList{HideInterpreter}
                                 << QByteArray("_run_code 0/7\n main 0/7\n  work 0/6\n   zmalloc 6/6\n"
                                               "  _find_and_load 0/1\n   module 1/1\n");
    QTest::newRow("all") << QList{HideImports, HideNative, HideInterpreter} << QByteArray("main 1/7\n work 6/6\n");
}

void TestAnalysis::switchesHideWhatIsPythons()
{
    QFETCH(QList<FilterKind>, kinds);
    ProfileBuilder builder({{"bytes", "Bytes", Unit::Bytes, {}, {}}});
    const FrameId runpy = builder.internFrame("_run_code", "<frozen runpy>", 1);
    const FrameId main = builder.internFrame("main", "/home/me/app.py", 1);
    const FrameId work = builder.internFrame("work", "/home/me/app.py", 9);
    const FrameId load = builder.internFrame("_find_and_load", "<frozen importlib._bootstrap>", 1);
    const FrameId module = builder.internFrame("module", "/home/me/other.py", 1);
    const FrameId listNew = builder.internFrame("_list_new", "Objects/listobject.c", 0, FrameKind::Native);
    const FrameId inProgram = builder.internFrame("gc_alloc", "/usr/bin/python3.12", 0, FrameKind::Native);
    const FrameId library = builder.internFrame("zmalloc", "/usr/lib/libz.so.1", 0, FrameKind::Native);
    const auto add = [&](std::initializer_list<FrameId> stack, double weight) {
        builder.addSample(builder.stack(std::vector<FrameId>(stack)), weight);
    };
    add({runpy, main, work, listNew, library}, 2);
    add({runpy, main, work, listNew, inProgram, library}, 4);
    add({runpy, main, load, module, inProgram}, 1);
    const ProfilePtr profile = shared(std::move(builder).build());
    std::vector<FilterStep> filters;
    for (const FilterKind kind : kinds)
        filters.push_back({kind, {}, {}});
    const AnalysisPtr analysis = analysed(profile, {.filters = filters});
    QTEST(dump(*analysis), "tree");
    QCOMPARE(analysis->total, 7.0);
    QCOMPARE(analysis->shownTotal(), 7.0);
    double table = 0;
    for (const double self : analysis->functions().self)
        table += self;
    QCOMPARE(table, 7.0); // nothing is lost, in the table either
    QVERIFY(analysis->hidable.imports && analysis->hidable.native && analysis->hidable.interpreter);
    QVERIFY(!analysed(modulesProfile(), {})->hidable.imports);
}

void TestAnalysis::tableFollowsFilters()
{
    const ProfilePtr profile = modulesProfile();
    const FrameId main = frameNamed(*profile, "main");
    const FrameId encode = frameNamed(*profile, "encode");
    const AnalysisPtr analysis = analysed(profile, {.filters = {{FilterKind::Hide, FilterScope::Function, encode},
                                                                {FilterKind::Focus, FilterScope::Module, encode}}});
    const FunctionTable& table = analysis->functions();
    QVERIFY(!table.listed[encode.value]);
    QVERIFY(!table.listed[frameNamed(*profile, "work").value]);
    QCOMPARE(table.total[main.value], 12.0);
    QCOMPARE(table.self[frameNamed(*profile, "dumps").value], 12.0);
    QCOMPARE(analysis->graph.callees(main).size(), std::size_t(1));
}

void TestAnalysis::tableKeepsSelfOfFoldedCalls()
{
    const ProfilePtr profile = shared(fromStacks("f;g;f 5\nf;g 1\n"));
    const FrameId f = frameNamed(*profile, "f");
    const AnalysisPtr analysis = analysed(profile, {.filters = {{FilterKind::FoldRecursion, {}, {}}}});
    QCOMPARE(dump(*analysis), QByteArray("f 0/6\n g 6/6\n"));
    QCOMPARE(analysis->functions().self[f.value], 5.0);
    QCOMPARE(analysis->functions().total[f.value], 6.0);
}

void TestAnalysis::percentIsOfTheWhole()
{
    const ProfilePtr profile = modulesProfile();
    const FrameId encode = frameNamed(*profile, "encode");
    const AnalysisPtr analysis = analysed(profile, {.filters = {{FilterKind::Focus, FilterScope::Function, encode}}});
    QCOMPARE(analysis->total, 15.0);
    QCOMPARE(analysis->shownTotal(), 8.0);
}

void TestAnalysis::nothingLeft()
{
    const ProfilePtr profile = modulesProfile();
    const FilterStep main{FilterKind::Exclude, FilterScope::Function, frameNamed(*profile, "main")};
    const AnalysisPtr analysis = analysed(profile, {.filters = {main, main}});
    QVERIFY(analysis->isFilteredOut());
    QCOMPARE(analysis->tree.size(), 1u);
    QCOMPARE(analysis->functions().totalSelf, 0.0);
    QVERIFY(!analysed(profile, {})->isFilteredOut());
}

void TestAnalysis::lanes()
{
    ProfileBuilder builder({{"time", "Time", Unit::Milliseconds, NumberKind::Sampled, {}}});
    const FrameId a = builder.internFrame("a");
    const FrameId b = builder.internFrame("b");
    const LaneId one = builder.addLane({.name = "one"});
    builder.addSample(builder.child(0, a), 3);
    const LaneId two = builder.addLane({.name = "two"});
    builder.addSample(builder.child(0, b), 5);
    builder.addSample(builder.child(0, a), 1);
    const ProfilePtr profile = shared(std::move(builder).build());
    const AnalysisPtr second = analysed(profile, {.lanes = {two}});
    QCOMPARE(second->total, 6.0);
    QCOMPARE(second->functions().self[a.value], 1.0);
    QCOMPARE(dump(*second), QByteArray("b 5/5\na 1/1\n"));
    QCOMPARE(dump(*analysed(profile, {.lanes = {one, two}})), dump(*analysed(profile, {})));
    const AnalysisPtr both = analysed(profile, {.lanes = {two}, .filters = {{FilterKind::Exclude, {}, b}}});
    QCOMPARE(both->total, 6.0);
    QCOMPARE(dump(*both), QByteArray("a 1/1\n"));
}

void TestAnalysis::inverted()
{
    const ProfilePtr profile = modulesProfile();
    const AnalysisPtr analysis = analysed(profile, {.filters = {{FilterKind::OwnOnly, {}, {}}}, .inverted = true});
    QCOMPARE(dump(*analysis), QByteArray("main 13/13\nwork 0/2\n main 2/2\n"));
    QCOMPARE(analysis->functions().total[frameNamed(*profile, "main").value], 15.0); // the table is not turned over
}

void TestAnalysis::coloursStay()
{
    const ProfilePtr profile = modulesProfile();
    const AnalysisPtr all = analysed(profile, {});
    const AnalysisPtr some =
        analysed(profile, {.filters = {{FilterKind::Exclude, FilterScope::Module, frameNamed(*profile, "encode")}}});
    QVERIFY(all->modules.ofFrame == some->modules.ofFrame);
    QCOMPARE(all->modules.modules.front().name, std::string("json"));
    QCOMPARE(all->modules.modules.front().self, 12.0);
    QCOMPARE(some->modules.modules.front().name, std::string("json"));
    QCOMPARE(some->modules.modules.front().self, 0.0);
}

void TestAnalysis::estimatedTreeStaysEstimated_data()
{
    QTest::addColumn<FilterKind>("kind");
    QTest::newRow("focus") << FilterKind::Focus;
    QTest::newRow("exclude") << FilterKind::Exclude;
    QTest::newRow("hide") << FilterKind::Hide;
    QTest::newRow("only from") << FilterKind::ShowFrom;
    QTest::newRow("collapse") << FilterKind::Collapse;
    QTest::newRow("fold") << FilterKind::FoldRecursion;
    QTest::newRow("my code") << FilterKind::OwnOnly;
}

void TestAnalysis::estimatedTreeStaysEstimated()
{
    QFETCH(FilterKind, kind);
    Result<Profile> read = parseBytes(readFixture(QStringLiteral("pstats/large-pytest.prof")));
    QVERIFY2(read, describe(read).constData());
    const ProfilePtr profile = shared(std::move(*read));
    const AnalysisPtr whole = analysed(profile, {});
    QVERIFY(whole->estimate);
    std::uint32_t busiest = 0; // of the functions of middling size
    const FunctionTable& table = whole->functions();
    for (std::uint32_t f = 0; f < table.size(); ++f) {
        if (table.total[f] < whole->total / 2 && table.total[f] > table.total[busiest])
            busiest = f;
    }
    const AnalysisPtr analysis = analysed(profile, {.filters = {{kind, FilterScope::Module, FrameId{busiest}}}});
    QVERIFY(analysis->isEstimated());
    QVERIFY(!analysis->estimate);
    QVERIFY(analysis->shownTotal() > 0);
    QVERIFY(analysis->shownTotal() <= whole->total * (1 + 1e-9));
    QCOMPARE(analysis->functions().self, table.self); // the arcs stay what the file tells
    const CallTree& tree = analysis->tree;
    for (std::uint32_t n = 1; n < tree.size(); ++n) {
        const bool isFrame = tree.kind(NodeId{n}) == NodeKind::Frame;
        QCOMPARE(bool(tree.frame(NodeId{n})), isFrame);
        QVERIFY(!isFrame || tree.frame(NodeId{n}).value < profile->frames.size());
        if (tree.kind(NodeId{n}) == NodeKind::Folded)
            QVERIFY(tree.estimate()->foldedCount[n] > 0);
    }
}

void TestAnalysis::filteredEstimateAddsUp()
{
    Result<Profile> read = parseBytes(readFixture(QStringLiteral("pstats/kitchen-py311.prof")));
    QVERIFY2(read, describe(read).constData());
    const ProfilePtr profile = shared(std::move(*read));
    for (std::uint32_t f = 0; f < profile->frames.size(); ++f) {
        const auto held = [&](FilterKind kind) {
            return analysed(profile, {.filters = {{kind, FilterScope::Function, FrameId{f}}}})->shownTotal();
        };
        const AnalysisPtr all = analysed(profile, {});
        const double whole = all->shownTotal();
        const std::vector<FrameId>& frames = all->tree.topology()->frame;
        if (std::find(frames.begin(), frames.end(), FrameId{f}) != frames.end())
            QVERIFY(std::abs(held(FilterKind::Focus) + held(FilterKind::Exclude) - whole) < 1e-9 * whole);
        else // all its places are folded: it has a tree of its own
            QCOMPARE(held(FilterKind::Focus), all->functions().total[f]);
        QVERIFY(std::abs(held(FilterKind::Hide) - whole) < 1e-9 * whole);
    }
}

QTEST_GUILESS_MAIN(TestAnalysis)
#include "tst_analysis.moc"
