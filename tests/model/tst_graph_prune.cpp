// SPDX-License-Identifier: GPL-3.0-or-later
// Pruning a call graph: thresholds, roots and leaves, the budget of nodes, cycles, and what is said of the rest.
#include "model/glob.h"
#include "model/graph_prune.h"
#include "tests/support/generate.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace sundial;

namespace
{

/// "a b | a>b", names in file order.
QByteArray describe(const PrunedGraph& pruned, const FrameTable& frames)
{
    QByteArray nodes, edges;
    const auto name = [&](std::uint32_t n) {
        const std::string_view text = frames.name(pruned.nodes[n].frame);
        return QByteArray(text.data(), qsizetype(text.size()));
    };
    for (std::uint32_t n = 0; n < pruned.nodes.size(); ++n)
        nodes += name(n) + ' ';
    for (const GraphEdge& edge : pruned.edges)
        edges += ' ' + name(edge.caller) + (edge.back ? "^" : ">") + name(edge.callee);
    return nodes + '|' + edges;
}

QString seedText(unsigned seed)
{
    return QStringLiteral("seed %1").arg(seed);
}

} // namespace

class TestGraphPrune : public QObject
{
    Q_OBJECT

private slots:
    void thresholds_data();
    void thresholds();
    void rootsAndLeaves_data();
    void rootsAndLeaves();
    void rootBelowThresholdStays();
    void paths();
    void budget_data();
    void budget();
    void budgetIsConnected();
    void budgetShowsWhatThresholdsHide();
    void cycles();
    void rootStandsAboveItsCycle();
    void leftOutIsSaid();
    void labels();
    void globs_data();
    void globs();
    void namesMatch();
};

void TestGraphPrune::thresholds_data()
{
    QTest::addColumn<double>("nodeThreshold");
    QTest::addColumn<double>("edgeThreshold");
    QTest::addColumn<QByteArray>("graph");
    QTest::newRow("none") << 0.0 << 0.0 << QByteArray("main a b c | main>a a>b main>b main>c");
    QTest::newRow("nodes") << 0.1 << 0.0 << QByteArray("main a b | main>a a>b main>b");
    QTest::newRow("edges") << 0.0 << 0.2 << QByteArray("main a b c | main>a a>b");
    QTest::newRow("a share equal to the threshold stays")
        << 0.05 << 0.0 << QByteArray("main a b c | main>a a>b main>b main>c");
}

void TestGraphPrune::thresholds()
{
    QFETCH(double, nodeThreshold);
    QFETCH(double, edgeThreshold);
    const Profile profile = test::fromStacks("main 5\nmain;a 30\nmain;a;b 50\nmain;b 10\nmain;c 5\n");
    const CallGraph graph = callGraph(profile, MetricId{0});
    QTEST(describe(pruneGraph(graph, profile.frames, {.nodeThreshold = nodeThreshold, .edgeThreshold = edgeThreshold}),
                   profile.frames),
          "graph");
}

void TestGraphPrune::rootsAndLeaves_data()
{
    QTest::addColumn<QString>("root");
    QTest::addColumn<QString>("leaf");
    QTest::addColumn<int>("depth");
    QTest::addColumn<QByteArray>("graph");
    QTest::newRow("root") << "a"
                          << "" << -1 << QByteArray("a b c d | a>b b>c b>d");
    QTest::newRow("root, one step") << "a"
                                    << "" << 1 << QByteArray("a b | a>b");
    QTest::newRow("root alone") << "a"
                                << "" << 0 << QByteArray("a |");
    QTest::newRow("leaf") << ""
                          << "c" << -1 << QByteArray("main a b c x | main>a a>b b>c main>x x>c");
    QTest::newRow("leaf, one step") << ""
                                    << "c" << 1 << QByteArray("b c x | b>c x>c");
    QTest::newRow("both") << "a"
                          << "c" << -1 << QByteArray("a b c | a>b b>c");
    QTest::newRow("depth without either does nothing")
        << ""
        << "" << 1 << QByteArray("main a b c d x | main>a a>b b>c b>d main>x x>c");
}

void TestGraphPrune::rootsAndLeaves()
{
    QFETCH(QString, root);
    QFETCH(QString, leaf);
    QFETCH(int, depth);
    const Profile profile = test::fromStacks("main;a;b;c 1\nmain;a;b;d 1\nmain;x;c 1\n");
    PruneOptions options{.depth = depth};
    if (!root.isEmpty())
        options.roots = matchFunctions(profile.frames, root.toStdString());
    if (!leaf.isEmpty())
        options.leaves = matchFunctions(profile.frames, leaf.toStdString());
    QTEST(describe(pruneGraph(callGraph(profile, MetricId{0}), profile.frames, options), profile.frames), "graph");
}

void TestGraphPrune::rootBelowThresholdStays()
{
    const Profile profile = test::fromStacks("main 1000\nmain;tiny;leaf 1\n");
    const PruneOptions options{.nodeThreshold = 0.005, .roots = matchFunctions(profile.frames, "tiny")};
    QCOMPARE(describe(pruneGraph(callGraph(profile, MetricId{0}), profile.frames, options), profile.frames),
             QByteArray("tiny |"));
}

void TestGraphPrune::paths()
{
    ProfileBuilder builder({{"samples", "Samples", Unit::Samples, {}, {}}});
    const FrameId own = builder.internFrame("own", "/srv/app/a.py", 1);
    const FrameId other = builder.internFrame("other", "/usr/lib/b.py", 1);
    const FrameId noFile = builder.internFrame("noFile");
    builder.addSample(builder.stack(std::vector<FrameId>{own, other, noFile}), 1);
    const Profile profile = std::move(builder).build();
    const PruneOptions options{.paths = {"/home", "/srv/app"}};
    QCOMPARE(describe(pruneGraph(callGraph(profile, MetricId{0}), profile.frames, options), profile.frames),
             QByteArray("own noFile |"));
}

void TestGraphPrune::budget_data()
{
    QTest::addColumn<QByteArray>("stacks");
    QTest::addColumn<unsigned>("maxNodes");
    QTest::addColumn<QByteArray>("graph");
    const QByteArray wide("main;a;hot 60\nmain;b;c;d 20\nmain;e 15\nmain;f 5\n");
    QTest::newRow("one") << wide << 1u << QByteArray("main |");
    QTest::newRow("the path to the hottest function") << wide << 3u << QByteArray("main a hot | main>a a>hot");
    QTest::newRow("a short way to some before a long way to little more")
        << wide << 4u << QByteArray("main a hot e | main>a a>hot main>e");
    QTest::newRow("more than there are") << wide << 100u
                                         << QByteArray(
                                                "main a hot b c d e f | main>a a>hot main>b b>c c>d main>e main>f");
    QTest::newRow("two entries") << QByteArray("t1;work 50\nt2;wait 49\nt3;x 1\n") << 4u
                                 << QByteArray("t1 work t2 wait | t1>work t2>wait");
    QTest::newRow("a cycle that nothing calls")
        << QByteArray("a;b;a;c 10\nb;a;c 10\n") << 2u << QByteArray("a c | a>c");
}

void TestGraphPrune::budget()
{
    QFETCH(QByteArray, stacks);
    QFETCH(unsigned, maxNodes);
    const Profile profile = test::fromStacks(stacks.toStdString());
    QTEST(describe(pruneGraph(callGraph(profile, MetricId{0}), profile.frames, {.maxNodes = maxNodes}), profile.frames),
          "graph");
}

void TestGraphPrune::budgetIsConnected()
{
    for (unsigned seed = 1; seed <= 30; ++seed) {
        const Profile profile = test::randomPaths(seed, 300, 60, 15);
        const CallGraph graph = callGraph(profile, MetricId{0});
        for (const std::uint32_t budget : {1u, 5u, 20u, 60u}) {
            const PrunedGraph pruned = pruneGraph(graph, profile.frames, {.edgeThreshold = 0.05, .maxNodes = budget});
            QVERIFY2(pruned.nodes.size() <= budget, qPrintable(seedText(seed)));
            // Every node but the entries has a caller in the picture, although most edges are below the threshold.
            std::vector<bool> called(pruned.nodes.size(), false);
            for (const GraphEdge& edge : pruned.edges)
                called[edge.callee] = called[edge.callee] || edge.caller != edge.callee;
            for (std::uint32_t n = 0; n < pruned.nodes.size(); ++n) {
                const auto callers = graph.callers(pruned.nodes[n].frame);
                const bool isCalled = std::any_of(callers.begin(), callers.end(), [&](EdgeId e) {
                    return !(graph.edge(e).caller == pruned.nodes[n].frame);
                });
                const bool entersCycle = pruned.nodes[n].total == pruned.maxTotal;
                QVERIFY2(called[n] || !isCalled || entersCycle, qPrintable(seedText(seed)));
            }
            // What is shown and what is left out add up.
            const double shown = std::accumulate(pruned.nodes.begin(), pruned.nodes.end(), 0.0,
                                                 [](double sum, const GraphNode& node) { return sum + node.self; });
            QVERIFY2(std::abs(shown + pruned.leftOutSelf - 1) < 1e-9, qPrintable(seedText(seed)));
        }
    }
}

void TestGraphPrune::budgetShowsWhatThresholdsHide()
{
    // 1,000 functions of 0.1 % each: every one is under the usual threshold.
    QByteArray stacks;
    for (int i = 0; i < 1000; ++i)
        stacks += "f" + QByteArray::number(i) + " 1\n";
    const Profile profile = test::fromStacks(stacks.toStdString());
    const CallGraph graph = callGraph(profile, MetricId{0});
    QVERIFY(pruneGraph(graph, profile.frames, {.nodeThreshold = kUsualNodeThreshold}).nodes.empty());
    const PrunedGraph pruned = pruneGraph(graph, profile.frames, {.maxNodes = 25});
    QCOMPARE(pruned.nodes.size(), 25u);
    QCOMPARE(pruned.leftOut, 975u);
}

void TestGraphPrune::cycles()
{
    const Profile profile = test::fromStacks("main;a;b;a;b;x 5\nmain;a;a 1\n");
    const PrunedGraph pruned = pruneGraph(callGraph(profile, MetricId{0}), profile.frames, {});
    QCOMPARE(describe(pruned, profile.frames), QByteArray("main a b x | main>a a>b b^a b>x a^a"));
    QCOMPARE(pruned.clusters.size(), 1u);
    QCOMPARE(pruned.clusters.front(), (std::vector<std::uint32_t>{1, 2}));
    QVERIFY(!pruned.edges[0].recursive && pruned.edges[1].recursive && pruned.edges[2].recursive);
}

void TestGraphPrune::rootStandsAboveItsCycle()
{
    // Without a root the heavier a comes first; b as the root stands on top, and b>a is what runs downwards.
    const Profile profile = test::fromStacks("main;a;b;a;b;x 5\nmain;a;a 1\n");
    const PruneOptions options{.roots = matchFunctions(profile.frames, "b")};
    QCOMPARE(describe(pruneGraph(callGraph(profile, MetricId{0}), profile.frames, options), profile.frames),
             QByteArray("a b x | a^b b>a b>x a^a"));
}

void TestGraphPrune::leftOutIsSaid()
{
    const Profile profile = test::fromStacks("main 1\nmain;a 69\nmain;b 25\nmain;c 5\n");
    const CallGraph graph = callGraph(profile, MetricId{0});
    const auto text = [&](std::uint32_t maxNodes) {
        return leftOutText(pruneGraph(graph, profile.frames, {.maxNodes = maxNodes}));
    };
    QCOMPARE(text(2), std::string("+2 functions, 30.0\u202f% of self"));
    QCOMPARE(text(3), std::string("+1 function, 5.0\u202f% of self"));
    QCOMPARE(text(4), std::string());
}

void TestGraphPrune::labels()
{
    FrameTable frames;
    const auto label = [&](const char* file, std::uint32_t line, const char* name) {
        StringTable& strings = frames.strings();
        return graphLabel(frames, frames.append({strings.intern(name), strings.intern(file), line}));
    };
    QCOMPARE(label("/srv/app/shop/report.py", 12, "total"), std::string("report:12:total"));
    QCOMPARE(label("C:\\app\\report.py", 12, "total"), std::string("report:12:total"));
    QCOMPARE(label("~", 0, "<built-in method len>"), std::string("~:0:<built-in method len>"));
    QCOMPARE(label("<frozen importlib._bootstrap>", 7, "f"), std::string("<frozen importlib:7:f"));
    QCOMPARE(label("/etc/.profile", 1, "f"), std::string(".profile:1:f"));
    QCOMPARE(label("", 0, "f"), std::string(":0:f"));
}

void TestGraphPrune::globs_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* pattern, const char* text, bool matches) {
        QTest::addRow("%s on %s", pattern, text) << QByteArray(pattern) << QByteArray(text) << matches;
    };
    row("main", "main", true);
    row("main", "main2", false);
    row("*main", "re:1:main", true);
    row("*a*b", "xaxbxb", true);
    row("*a*b", "xaxbxc", false);
    row("m?in", "main", true);
    row("m?in", "mäin", true);
    row("m?in", "min", false);
    row("f[0-9]", "f7", true);
    row("f[!0-9]", "f7", false);
    row("f[]x]", "f]", true);
    row("f[", "f[", true);
    row("", "", true);
    row("**", "", true);
    row("a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
}

void TestGraphPrune::globs()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, text);
    QTEST(globMatches(pattern.toStdString(), text.toStdString()), "matches");
}

void TestGraphPrune::namesMatch()
{
    const Profile profile = test::fromStacks("main;parse;parse_item[int] 1\n"); // all in test.py:1
    QCOMPARE(matchFunctions(profile.frames, "parse*").size(), 2u);
    QCOMPARE(matchFunctions(profile.frames, "test:1:main").size(), 1u);
    QCOMPARE(matchFunctions(profile.frames, "parse_item[int]"), std::vector<FrameId>{FrameId{2}});
    QVERIFY(matchFunctions(profile.frames, "absent").empty());
}

QTEST_APPLESS_MAIN(TestGraphPrune)
#include "tst_graph_prune.moc"
