// SPDX-License-Identifier: GPL-3.0-or-later
// speedscope files against what speedscope's own importer makes of them, profile by profile: totals, frames, both
// trees. How the fixtures were made: tests/fixtures/speedscope/README.md.
#include "model/function_table.h"
#include "model/lanes.h"
#include "model/text_dump.h"
#include "model/time_order.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace sundial;
using namespace sundial::test;

class TestSpeedscope : public QObject
{
    Q_OBJECT

private slots:
    void group_data() { addFixtures(); }
    void group();
    void frames_data() { addFixtures(); }
    void frames();
    void leftHeavyTree_data() { addFixtures(); }
    void leftHeavyTree();
    void timeOrderTree_data() { addFixtures(); }
    void timeOrderTree();
    void linesFoldIntoFunctions();
    void metrics();
    void framesAfterProfilesAndSpace();
    void eventsOfChangingShape_data();
    void eventsOfChangingShape();
    void malformed_data();
    void malformed();
    void badProfileLeavesTheOthers();
    void isDetectedByItsFrames();
    void isNotClaimed_data();
    void isNotClaimed();
    void truncated_data() { addFixtures(); }
    void truncated();
    void cancel();

private:
    static void addFixtures();
};

namespace
{

Result<Profile> read(const QByteArray& bytes, bool byLine = true)
{
    Progress progress;
    return parseAny({viewOf(bytes), "unknown"}, {.byLine = byLine}, progress);
}

Profile load(const QString& name, bool byLine = true)
{
    Result<Profile> profile = read(readFixture("speedscope/" + name), byLine);
    if (!profile)
        qFatal("%s: %s", qPrintable(name), profile.error().message.c_str());
    return std::move(*profile);
}

QJsonArray expectedProfiles(const QString& name)
{
    return readFixtureJson("speedscope/" + name + ".expected.json")["profiles"].toArray();
}

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

bool isClose(double value, const QJsonValue& expected)
{
    return std::abs(value - expected.toDouble()) <= 1e-9 * std::abs(expected.toDouble()) + 1e-12;
}

/// Frames of a lane in the order of their first sample, outer frames first.
std::vector<FrameId> framesInOrder(const Profile& profile, const Lane& lane)
{
    std::vector<FrameId> order;
    std::vector<bool> isSeen(profile.frames.size(), false);
    for (std::uint64_t i = lane.firstSample; i < lane.endSample; ++i) {
        for (const NodeId n : pathTo(profile.tree, NodeId{profile.samples.node[i]})) {
            const FrameId frame = profile.tree.frame(n);
            if (!isSeen[frame.value])
                order.push_back(frame);
            isSeen[frame.value] = true;
        }
    }
    return order;
}

struct Box {
    std::uint32_t depth;
    FrameId frame;
    double self, total;
};

/// A lane's tree in pre-order, larger children first, without the nodes of other lanes.
std::vector<Box> leftHeavy(const Profile& profile, std::uint32_t lane)
{
    const CallTree tree = laneTree(profile, LaneId{lane});
    const MetricId metric = profile.lanes[lane].metric;
    std::vector<std::uint64_t> firstSample(tree.size(), UINT64_MAX); // siblings with equal totals keep their order
    for (std::uint64_t i = profile.lanes[lane].firstSample; i < profile.lanes[lane].endSample; ++i) {
        for (NodeId n{profile.samples.node[i]}; n.value != 0 && firstSample[n.value] == UINT64_MAX; n = tree.parent(n))
            firstSample[n.value] = i;
    }
    std::vector<Box> boxes;
    std::vector<NodeId> open{NodeId{0}};
    while (!open.empty()) {
        const NodeId n = open.back();
        open.pop_back();
        if (n.value != 0)
            boxes.push_back({tree.depth(n) - 1, tree.frame(n), tree.self(metric, n), tree.total(metric, n)});
        std::vector<NodeId> children;
        tree.forEachChild(n, [&](NodeId child) {
            if (firstSample[child.value] != UINT64_MAX)
                children.push_back(child);
        });
        std::sort(children.begin(), children.end(), [&](NodeId a, NodeId b) {
            return std::pair(-tree.total(metric, a), firstSample[a.value]) <
                   std::pair(-tree.total(metric, b), firstSample[b.value]);
        });
        open.insert(open.end(), children.rbegin(), children.rend());
    }
    return boxes;
}

/// A lane's boxes in time order, as a tree in pre-order.
std::vector<Box> timeOrder(const Profile& profile, std::uint32_t lane)
{
    const TimeOrder order(profile, LaneId{lane});
    struct Placed {
        std::uint32_t first, depth;
        Box box;
    };
    std::vector<Placed> placed;
    for (std::uint32_t depth = 0; depth < order.rows().size(); ++depth) {
        const TimeRow& row = order.rows()[depth];
        for (std::size_t b = 0; b < row.size(); ++b) {
            Box box{depth, profile.tree.frame(NodeId{row.node[b]}), 0, 0};
            for (std::uint32_t i = row.first[b]; i < row.end[b]; ++i) {
                const std::uint64_t sample = profile.lanes[lane].firstSample + i;
                box.total += profile.samples.weight[sample];
                if (profile.samples.node[sample] == row.node[b])
                    box.self += profile.samples.weight[sample];
            }
            placed.push_back({row.first[b], depth, box});
        }
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::pair(a.first, a.depth) < std::pair(b.first, b.depth);
    });
    std::vector<Box> boxes;
    for (const Placed& p : placed)
        boxes.push_back(p.box);
    return boxes;
}

void compareTree(const Profile& profile, const std::vector<Box>& boxes, const QJsonObject& expected)
{
    QCOMPARE(qint64(boxes.size()), expected["nodes"].toInteger());
    std::uint32_t deepest = 0;
    for (const Box& box : boxes)
        deepest = std::max(deepest, box.depth + 1);
    QCOMPARE(qint64(deepest), expected["max_depth"].toInteger());
    const QJsonArray rows = expected["preorder"].toArray();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QJsonArray row = rows[i].toArray();
        const Box& box = boxes[std::size_t(i)];
        QCOMPARE(qint64(box.depth), row[0].toInteger());
        QCOMPARE(text(profile.frames.name(box.frame)), row[1].toString());
        QVERIFY2(isClose(box.self, row[2]), qPrintable(QString::number(i)));
        QVERIFY2(isClose(box.total, row[3]), qPrintable(QString::number(i)));
    }
}

} // namespace

void TestSpeedscope::addFixtures()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : fixtureNames("speedscope", {"*.speedscope.json"}))
        QTest::newRow(qPrintable(name)) << name;
}

void TestSpeedscope::group()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonObject expected = readFixtureJson("speedscope/" + name + ".expected.json");
    const QJsonArray profiles = expected["profiles"].toArray();
    QCOMPARE(text(profile.name), expected["group"].toString());
    QCOMPARE(text(validate(profile)), QString());
    QVERIFY(profile.warnings.empty());
    QCOMPARE(qsizetype(profile.lanes.size()), profiles.size());
    for (std::uint32_t i = 0; i < profile.lanes.size(); ++i) {
        const QJsonObject one = profiles[i].toObject();
        const Lane& lane = profile.lanes[i];
        const Metric& metric = profile.metrics[lane.metric.value];
        QCOMPARE(text(lane.name), one["name"].toString());
        QCOMPARE(text(unitName(metric.unit)), one["unit"].toString());
        QVERIFY(isClose(lane.total, one["total_weight"]));
        const CallTree tree = laneTree(profile, LaneId{i});
        QVERIFY(isClose(tree.total(lane.metric, NodeId{0}), one["total_weight"]));
        QVERIFY(isClose(tree.total(lane.metric, NodeId{0}) - tree.self(lane.metric, NodeId{0}),
                        one["total_non_idle_weight"]));
    }
}

void TestSpeedscope::frames()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonArray profiles = expectedProfiles(name);
    for (std::uint32_t i = 0; i < profile.lanes.size(); ++i) {
        const Lane& lane = profile.lanes[i];
        const FunctionTable table = functionTable(laneTree(profile, LaneId{i}), lane.metric, profile.frames.size());
        const std::vector<FrameId> order = framesInOrder(profile, lane);
        const QJsonArray rows = profiles[i].toObject()["frames"].toArray();
        QCOMPARE(qsizetype(order.size()), rows.size());
        for (qsizetype r = 0; r < rows.size(); ++r) {
            const QJsonArray row = rows[r].toArray();
            const FrameId frame = order[std::size_t(r)];
            QCOMPARE(text(profile.frames.name(frame)), row[0].toString());
            QCOMPARE(text(profile.frames.file(frame)), row[1].toString());
            QCOMPARE(qint64(profile.frames.line(frame)), row[2].toInteger());
            QVERIFY(isClose(table.self[frame.value], row[4]));
            QVERIFY(isClose(table.total[frame.value], row[5]));
        }
    }
}

void TestSpeedscope::leftHeavyTree()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonArray profiles = expectedProfiles(name);
    for (std::uint32_t i = 0; i < profile.lanes.size(); ++i)
        compareTree(profile, leftHeavy(profile, i), profiles[i].toObject()["left_heavy_tree"].toObject());
}

void TestSpeedscope::timeOrderTree()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonArray profiles = expectedProfiles(name);
    for (std::uint32_t i = 0; i < profile.lanes.size(); ++i)
        compareTree(profile, timeOrder(profile, i), profiles[i].toObject()["time_order_tree"].toObject());
}

void TestSpeedscope::linesFoldIntoFunctions()
{
    const Profile byLine = load("pyspy-main.speedscope.json", true);
    const Profile byFunction = load("pyspy-main.speedscope.json", false);
    QCOMPARE(byFunction.total(MetricId{0}), byLine.total(MetricId{0}));
    std::map<std::pair<QString, QString>, double> self;
    const FunctionTable lines = functionTable(byLine, MetricId{0});
    for (std::uint32_t f = 0; f < lines.size(); ++f)
        self[{text(byLine.frames.name(FrameId{f})), text(byLine.frames.file(FrameId{f}))}] += lines.self[f];
    const FunctionTable functions = functionTable(byFunction, MetricId{0});
    QCOMPARE(std::size_t(functions.size()), self.size());
    QVERIFY(functions.size() < lines.size());
    for (std::uint32_t f = 0; f < functions.size(); ++f) {
        const FrameId frame{f};
        QCOMPARE(byFunction.frames.line(frame), 0u);
        const double expected = self[{text(byFunction.frames.name(frame)), text(byFunction.frames.file(frame))}];
        QVERIFY(std::abs(functions.self[f] - expected) < 1e-9);
    }
    // pyinstrument tells where a function is defined: equal names on two lines are two functions.
    const Profile twoLines = load("frames-same-name.speedscope.json", false);
    QVERIFY(twoLines.frames.line(FrameId{0}) > 0);
    // Two entries that are equal in all parts are one function, and two frames.
    QVERIFY(load("frames-duplicate.speedscope.json", false).frames.size() <
            load("frames-duplicate.speedscope.json", true).frames.size());
}

void TestSpeedscope::metrics()
{
    const Profile profile = load("many-profiles.speedscope.json");
    QCOMPARE(profile.metrics.size(), 3u);
    const auto metric = [&](std::size_t i) { return text(profile.metrics[i].id); };
    QCOMPARE(metric(0), "time");
    QCOMPARE(metric(1), "time-milliseconds");
    QCOMPARE(metric(2), "bytes");
    QCOMPARE(profile.total(MetricId{0}), 1.5);
    QCOMPARE(profile.total(MetricId{1}), 8.0);
    QCOMPARE(profile.total(MetricId{2}), 64.0);
    QCOMPARE(text(profile.producer), "hand 1");
}

void TestSpeedscope::framesAfterProfilesAndSpace()
{
    const QByteArray spaced =
        "{ \"profiles\" : [ { \"weights\":[ 1 , 2e0,\t0.5 ],\n\"samples\" :[ [ 0 , 1 ] , [0,1 ],[ ]],"
        "\"unit\":\"none\",\"name\":\"\\u0070\\ud83d\\ude42\\n\",\"type\":\"sampled\" } ] ,"
        "\"shared\":{\"frames\":[{\"name\":\"a\"},{\"name\":\"b\"}]},"
        "\"$schema\":\"https://www.speedscope.app/file-format-schema.json\" } \n";
    const Result<Profile> profile = read(spaced);
    QVERIFY2(profile, describe(profile));
    QCOMPARE(text(dumpTree(*profile, profile->tree)), "a 0/3\n b 3/3\n");
    QCOMPARE(profile->total(MetricId{0}), 3.5);
    QCOMPARE(text(profile->lanes[0].name), QStringLiteral("p🙂\n"));
}

void TestSpeedscope::eventsOfChangingShape_data()
{
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("tree"); // or the error
    const QByteArray tree("a 1/4\n b 3/3\n");
    QTest::newRow("one shape") << QByteArray(
                                      "{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"O\",\"frame\":1,\"at\":1},"
                                      "{\"type\":\"C\",\"frame\":1,\"at\":4},{\"type\":\"C\",\"frame\":0,\"at\":4}")
                               << tree;
    QTest::newRow("fractions and exponents")
        << QByteArray("{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"O\",\"frame\":1,\"at\":1},"
                      "{\"type\":\"C\",\"frame\":1,\"at\":2.5},{\"type\":\"O\",\"frame\":1,\"at\":25e-1},"
                      "{\"type\":\"C\",\"frame\":1,\"at\":4.0000000000000000000},{\"type\":\"C\",\"frame\":0,\"at\":4}")
        << tree;
    QTest::newRow("other order, space and members")
        << QByteArray("{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"O\",\"frame\":1,\"at\":1},"
                      "{\"at\":4,\"type\":\"C\",\"frame\":1} ,\n{\"type\":\"C\", \"frame\":0,\"at\":4,\"x\":[{}]}")
        << tree;
    QTest::newRow("a type in the middle that is unknown")
        << QByteArray("{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"O\",\"frame\":1,\"at\":1},"
                      "{\"type\":\"Open\",\"frame\":1,\"at\":2},{\"type\":\"C\",\"frame\":1,\"at\":4},"
                      "{\"type\":\"C\",\"frame\":0,\"at\":4}")
        << tree;
    QTest::newRow("no comma") << QByteArray(
                                     "{\"type\":\"O\",\"frame\":0,\"at\":0}{\"type\":\"C\",\"frame\":0,\"at\":4}")
                              << QByteArray("This is not valid JSON");
    QTest::newRow("no comma later") << QByteArray(
                                           "{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"O\",\"frame\":1,\"at\":1}"
                                           "{\"type\":\"C\",\"frame\":1,\"at\":4}")
                                    << QByteArray("This is not valid JSON");
    QTest::newRow("a member cut off")
        << QByteArray("{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"O\",\"frame\":1,\"at\":1},"
                      "{\"type\":\"C\",\"frame\":1,\"at\":4.5x}")
        << QByteArray("This is not valid JSON");
    QTest::newRow("a number cut by a line break")
        << QByteArray("{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"C\",\"frame\":0,\"at\":4.\n}")
        << QByteArray("This is not valid JSON: a line break at line 1, column ");
    QTest::newRow("a frame that is no number")
        << QByteArray("{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"O\",\"frame\":1,\"at\":1},"
                      "{\"type\":\"C\",\"frame\":\"b\",\"at\":4}")
        << QByteArray("Profile 1, event 3: a frame is not a number.");
}

void TestSpeedscope::eventsOfChangingShape()
{
    QFETCH(QByteArray, events);
    QFETCH(QByteArray, tree);
    const Result<Profile> profile =
        read("{\"profiles\":[{\"type\":\"evented\",\"name\":\"p\",\"unit\":\"none\",\"startValue\":0,\"endValue\":4,"
             "\"events\":[" +
             events + "]}],\"shared\":{\"frames\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}");
    if (tree.endsWith('\n')) {
        QVERIFY2(profile, describe(profile));
        QCOMPARE(QByteArray::fromStdString(dumpTree(*profile, profile->tree)), tree);
    } else {
        QVERIFY(!profile);
        QVERIFY2(QByteArray::fromStdString(profile.error().message).startsWith(tree), describe(profile));
    }
}

void TestSpeedscope::malformed_data()
{
    QTest::addColumn<int>("kind"); // -1: it opens
    QTest::addColumn<QString>("message");
    const auto fails = [](const char* name, ErrorKind kind, const char* message) {
        QTest::newRow(name) << int(kind) << message;
    };
    const auto opens = [](const char* name, const char* warning) { QTest::newRow(name) << -1 << warning; };
    using enum ErrorKind;
    fails("empty.speedscope.json", NoData, "The file is empty.");
    fails("zeros.speedscope.json", UnknownFormat, "");
    fails("truncated.speedscope.json", Truncated, "The JSON ends too early (line 1, column 187).");
    fails("not-json.speedscope.json", UnknownFormat, "");
    fails("array.speedscope.json", Malformed, "This JSON is not a speedscope file: its top level is not an object.");
    fails("no-schema.speedscope.json", NoData, "The file holds no profiles.");
    fails("other-json.json", UnknownFormat, "it looks like JSON of another kind.");
    fails("no-profiles.speedscope.json", Malformed, "The file has no 'profiles'.");
    fails("no-shared.speedscope.json", Malformed, "The file has no 'shared.frames'.");
    fails("profiles-empty.speedscope.json", NoData, "The file holds no profiles.");
    fails("unknown-type.speedscope.json", Malformed, "Profile 1 has the unknown type 'flame'.");
    fails("frame-out-of-range.speedscope.json", Malformed, "Profile 1, sample 1: frame 7 does not exist (2 frames).");
    fails("frame-negative.speedscope.json", Malformed, "Profile 1, sample 1: frame -1 does not exist.");
    fails("frame-fraction.speedscope.json", Malformed, "Profile 1, sample 1: frame 0.5 is not a whole number.");
    fails("event-frame-out-of-range.speedscope.json", Malformed,
          "Profile 1, event 1: frame 9 does not exist (2 frames).");
    fails("weights-short.speedscope.json", Malformed, "Profile 1 has 2 samples but 1 weight.");
    fails("weight-negative.speedscope.json", Malformed, "Profile 1, sample 1: the weight is negative.");
    fails("weight-nan.speedscope.json", Malformed, "This is not valid JSON: 'NaN' at line 1, column ");
    fails("weight-null.speedscope.json", Malformed, "Profile 1, sample 1: the weight is not a number.");
    fails("weight-string.speedscope.json", Malformed, "Profile 1, sample 1: the weight is not a number.");
    fails("weight-huge.speedscope.json", Malformed, "Profile 1, sample 1: the weight is infinite.");
    fails("close-wrong-frame.speedscope.json", Malformed, "Profile 1, event 3: 'a' is closed while 'b' is open.");
    fails("close-without-open.speedscope.json", Malformed, "Profile 1, event 1: 'a' is closed but was never opened.");
    opens("never-closed.speedscope.json", "Profile 1: 1 frame was never closed; closed at the end (10).");
    fails("time-goes-back.speedscope.json", Malformed, "Profile 1, event 2: time goes back from 5 to 3.");
    opens("event-type-unknown.speedscope.json", "Profile 1: 1 event of unknown type 'X' ignored.");
    fails("at-missing.speedscope.json", Malformed, "Profile 1, event 1 has no time.");
    opens("active-index-out-of-range.speedscope.json",
          "The file asks for profile index 5 of 1; the first one is shown.");
    opens("unknown-unit.speedscope.json",
          "Profile 1 has the unknown unit 'parsecs'; its numbers stand without a unit.");
    opens("frame-without-name.speedscope.json", "");
    opens("end-before-start.speedscope.json", "");
    fails("deep-json.speedscope.json", Malformed, "The JSON is nested too deep.");
    fails("duplicate-keys.speedscope.json", NoData, "The file holds no profiles.");
    opens("latin1.speedscope.json", "");
    opens("utf16-no-bom.speedscope.json", "");
}

void TestSpeedscope::malformed()
{
    QFETCH(int, kind);
    QFETCH(QString, message);
    const QByteArray name = QTest::currentDataTag();
    Progress progress;
    const Result<Profile> result =
        parseAny({viewOf(readFixture(QStringLiteral("malformed/speedscope/") + name)), viewOf(name)}, {}, progress);
    if (kind < 0) {
        QVERIFY2(result, describe(result));
        QCOMPARE(result->warnings.empty() ? QString() : text(result->warnings.front()), message);
        return;
    }
    QVERIFY(!result);
    QCOMPARE(int(result.error().kind), kind);
    QVERIFY2(text(result.error().message).contains(message), result.error().message.c_str());
    QVERIFY(!result.error().cure.empty());
}

void TestSpeedscope::badProfileLeavesTheOthers()
{
    const QByteArray bytes =
        "{\"profiles\":[{\"type\":\"sampled\",\"name\":\"bad\",\"unit\":\"none\",\"samples\":[[0,1],[1]],\"weights\":["
        "1,-1]},"
        "{\"type\":\"sampled\",\"name\":\"beyond\",\"unit\":\"none\",\"samples\":[[1],[0,5]],\"weights\":[1,2]},"
        "{\"type\":\"sampled\",\"name\":\"good\",\"unit\":\"none\",\"samples\":[[0]],\"weights\":[4]}],"
        "\"shared\":{\"frames\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}";
    const Result<Profile> profile = read(bytes);
    QVERIFY2(profile, describe(profile));
    QCOMPARE(text(validate(*profile)), QString());
    QCOMPARE(text(dumpTree(*profile, profile->tree)), "a 4/4\n");
    QCOMPARE(profile->lanes.size(), 1u);
    QCOMPARE(text(profile->lanes[0].name), "good");
    QCOMPARE(profile->frames.size(), 1u);
    QCOMPARE(profile->warnings.size(), 2u);
    QCOMPARE(text(profile->warnings[0]), "Profile 1, sample 2: the weight is negative.");
    QCOMPARE(text(profile->warnings[1]), "Profile 2, sample 2: frame 5 does not exist (2 frames).");
}

void TestSpeedscope::isDetectedByItsFrames()
{
    // No schema, and the frames are longer than what detection sees.
    QByteArray bytes(R"({ "version": "0.0.1", "shared": { "frames": [)");
    for (int i = 0; i < 500; ++i)
        bytes += R"({"name": "a function", "line": 12},)";
    bytes += R"({"name": "last"}] }, "profiles": []})";
    const Format* const format = detect(viewOf(bytes), "unknown");
    QVERIFY(format);
    QCOMPARE(text(format->id), "speedscope");
}

void TestSpeedscope::isNotClaimed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("package.json") << QByteArray("{\"name\": \"x\", \"version\": \"1\"}");
    QTest::newRow("trace events") << QByteArray("{\"traceEvents\": [{\"ph\": \"X\", \"name\": \"f\"}]}");
    QTest::newRow("Python") << QByteArray("profiles = {\"sampled\": []}\n");
    QTest::newRow("cpuprofile") << QByteArray("{\"nodes\": [], \"samples\": [], \"timeDeltas\": []}");
}

void TestSpeedscope::isNotClaimed()
{
    QFETCH(QByteArray, bytes);
    const Format* const format = detect(viewOf(bytes), "unknown");
    QVERIFY(!format || format->id != "speedscope");
}

void TestSpeedscope::truncated()
{
    QFETCH(QString, name);
    const QByteArray bytes = readFixture("speedscope/" + name);
    for (int i = 0; i < 64; ++i) {
        const Result<Profile> result = parseBytes(bytes.left(bytes.size() * i / 64), findFormat("speedscope"));
        QVERIFY(!result);
        QVERIFY(!result.error().message.empty());
    }
}

void TestSpeedscope::cancel()
{
    Progress progress;
    progress.cancel();
    const QByteArray bytes = readFixture("speedscope/pyspy-main.speedscope.json");
    const Result<Profile> result = parseAny({viewOf(bytes), {}}, {}, progress);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

QTEST_APPLESS_MAIN(TestSpeedscope)
#include "tst_speedscope.moc"
