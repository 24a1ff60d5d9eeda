// SPDX-License-Identifier: GPL-3.0-or-later
// Two sides joined: the rows add up, nothing is lost or counted twice, exchanging the sides negates every change.
#include "model/diff.h"
#include "model/waterfall.h"
#include "tests/support/compare.h"
#include "tests/support/generate.h"

#include <QTest>

#include <cmath>

using namespace sundial;
using namespace sundial::test;

class TestDiff : public QObject
{
    Q_OBJECT

private slots:
    void numbers_data();
    void numbers();
    void againstItself_data() { seeds(); }
    void againstItself();
    void sidesExchanged_data() { seeds(); }
    void sidesExchanged();
    void trees_data() { seeds(); }
    void trees();
    void treeOfHandMadeStacks();
    void factors();
    void meanOfRuns();
    void meanOfRunsKeepsPaths();
    void units();
    void shares();
    void builtinsOfOneSide();
    void idleTimeIsARow();
    void normalisedByCalls();
    void waterfallAddsUp_data();
    void waterfallAddsUp();
    void waterfallKnowsTheFolder();

private:
    static void seeds();
};

namespace
{

Profile arcs(std::int64_t calls, double selfPerCall)
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const FrameId main = builder.internFrame("main", "/p/m.py", 1), work = builder.internFrame("work", "/p/m.py", 5);
    const double self = selfPerCall * double(calls);
    builder.addFunction(main, {1, 1, 1, 1 + self});
    builder.addFunction(work, {calls, calls, self, self});
    builder.addEdge(main, work, {calls, calls, self, self});
    return std::move(builder).build();
}

FrameId rowNamed(const Comparison& comparison, std::string_view name)
{
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        if (comparison.frames.frames.name(FrameId{i}) == name)
            return FrameId{i};
    }
    return {};
}

double sumOfChanges(const Comparison& comparison)
{
    double sum = 0;
    for (std::uint32_t i = 0; i < comparison.size(); ++i)
        sum += comparison.deltaSelf(FrameId{i});
    return sum;
}

/// "name before/after" a node, indented by depth.
QString dump(const Comparison& comparison, const CallTree& tree)
{
    QString text;
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        const std::string_view name = comparison.frames.frames.name(tree.frame(n));
        text += QString(int(tree.depth(n)) - 1, QLatin1Char(' ')) +
                QString::fromUtf8(name.data(), qsizetype(name.size())) +
                QStringLiteral(" %1/%2\n").arg(tree.total(kBeforeColumn, n)).arg(tree.total(kAfterColumn, n));
    }
    return text;
}

} // namespace

void TestDiff::seeds()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 10; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestDiff::numbers_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    for (const char* pair : {"identity/parsing", "identity/templates", "identity/graphs"})
        QTest::newRow(pair) << QStringLiteral("compare/%1/before.prof").arg(QLatin1String(pair))
                            << QStringLiteral("compare/%1/after.prof").arg(QLatin1String(pair));
    QTest::newRow("another dialect") << "pstats/shop-before-py27.prof"
                                     << "pstats/shop-after.prof";
}

// The totals are those of the files, the changes of the rows add up to the change of the whole, and every function of
// each side stands in one row with its own numbers.
void TestDiff::numbers()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const RunSet b = loadRuns({}, {before}), a = loadRuns({}, {after});
    const ComparisonPtr comparison = compare(b, a);
    QCOMPARE(comparison->before.total, b.profile->total(b.metric));
    QCOMPARE(comparison->after.total, a.profile->total(a.metric));
    QVERIFY(std::abs(sumOfChanges(*comparison) - comparison->delta()) < 1e-12);
    for (std::uint32_t i = 0; i < b.profile->frames.size(); ++i) {
        const FrameId row = comparison->frames.ofBefore[i];
        QCOMPARE(comparison->match(row).before, FrameId{i});
        QCOMPARE(comparison->before.self(row), b.graph.functions().self[i]);
        QCOMPARE(comparison->before.totalOf(row), b.graph.functions().total[i]);
        QCOMPARE(comparison->before.calls(row), b.graph.functions().calls[i]);
    }
    for (std::uint32_t i = 0; i < a.profile->frames.size(); ++i) {
        const FrameId row = comparison->frames.ofAfter[i];
        QCOMPARE(comparison->match(row).after, FrameId{i});
        QCOMPARE(comparison->after.self(row), a.graph.functions().self[i]);
        QCOMPARE(comparison->after.primitiveCalls(row), a.graph.functions().primitiveCalls[i]);
    }
}

void TestDiff::againstItself()
{
    QFETCH(unsigned, seed);
    const RunSet side = runSetOf(randomPaths(seed));
    const ComparisonPtr comparison = compare(side, side);
    QCOMPARE(comparison->delta(), 0.0);
    for (std::uint32_t i = 0; i < comparison->size(); ++i) {
        QCOMPARE(comparison->match(FrameId{i}).kind, MatchKind::Exact);
        QCOMPARE(comparison->deltaSelf(FrameId{i}), 0.0);
        QCOMPARE(comparison->deltaTotal(FrameId{i}), 0.0);
    }
    const CallTree& tree = side.profile->tree;
    const DiffTree both = diffTree(*comparison, tree, side.metric, tree, side.metric);
    QCOMPARE(both.tree.size(), tree.size());
}

void TestDiff::sidesExchanged()
{
    QFETCH(unsigned, seed);
    const RunSet x = runSetOf(randomPaths(seed)), y = runSetOf(randomPaths(seed + 1000, 400, 45));
    const ComparisonPtr there = compare(x, y), back = compare(y, x);
    QCOMPARE(there->size(), back->size());
    QCOMPARE(there->delta(), -back->delta());
    for (std::uint32_t i = 0; i < there->size(); ++i) {
        const FrameMatch& match = there->match(FrameId{i});
        const FrameId row =
            match.after ? back->frames.ofBefore[match.after.value] : back->frames.ofAfter[match.before.value];
        QCOMPARE(back->match(row).before, match.after);
        QCOMPARE(back->match(row).after, match.before);
        QCOMPARE(back->deltaSelf(row), -there->deltaSelf(FrameId{i}));
        QCOMPARE(back->deltaTotal(row), -there->deltaTotal(FrameId{i}));
    }
}

// Each node of either tree stands once in the union, below its parent, with its own weight.
void TestDiff::trees()
{
    QFETCH(unsigned, seed);
    const RunSet x = runSetOf(randomPaths(seed)), y = runSetOf(randomPaths(seed + 1000, 400, 45));
    const ComparisonPtr comparison = compare(x, y);
    const DiffTree both = diffTree(*comparison, x.profile->tree, x.metric, y.profile->tree, y.metric);
    const auto check = [&](const RunSet& side, const std::vector<NodeId>& nodes, const std::vector<FrameId>& rows,
                           MetricId column) {
        const CallTree& tree = side.profile->tree;
        std::uint32_t seen = 0;
        for (std::uint32_t i = 0; i < both.tree.size(); ++i) {
            const NodeId n{i}, own = nodes[i];
            QCOMPARE(both.tree.self(column, n), own ? tree.self(side.metric, own) : 0.0);
            QCOMPARE(both.tree.total(column, n), own ? tree.total(side.metric, own) : 0.0);
            if (!own)
                continue;
            ++seen;
            if (i > 0) {
                QCOMPARE(both.tree.frame(n), rows[tree.frame(own).value]);
                QCOMPARE(nodes[both.tree.parent(n).value], tree.parent(own));
            }
        }
        QCOMPARE(seen, tree.size());
    };
    check(x, both.before, comparison->frames.ofBefore, kBeforeColumn);
    check(y, both.after, comparison->frames.ofAfter, kAfterColumn);
}

void TestDiff::treeOfHandMadeStacks()
{
    const RunSet before = runSetOf(fromStacks("main;a 3\nmain;b;c 2\n")),
                 after = runSetOf(fromStacks("main;b;d 4\nmain;b 1\n"));
    const ComparisonPtr comparison = compare(before, after);
    const DiffTree both = diffTree(*comparison, before.profile->tree, before.metric, after.profile->tree, after.metric);
    QCOMPARE(dump(*comparison, both.tree), QStringLiteral("main 5/5\n a 3/0\n b 2/5\n  c 2/0\n  d 0/4\n"));
}

void TestDiff::factors()
{
    const ComparisonPtr comparison = compare(runSetOf(arcs(100, 0.5)), runSetOf(arcs(40, 0.25)));
    const FrameId work = rowNamed(*comparison, "work");
    const auto factors = changeFactors(*comparison, work, Weight::Self);
    QVERIFY(factors);
    QCOMPARE(factors->byCalls, -30.0); // 60 calls fewer at 0.5 s
    QCOMPARE(factors->byCost, -10.0);  // 40 calls at 0.25 s less
    QCOMPARE(changeCause(*comparison, work), ChangeCause::FewerCalls);
    const ComparisonPtr dearer = compare(runSetOf(arcs(100, 0.5)), runSetOf(arcs(90, 0.75)));
    QCOMPARE(changeCause(*dearer, rowNamed(*dearer, "work")), ChangeCause::DearerCalls);
    QCOMPARE(changeCause(*dearer, rowNamed(*dearer, "main")), ChangeCause::None);
}

void TestDiff::meanOfRuns()
{
    const std::vector<ProfilePtr> runs{std::make_shared<const Profile>(arcs(100, 0.5)),
                                       std::make_shared<const Profile>(arcs(102, 0.25))};
    const RunSet set = runSetOf(runs);
    QCOMPARE(validate(*set.profile), std::string());
    QCOMPARE(set.runs(), 2u);
    QCOMPARE(set.profile->total(set.metric), 1 + (50 + 25.5) / 2);
    QCOMPARE(set.graph.functions().calls[1], 101);
    QCOMPARE(set.selfOfRun[1][1], 25.5);
    QCOMPARE(set.graph.edges().size(), 1u);
    QCOMPARE(set.graph.edges()[0].self, (50 + 25.5) / 2);
}

void TestDiff::meanOfRunsKeepsPaths()
{
    const std::vector<ProfilePtr> runs{std::make_shared<const Profile>(fromStacks("a;b 4\na;c 2\n")),
                                       std::make_shared<const Profile>(fromStacks("a;b 2\nd 6\n"))};
    const RunSet set = runSetOf(runs);
    QCOMPARE(validate(*set.profile), std::string());
    const CallTree& tree = set.profile->tree;
    QCOMPARE(tree.size(), 5u);
    QCOMPARE(tree.total(set.metric, NodeId{0}), 7.0);
    QCOMPARE(tree.total(set.metric, NodeId{1}), 4.0);
    QCOMPARE(tree.self(set.metric, NodeId{2}), 3.0);
}

void TestDiff::units()
{
    const Metric milliseconds{"time", "Time", Unit::Milliseconds, NumberKind::Exact, {}};
    const Metric seconds{"time", "Time", Unit::Seconds, NumberKind::Exact, {}};
    const ComparisonPtr comparison =
        compare(runSetOf(fromStacks("a 2000\n", milliseconds)), runSetOf(fromStacks("a 3\n", seconds)));
    QCOMPARE(comparison->metric.unit, Unit::Milliseconds);
    QCOMPARE(comparison->after.total, 3000.0);
    QVERIFY(!comparison->isShares);
}

void TestDiff::shares()
{
    const Metric seconds{"time", "Time", Unit::Seconds, NumberKind::Exact, {}};
    const ComparisonPtr comparison =
        compare(runSetOf(fromStacks("a 30\nb 10\n")), runSetOf(fromStacks("a 1\nb 1\n", seconds)));
    QVERIFY(comparison->isShares);
    QCOMPARE(comparison->notes.size(), 1u);
    QCOMPARE(comparison->before.self(rowNamed(*comparison, "a")), 0.75);
    QCOMPARE(comparison->after.self(rowNamed(*comparison, "a")), 0.5);
    QCOMPARE(comparison->delta(), 0.0);
}

// cProfile tells built-in functions apart, a sampler counts them for their callers: no change, though all rows differ.
void TestDiff::builtinsOfOneSide()
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const FrameId main = builder.internFrame("main", "test.py", 1);
    const FrameId sorted = builder.internFrame("<built-in method builtins.sorted>", "~", 0, FrameKind::Builtin);
    const FrameId len = builder.internFrame("<built-in method builtins.len>", "~", 0, FrameKind::Builtin);
    builder.addFunction(main, {1, 1, 1, 4});
    builder.addFunction(sorted, {1, 1, 2, 3});
    builder.addFunction(len, {9, 9, 1, 1});
    builder.addEdge(main, sorted, {1, 1, 2, 3});
    builder.addEdge(sorted, len, {9, 9, 1, 1});
    Profile exact = std::move(builder).build();
    exact.formatId = "pstats";
    const ComparisonPtr comparison = compare(runSetOf(std::move(exact)), runSetOf(fromStacks("main 40\n")));
    QVERIFY(comparison->inCaller[len.value]);
    QCOMPARE(comparison->notes.size(), 2u);
    QCOMPARE(comparison->before.self(main), 0.25);
    for (const double delta : comparison->judgedDelta)
        QVERIFY(std::abs(delta) < 1e-12);
    QCOMPARE(changeCause(*comparison, len), ChangeCause::InCaller);
}

void TestDiff::idleTimeIsARow()
{
    ProfileBuilder builder({{"samples", "Samples", Unit::Samples, NumberKind::Sampled, {}}});
    builder.addSample(0, 3);
    builder.addSample(builder.child(0, builder.internFrame("a", "test.py", 1)), 5);
    const ComparisonPtr comparison = compare(runSetOf(std::move(builder).build()), runSetOf(fromStacks("a 5\n")));
    QCOMPARE(comparison->before.total, 8.0);
    QCOMPARE(comparison->delta(), -3.0);
    QCOMPARE(sumOfChanges(*comparison), -3.0);
    const FrameId idle = rowNamed(*comparison, "(no stack)");
    QCOMPARE(comparison->before.self(idle), 3.0);
    QCOMPARE(comparison->match(idle).kind, MatchKind::Removed);
    QCOMPARE(changeCause(*comparison, idle), ChangeCause::Less);
    QCOMPARE(comparison->before.selfOfRun[0].back(), 3.0);
}

void TestDiff::normalisedByCalls()
{
    CompareOptions options;
    options.normalise = Normalise::Calls;
    const RunSet before = runSetOf(arcs(100, 0.5));
    options.callsOf = functionName(before.profile->frames, FrameId{1});
    const ComparisonPtr comparison = compare(before, runSetOf(arcs(50, 0.5)), options);
    QCOMPARE(comparison->after.self(rowNamed(*comparison, "work")), 50.0);
    QCOMPARE(comparison->notes.size(), 1u);
    QCOMPARE(comparison->normalisedTo, std::string("as many calls of work"));
}

void TestDiff::waterfallAddsUp_data()
{
    QTest::addColumn<int>("by");
    QTest::newRow("functions") << int(WaterfallBy::Function);
    QTest::newRow("modules") << int(WaterfallBy::Module);
    QTest::newRow("owners") << int(WaterfallBy::Owner);
}

void TestDiff::waterfallAddsUp()
{
    QFETCH(int, by);
    const ComparisonPtr comparison = compare(loadRuns("compare/identity/templates/", {"before.prof"}),
                                             loadRuns("compare/identity/templates/", {"after.prof"}));
    const Waterfall result = waterfall(*comparison, WaterfallBy(by));
    for (const WaterfallStep& step : result.steps)
        QVERIFY2(step.label.find("built-in method") == std::string::npos, step.label.c_str());
    QCOMPARE(result.steps.front().start, comparison->before.total);
    QCOMPARE(result.steps.back().end, comparison->after.total);
    for (std::size_t i = 1; i < result.steps.size(); ++i) {
        QCOMPARE(result.steps[i].start, result.steps[i - 1].end);
        if (result.steps[i].folded == 0)
            QVERIFY(std::abs(result.steps[i].delta()) <= std::abs(result.steps[i - 1].delta()));
    }
}

// The program lies in "before/" and in "after/": its code is one module all the same.
void TestDiff::waterfallKnowsTheFolder()
{
    const auto profile = [](const char* folder, const char* called, double cost) {
        ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
        const std::string file = std::string("/x/") + folder + "/main.py";
        const FrameId main = builder.internFrame("main", file, 1), other = builder.internFrame(called, file, 9);
        builder.addFunction(main, {1, 1, 1, 1 + cost});
        builder.addFunction(other, {4, 4, cost, cost});
        builder.addEdge(main, other, {4, 4, cost, cost});
        return runSetOf(std::move(builder).build());
    };
    const Waterfall result =
        waterfall(*compare(profile("before", "slow_way", 4), profile("after", "quick", 3)), WaterfallBy::Module);
    bool isOne = false;
    for (const WaterfallStep& step : result.steps) {
        QVERIFY2(step.label != "before", step.label.c_str());
        isOne |= step.label == "after";
    }
    QVERIFY(isOne);
}

QTEST_GUILESS_MAIN(TestDiff)
#include "tst_diff.moc"
