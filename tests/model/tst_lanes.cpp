// SPDX-License-Identifier: GPL-3.0-or-later
// Lanes and time: what a builder makes of alternating, removed and renamed parts; weights by lane and range; boxes in
// time order.
#include "model/lane_activity.h"
#include "model/lanes.h"
#include "model/stack_cursor.h"
#include "model/text_dump.h"
#include "model/time_order.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace sundial;

class TestLanes : public QObject
{
    Q_OBJECT

private slots:
    void lanesMayAlternate();
    void removedLaneLeavesNothing();
    void renamedFramesMerge();
    void cursorEqualsChildByChild();
    void lanesOfOtherMetrics();
    void ranges_data();
    void ranges();
    void rangesAddUp();
    void boxes();
    void callsAreBoxesOfTheirOwn();
    void gapsSeparateBoxes();
    void boxesNest();
    void filteredBoxesAddUp_data();
    void filteredBoxesAddUp();
    void activityAddsUp();
    void scaleOfAllLanes();
    void rangeOfAnAnalysis();
};

namespace
{

constexpr MetricId kTime{0};

QByteArray dump(const Profile& profile, const CallTree& tree, MetricId metric = kTime)
{
    return QByteArray::fromStdString(dumpTree(profile, tree, metric));
}

ProfileBuilder timeBuilder()
{
    ProfileBuilder builder({{"time", "Time", Unit::Milliseconds, NumberKind::Sampled, {}}});
    builder.setTimeOrder();
    return builder;
}

/// Adds a sample of a stack of one-letter functions.
void add(ProfileBuilder& builder, std::string_view stack, double weight)
{
    std::uint32_t node = 0;
    for (const char c : stack)
        node = builder.child(node, builder.internFrame({&c, 1}));
    builder.addSample(node, weight);
}

/// "name[start-end] …", one line a depth.
QByteArray dumpBoxes(const Profile& profile, const TimeOrder& order)
{
    QByteArray text;
    for (const TimeRow& row : order.rows()) {
        for (std::size_t b = 0; b < row.size(); ++b) {
            const std::string_view name = profile.frames.name(profile.tree.frame(NodeId{row.node[b]}));
            text += QByteArray(name.data(), qsizetype(name.size())) + '[' + QByteArray::number(order.startOf(row, b)) +
                    '-' + QByteArray::number(order.endOf(row, b)) + "] ";
        }
        text += '\n';
    }
    return text;
}

/// A random walk up and down a stack, as samples of one lane; zero weights and idle time among them.
Profile randomWalk(unsigned seed)
{
    std::mt19937 engine(seed);
    ProfileBuilder builder = timeBuilder();
    builder.addLane({.name = "walk", .startValue = 100});
    std::string stack;
    for (int i = 0; i < 400; ++i) {
        while (!stack.empty() && engine() % 3 != 0)
            stack.pop_back();
        for (unsigned deeper = unsigned(engine()) % 5; deeper > 0; --deeper)
            stack += char('a' + engine() % 4);
        add(builder, stack, double(engine() % 8));
    }
    return std::move(builder).build();
}

} // namespace

void TestLanes::lanesMayAlternate()
{
    ProfileBuilder builder = timeBuilder();
    const LaneId one = builder.addLane({.name = "one"});
    add(builder, "ab", 1);
    const LaneId two = builder.addLane({.name = "two"});
    add(builder, "ab", 2);
    builder.setLane(one);
    add(builder, "ac", 4);
    builder.setLane(two);
    add(builder, "a", 8);
    const Profile profile = std::move(builder).build();
    QCOMPARE(QByteArray::fromStdString(validate(profile)), QByteArray());
    QCOMPARE(dump(profile, laneTree(profile, one)), QByteArray("a 0/5\n c 4/4\n b 1/1\n"));
    QCOMPARE(dump(profile, laneTree(profile, two)), QByteArray("a 8/10\n b 2/2\n c 0/0\n"));
    QCOMPARE(profile.lanes[0].total, 5.0);
    const std::vector<LaneId> both{one, two};
    QCOMPARE(dump(profile, selectSamples(profile, both)), dump(profile, profile.tree));
}

void TestLanes::removedLaneLeavesNothing()
{
    ProfileBuilder builder = timeBuilder();
    const LaneId one = builder.addLane({.name = "one"});
    add(builder, "ab", 1);
    const LaneId two = builder.addLane({.name = "two"});
    add(builder, "xy", 2);
    builder.setLane(one);
    add(builder, "c", 4);
    builder.addLane({.name = "three"});
    add(builder, "d", 8);
    builder.removeLane(two);
    builder.dropUnsampledNodes();
    const Profile profile = std::move(builder).build();
    QCOMPARE(QByteArray::fromStdString(validate(profile)), QByteArray());
    QCOMPARE(dump(profile, profile.tree), QByteArray("d 8/8\nc 4/4\na 0/1\n b 1/1\n"));
    QCOMPARE(profile.lanes.size(), 2u);
    QCOMPARE(dump(profile, laneTree(profile, LaneId{1})), QByteArray("d 8/8\na 0/0\n b 0/0\nc 0/0\n"));
}

void TestLanes::renamedFramesMerge()
{
    ProfileBuilder builder = timeBuilder();
    add(builder, "ab", 1);
    add(builder, "ac", 2);
    add(builder, "acd", 4);
    const FrameId a = builder.internFrame("a"), b = builder.internFrame("b"), d = builder.internFrame("d");
    builder.renameFrames(std::vector<FrameId>{a, b, b, d}); // c is b
    const Profile merged = std::move(builder).build();
    QCOMPARE(QByteArray::fromStdString(validate(merged)), QByteArray());
    QCOMPARE(dump(merged, merged.tree), QByteArray("a 0/7\n b 3/7\n  d 4/4\n"));
    QCOMPARE(merged.samples.node[0], merged.samples.node[1]);
}

void TestLanes::cursorEqualsChildByChild()
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        std::mt19937 engine(seed);
        ProfileBuilder slow = timeBuilder(), fast = timeBuilder();
        StackCursor cursor(fast);
        std::vector<FrameId> stack;
        for (int i = 0; i < 500; ++i) {
            stack.resize(stack.size() - engine() % (stack.size() + 1));
            const std::size_t kept = std::min<std::size_t>(stack.size(), cursor.depth());
            cursor.popTo(kept); // all of the stack: what follows is pushed at once
            std::vector<FrameId> more(engine() % 6);
            for (FrameId& frame : more)
                frame = FrameId{std::uint32_t(engine() % 3)};
            stack.insert(stack.end(), more.begin(), more.end());
            cursor.push(more);
            QVERIFY2(slow.stack(stack) == cursor.node(), qPrintable(QString::number(seed)));
            QCOMPARE(cursor.depth(), stack.size());
        }
    }
}

void TestLanes::lanesOfOtherMetrics()
{
    ProfileBuilder builder = timeBuilder();
    const MetricId bytes = builder.addMetric({"bytes", "Bytes", Unit::Bytes, NumberKind::Exact, {}});
    builder.addLane({.name = "thread"});
    add(builder, "a", 1);
    builder.addLane({.name = "heap", .metric = bytes});
    add(builder, "ab", 64);
    const Profile profile = std::move(builder).build();
    QCOMPARE(dump(profile, profile.tree), QByteArray("a 1/1\n b 0/0\n"));
    QCOMPARE(dump(profile, profile.tree, bytes), QByteArray("a 0/64\n b 64/64\n"));
    QCOMPARE(profile.lanes[1].total, 64.0);
    QCOMPARE(dump(profile, laneTree(profile, LaneId{1}), kTime), QByteArray("a 0/0\n b 0/0\n"));
}

void TestLanes::ranges_data()
{
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("end");
    QTest::addColumn<QByteArray>("tree");
    QTest::newRow("all") << 0.0 << 100.0 << QByteArray("a 4/7\n b 3/3\n");
    QTest::newRow("nothing") << 50.0 << 60.0 << QByteArray("a 0/0\n b 0/0\n");
    QTest::newRow("whole samples") << 10.0 << 13.0 << QByteArray("a 0/3\n b 3/3\n");
    QTest::newRow("parts") << 12.0 << 14.5 << QByteArray("a 1.5/2.5\n b 1/1\n");
}

void TestLanes::ranges()
{
    QFETCH(double, begin);
    QFETCH(double, end);
    ProfileBuilder builder = timeBuilder();
    builder.addLane({.name = "thread", .startValue = 10});
    add(builder, "ab", 3);
    add(builder, "a", 4);
    const Profile profile = std::move(builder).build();
    const LaneId lane{0};
    const CallTree tree = selectSamples(profile, {&lane, 1}, TimeRange{begin, end});
    QTEST(dump(profile, tree), "tree");
    QCOMPARE(tree.topology().get(), profile.tree.topology().get()); // the same nodes
}

void TestLanes::rangesAddUp()
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const Profile profile = randomWalk(seed);
        const LaneId lane{0};
        const std::vector<double> starts = sampleStarts(profile, lane);
        const double cut = starts[starts.size() / 3] + 0.25;
        const CallTree before = selectSamples(profile, {&lane, 1}, TimeRange{starts.front(), cut});
        const CallTree after = selectSamples(profile, {&lane, 1}, TimeRange{cut, starts.back()});
        for (std::uint32_t n = 0; n < profile.tree.size(); ++n) {
            const double sum = before.total(kTime, NodeId{n}) + after.total(kTime, NodeId{n});
            QVERIFY2(std::abs(sum - profile.tree.total(kTime, NodeId{n})) < 1e-9, qPrintable(QString::number(seed)));
        }
    }
}

void TestLanes::boxes()
{
    ProfileBuilder builder = timeBuilder();
    for (const auto& [stack, weight] :
         {std::pair("ab", 1.0), {"abc", 2.0}, {"a", 1.0}, {"ab", 1.0}, {"", 5.0}, {"ab", 1.0}})
        add(builder, stack, weight);
    const Profile profile = std::move(builder).build();
    const TimeOrder order(profile, LaneId{0});
    QCOMPARE(dumpBoxes(profile, order), QByteArray("a[0-5] a[10-11] \nb[0-3] b[4-5] b[10-11] \nc[1-3] \n"));
    QCOMPARE(order.boxCount(), 6u);
    QCOMPARE(order.begin(), 0.0);
    QCOMPARE(order.end(), 11.0);
    const auto nameAt = [&](std::size_t depth, double time) {
        const NodeId n = order.nodeAt(depth, time);
        return n ? QByteArray::fromStdString(std::string(profile.frames.name(profile.tree.frame(n)))) : QByteArray();
    };
    QCOMPARE(nameAt(1, 2.5), QByteArray("b"));
    QCOMPARE(nameAt(1, 3), QByteArray());
    QCOMPARE(nameAt(0, 7), QByteArray());
    QCOMPARE(nameAt(0, 10), QByteArray("a"));
    QCOMPARE(nameAt(2, 1), QByteArray("c"));
    QCOMPARE(nameAt(9, 1), QByteArray());
}

void TestLanes::callsAreBoxesOfTheirOwn()
{
    ProfileBuilder builder = timeBuilder();
    const std::uint32_t a = builder.child(0, builder.internFrame("a"));
    const std::uint32_t b = builder.child(a, builder.internFrame("b"));
    builder.addLane({.name = "thread"});
    builder.addSamples({b, b, b}, {1, 2, 0}, {0, 1, 0}); // b is called again, then a without any time
    const Profile profile = std::move(builder).build();
    const TimeOrder order(profile, LaneId{0});
    QCOMPARE(dumpBoxes(profile, order), QByteArray("a[0-3] a[3-3] \nb[0-1] b[1-3] b[3-3] \n"));
}

void TestLanes::gapsSeparateBoxes()
{
    ProfileBuilder builder = timeBuilder();
    const std::uint32_t a = builder.child(0, builder.internFrame("a"));
    for (const auto& [start, weight] : {std::pair(5.0, 1.0), {6.0, 2.0}, {10.0, 1.0}})
        builder.addSampleAt(a, weight, start);
    const Profile profile = std::move(builder).build();
    const TimeOrder order(profile, LaneId{0});
    QCOMPARE(dumpBoxes(profile, order), QByteArray("a[5-8] a[10-11] \n"));
    QVERIFY(!order.nodeAt(0, 9));
}

void TestLanes::boxesNest()
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const Profile profile = randomWalk(seed);
        const TimeOrder order(profile, LaneId{0});
        std::vector<double> total(profile.tree.size(), 0);
        for (std::size_t depth = 0; depth < order.rows().size(); ++depth) {
            const TimeRow& row = order.rows()[depth];
            for (std::size_t b = 0; b < row.size(); ++b) {
                const NodeId n{row.node[b]};
                QVERIFY(row.first[b] < row.end[b]);
                QVERIFY(b == 0 || row.end[b - 1] <= row.first[b]);
                QCOMPARE(std::size_t(profile.tree.depth(n)), depth + 1);
                total[n.value] += order.endOf(row, b) - order.startOf(row, b);
                if (depth == 0)
                    continue;
                const TimeRow& outer = order.rows()[depth - 1]; // the box that it stands in
                const auto box = std::size_t(std::upper_bound(outer.first.begin(), outer.first.end(), row.first[b]) -
                                             outer.first.begin()) -
                                 1;
                QVERIFY2(outer.end[box] >= row.end[b] && outer.node[box] == profile.tree.parent(n).value,
                         qPrintable(QString::number(seed)));
            }
        }
        for (std::uint32_t n = 1; n < profile.tree.size(); ++n)
            QVERIFY2(std::abs(total[n] - profile.tree.total(kTime, NodeId{n})) < 1e-9,
                     qPrintable(QString::number(seed)));
    }
}

void TestLanes::filteredBoxesAddUp_data()
{
    QTest::addColumn<FilterKind>("kind");
    QTest::newRow("focus") << FilterKind::Focus;
    QTest::newRow("exclude") << FilterKind::Exclude;
    QTest::newRow("hide") << FilterKind::Hide;
    QTest::newRow("show from") << FilterKind::ShowFrom;
    QTest::newRow("collapse") << FilterKind::Collapse;
    QTest::newRow("fold recursion") << FilterKind::FoldRecursion;
}

void TestLanes::filteredBoxesAddUp()
{
    QFETCH(FilterKind, kind);
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const auto profile = std::make_shared<const Profile>(randomWalk(seed));
        const FrameId frame{kind == FilterKind::FoldRecursion ? UINT32_MAX : 1};
        const AnalysisOptions options{
            .filters = {{FilterKind::FoldRecursion, FilterScope::Function, {}}, {kind, FilterScope::Function, frame}}};
        Progress progress;
        const AnalysisPtr analysis = *analyse(profile, kTime, options, progress);
        const CallTree& tree = analysis->paths;
        const TimeOrder order(*profile, LaneId{0}, tree, analysis->pathOf);
        std::vector<double> total(tree.size(), 0);
        for (const TimeRow& row : order.rows()) {
            for (std::size_t b = 0; b < row.size(); ++b)
                total[row.node[b]] += order.endOf(row, b) - order.startOf(row, b);
        }
        for (std::uint32_t n = 1; n < tree.size(); ++n)
            QVERIFY2(std::abs(total[n] - tree.total(kTime, NodeId{n})) < 1e-9, qPrintable(QString::number(seed)));
    }
}

void TestLanes::activityAddsUp()
{
    const auto profile = std::make_shared<const Profile>(randomWalk(3));
    Progress progress;
    const AnalysisPtr analysis = *analyse(profile, kTime, progress);
    const TimeScale scale = timeScale(*profile, kTime);
    constexpr std::uint32_t kParts = 97;
    const LaneActivity activity = laneActivity(*analysis, LaneId{0}, scale, kParts);
    QCOMPARE(activity.first.size(), std::size_t(kParts) + 1);
    std::vector<double> self(profile->frames.size(), 0);
    for (std::uint32_t part = 0; part < kParts; ++part) {
        double busy = 0;
        for (std::uint32_t e = activity.first[part]; e < activity.first[part + 1]; ++e) {
            self[activity.entries[e].frame.value] += activity.entries[e].weight;
            busy += activity.entries[e].weight;
        }
        QVERIFY(busy <= scale.length() / kParts + 1e-9);
    }
    for (std::uint32_t f = 0; f < self.size(); ++f) {
        QVERIFY(std::abs(self[f] - analysis->functions().self[f]) < 1e-9);
        FrameSet frames(self.size(), false);
        frames[f] = true;
        double present = 0;
        for (const double part : lanePresence(*analysis, LaneId{0}, scale, kParts, frames))
            present += part;
        QVERIFY(std::abs(present - analysis->functions().total[f]) < 1e-9); // recursion counts once
    }
}

void TestLanes::scaleOfAllLanes()
{
    ProfileBuilder builder = timeBuilder();
    builder.addLane({.name = "second", .startValue = 5});
    add(builder, "a", 10);
    builder.addLane({.name = "Thread 7 \"MainThread\"", .startValue = 2});
    add(builder, "b", 4);
    builder.addLane({.name = "idle"});
    Profile profile = std::move(builder).build();
    const TimeScale scale = timeScale(profile, kTime);
    QCOMPARE(scale.lanes.size(), 2u); // one without any time has no place on it
    QCOMPARE(scale.begin, 2.0);
    QCOMPARE(scale.end, 15.0);
    QCOMPARE(lanesInOrder(profile).front().value, 1u);
    profile.samples.inTimeOrder = false;
    QVERIFY(timeScale(profile, kTime).isEmpty());
}

void TestLanes::rangeOfAnAnalysis()
{
    const auto profile = std::make_shared<const Profile>(randomWalk(5));
    const TimeScale scale = timeScale(*profile, kTime);
    const TimeRange range{scale.begin + scale.length() / 4, scale.begin + scale.length() / 2};
    Progress progress;
    const AnalysisPtr analysis = *analyse(profile, kTime, {.range = range}, progress);
    const LaneId lane{0};
    const CallTree expected = selectSamples(*profile, {&lane, 1}, range);
    QVERIFY(std::abs(analysis->total - scale.length() / 4) < 1e-9);
    double self = expected.self(kTime, NodeId{0});
    for (const double value : analysis->functions().self)
        self += value;
    QVERIFY(std::abs(self - analysis->total) < 1e-9);
    for (std::uint32_t n = 0; n < expected.size(); ++n)
        QCOMPARE(analysis->tree.total(kTime, NodeId{n}), expected.total(kTime, NodeId{n}));
}

QTEST_APPLESS_MAIN(TestLanes)
#include "tst_lanes.moc"
