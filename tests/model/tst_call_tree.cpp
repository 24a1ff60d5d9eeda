// SPDX-License-Identifier: GPL-3.0-or-later
// The model's core: building, depth-first columns, recursion counted once, derived graphs, components.
#include "model/text_dump.h"
#include "tests/support/generate.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace sundial;

class TestCallTree : public QObject
{
    Q_OBJECT

private slots:
    void build_data();
    void build();
    void functionTotals_data();
    void functionTotals();
    void edgeCountsEachStackOnce();
    void randomProfilesAreValid();
    void deepChainEnds();
    void components();
};

void TestCallTree::build_data()
{
    QTest::addColumn<QByteArray>("stacks");
    QTest::addColumn<QByteArray>("tree"); // "name self/total", indented by depth
    QTest::newRow("shared root") << QByteArray("a;b 2\na;c 1\n") << QByteArray("a 0/3\n b 2/2\n c 1/1\n");
    QTest::newRow("recursion") << QByteArray("f;f 1\n") << QByteArray("f 0/1\n f 1/1\n");
    QTest::newRow("larger child first") << QByteArray("a;b 1\na;c 5\n") << QByteArray("a 0/6\n c 5/5\n b 1/1\n");
    QTest::newRow("interleaved") << QByteArray("a;b 1\nx 1\na;b;c 2\n")
                                 << QByteArray("a 0/3\n b 1/3\n  c 2/2\nx 1/1\n");
}

void TestCallTree::build()
{
    QFETCH(QByteArray, stacks);
    const Profile profile = test::fromStacks(stacks.toStdString());
    QCOMPARE(QByteArray::fromStdString(validate(profile)), QByteArray());
    QTEST(QByteArray::fromStdString(dumpTree(profile, profile.tree)), "tree");
}

void TestCallTree::functionTotals_data()
{
    QTest::addColumn<QByteArray>("stacks");
    QTest::addColumn<double>("selfOfF");
    QTest::addColumn<double>("totalOfF");
    QTest::newRow("leaf") << QByteArray("a;f 2\n") << 2.0 << 2.0;
    QTest::newRow("direct recursion counts once") << QByteArray("f;f;f 3\nf 1\n") << 4.0 << 4.0;
    QTest::newRow("through another") << QByteArray("f;g;f 3\ng;f 1\n") << 4.0 << 4.0;
    QTest::newRow("two places") << QByteArray("a;f;x 1\nb;f 2\n") << 2.0 << 3.0;
}

void TestCallTree::functionTotals()
{
    QFETCH(QByteArray, stacks);
    const Profile profile = test::fromStacks(stacks.toStdString());
    const FunctionTable table = functionTable(profile, MetricId{0});
    for (std::uint32_t f = 0; f < table.size(); ++f) {
        if (profile.frames.name(FrameId{f}) != "f")
            continue;
        QTEST(table.self[f], "selfOfF");
        QTEST(table.total[f], "totalOfF");
    }
}

void TestCallTree::edgeCountsEachStackOnce()
{
    const Profile profile = test::fromStacks("a;b;a;b 3\na;b 1\nb;a 2\n");
    const CallGraph graph = callGraph(profile, MetricId{0});
    QCOMPARE(graph.edges().size(), 2u);
    QCOMPARE(graph.edge(EdgeId{0}).total, 4.0); // a → b stands twice in the first stack
    QCOMPARE(graph.edge(EdgeId{0}).self, 4.0);
    QCOMPARE(graph.edge(EdgeId{1}).total, 5.0);
    QCOMPARE(graph.callees(FrameId{0}).size(), 1u);
    QCOMPARE(graph.callers(FrameId{0}).size(), 1u);
}

void TestCallTree::randomProfilesAreValid()
{
    for (unsigned seed = 1; seed <= 50; ++seed) {
        const Profile profile = test::randomPaths(seed);
        const std::string broken = validate(profile);
        QVERIFY2(broken.empty(),
                 qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromStdString(broken))));
        const CallGraph graph = callGraph(profile, MetricId{0});
        const double total = profile.total(MetricId{0});
        QVERIFY2(std::abs(graph.functions().totalSelf - total) <= 1e-9 * total, qPrintable(QString::number(seed)));
        for (std::uint32_t f = 0; f < graph.functions().size(); ++f)
            QVERIFY2(graph.functions().total[f] <= total, qPrintable(QString::number(seed)));
        for (const Edge& e : graph.edges())
            QVERIFY2(e.total <= graph.functions().total[e.callee.value], qPrintable(QString::number(seed)));
    }
}

void TestCallTree::deepChainEnds()
{
    ProfileBuilder builder({{"samples", "Samples", Unit::Samples, {}, {}}});
    std::uint32_t node = 0;
    for (int depth = 0; depth < 100'000; ++depth)
        node = builder.child(node, builder.internFrame("f" + std::to_string(depth % 1000)));
    builder.addSample(node, 1);
    const Profile profile = std::move(builder).build();
    QCOMPARE(profile.tree.maxDepth(), 100'000u);
    QCOMPARE(callGraph(profile, MetricId{0}).functions().total[5], 1.0);
    const Components components = stronglyConnectedComponents(callGraph(profile, MetricId{0}));
    QCOMPARE(components.size.size(), 1u);
    QCOMPARE(components.size.front(), 1000u);
}

void TestCallTree::components()
{
    const Profile profile = test::fromStacks("main;a;b;a;c 1\nmain;d;d 1\nmain;e 1\n");
    const Components components = stronglyConnectedComponents(callGraph(profile, MetricId{0}));
    const auto recursive = [&](std::string_view name) {
        for (std::uint32_t f = 0; f < profile.frames.size(); ++f) {
            if (profile.frames.name(FrameId{f}) == name)
                return bool(components.recursive[f]);
        }
        return false;
    };
    QVERIFY(recursive("a") && recursive("b") && recursive("d"));
    QVERIFY(!recursive("main") && !recursive("c") && !recursive("e"));
    QCOMPARE(components.size.size(), 5u);
}

QTEST_APPLESS_MAIN(TestCallTree)
#include "tst_call_tree.moc"
