// SPDX-License-Identifier: GPL-3.0-or-later
// Stacks written and read again: what was in the model before is in it after.
#include "model/collapsed_text.h"
#include "model/function_table.h"
#include "model/lanes.h"
#include "model/speedscope_text.h"
#include "model/text_dump.h"
#include "model/time_order.h"
#include "tests/support/files.h"
#include "tests/support/generate.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace sundial;
using namespace sundial::test;

class TestStackText : public QObject
{
    Q_OBJECT

private slots:
    void speedscope_data();
    void speedscope();
    void speedscopeFromAggregates_data();
    void speedscopeFromAggregates();
    void startsBecomeEvents();
    void oddNames();
    void collapsed_data() { speedscopeFromAggregates_data(); }
    void collapsed();
    void speedscopeOfOneLane();
};

namespace
{

Profile read(std::string_view bytes)
{
    Progress progress;
    Result<Profile> profile = parseAny({bytes, "unknown"}, {.byLine = true}, progress);
    if (!profile)
        qFatal("%s", profile.error().message.c_str());
    if (const std::string broken = validate(*profile); !broken.empty())
        qFatal("%s", broken.c_str());
    return std::move(*profile);
}

Profile load(const QString& path)
{
    return read(viewOf(readFixture(path)));
}

std::vector<LaneId> allLanes(const Profile& profile)
{
    std::vector<LaneId> lanes;
    for (std::uint32_t i = 0; i < profile.lanes.size(); ++i)
        lanes.push_back({i});
    return lanes;
}

/// Self and total of each function, by label.
std::map<std::string, std::pair<double, double>> functions(const Profile& profile, MetricId metric)
{
    std::map<std::string, std::pair<double, double>> byLabel;
    const FunctionTable table = functionTable(profile, metric);
    for (std::uint32_t f = 0; f < table.size(); ++f) {
        auto& [self, total] = byLabel[frameLabel(profile.frames, FrameId{f})];
        self += table.self[f];
        total += table.total[f];
    }
    return byLabel;
}

bool isClose(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)) + 1e-12;
}

} // namespace

void TestStackText::speedscope_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& name : fixtureNames("speedscope", {"*.speedscope.json"}))
        QTest::newRow(qPrintable(name)) << "speedscope/" + name;
    for (const QString& name : fixtureNames("collapsed", {"austin-[wc]*.austin"}))
        QTest::newRow(qPrintable(name)) << "collapsed/" + name;
}

void TestStackText::speedscope()
{
    QFETCH(QString, path);
    const Profile before = load(path);
    const Profile after = read(speedscopeText(before, allLanes(before), "test 1"));
    QVERIFY(after.warnings.empty());
    QCOMPARE(after.producer, std::string("test 1"));
    QCOMPARE(after.lanes.size(), before.lanes.size());
    QCOMPARE(after.frames.size(), before.frames.size());
    QCOMPARE(after.tree.size(), before.tree.size());
    for (std::uint32_t i = 0; i < before.lanes.size(); ++i) {
        const LaneId id{i};
        const Lane& lane = before.lanes[i];
        QCOMPARE(after.lanes[i].name, lane.name);
        QCOMPARE(int(after.metrics[after.lanes[i].metric.value].unit), int(before.metrics[lane.metric.value].unit));
        QVERIFY(isClose(after.lanes[i].total, lane.total));
        const TimeOrder boxesBefore(before, id), boxesAfter(after, id);
        QCOMPARE(boxesAfter.boxCount(), boxesBefore.boxCount());
        for (std::size_t depth = 0; depth < boxesBefore.rows().size(); ++depth) {
            const TimeRow& b = boxesBefore.rows()[depth];
            const TimeRow& a = boxesAfter.rows()[depth];
            for (std::size_t box = 0; box < b.size(); ++box) {
                QCOMPARE(frameLabel(after.frames, after.tree.frame(NodeId{a.node[box]})),
                         frameLabel(before.frames, before.tree.frame(NodeId{b.node[box]})));
                QVERIFY(isClose(boxesAfter.startOf(a, box), boxesBefore.startOf(b, box)));
                QVERIFY(isClose(boxesAfter.endOf(a, box), boxesBefore.endOf(b, box)));
            }
        }
    }
}

void TestStackText::speedscopeFromAggregates_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& name : fixtureNames("collapsed", {"*.folded", "pyspy*.txt", "shop*.txt"})) {
        if (name != "one-frame.folded" &&
            name != "zero-counts.folded") // unclaimed without a name; nodes without weight
            QTest::newRow(qPrintable(name)) << "collapsed/" + name;
    }
}

void TestStackText::speedscopeFromAggregates()
{
    QFETCH(QString, path);
    const Profile before = load(path);
    for (std::uint32_t m = 0; m < before.metrics.size(); ++m) {
        const Profile after = read(speedscopeText(before, before.tree, MetricId{m}, "test"));
        QCOMPARE(after.total(MetricId{0}), before.total(MetricId{m}));
        auto expected = functions(before, MetricId{m});
        std::erase_if(expected, [](const auto& entry) { return entry.second.second == 0; }); // not before, or not after
        QCOMPARE(functions(after, MetricId{0}), expected);
    }
}

void TestStackText::startsBecomeEvents()
{
    ProfileBuilder builder({{"time", "Time", Unit::Microseconds, NumberKind::Exact, {}}});
    builder.setTimeOrder();
    const std::uint32_t a = builder.child(0, builder.internFrame("a"));
    const std::uint32_t b = builder.child(a, builder.internFrame("b"));
    for (const auto& [node, start, weight] : {std::tuple(a, 5.0, 1.0), {b, 6.0, 2.0}, {b, 10.0, 1.0}})
        builder.addSampleAt(node, weight, start);
    const Profile before = std::move(builder).build();
    const Profile after = read(speedscopeText(before, allLanes(before), "test"));
    QCOMPARE(dumpTree(after, after.tree), dumpTree(before, before.tree));
    const TimeOrder order(after, LaneId{0});
    QCOMPARE(order.boxCount(), 4u);
    QCOMPARE(order.startOf(order.rows()[1], 1), 10.0);
    QVERIFY(!order.nodeAt(0, 9));
}

void TestStackText::oddNames()
{
    ProfileBuilder builder({{"samples", "Samples", Unit::Samples, NumberKind::Sampled, {}}});
    const std::string_view names[] = {"quote\" back\\ slash", "line\nend\ttab\x01", "größe 🙂", ""};
    for (const std::string_view name : names)
        builder.addSample(builder.child(0, builder.internFrame(name)), 1);
    builder.addSample(builder.child(0, builder.internFrame("caf\xe9 \xed\xa0\x80")), 1);
    const Profile before = std::move(builder).build();
    const Profile after = read(speedscopeText(before, before.tree, MetricId{0}, "test"));
    for (std::uint32_t f = 0; f < std::size(names); ++f)
        QCOMPARE(std::string(after.frames.name(FrameId{f})), std::string(names[f]));
    QCOMPARE(std::string(after.frames.name(FrameId{4})), std::string("caf\ufffd \ufffd"));
}

void TestStackText::collapsed()
{
    QFETCH(QString, path);
    const Profile before = load(path);
    for (std::uint32_t m = 0; m < before.metrics.size(); ++m) {
        const std::string text = collapsedText(before.tree, MetricId{m}, before.frames);
        const Profile after = read(text);
        QCOMPARE(after.total(MetricId{0}), before.total(MetricId{m}));
        auto expected = functions(before, MetricId{m});
        std::erase_if(expected, [](const auto& entry) { return entry.second.second == 0; });
        QCOMPARE(functions(after, MetricId{0}), expected);
        QCOMPARE(collapsedText(after.tree, MetricId{0}, after.frames), text);
    }
}

void TestStackText::speedscopeOfOneLane()
{
    const Profile before = load("speedscope/pyspy-threads.speedscope.json");
    const LaneId lane{2};
    const Profile after = read(speedscopeText(before, {&lane, 1}, "test"));
    QCOMPARE(after.lanes.size(), 1u);
    QCOMPARE(after.lanes[0].name, before.lanes[2].name);
    QVERIFY(isClose(after.total(MetricId{0}), before.lanes[2].total));
}

QTEST_APPLESS_MAIN(TestStackText)
#include "tst_stack_text.moc"
