// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of memray 1.1 to 1.20 against the numbers that memray itself reports for them, to the byte; cut and damaged
// ones against the sentences a reader gets. How the fixtures were made: tests/fixtures/memray/README.md.
#include "model/lanes.h"
#include "model/memory_range.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>
#include <array>
#include <map>

using namespace sundial;
using namespace sundial::test;

using Sum = std::pair<double, double>; // bytes, count

class TestMemray : public QObject
{
    Q_OBJECT

private slots:
    void stacks_data() { addFixtures(); }
    void stacks();
    void temporary_data() { addFixtures(); }
    void temporary();
    void statistics_data() { addFixtures(); }
    void statistics();
    void timeline_data() { addFixtures(); }
    void timeline();
    void ranges_data();
    void ranges();
    void rangesAddUp_data() { addFixtures(); }
    void rangesAddUp();
    void functionsOverTime_data() { addFixtures(); }
    void functionsOverTime();
    void allocatorsAddUp_data() { addFixtures(); }
    void allocatorsAddUp();
    void header();
    void aggregatedMetrics();
    void mergedLines();
    void endings_data();
    void endings();
    void refused_data();
    void refused();
    void damaged_data();
    void damaged();
    void truncated_data() { addFixtures(); }
    void truncated();
    void cancel();

private:
    static void addFixtures();
};

namespace
{

Result<Profile> parse(const QByteArray& bytes, std::uint32_t threshold = 1, bool byLine = true)
{
    Progress progress;
    ParseOptions options;
    options.byLine = byLine;
    options.temporaryThreshold = threshold;
    return parseAny({viewOf(bytes), "unknown"}, options, progress);
}

Profile load(const QString& name, std::uint32_t threshold = 1, bool byLine = true)
{
    Result<Profile> profile = parse(readFixture("memray/" + name + ".bin"), threshold, byLine);
    if (!profile)
        qFatal("%s: %s", qPrintable(name), profile.error().message.c_str());
    return std::move(*profile);
}

QJsonObject expectedOf(const QString& name)
{
    return readFixtureJson("memray/" + name + ".expected.json");
}

std::optional<MetricId> metric(const Profile& profile, std::string_view id)
{
    for (std::uint32_t m = 0; m < profile.metrics.size(); ++m) {
        if (profile.metrics[m].id == id)
            return MetricId{m};
    }
    return {};
}

MetricId bytesOf(const Profile& profile, const char* report)
{
    return metric(profile, std::string(report) + "-bytes").value();
}

/// The metric after it counts the same blocks.
Sum sumOf(const Profile& profile, MetricId bytes, NodeId node)
{
    return {profile.tree.self(bytes, node), profile.tree.self(MetricId{bytes.value + 1}, node)};
}

/// Where memray is known to name a wrong line: the line as it says.
using LineErrors = std::map<std::tuple<QString, QString, std::uint32_t>, std::uint32_t>;

LineErrors lineErrors(const QJsonObject& expected)
{
    LineErrors errors;
    for (const QJsonValue& row : expected["memray_wrong_lines"]["rows"].toArray())
        errors[{row[0].toString(), row[1].toString(), std::uint32_t(row[5].toInt())}] = std::uint32_t(row[4].toInt());
    return errors;
}

QString frameText(const Profile& profile, FrameId frame, const LineErrors& errors)
{
    const auto text = [](std::string_view view) { return QString::fromUtf8(view.data(), qsizetype(view.size())); };
    const FrameTable& frames = profile.frames;
    if (frames.kind(frame) == FrameKind::Other)
        return QStringLiteral("<no stack>");
    const QString name = text(frames.name(frame)), file = text(frames.file(frame));
    const auto wrong = errors.find({name, file, frames.line(frame)});
    const std::uint32_t line = wrong == errors.end() ? frames.line(frame) : wrong->second;
    return QStringLiteral("%1 (%2:%3)").arg(name, file).arg(line);
}

std::map<QString, Sum> stacksOf(const Profile& profile, MetricId bytes, const LineErrors& errors)
{
    std::map<QString, Sum> stacks;
    for (std::uint32_t n = 1; n < profile.tree.size(); ++n) {
        const Sum sum = sumOf(profile, bytes, NodeId{n});
        if (sum == Sum())
            continue;
        QStringList path;
        for (const NodeId step : pathTo(profile.tree, NodeId{n}))
            path.append(frameText(profile, profile.tree.frame(step), errors));
        Sum& all = stacks[path.join(';')];
        all = {all.first + sum.first, all.second + sum.second};
    }
    return stacks;
}

/// The lines of the expected files: biggest first, by bytes, then count, then text. With counts or without: memray's
/// counts of aggregated captures are known to be too low.
QStringList stackLines(const Profile& profile, MetricId bytes, const LineErrors& errors, bool withCount)
{
    const std::map<QString, Sum> stacks = stacksOf(profile, bytes, errors);
    std::vector<std::pair<QString, Sum>> sorted(stacks.begin(), stacks.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    QStringList lines;
    for (const auto& [stack, sum] : sorted)
        lines.append(stack + ' ' + QString::number(sum.first, 'f', 0) +
                     (withCount ? ' ' + QString::number(sum.second, 'f', 0) : QString()));
    return lines;
}

std::map<QString, Sum> lanesOf(const Profile& profile, MetricId bytes)
{
    std::map<QString, Sum> lanes;
    for (std::uint32_t lane = 0; lane < profile.lanes.size(); ++lane) {
        const CallTree tree = laneTree(profile, LaneId{lane});
        const Sum sum{tree.total(bytes, NodeId{0}), tree.total(MetricId{bytes.value + 1}, NodeId{0})};
        if (sum != Sum())
            lanes[QString::fromStdString(profile.lanes[lane].name)] = sum;
        if (bytes == MetricId{0} && profile.lanes[lane].total != sum.first)
            qFatal("%s: another total than its tree", profile.lanes[lane].name.c_str());
    }
    return lanes;
}

Sum sumIn(const QJsonObject& object)
{
    return {object["bytes"].toDouble(), object["count"].toDouble()};
}

/// A report's sums over all threads and by thread.
void compareSums(const Profile& profile, MetricId bytes, const QJsonObject& report, std::optional<double> count = {})
{
    Sum merged = sumIn(report["merged"].toObject());
    merged.second = count.value_or(merged.second);
    QCOMPARE(Sum(profile.total(bytes), profile.total(MetricId{bytes.value + 1})), merged);
    if (count)
        return;
    std::map<QString, Sum> threads;
    const QJsonObject byThread = report["by_thread"].toObject();
    for (auto it = byThread.begin(); it != byThread.end(); ++it)
        threads[it.key()] = sumIn(it->toObject());
    if (profile.lanes.size() > 1)
        QCOMPARE(lanesOf(profile, bytes), threads);
}

QString metaOf(const Profile& profile, std::string_view key)
{
    for (const auto& [name, value] : profile.meta) {
        if (name == key)
            return QString::fromStdString(value);
    }
    return {};
}

} // namespace

void TestMemray::addFixtures()
{
    QTest::addColumn<QString>("name");
    const QStringList files = fixtureNames("memray", {"*.expected.json"});
    QVERIFY(files.size() > 25);
    for (const QString& file : files) {
        const QString name = file.chopped(int(qstrlen(".expected.json")));
        QTest::newRow(qPrintable(name)) << name;
    }
}

void TestMemray::stacks()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    QCOMPARE(validate(profile), std::string());
    const QJsonObject expected = expectedOf(name);
    const QJsonObject exactCounts = expected["exact_counts_not_from_memray"].toObject();
    const std::pair<const char*, const char*> reports[] = {
        {"peak", "hwm"}, {"leaked", "leaks"}, {"temporary", "temporary_1"}};
    for (const auto& [report, key] : reports) {
        if (!expected.contains(key))
            continue;
        const QJsonObject values = expected[key].toObject();
        const MetricId bytes = bytesOf(profile, report);
        const bool isAggregated = !exactCounts.isEmpty();
        compareSums(profile, bytes, values,
                    isAggregated ? std::optional(exactCounts[key].toDouble()) : std::optional<double>());
        if (QTest::currentTestFailed())
            return;

        const LineErrors errors = lineErrors(expected);
        QStringList lines = stackLines(profile, bytes, errors, !isAggregated);
        QCOMPARE(int(lines.size()), values["n_stacks"].toInt());
        QStringList wanted;
        for (const QJsonValue& line : values["stacks"].toArray())
            wanted.append(isAggregated ? line.toString().section(' ', 0, -2) : line.toString());
        lines = lines.mid(0, wanted.size());
        if (isAggregated) { // ties are sorted by count there
            lines.sort();
            wanted.sort();
        }
        for (int i = 0; i < wanted.size(); ++i)
            QCOMPARE(lines[i], wanted[i]);
    }
}

void TestMemray::temporary()
{
    QFETCH(QString, name);
    const QJsonObject expected = expectedOf(name);
    for (const std::uint32_t threshold : {0u, 5u}) {
        const QString key = QStringLiteral("temporary_%1").arg(threshold);
        if (!expected.contains(key))
            continue;
        const Profile profile = load(name, threshold);
        compareSums(profile, bytesOf(profile, "temporary"), expected[key].toObject());
    }
}

void TestMemray::statistics()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonObject expected = expectedOf(name);
    const MemoryCapture& memory = *profile.memory;
    const QJsonObject metadata = expected["metadata"].toObject();
    QCOMPARE(double(memory.records), metadata["total_allocations"].toDouble());
    if (metadata.contains("peak_memory"))
        QCOMPARE(memory.peakBytes, metadata["peak_memory"].toDouble());
    const QJsonObject stats = expected["stats"].toObject();
    if (stats.isEmpty() || !memory.hasStatistics)
        return;
    const MemoryStatistics& statistics = memory.statistics;
    QCOMPARE(double(statistics.total.count), stats["total_num_allocations"].toDouble());
    QCOMPARE(double(statistics.total.bytes), stats["total_memory_allocated"].toDouble());
    QCOMPARE(profile.total(bytesOf(profile, "total")), stats["total_memory_allocated"].toDouble());
    QCOMPARE(memory.peakBytes, stats["peak_memory_allocated"].toDouble());
    QCOMPARE(double(statistics.distinctSizes), stats["n_distinct_sizes"].toDouble());

    QJsonArray histogram;
    for (const MemoryStatistics::Bin& bin : statistics.histogram)
        histogram.append(QJsonArray{double(bin.upperBound), double(bin.count)});
    if (stats["histogram_10_upper_bound_and_count"].isArray())
        QCOMPARE(histogram, stats["histogram_10_upper_bound_and_count"].toArray());

    QJsonObject allocators;
    for (const MemoryStatistics::Allocator& row : statistics.allocators)
        allocators[QString::fromStdString(row.name)] = double(row.total.count);
    QCOMPARE(allocators, stats["allocation_count_by_allocator"].toObject());

    const LineErrors errors = lineErrors(expected);
    const auto locations = [&](LocationOrder order) {
        QJsonArray rows;
        for (const std::uint32_t i : largestLocations(statistics, order, 10)) {
            const MemoryStatistics::Location& place = statistics.locations[i];
            const auto text = [&](StringId id) {
                const std::string_view view = profile.frames.strings().text(id);
                return QString::fromUtf8(view.data(), qsizetype(view.size()));
            };
            const auto wrong = errors.find({text(place.function), text(place.file), place.line});
            const QString label = QStringLiteral("%1:%2:%3")
                                      .arg(text(place.function), text(place.file))
                                      .arg(wrong == errors.end() ? place.line : wrong->second);
            rows.append(QJsonArray{place.function ? label : QStringLiteral("<unknown>:<unknown>:0"),
                                   double(order == LocationOrder::Bytes ? place.sum.bytes : place.sum.count)});
        }
        return rows;
    };
    if (errors.empty()) { // wrong lines also merge and split memray's locations
        QCOMPARE(locations(LocationOrder::Bytes), stats["top_locations_by_size"].toArray());
        QCOMPARE(locations(LocationOrder::Count), stats["top_locations_by_count"].toArray());
    }

    for (const QJsonValue& row : stats["top_modules_by_allocation_size"].toArray()) {
        const auto module =
            std::find_if(statistics.modules.begin(), statistics.modules.end(), [&](const MemoryStatistics::Module& m) {
                return QString::fromStdString(m.name) == row[0].toString();
            });
        QVERIFY2(module != statistics.modules.end(), qPrintable(row[0].toString()));
        QCOMPARE(double(module->sum.count), row[1].toDouble());
        QCOMPARE(double(module->sum.bytes), row[2].toDouble());
    }
}

void TestMemray::timeline()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const QJsonObject expected = expectedOf(name)["snapshots"].toObject();
    const MemoryTimeline& timeline = profile.memory->timeline;
    if (expected.isEmpty())
        return;
    QCOMPARE(int(timeline.size()), expected["n"].toInt());
    if (timeline.size() == 0)
        return;
    const auto row = [&](std::size_t i) {
        return QJsonArray{timeline.time[i], timeline.resident[i], timeline.heap[i]};
    };
    QCOMPARE(row(0), expected["first"][0].toArray());
    QCOMPARE(row(timeline.size() - 1), expected["last"][0].toArray());
    QCOMPARE(*std::max_element(timeline.resident.begin(), timeline.resident.end()), expected["max_rss"].toDouble());
    QCOMPARE(*std::max_element(timeline.heap.begin(), timeline.heap.end()), expected["max_heap"].toDouble());
}

void TestMemray::ranges_data()
{
    QTest::addColumn<unsigned>("from");
    QTest::addColumn<unsigned>("to");
    QTest::addColumn<QList<double>>("bytes"); // peak, leaked, temporary, total
    QTest::newRow("all") << 0u << 3u << QList<double>{750, 657, 20, 777};
    QTest::newRow("first interval") << 0u << 1u << QList<double>{150, 50, 20, 70};
    QTest::newRow("growth") << 1u << 2u << QList<double>{750, 700, 0, 700};
    QTest::newRow("mapping cut short") << 2u << 3u << QList<double>{750, 7, 0, 7};
    QTest::newRow("nothing") << 3u << 3u << QList<double>{657, 0, 0, 0};
}

/// Live at the measurements: A (100) · A, B (150) · B, D, F (750) · B, D without its first 100, F, E (657).
void TestMemray::ranges()
{
    QFETCH(unsigned, from);
    QFETCH(unsigned, to);
    QFETCH(QList<double>, bytes);
    QByteArray records("\x0c\1\0\0\0\0\0\0\0", 9);
    std::uint64_t pointer = 0;
    const auto varint = [&records](std::uint64_t value) {
        for (; value > 0x7f; value >>= 7)
            records += char((value & 0x7f) | 0x80);
        records += char(value);
    };
    const auto record = [&](char token, std::uint64_t address, std::optional<std::uint64_t> size = {}) {
        const std::uint64_t delta = (address >> 3) - pointer;
        pointer = address >> 3;
        records += token;
        varint(delta << 1 ^ (0 - (delta >> 63)));
        if (token == '\xf8')
            records += size ? '\x0e' : '\x0f'; // mmap
        if (size)
            varint(*size);
    };
    const auto unmap = [&](std::uint64_t address, std::uint64_t size) {
        record('\xf8', address);
        varint(size);
    };
    const auto measure = [&](char milliseconds) { records += QByteArray("\2\1") + milliseconds; };
    constexpr char kMalloc = '\xfe', kFree = '\xfd', kMap = '\xf8';
    record(kMalloc, 0x1000, 100); // A
    measure(10);
    record(kMalloc, 0x2000, 50); // B
    record(kMalloc, 0x3000, 20); // C
    record(kFree, 0x3000);
    measure(20);
    record(kMap, 0x10000, 600);   // D
    record(kMalloc, 0x4000, 100); // F
    record(kFree, 0x1000);
    measure(30);
    unmap(0x10000, 100);
    record(kMalloc, 0x5000, 7); // E
    measure(40);
    records += '\1';
    const Result<Profile> profile = parse(readFixture("memray/tiny.bin").left(0x156) + records);
    QVERIFY2(profile, describe(profile));
    QVERIFY(profile->warnings.empty());
    const CallTree tree = memoryRangeTree(*profile, {from, to});
    QList<double> found;
    for (const char* report : {"peak", "leaked", "temporary", "total"})
        found.append(tree.total(bytesOf(*profile, report), NodeId{0}));
    QCOMPARE(found, bytes);
}

/// For every fixture: what lives at a measurement is the heap there, thread by thread too, and the intervals together
/// are the whole.
void TestMemray::rangesAddUp()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    if (!profile.memory->index)
        return;
    const MemoryTimeline& timeline = profile.memory->timeline;
    const MetricId peak = bytesOf(profile, "peak"), total = bytesOf(profile, "total");
    double sum = 0;
    for (std::uint32_t i = 0; i < timeline.size(); ++i) {
        const CallTree at = memoryRangeTree(profile, {i, i});
        QCOMPARE(at.total(peak, NodeId{0}), timeline.heap[i]);
        double lanes = 0;
        for (std::uint32_t lane = 0; lane < profile.lanes.size(); ++lane)
            lanes += memoryRangeTree(profile, {i, i}, std::array{LaneId{lane}}).total(peak, NodeId{0});
        QCOMPARE(lanes, timeline.heap[i]);
        if (i > 0)
            sum += memoryRangeTree(profile, {i - 1, i}).total(total, NodeId{0});
    }
    if (timeline.size() > 0) {
        const auto last = std::uint32_t(timeline.size() - 1);
        QCOMPARE(memoryRangeTree(profile, {0, last}).total(total, NodeId{0}), sum);
    }
}

/// What a function's blocks come to at a measurement is what the tree of that moment has in its outermost nodes.
void TestMemray::functionsOverTime()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    if (!profile.memory->index)
        return;
    constexpr std::uint32_t kMostFrames = 40;
    const MetricId peak = bytesOf(profile, "peak");
    std::vector<CallTree> at;
    for (std::uint32_t i = 0; i < profile.memory->timeline.size(); ++i)
        at.push_back(memoryRangeTree(profile, {i, i}));
    for (std::uint32_t f = 0; f < std::min(profile.frames.size(), kMostFrames); ++f) {
        const std::vector<double> live = liveOverTime(profile, FrameId{f});
        QCOMPARE(live.size(), at.size());
        for (std::size_t i = 0; i < at.size(); ++i) {
            double expected = 0;
            for (std::uint32_t n = 1; n < at[i].size();) {
                const bool isIt = at[i].frame(NodeId{n}) == FrameId{f};
                expected += isIt ? at[i].total(peak, NodeId{n}) : 0;
                n = isIt ? at[i].subtreeEnd(NodeId{n}).value : n + 1;
            }
            QCOMPARE(live[i], expected);
        }
    }
}

void TestMemray::allocatorsAddUp()
{
    QFETCH(QString, name);
    const Profile profile = load(name);
    const auto& allocators = profile.memory->statistics.allocators;
    std::vector<std::vector<double>> sum(profile.metrics.size(), std::vector<double>(profile.tree.size()));
    for (std::uint32_t a = 0; a < allocators.size(); ++a) {
        const CallTree tree = memoryTree(profile, {}, a);
        for (std::uint32_t m = 0; m < profile.metrics.size(); ++m) {
            for (std::uint32_t n = 0; n < tree.size(); ++n)
                sum[m][n] += tree.self(MetricId{m}, NodeId{n});
        }
        const auto total = [&](const char* id) { return tree.total(metric(profile, id).value(), NodeId{0}); };
        QCOMPARE(total("peak-bytes"), double(allocators[a].peak.bytes));
        QCOMPARE(total("peak-count"), double(allocators[a].peak.count));
        QCOMPARE(total("leaked-bytes"), double(allocators[a].leaked.bytes));
        QCOMPARE(total("leaked-count"), double(allocators[a].leaked.count));
        if (profile.memory->hasStatistics) {
            QCOMPARE(total("total-bytes"), double(allocators[a].total.bytes));
            QCOMPARE(total("total-count"), double(allocators[a].total.count));
        }
        // By thread, too, it is the same.
        double byThread = 0;
        for (std::uint32_t lane = 0; lane < profile.lanes.size(); ++lane) {
            const LaneId id{lane};
            byThread += memoryTree(profile, {&id, 1}, a).total(bytesOf(profile, "peak"), NodeId{0});
        }
        QCOMPARE(byThread, total("peak-bytes"));
        if (!profile.memory->index || profile.memory->timeline.size() == 0)
            continue;
        const MemoryRange whole{0, std::uint32_t(profile.memory->timeline.size())};
        const MetricId all = metric(profile, "total-bytes").value();
        QVERIFY(memoryRangeTree(profile, whole, {}, a).total(all, NodeId{0}) <= total("total-bytes"));
    }
    for (std::uint32_t m = 0; m < profile.metrics.size(); ++m) {
        for (std::uint32_t n = 0; n < profile.tree.size(); ++n)
            QCOMPARE(sum[m][n], profile.tree.self(MetricId{m}, NodeId{n}));
    }
}

void TestMemray::header()
{
    const Profile profile = load("synthetic_objects");
    QCOMPARE(profile.formatId, std::string("memray"));
    QCOMPARE(metaOf(profile, "command_line"), QStringLiteral("synthetic --demo"));
    QCOMPARE(metaOf(profile, "python"), QStringLiteral("3.13"));
    QCOMPARE(metaOf(profile, "process"), QStringLiteral("4242"));
    QCOMPARE(metaOf(profile, "duration_ms"), QStringLiteral("2500"));
    QCOMPARE(metaOf(profile, "python_allocator"), QStringLiteral("mimalloc"));
    QCOMPARE(metaOf(profile, "native_traces"), QStringLiteral("yes"));
    QCOMPARE(metaOf(load("v7_leak"), "capture_format"), QStringLiteral("7"));
}

void TestMemray::aggregatedMetrics()
{
    const Profile profile = load("aggregate");
    QCOMPARE(profile.metrics.size(), std::size_t(4));
    QCOMPARE(profile.unavailable.size(), std::size_t(4));
    QCOMPARE(profile.unavailable.front().id, std::string("temporary-bytes"));
    QVERIFY(profile.unavailable.front().reason.find("--aggregate") != std::string::npos);
    QVERIFY(!profile.memory->hasStatistics);
    QVERIFY(load("plain").unavailable.empty());
}

/// Without the lines that ran, a function is one frame, at its definition.
void TestMemray::mergedLines()
{
    const Profile byLine = load("tiny"), merged = load("tiny", 1, false);
    const auto lines = [](const Profile& profile) {
        std::map<std::string, std::uint32_t> map;
        for (std::uint32_t f = 0; f < profile.frames.size(); ++f)
            map[std::string(profile.frames.name(FrameId{f}))] = profile.frames.line(FrameId{f});
        return map;
    };
    QCOMPARE(lines(byLine), (std::map<std::string, std::uint32_t>{{"<module>", 20}, {"work", 11}}));
    QCOMPARE(lines(merged), (std::map<std::string, std::uint32_t>{{"<module>", 1}, {"work", 10}}));
}

void TestMemray::endings_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("warning");
    QTest::newRow("complete") << "plain" << QString();
    QTest::newRow("format 7 has no trailer") << "v7_leak" << QString();
    QTest::newRow("killed") << "killed"
                            << "The program was killed or is still running: the capture has no end.";
    QTest::newRow("killed, buffered") << "killed_buffered"
                                      << "The program was killed or is still running: the capture has no end.";
    QTest::newRow("cut LZ4") << "truncated"
                             << "The capture is cut off after 28,196 allocation records; what followed is missing.";
    QTest::newRow("cut raw") << "truncated_raw"
                             << "The capture is cut off after 57 allocation records; what followed is missing.";
}

void TestMemray::endings()
{
    QFETCH(QString, name);
    QFETCH(QString, warning);
    const Profile profile = load(name);
    QCOMPARE(QString::fromStdString(profile.warnings.empty() ? std::string() : profile.warnings.front()), warning);
    QCOMPARE(profile.isPartial, !warning.isEmpty());
}

void TestMemray::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("message");
    const QByteArray tiny = readFixture("memray/tiny.bin");
    const auto patched = [&](int offset, const QByteArray& bytes) {
        QByteArray copy = tiny;
        return copy.replace(offset, bytes.size(), bytes);
    };
    QTest::newRow("empty") << readFixture("memray/killed_aggregate.bin") << int(ErrorKind::NoData)
                           << "The file is empty.";
    QTest::newRow("memray 1.0") << readFixture("memray/v6_unsupported.bin") << int(ErrorKind::Unsupported)
                                << "This capture was written by memray 1.0 (format 6). Sundial reads formats 7 to 13 "
                                   "(memray 1.1 and later).";
    QTest::newRow("newer") << patched(7, QByteArray("\x0e\0\0\0", 4)) << int(ErrorKind::Unsupported)
                           << "This capture was written by a newer memray (format 14) than this version of Sundial "
                              "knows (up to 13).";
    const QString foreign = "This capture seems to come from a 32-bit or big-endian machine; that is not supported.";
    QTest::newRow("big-endian") << patched(7, QByteArray("\0\0\0\x0d", 4)) << int(ErrorKind::Unsupported) << foreign;
    QTest::newRow("no version") << patched(7, "\xff\xff\xff\x7f") << int(ErrorKind::Malformed)
                                << "The capture is damaged: its format version makes no sense.";
    QTest::newRow("flag") << patched(15, "\x07") << int(ErrorKind::Unsupported) << foreign;
    QTest::newRow("year") << patched(0x21, QByteArray(8, '\1')) << int(ErrorKind::Unsupported) << foreign;
    QTest::newRow("contents") << patched(16, "\x02") << int(ErrorKind::Unsupported)
                              << "This capture was written by a newer memray than this version of Sundial knows "
                                 "(contents of kind 2).";
    const QString cut = "The capture is cut off: not even its header is complete.";
    for (const int size : {7, 10, 12, 40, 0x50, 0x155})
        QTest::addRow("cut at %d", size) << tiny.left(size) << int(ErrorKind::Truncated) << cut;
    QTest::newRow("cut LZ4") << readFixture("memray/plain.bin").left(200) << int(ErrorKind::Truncated) << cut;
}

void TestMemray::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QFETCH(QString, message);
    const Result<Profile> profile = parse(bytes);
    QVERIFY(!profile);
    QCOMPARE(QString::fromStdString(profile.error().message), message);
    QCOMPARE(int(profile.error().kind), kind);
}

void TestMemray::damaged_data()
{
    QTest::addColumn<QByteArray>("records");
    QTest::addColumn<bool>("isDamaged");
    const QByteArray thread("\x0c\1\0\0\0\0\0\0\0", 9);
    const QByteArray trailer("\1");
    QTest::newRow("nothing but the end") << trailer << false;
    QTest::newRow("address 0") << thread + QByteArray("\x86\5") + trailer << false;
    QTest::newRow("frame without code") << thread + QByteArray("\x41\x09\2\x86\5") + trailer << false;
    QTest::newRow("unused token") << thread + QByteArray("\x0f") + trailer << true;
    QTest::newRow("allocation before a thread") << QByteArray("\x86\5") + trailer << true;
    QTest::newRow("pop of too much") << thread + QByteArray("\x10") + trailer << true;
    QTest::newRow("allocator 16") << thread + QByteArray("\x80\x10\5") + trailer << true;
    QTest::newRow("long varint") << thread + QByteArray("\x86") + QByteArray(10, '\xff') + trailer << true;
    QTest::newRow("name of nobody") << QByteArray("\x0aname\0", 6) + trailer << true;
    QTest::newRow("native parent ahead") << QByteArray("\5\2\2") + trailer << true;
    QTest::newRow("segment missing") << QByteArray("\7lib\0\2\0\0\0\0\0\0\0\1", 15) + trailer << true;
}

/// What stands before the damage is shown.
void TestMemray::damaged()
{
    QFETCH(QByteArray, records);
    QFETCH(bool, isDamaged);
    const QByteArray header = readFixture("memray/tiny.bin").left(0x156);
    const Result<Profile> profile = parse(header + records);
    QVERIFY2(profile, describe(profile));
    QCOMPARE(validate(*profile), std::string());
    const std::string warning = profile->warnings.empty() ? std::string() : profile->warnings.front();
    QCOMPARE(warning.find("damaged at byte") != std::string::npos, isDamaged);
}

void TestMemray::truncated()
{
    QFETCH(QString, name);
    const QByteArray bytes = readFixture("memray/" + name + ".bin");
    const auto whole = double(load(name).memory->records);
    for (int i = 0; i < 64; ++i) {
        const Result<Profile> profile = parse(bytes.left(bytes.size() * i / 64));
        if (!profile)
            continue;
        QCOMPARE(validate(*profile), std::string());
        QVERIFY(double(profile->memory->records) <= whole);
    }
}

void TestMemray::cancel()
{
    const QByteArray bytes = readFixture("memray/pymalloc.bin");
    Progress progress;
    progress.cancel();
    const Result<Profile> profile = parseAny({viewOf(bytes), "unknown"}, {}, progress);
    QVERIFY(!profile);
    QCOMPARE(int(profile.error().kind), int(ErrorKind::Cancelled));
}

QTEST_APPLESS_MAIN(TestMemray)
#include "tst_memray.moc"
