// SPDX-License-Identifier: GPL-3.0-or-later
// Change told from noise: ten runs of one unchanged program against each other, five runs with one function 10 %
// slower, sampled profiles of one program; and the distributions behind it.
#include "model/noise.h"
#include "model/statistics.h"
#include "model/verdict.h"
#include "tests/support/compare.h"
#include "tests/support/generate.h"

#include <QJsonArray>
#include <QTest>

#include <random>

using namespace sundial;
using namespace sundial::test;

class TestNoise : public QObject
{
    Q_OBJECT

private slots:
    void student_data();
    void student();
    void falseDiscovery();
    void unchangedProgram_data();
    void unchangedProgram();
    void plantedChange();
    void oneRunAgainstSeveral();
    void sampledTwice_data();
    void sampledTwice();
    void sampledChange();
    void singleRuns();
    void tracedAndSampled_data();
    void tracedAndSampled();
};

namespace
{

const QString kLogmill = QStringLiteral("compare/noise/logmill/");

QStringList names(const QJsonValue& list)
{
    QStringList result;
    for (const QJsonValue& name : list.toArray())
        result += name.toString();
    return result;
}

/// Ten functions with shares 1, 2, … 10 of 55, seen in `samples` samples; the last one `extra` times more often.
Profile sampled(unsigned seed, int samples, double extra = 0)
{
    std::mt19937 engine(seed);
    std::vector<double> weights;
    for (int i = 1; i <= 10; ++i)
        weights.push_back(i == 10 ? i * (1 + extra) : i);
    std::discrete_distribution<int> pick(weights.begin(), weights.end());
    ProfileBuilder builder({{"samples", "Samples", Unit::Samples, NumberKind::Sampled, {}}});
    for (int i = 0; i < samples; ++i) {
        const FrameId f = builder.internFrame("f" + std::to_string(pick(engine)), "test.py", 1);
        builder.addSample(builder.child(0, f), 1);
    }
    return std::move(builder).build();
}

} // namespace

// Two-sided chances, from a table of Student's t.
void TestNoise::student_data()
{
    QTest::addColumn<double>("t");
    QTest::addColumn<double>("freedom");
    QTest::addColumn<double>("p");
    QTest::newRow("1 degree") << 12.706 << 1.0 << 0.05;
    QTest::newRow("4 degrees") << 2.776 << 4.0 << 0.05;
    QTest::newRow("8 degrees, 1 %") << 3.355 << 8.0 << 0.01;
    QTest::newRow("30 degrees, negative") << -2.750 << 30.0 << 0.01;
    QTest::newRow("no difference") << 0.0 << 5.0 << 1.0;
}

void TestNoise::student()
{
    QFETCH(double, t);
    QFETCH(double, freedom);
    QFETCH(double, p);
    QVERIFY(std::abs(studentTwoSided(t, freedom) - p) < 2e-5 + 1e-3 * p);
}

void TestNoise::falseDiscovery()
{
    const std::vector<double> q = falseDiscoveryRates(std::vector{0.04, 0.001, 0.03, 0.5});
    QCOMPARE(q[1], 0.004);
    QVERIFY(std::abs(q[0] - 0.16 / 3) < 1e-12);
    QVERIFY(std::abs(q[2] - 0.16 / 3) < 1e-12); // monotone: no larger than what a larger p gets
    QCOMPARE(q[3], 0.5);
}

void TestNoise::unchangedProgram_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    const QJsonArray splits = readFixtureJson(kLogmill + "truth.json")["aa_splits"].toArray();
    for (int i = 0; i < splits.size(); ++i)
        QTest::addRow("split %d", i) << names(splits[i].toArray()[0]) << names(splits[i].toArray()[1]);
}

void TestNoise::unchangedProgram()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    const ComparisonPtr comparison = compare(loadRuns(kLogmill, before), loadRuns(kLogmill, after));
    const Noise noise = measureNoise(*comparison);
    QCOMPARE(noise.basis, NoiseBasis::Runs);
    const auto beyond = std::count(noise.beyond.begin(), noise.beyond.end(), true);
    QVERIFY2(double(beyond) <= 0.05 * comparison->size(), qPrintable(QString::number(beyond)));
    QCOMPARE(judge(*comparison, noise).kind, VerdictKind::Unchanged);
}

void TestNoise::plantedChange()
{
    const QJsonObject planted = readFixtureJson(kLogmill + "truth.json")["planted"].toObject();
    const ComparisonPtr comparison =
        compare(loadRuns(kLogmill, names(planted["before"])), loadRuns(kLogmill, names(planted["after"])));
    const Noise noise = measureNoise(*comparison);
    const std::string name = planted["function"].toArray()[2].toString().toStdString();
    bool isFound = false;
    for (std::uint32_t i = 0; i < comparison->size(); ++i) {
        const FrameId row{i};
        if (comparison->frames.frames.name(row) == name) {
            isFound = noise.isBeyond(row) && comparison->deltaSelf(row) > 0;
            QVERIFY(noise.spreadBefore[i] > 0);
        } else {
            QVERIFY2(!noise.isBeyond(row), std::string(comparison->frames.frames.name(row)).c_str());
        }
    }
    QVERIFY(isFound);
}

void TestNoise::oneRunAgainstSeveral()
{
    const RunSet one = loadRuns(kLogmill, {"run-01.prof"}),
                 several = loadRuns(kLogmill, {"run-02.prof", "run-03.prof", "run-04.prof"});
    const ComparisonPtr comparison = compare(one, several);
    const Noise noise = measureNoise(*comparison);
    QCOMPARE(noise.basis, NoiseBasis::Runs);
    QVERIFY(double(std::count(noise.beyond.begin(), noise.beyond.end(), true)) <= 0.05 * comparison->size());
}

void TestNoise::sampledTwice_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestNoise::sampledTwice()
{
    QFETCH(unsigned, seed);
    const ComparisonPtr comparison = compare(runSetOf(sampled(seed, 2000)), runSetOf(sampled(seed + 100, 2030)));
    const Noise noise = measureNoise(*comparison);
    QCOMPARE(noise.basis, NoiseBasis::Samples);
    QCOMPARE(std::count(noise.beyond.begin(), noise.beyond.end(), true), 0);
    QCOMPARE(judge(*comparison, noise).kind, VerdictKind::Unchanged);
}

void TestNoise::sampledChange()
{
    const ComparisonPtr comparison = compare(runSetOf(sampled(1, 2000)), runSetOf(sampled(2, 2700, 2)));
    const Noise noise = measureNoise(*comparison);
    const Verdict verdict = judge(*comparison, noise);
    QCOMPARE(verdict.kind, VerdictKind::Slower);
    QCOMPARE(comparison->frames.frames.name(verdict.target), "f9");
}

// Nothing is known about the noise of two single exact runs, and nothing is claimed.
void TestNoise::singleRuns()
{
    const Metric metric{"time", "Time", Unit::Seconds, NumberKind::Exact, {}};
    const ComparisonPtr comparison =
        compare(runSetOf(fromStacks("a 100\nb 50\n", metric)), runSetOf(fromStacks("a 101\nb 80\n", metric)));
    const Noise noise = measureNoise(*comparison);
    QCOMPARE(noise.basis, NoiseBasis::None);
    QVERIFY(!noise.significant(FrameId{0}));
    QVERIFY(!noise.isBeyond(FrameId{0}));
    QVERIFY(noise.isBeyond(FrameId{1}));
}

void TestNoise::tracedAndSampled_data()
{
    QTest::addColumn<int>("tinySamples"); // of 1,000
    QTest::addColumn<int>("slowSamples");
    QTest::addColumn<int>("kind");
    QTest::newRow("tracing made the tiny calls dear") << 100 << 900 << int(VerdictKind::Unchanged);
    QTest::newRow("as traced") << 400 << 270 << int(VerdictKind::Unchanged);
    QTest::newRow("more than tracing explains") << 800 << 200 << int(VerdictKind::Relocated);
}

// A million calls that do nearly nothing, and ten slow ones: traced, the tiny ones and their caller take three quarters
// of the time, most of which is the tracing itself.
void TestNoise::tracedAndSampled()
{
    QFETCH(int, tinySamples);
    QFETCH(int, slowSamples);
    QFETCH(int, kind);
    ProfileBuilder traced({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const FrameId main = traced.internFrame("main", "/b/m.py", 1), tiny = traced.internFrame("tiny", "/b/m.py", 5),
                  slow = traced.internFrame("slow", "/b/m.py", 9);
    traced.addFunction(main, {1, 1, 0.5, 1.5});
    traced.addFunction(tiny, {1'000'000, 1'000'000, 0.6, 0.6});
    traced.addFunction(slow, {10, 10, 0.4, 0.4});
    traced.addEdge(main, tiny, {1'000'000, 1'000'000, 0.6, 0.6});
    traced.addEdge(main, slow, {10, 10, 0.4, 0.4});
    ProfileBuilder sampled({{"samples", "Samples", Unit::Samples, NumberKind::Sampled, {}}});
    const auto root = sampled.child(0, sampled.internFrame("main", "/b/m.py", 1));
    sampled.addSample(root, 1000 - tinySamples - slowSamples);
    sampled.addSample(sampled.child(root, sampled.internFrame("tiny", "/b/m.py", 5)), tinySamples);
    sampled.addSample(sampled.child(root, sampled.internFrame("slow", "/b/m.py", 9)), slowSamples);
    const RunSet before = runSetOf(std::move(traced).build()), after = runSetOf(std::move(sampled).build());
    for (const bool isSwapped : {false, true}) {
        const ComparisonPtr comparison = isSwapped ? compare(after, before) : compare(before, after);
        const Noise noise = measureNoise(*comparison);
        QCOMPARE(noise.basis, NoiseBasis::Profilers);
        const Verdict verdict = judge(*comparison, noise);
        QVERIFY2(int(verdict.kind) == kind, verdict.text().c_str());
    }
}

QTEST_GUILESS_MAIN(TestNoise)
#include "tst_noise.moc"
