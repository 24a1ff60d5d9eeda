// SPDX-License-Identifier: GPL-3.0-or-later
// What readers show of a file before they have read it: true parts of the whole, with the names of its functions.
#include "model/snapshots.h"
#include "tests/support/files.h"
#include "tests/support/synthetic_capture.h"

#include <QTest>

#include <random>
#include <set>
#include <thread>

using namespace sundial;
using namespace sundial::test;

namespace
{

constexpr int kStacks = 40'000; // some megabytes: readers look at the clock every one

std::string frameName(unsigned f)
{
    return "a_rather_long_name_of_a_function_" + std::to_string(f);
}

/// Stacks that differ enough to grow the tree until the end.
std::vector<std::vector<unsigned>> randomStacks()
{
    std::mt19937 engine(7);
    std::vector<std::vector<unsigned>> stacks;
    for (int s = 0; s < kStacks; ++s) {
        std::vector<unsigned>& stack = stacks.emplace_back();
        for (unsigned depth = 4 + unsigned(engine()) % 8; depth > 0; --depth)
            stack.push_back(unsigned(engine()) % 30 + 30 * depth);
    }
    return stacks;
}

QByteArray collapsed()
{
    std::string text;
    for (const std::vector<unsigned>& stack : randomStacks()) {
        for (const unsigned f : stack)
            text += frameName(f) + ";";
        text.back() = ' ';
        text += "3\n";
    }
    return QByteArray::fromStdString(text);
}

std::string shared()
{
    std::string text = "\"shared\": {\"frames\": [";
    for (unsigned f = 0; f < 400; ++f)
        text += (f > 0 ? ",{\"name\":\"" : "{\"name\":\"") + frameName(f) + "\",\"file\":\"a.py\",\"line\":3}";
    return text + "]}";
}

QByteArray sampled(bool framesFirst)
{
    std::string samples, weights;
    for (const std::vector<unsigned>& stack : randomStacks()) {
        samples += samples.empty() ? "[" : ",[";
        for (const unsigned f : stack)
            samples += std::to_string(f) + "                 ,"; // room, for the clock to be looked at
        samples.back() = ']';
        weights += weights.empty() ? "3" : ",3";
    }
    const std::string profiles = "\"profiles\": [{\"type\":\"sampled\",\"name\":\"t\",\"unit\":\"milliseconds\","
                                 "\"startValue\":0,\"endValue\":" +
                                 std::to_string(3 * kStacks) + ",\"samples\":[" + samples + "],\"weights\":[" +
                                 weights + "]}]";
    return QByteArray::fromStdString("{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\"," +
                                     (framesFirst ? shared() + "," + profiles : profiles + "," + shared()) + "}");
}

QByteArray evented()
{
    std::string events;
    int at = 0;
    const auto add = [&](char type, unsigned f) {
        events += (events.empty() ? "{\"type\":\"" : ",{\"type\":\"") + std::string(1, type) +
                  "\",\"frame\":" + std::to_string(f) + ",\"at\":" + std::to_string(at++) + "}";
    };
    for (const std::vector<unsigned>& stack : randomStacks()) {
        for (const unsigned f : stack)
            add('O', f);
        for (std::size_t i = stack.size(); i-- > 0;)
            add('C', stack[i]);
    }
    return QByteArray::fromStdString("{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\"," + shared() +
                                     ",\"profiles\":[{\"type\":\"evented\",\"name\":\"t\",\"unit\":\"none\","
                                     "\"startValue\":0,\"endValue\":" +
                                     std::to_string(at) + ",\"events\":[" + events + "]}]}");
}

std::set<std::string> namesOf(const Profile& profile)
{
    std::set<std::string> names;
    for (std::uint32_t f = 0; f < profile.frames.size(); ++f)
        names.insert(std::string(profile.frames.name(FrameId{f})));
    return names;
}

} // namespace

class TestSnapshots : public QObject
{
    Q_OBJECT

private slots:
    void waitsAndKeepsItsDistance();
    void partsOfTheWhole_data();
    void partsOfTheWhole();
    void wholeIsTheSameWithOrWithout_data() { partsOfTheWhole_data(); }
    void wholeIsTheSameWithOrWithout();
};

void TestSnapshots::waitsAndKeepsItsDistance()
{
    using namespace std::chrono_literals;
    Snapshots early;
    QVERIFY(!early.isWanted()); // small files are done before anyone could look

    Snapshots snapshots(0ms);
    QVERIFY(snapshots.isWanted());
    std::this_thread::sleep_for(10ms); // what copying takes
    snapshots.publish({}, 1.0);
    QVERIFY(!snapshots.isWanted());
    std::this_thread::sleep_for(30ms);
    QVERIFY(!snapshots.isWanted()); // 20 times 10 ms have to pass
    const Snapshot first = snapshots.take();
    QVERIFY(first.profile && first.readShare < 1); // whatever its share is said to be
    QVERIFY(!snapshots.take().profile);
    bool isAgain = false;
    QTRY_VERIFY_WITH_TIMEOUT(isAgain || (isAgain = snapshots.isWanted()), 20'000); // longer where the machine is busy
    snapshots.publish({}, 0.5);
    std::this_thread::sleep_for(1s);
    QVERIFY(!snapshots.isWanted()); // nobody has looked at the last one
}

void TestSnapshots::partsOfTheWhole_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("collapsed") << collapsed();
    QTest::newRow("speedscope, sampled") << sampled(true);
    QTest::newRow("speedscope, frames last") << sampled(false);
    QTest::newRow("speedscope, evented") << evented();
    QTest::newRow("memray") << QByteArray::fromStdString(SyntheticCapture().make(600'000));
}

void TestSnapshots::partsOfTheWhole()
{
    QFETCH(QByteArray, bytes);
    Snapshots snapshots(std::chrono::milliseconds(0));
    Result<Profile> whole = Error{};
    std::thread reader([&] {
        const ShowsSnapshots shows(&snapshots);
        whole = parseBytes(bytes);
    });
    std::vector<Snapshot> parts;
    std::atomic<bool> isDone = false;
    std::thread waiter([&] {
        reader.join();
        isDone = true;
    });
    while (!isDone) {
        if (Snapshot part = snapshots.take(); part.profile)
            parts.push_back(std::move(part));
        QTest::qSleep(1);
    }
    waiter.join();
    if (Snapshot part = snapshots.take(); part.profile)
        parts.push_back(std::move(part));
    QVERIFY2(whole, describe(whole).constData());
    QVERIFY(!parts.empty());
    const std::set<std::string> names = namesOf(*whole);
    double last = 0;
    for (const auto& [part, readShare] : parts) {
        QCOMPARE(validate(*part), std::string());
        QVERIFY(readShare > last && readShare < 1);
        last = readShare;
        QVERIFY(part->total(MetricId{0}) > 0);
        QVERIFY(part->total(MetricId{0}) <= whole->total(MetricId{0}));
        QVERIFY(part->tree.size() > 1 && part->tree.size() <= whole->tree.size());
        for (const std::string& name : namesOf(*part))
            QVERIFY2(names.count(name), name.c_str());
    }
}

void TestSnapshots::wholeIsTheSameWithOrWithout()
{
    QFETCH(QByteArray, bytes);
    Snapshots snapshots(std::chrono::milliseconds(0));
    Result<Profile> with = Error{};
    {
        const ShowsSnapshots shows(&snapshots);
        with = parseBytes(bytes);
    }
    const Result<Profile> without = parseBytes(bytes);
    QVERIFY(with && without);
    QVERIFY(snapshots.take().profile);
    QCOMPARE(with->tree.topology()->frame, without->tree.topology()->frame);
    QCOMPARE(with->tree.topology()->parent, without->tree.topology()->parent);
    QCOMPARE(with->tree.columns().front()->self, without->tree.columns().front()->self);
    QCOMPARE(with->frames.size(), without->frames.size());
    QCOMPARE(with->samples.node, without->samples.node);
}

QTEST_APPLESS_MAIN(TestSnapshots)
#include "tst_snapshots.moc"
