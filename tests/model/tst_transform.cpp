// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of the filter pipeline and the bottom-up trees: small cases as text, and what must hold of any tree.
#include "model/function_table.h"
#include "model/invert.h"
#include "model/text_dump.h"
#include "model/transform.h"
#include "tests/support/generate.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace sundial;
using namespace sundial::test;

class TestTransform : public QObject
{
    Q_OBJECT

private slots:
    void steps_data();
    void steps();
    void collapse();
    void invertKeepsSelf();
    void invertStopsAtDepth();
    void sandwichHoldsTheTotal();
    void focusAndIgnoreShareTheTotal();
    void hiddenFramesAreGone();
    void foldedStacksHaveNoFrameTwice();
    void deepRecursion();
};

namespace
{

constexpr MetricId kTime{0};
constexpr unsigned kSeeds = 30;

FrameId frameNamed(const Profile& profile, std::string_view name)
{
    for (std::uint32_t f = 0; f < profile.frames.size(); ++f) {
        if (profile.frames.name(FrameId{f}) == name)
            return FrameId{f};
    }
    return {};
}

FrameSet only(FrameId frame)
{
    FrameSet frames(frame.value + 1, false);
    frames[frame.value] = true;
    return frames;
}

double totalOf(const CallTree& tree)
{
    return tree.total(kTime, NodeId{0});
}

} // namespace

void TestTransform::steps_data()
{
    QTest::addColumn<QByteArray>("stacks");
    QTest::addColumn<QByteArray>("step"); // on the function f
    QTest::addColumn<QByteArray>("tree"); // "name self/total", indented by depth
    const auto row = [](const char* name, const char* step, const char* stacks, const char* tree) {
        QTest::newRow(name) << QByteArray(stacks) << QByteArray(step) << QByteArray(tree);
    };
    row("focus", "focus", "a;f;b 1\na;c 2\nf 4\nd 8\na;f;f 16\n", "a 0/17\n f 0/17\n  f 16/16\n  b 1/1\nf 4/4\n");
    row("ignore", "ignore", "a;f;b 1\na;c 2\nf 4\na 8\n", "a 8/10\n c 2/2\n");
    row("hide joins siblings", "hide", "a;f;b 1\na;b 2\na;f 4\nf;a 8\n", "a 12/15\n b 3/3\n");
    row("below joins siblings", "below", "a;f;b 1\na;c;d 2\na;f;f;c 4\na;h;c 8\nf;a 16\na;h;f;h 32\n",
        "a 37/47\n c 8/10\n  d 2/2\n");
    row("show from", "from", "a;f;b 1\nc;f;f 2\nd 4\n", "f 0/3\n f 2/2\n b 1/1\n");
    row("recursion", "fold", "f;a;f;b 1\nf;f 2\nf;a 4\n", "f 2/7\n a 4/5\n  b 1/1\n");
    row("invert", "invert", "a;f 1\nb;f 2\nf 4\na 8\n", "a 8/8\nf 4/7\n b 2/2\n a 1/1\n");
    row("callers", "callers", "a;f;x 1\nb;f;f 2\nf 4\nx 8\n", "f 4/7\n b 2/2\n a 1/1\n");
    row("callees", "callees", "a;f;x 1\nb;f;f 2\nf 4\nx 8\n", "f 4/7\n f 2/2\n x 1/1\n");
}

void TestTransform::steps()
{
    QFETCH(QByteArray, stacks);
    QFETCH(QByteArray, step);
    const Profile profile = fromStacks(stacks.toStdString());
    const FrameId f = frameNamed(profile, "f");
    const std::map<QByteArray, std::function<CallTree()>> steps{
        {"focus", [&] { return focusOn(profile.tree, only(f)); }},
        {"ignore", [&] { return ignore(profile.tree, only(f)); }},
        {"hide", [&] { return hide(profile.tree, only(f)); }},
        {"below", [&] { return hideBelow(profile.tree, only(f), only(frameNamed(profile, "h"))); }},
        {"from", [&] { return showFrom(profile.tree, only(f)); }},
        {"fold", [&] { return foldRecursion(profile.tree, profile.frames.size()); }},
        {"invert", [&] { return invert(profile.tree); }},
        {"callers", [&] { return callersOf(profile.tree, f); }},
        {"callees", [&] { return calleesOf(profile.tree, f); }}};
    QTEST(QByteArray::fromStdString(dumpTree(profile, steps.at(step)())), "tree");
}

void TestTransform::collapse()
{
    const Profile profile = fromStacks("a;m1;m2;b 1\na;m2 2\na;m1;m3;m1 4\nm1;n1;m1 8\n");
    std::vector<std::uint32_t> groupOf;
    for (std::uint32_t f = 0; f < profile.frames.size(); ++f)
        groupOf.push_back(profile.frames.name(FrameId{f}).starts_with('m') ? 0 : kNoGroup);
    QCOMPARE(QByteArray::fromStdString(dumpTree(profile, collapseGroups(profile.tree, groupOf))),
             QByteArray("m1 0/8\n n1 0/8\n  m1 8/8\na 0/7\n m1 4/5\n  b 1/1\n m2 2/2\n"));
}

void TestTransform::invertKeepsSelf()
{
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
        const Profile profile = randomPaths(seed);
        const CallTree tree = invert(profile.tree);
        const FunctionTable table = functionTable(profile, kTime);
        std::vector<double> self(table.size(), 0);
        tree.forEachChild(NodeId{0}, [&](NodeId n) { self[tree.frame(n).value] += tree.total(kTime, n); });
        QVERIFY2(self == table.self, qPrintable(QString::number(seed)));
        QCOMPARE(totalOf(tree), totalOf(profile.tree));
        // Twice inverted, stacks are as they were, but for calls that hold nothing.
        const CallTree twice = invert(tree);
        const FunctionTable again = functionTable(twice, kTime, profile.frames.size());
        QCOMPARE(totalOf(twice), totalOf(profile.tree));
        std::vector<double> outermost(table.size(), 0), outermostTwice(table.size(), 0);
        profile.tree.forEachChild(
            NodeId{0}, [&](NodeId n) { outermost[profile.tree.frame(n).value] += profile.tree.total(kTime, n); });
        twice.forEachChild(NodeId{0}, [&](NodeId n) { outermostTwice[twice.frame(n).value] += twice.total(kTime, n); });
        QVERIFY2(outermost == outermostTwice, qPrintable(QString::number(seed)));
        QVERIFY2(again.total == functionTable(profile, kTime).total, qPrintable(QString::number(seed)));
    }
}

void TestTransform::invertStopsAtDepth()
{
    const Profile profile = randomPaths(7);
    const CallTree tree = invert(profile.tree, 3);
    QCOMPARE(tree.maxDepth(), 3u);
    QCOMPARE(totalOf(tree), totalOf(profile.tree));
}

void TestTransform::sandwichHoldsTheTotal()
{
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
        const Profile profile = randomPaths(seed);
        const CallGraph graph = callGraph(profile, kTime);
        for (std::uint32_t f = 0; f < profile.frames.size(); f += 7) {
            const FrameId frame{f};
            const CallTree callers = callersOf(profile.tree, frame);
            const CallTree callees = calleesOf(profile.tree, frame);
            QVERIFY2(totalOf(callers) == graph.functions().total[f], qPrintable(QString::number(seed)));
            QVERIFY2(totalOf(callees) == graph.functions().total[f], qPrintable(QString::number(seed)));
            if (callees.size() > 1)
                QCOMPARE(callees.subtreeEnd(NodeId{1}).value, callees.size());
        }
    }
}

void TestTransform::focusAndIgnoreShareTheTotal()
{
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
        const Profile profile = randomPaths(seed);
        const FunctionTable table = functionTable(profile, kTime);
        for (std::uint32_t f = 0; f < table.size(); f += 5) {
            const CallTree with = focusOn(profile.tree, only(FrameId{f}));
            const CallTree without = ignore(profile.tree, only(FrameId{f}));
            QVERIFY2(totalOf(with) == table.total[f], qPrintable(QString::number(seed)));
            QVERIFY2(totalOf(with) + totalOf(without) == totalOf(profile.tree), qPrintable(QString::number(seed)));
            QVERIFY(!functionTable(without, kTime, profile.frames.size()).listed[f]);
        }
    }
}

void TestTransform::hiddenFramesAreGone()
{
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
        const Profile profile = randomPaths(seed);
        FrameSet frames(profile.frames.size(), false);
        for (std::uint32_t f = seed % 3; f < frames.size(); f += 3)
            frames[f] = true;
        const CallTree tree = hide(profile.tree, frames);
        QVERIFY2(totalOf(tree) == totalOf(profile.tree), qPrintable(QString::number(seed)));
        const FunctionTable before = functionTable(profile, kTime);
        const FunctionTable after = functionTable(tree, kTime, profile.frames.size());
        for (std::uint32_t f = 0; f < frames.size(); ++f) {
            QVERIFY(!(frames[f] && after.listed[f]));
            if (!frames[f]) // whoever stays keeps its stacks
                QVERIFY2(after.total[f] == before.total[f], qPrintable(QString::number(seed)));
        }
    }
}

void TestTransform::foldedStacksHaveNoFrameTwice()
{
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
        const Profile profile = randomPaths(seed, 300, 12, 25);
        const CallTree tree = foldRecursion(profile.tree, profile.frames.size());
        QVERIFY(tree.size() < profile.tree.size());
        for (std::uint32_t i = 1; i < tree.size(); ++i) {
            for (NodeId n = tree.parent(NodeId{i}); n.value != 0; n = tree.parent(n))
                QVERIFY2(!(tree.frame(n) == tree.frame(NodeId{i})), qPrintable(QString::number(seed)));
        }
        QVERIFY2(functionTable(tree, kTime, profile.frames.size()).total == functionTable(profile, kTime).total,
                 qPrintable(QString::number(seed)));
    }
}

void TestTransform::deepRecursion()
{
    ProfileBuilder builder({{"samples", "Samples", Unit::Samples, {}, {}}});
    const FrameId frame = builder.internFrame("f");
    std::uint32_t node = 0;
    for (int depth = 0; depth < 100'000; ++depth)
        node = builder.child(node, frame);
    builder.addSample(node, 3);
    const Profile profile = std::move(builder).build();
    QCOMPARE(foldRecursion(profile.tree, 1).size(), 2u);
    QCOMPARE(invert(profile.tree).maxDepth(), 100'000u);
    QCOMPARE(callersOf(profile.tree, frame).size(), 2u);
    QCOMPARE(totalOf(calleesOf(profile.tree, frame)), 3.0);
}

QTEST_APPLESS_MAIN(TestTransform)
#include "tst_transform.moc"
