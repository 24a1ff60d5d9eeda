// SPDX-License-Identifier: GPL-3.0-or-later
// The call-tree estimate: worked examples, its promises on random arcs and on real files, its intervals against
// recorded runs, zoom and other roots.
#include "model/estimate_tree.h"
#include "model/text_dump.h"
#include "tests/support/arcs.h"
#include "tests/support/files.h"

#include <QTest>

#include <cmath>

using namespace sundial;
using namespace sundial::test;

namespace
{

constexpr MetricId kTime{0};

EstimatedTreePtr estimateOf(const Profile& profile, const EstimateOptions& options = {})
{
    Progress progress;
    Result<EstimatedTreePtr> tree = estimateTree(profile, options, progress);
    if (!tree)
        qFatal("%s", tree.error().message.c_str());
    return *tree;
}

EstimatedTreePtr zoomed(const EstimatedTreePtr& tree, NodeId z)
{
    Progress progress;
    return *tree->zoomedTo(z, progress);
}

Profile loadFixture(const QString& path)
{
    Result<Profile> profile = parseBytes(readFixture(path));
    if (!profile)
        qFatal("%s: %s", qPrintable(path), profile.error().message.c_str());
    return std::move(*profile);
}

/// "name calls self/total", indented by depth; "=" before what is exact, "~" before what is a guess.
std::string dumpEstimate(const Profile& profile, const CallTree& tree)
{
    const TreeEstimate& estimate = *tree.estimate();
    std::string text;
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        text.append(tree.depth(n) - 1, ' ');
        if (tree.kind(n) == NodeKind::Folded)
            text += "(" + std::to_string(estimate.foldedCount[i]) + " smaller)";
        else if (tree.kind(n) == NodeKind::Unattributed)
            text += "(unattributed)";
        else
            text += profile.frames.name(tree.frame(n));
        char numbers[100];
        std::snprintf(numbers, sizeof numbers, " %s%.4g %.3f/%s%.3f\n", estimate.callsExact[i] ? "=" : "~",
                      estimate.calls[i], tree.self(kTime, n), estimate.exact[i] ? "=" : "~", tree.total(kTime, n));
        text += numbers;
    }
    return text;
}

/// The first promise of estimate_tree.h that a tree breaks; empty if it keeps all.
QString brokenPromise(const Profile& profile, const CallTree& tree)
{
    const TreeEstimate& estimate = *tree.estimate();
    const CallGraph& graph = profile.arcs;
    const Components components = stronglyConnectedComponents(graph);
    const double total = std::max(0.0, graph.functions().totalSelf);
    if (tree.total(kTime, NodeId{0}) != total)
        return QStringLiteral("the root is %1, not %2").arg(tree.total(kTime, NodeId{0})).arg(total);
    std::map<std::pair<std::uint32_t, std::uint32_t>, const Edge*> edgeOf;
    for (const Edge& e : graph.edges())
        edgeOf[{e.caller.value, e.callee.value}] = &e;
    std::map<const Edge*, double> calls;
    double sum = 0;
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
        const NodeId n{i};
        const QString where = QStringLiteral("node %1: ").arg(i);
        const double time = tree.total(kTime, n);
        sum += tree.self(kTime, n);
        if (!std::isfinite(time) || !std::isfinite(estimate.calls[i]) || !(tree.self(kTime, n) >= 0))
            return where + "a number is negative or not finite";
        if (!(0 <= estimate.lo[i] && estimate.lo[i] <= estimate.hi[i] * (1 + 1e-9)))
            return where + QStringLiteral("interval %1 to %2").arg(estimate.lo[i]).arg(estimate.hi[i]);
        if (time > estimate.hi[i] * (1 + 1e-9) + 1e-12 * total)
            return where + QStringLiteral("%1 is above its bound %2").arg(time).arg(estimate.hi[i]);
        double last = time;
        bool hasSpecial = false;
        QString broken;
        tree.forEachChild(n, [&](NodeId child) {
            if (tree.kind(child) != NodeKind::Frame) {
                hasSpecial = true;
            } else if (hasSpecial || tree.total(kTime, child) > last) {
                broken = where + "children are not in order";
            } else {
                last = tree.total(kTime, child);
            }
        });
        if (!broken.isEmpty())
            return broken;
        const FrameId frame = tree.frame(n), caller = tree.frame(tree.parent(n));
        if (!frame || !caller)
            continue;
        const Edge* e = edgeOf.at({caller.value, frame.value});
        if (!components.recursive[caller.value])
            continue;
        calls[e] += estimate.calls[i];
        if (!graph.dialect().edgeCounts && time > e->total * (1 + 1e-6))
            return where + "exceeds its edge's total";
    }
    if (sum != total)
        return QStringLiteral("the selfs add up to %1, not %2").arg(sum, 0, 'g', 17).arg(total, 0, 'g', 17);
    for (const auto& [edge, count] : calls) {
        const auto all = double(edge->calls < 0 ? 1 : std::max(edge->calls, edge->primitiveCalls));
        if (count > all + 1e-6)
            return QStringLiteral("%1 calls of an edge that has %2").arg(count).arg(all);
    }
    return {};
}

} // namespace

class TestEstimateTree : public QObject
{
    Q_OBJECT

private slots:
    void examples_data();
    void examples();
    void promisesOnRandomArcs();
    void promisesOnFixtures_data();
    void promisesOnFixtures();
    void intervalsHoldForRecordedRuns();
    void withoutRecursionEdgesAreKept();
    void zoomKeepsNumbers_data() { promisesOnFixtures_data(); }
    void zoomKeepsNumbers();
    void nodeLimitFolds();
    void rootedAt();
    void deepChains_data();
    void deepChains();
    void cancel();
    void tableOnlyIsAnError();
};

void TestEstimateTree::examples_data()
{
    QTest::addColumn<QByteArray>("arcs");
    QTest::addColumn<QByteArray>("tree");           // "name calls self/total", "=" exact, "~" estimated
    QTest::newRow("one recursive function: fib(6)") // true calls by level: 1 2 4 8 8 2
        << QByteArray("fib 25/1 85.75 85.75\n fib>fib 24/2 80.5 80.5\ndisable 1/1 1.75 1.75\n")
        << QByteArray("fib =1 5.250/=85.750\n"
                      " fib =2 6.708/=80.500\n"
                      "  fib ~4 13.417/~73.792\n"
                      "   fib ~8 26.833/~60.375\n"
                      "    fib ~10 33.542/~33.542\n"
                      "disable =1 1.750/=1.750\n");
    QTest::newRow("a hub inside recursion: the dear visit gets the dear callees")
        << QByteArray("main 1/1 0 2\n main>cheap 1/1 0 0.2\n main>dear 1/1 0 1.8\n"
                      "cheap 1/1 0 0.2\n cheap>inner 2/2 0 0.2\ndear 1/1 0 1.8\n dear>inner 2/2 0 1.8\n"
                      "inner 4/4 0 2\n inner>fast 2/2 0.2 0.2\n inner>slow 2/2 1.8 1.8\n inner>inner 0/0 0 0\n"
                      "fast 2/2 0.2 0.2\nslow 2/2 1.8 1.8\n")
        << QByteArray("main =1 0.000/=2.000\n"
                      " dear =1 0.000/=1.800\n"
                      "  inner =2 0.000/=1.800\n"
                      "   slow ~2 1.800/~1.800\n"
                      " cheap =1 0.000/=0.200\n"
                      "  inner =2 0.000/=0.200\n"
                      "   fast ~1 0.200/~0.200\n");
    QTest::newRow("no recursion: everything is exact but what two callers share")
        << QByteArray("main 1/1 1 10\n main>a 2/2 1 4\n main>b 1/1 2 5\na 2/2 1 4\n a>c 2/2 3 3\nb 1/1 2 5\n"
                      " b>c 3/3 3 3\nc 5/5 6 6\n")
        << QByteArray("main =1 1.000/=10.000\n"
                      " b =1 2.000/=5.000\n"
                      "  c =3 3.000/=3.000\n"
                      " a =2 1.000/=4.000\n"
                      "  c =2 3.000/=3.000\n");
    QTest::newRow("time that no entry explains")
        << QByteArray("a 1/1 2 2\nlost 1/1 3 3\n a>lost 1/1 0 0\nb>lost 1/1 0 3\n")
        << QByteArray("b =1 0.000/=3.000\n lost =1 3.000/=3.000\na =1 2.000/=2.000\n");
    QTest::newRow("all zero") << QByteArray("a 1/1 0 0\nb 1/1 0 0\n a>b 1/1 0 0\n") << QByteArray();
}

void TestEstimateTree::examples()
{
    QFETCH(QByteArray, arcs);
    const Profile profile = fromArcs(arcs.toStdString());
    const EstimatedTreePtr tree = estimateOf(profile);
    QCOMPARE(brokenPromise(profile, tree->tree()), QString());
    QTEST(QByteArray::fromStdString(dumpEstimate(profile, tree->tree())), "tree");
}

void TestEstimateTree::promisesOnRandomArcs()
{
    for (unsigned seed = 1; seed <= 400; ++seed) {
        const Profile profile = randomArcs(seed);
        if (profile.origin != TreeOrigin::Estimated)
            continue;
        for (const double cut : {1.0 / 20'000, 0.01, 0.0}) {
            const EstimatedTreePtr tree = estimateOf(profile, {.cutFraction = cut, .nodeLimit = 3000});
            const QString broken = brokenPromise(profile, tree->tree());
            QVERIFY2(broken.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(broken)));
        }
    }
}

void TestEstimateTree::promisesOnFixtures_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& folder : {QStringLiteral("pstats/"), QStringLiteral("tree-truth/")}) {
        for (const QString& name : fixtureNames(folder, {"*.prof", "*.pstats"})) {
            if (name != "tiny-empty-dict.prof" && name != "tiny-nosubcalls.prof" && name != "tiny-only-disable.prof")
                QTest::newRow(qPrintable(name)) << folder + name;
        }
    }
}

void TestEstimateTree::promisesOnFixtures()
{
    QFETCH(QString, path);
    const Profile profile = loadFixture(path);
    const EstimatedTreePtr tree = estimateOf(profile);
    QCOMPARE(brokenPromise(profile, tree->tree()), QString());
    const EstimatedTreePtr again = estimateOf(profile);
    QCOMPARE(dumpEstimate(profile, again->tree()), dumpEstimate(profile, tree->tree()));
    const ArcDialect& dialect = profile.arcs.dialect();
    if (dialect.callsUnknown || dialect.edgesLossy || dialect.sampled) {
        for (std::uint32_t i = 1; i < tree->tree().size(); ++i)
            QVERIFY(!tree->tree().estimate()->exact[i] || tree->tree().estimate()->calls[i] == 1);
    }
}

void TestEstimateTree::intervalsHoldForRecordedRuns()
{
    for (unsigned seed = 1; seed <= 300; ++seed) {
        const RecordedRun run = randomRun(seed);
        if (run.profile.origin != TreeOrigin::Estimated)
            continue;
        const EstimatedTreePtr estimated = estimateOf(run.profile, {.cutFraction = 0, .nodeLimit = 2000});
        const CallTree& tree = estimated->tree();
        QCOMPARE(brokenPromise(run.profile, tree), QString());
        for (std::uint32_t i = 1; i < tree.size(); ++i) {
            if (tree.kind(NodeId{i}) != NodeKind::Frame)
                continue;
            std::vector<std::uint32_t> path;
            for (const NodeId step : pathTo(tree, NodeId{i}))
                path.push_back(tree.frame(step).value);
            const auto found = run.pathTotal.find(path);
            const double truth = found == run.pathTotal.end() ? 0 : found->second;
            const double lo = tree.estimate()->lo[i], hi = tree.estimate()->hi[i];
            QVERIFY2(lo - 1e-6 <= truth && truth <= hi + 1e-6,
                     qPrintable(QStringLiteral("seed %1, node %2: %3 is not in [%4, %5]")
                                    .arg(seed)
                                    .arg(i)
                                    .arg(truth)
                                    .arg(lo)
                                    .arg(hi)));
        }
    }
}

void TestEstimateTree::withoutRecursionEdgesAreKept()
{
    const Profile profile = fromArcs("main 1/1 1 20\n main>a 2/2 1 9\n main>b 1/1 2 10\na 2/2 1 9\n a>c 2/2 3 8\n"
                                     "b 1/1 2 10\n b>c 3/3 3 8\nc 5/5 6 16\n c>d 9/9 4 4\n c>e 1/1 6 6\nd 9/9 4 4\n"
                                     "e 1/1 6 6\n");
    const CallTree tree = estimateOf(profile)->tree();
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> sums;
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        sums[{tree.frame(tree.parent(n)).value, tree.frame(n).value}] += tree.total(kTime, n);
    }
    for (const Edge& e : profile.arcs.edges())
        QVERIFY(std::abs(sums[std::pair(e.caller.value, e.callee.value)] - e.total) < 1e-12);
}

void TestEstimateTree::zoomKeepsNumbers()
{
    QFETCH(QString, path);
    const Profile profile = loadFixture(path);
    const EstimatedTreePtr base = estimateOf(profile, {.cutFraction = 0.002, .nodeLimit = 60'000});
    const CallTree& before = base->tree();
    for (std::uint32_t z = 0; z < before.size(); z += 1 + before.size() / 6) {
        const EstimatedTreePtr closer = zoomed(base, NodeId{z});
        const CallTree& after = closer->tree();
        QCOMPARE(brokenPromise(profile, after), QString());
        QVERIFY(after.size() >= before.size());
        for (std::uint32_t i = 0; i < before.size(); ++i) {
            const NodeId n{i};
            if (before.kind(n) != NodeKind::Frame)
                continue;
            const NodeId same = samePlace(before, n, after);
            QCOMPARE(after.depth(same), before.depth(n));
            QCOMPARE(after.total(kTime, same), before.total(kTime, n));
            QCOMPARE(after.estimate()->lo[same.value], before.estimate()->lo[i]);
            QCOMPARE(samePlace(after, same, before).value, i);
        }
        const EstimatedTreePtr again = zoomed(base, NodeId{z});
        QCOMPARE(dumpEstimate(profile, again->tree()), dumpEstimate(profile, after));
    }
}

void TestEstimateTree::nodeLimitFolds()
{
    const Profile profile = loadFixture(QStringLiteral("pstats/large-pytest.prof"));
    const EstimatedTreePtr small = estimateOf(profile, {.cutFraction = 1.0 / 20'000, .nodeLimit = 100});
    const CallTree& tree = small->tree();
    QCOMPARE(brokenPromise(profile, tree), QString());
    std::uint32_t frames = 0;
    for (std::uint32_t i = 1; i < tree.size(); ++i)
        frames += tree.kind(NodeId{i}) == NodeKind::Frame;
    QVERIFY(frames >= 100 && frames < 200);
    NodeId folded;
    for (std::uint32_t i = tree.size(); i-- > 1 && !folded;) {
        if (tree.kind(NodeId{i}) == NodeKind::Folded)
            folded = NodeId{i};
    }
    QVERIFY(folded);
    QVERIFY(zoomed(small, folded)->tree().size() > tree.size()); // a folded node opens its parent
}

void TestEstimateTree::rootedAt()
{
    const Profile profile = loadFixture(QStringLiteral("tree-truth/pytest-run.prof"));
    const EstimatedTreePtr base = estimateOf(profile);
    const FunctionTable& table = profile.arcs.functions();
    for (std::uint32_t f = 0; f < table.size(); f += 37) {
        Progress progress;
        const Result<EstimatedTreePtr> rooted = base->rootedAt(FrameId{f}, progress);
        QVERIFY2(rooted, describe(rooted));
        const CallTree& tree = (*rooted)->tree();
        QCOMPARE(tree.total(kTime, NodeId{0}), table.total[f]);
        if (table.total[f] == 0)
            continue;
        QCOMPARE(tree.frame(NodeId{1}), FrameId{f});
        QCOMPARE(tree.subtreeEnd(NodeId{1}).value, tree.size());
        QVERIFY(tree.estimate()->exact[1]);
        QCOMPARE(tree.estimate()->calls[1], double(table.primitiveCalls[f]));
    }
}

void TestEstimateTree::deepChains_data()
{
    QTest::addColumn<bool>("cycle");
    QTest::newRow("100,000 functions, one calling the next") << false;
    QTest::newRow("the same, the last calling the first") << true;
}

void TestEstimateTree::deepChains()
{
    QFETCH(bool, cycle);
    constexpr std::uint32_t kDepth = 100'000;
    ProfileBuilder builder = arcBuilder();
    std::vector<FrameId> frames;
    for (std::uint32_t i = 0; i < kDepth; ++i) {
        frames.push_back(builder.internFrame("f" + std::to_string(i)));
        builder.addFunction(frames[i], {cycle ? 3 : 1, 1, i + 1 == kDepth ? 1.0 : 0.0, 1.0});
        if (i > 0)
            builder.addEdge(frames[i - 1], frames[i], {cycle ? 3 : 1, 1, i + 1 == kDepth ? 1.0 : 0.0, 1.0});
    }
    if (cycle)
        builder.addEdge(frames.back(), frames.front(), {2, 1, 0.0, 1.0});
    const Profile profile = std::move(builder).build();
    const EstimatedTreePtr tree = estimateOf(profile, {.cutFraction = 1.0 / 20'000, .nodeLimit = 60'000});
    QCOMPARE(tree->tree().maxDepth(), 60'001u); // the last one is folded
    QCOMPARE(tree->tree().total(kTime, NodeId{60'000}), 1.0);
    const EstimatedTreePtr closer = zoomed(tree, NodeId{60'001});
    QCOMPARE(closer->tree().maxDepth(), cycle ? 120'001u : kDepth);
}

void TestEstimateTree::cancel()
{
    const Profile profile = loadFixture(QStringLiteral("pstats/large-pytest.prof"));
    Progress progress;
    progress.cancel();
    const Result<EstimatedTreePtr> tree = estimateTree(profile, {}, progress);
    QVERIFY(!tree);
    QCOMPARE(tree.error().kind, ErrorKind::Cancelled);
}

void TestEstimateTree::tableOnlyIsAnError()
{
    const Profile profile = loadFixture(QStringLiteral("pstats/tiny-nosubcalls.prof"));
    Progress progress;
    const Result<EstimatedTreePtr> tree = estimateTree(profile, {}, progress);
    QVERIFY(!tree);
    QCOMPARE(tree.error().kind, ErrorKind::NoData);
}

QTEST_APPLESS_MAIN(TestEstimateTree)
#include "tst_estimate_tree.moc"
