// SPDX-License-Identifier: GPL-3.0-or-later
// How good the call-tree estimate is: against the recorded trees of tests/fixtures/tree-truth, by the metrics that its
// README defines, and beside the figures that other estimators reach there.
#include "model/estimate_tree.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace sundial;
using namespace sundial::test;

namespace
{

constexpr MetricId kTime{0};

/// A recorded tree beside the estimate of it, by recorded node; the root is left out of every sum.
struct Comparison {
    double total = 0;
    std::vector<double> depth, time, self;        ///< As recorded, in seconds.
    std::vector<double> estimated, estimatedSelf; ///< 0 where the estimate does not have the path.
    std::vector<NodeId> node;
};

Comparison compare(const QJsonObject& truth, const Profile& profile, const CallTree& tree)
{
    constexpr double kNanosecond = 1e-9;
    std::map<QString, int> frameOf;
    for (const QJsonValue name : truth["frames"].toArray())
        frameOf.emplace(name.toString(), int(frameOf.size()));
    std::map<std::pair<int, int>, int> childOf; // (recorded parent, recorded frame) → recorded node
    Comparison c;
    c.total = truth["total"].toDouble() * kNanosecond;
    const QJsonArray nodes = truth["nodes"].toArray();
    for (const QJsonValue entry : nodes) {
        const QJsonArray node = entry.toArray();
        const int parent = node[0].toInt(), index = int(c.time.size());
        if (parent >= 0)
            childOf[{parent, node[1].toInt()}] = index;
        c.depth.push_back(parent < 0 ? 0 : c.depth[std::size_t(parent)] + 1);
        c.time.push_back(node[3].toDouble() * kNanosecond);
        c.self.push_back(node[4].toDouble() * kNanosecond);
    }
    c.estimated.resize(c.time.size());
    c.estimatedSelf.resize(c.time.size());
    c.node.resize(c.time.size());

    const auto recordedFrame = [&](FrameId frame) {
        const QString label =
            QString::fromStdString(frameLabel(profile.frames, frame)).replace(QLatin1Char(';'), QLatin1Char(','));
        const auto found = frameOf.count(label) ? frameOf.find(label) : frameOf.find(label + QStringLiteral(" (~:0)"));
        return found == frameOf.end() ? -1 : found->second;
    };
    std::vector<int> recorded(tree.size(), -1);
    recorded[0] = 0;
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        const int parent = recorded[tree.parent(n).value];
        if (parent < 0 || tree.kind(n) != NodeKind::Frame)
            continue;
        const auto found = childOf.find({parent, recordedFrame(tree.frame(n))});
        if (found == childOf.end())
            continue;
        recorded[i] = found->second;
        const auto at = std::size_t(found->second);
        c.estimated[at] = tree.total(kTime, n);
        c.estimatedSelf[at] = tree.self(kTime, n);
        c.node[at] = n;
    }
    return c;
}

struct Score {
    double l200, p10, p20, self;
};

Score score(const Comparison& c)
{
    std::vector<std::size_t> order(c.time.size() - 1);
    std::iota(order.begin(), order.end(), std::size_t(1));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return c.time[a] != c.time[b] ? c.time[a] > c.time[b] : c.depth[a] < c.depth[b];
    });
    double missed = 0, largest = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(200, order.size()); ++i) {
        missed += std::abs(c.estimated[order[i]] - c.time[order[i]]);
        largest += c.time[order[i]];
    }
    const auto onPath = [&](double deepest) {
        double right = 0, all = 0;
        for (const std::size_t i : order) {
            if (c.depth[i] > deepest)
                continue;
            right += std::min(c.estimated[i], c.time[i]);
            all += c.time[i];
        }
        return right / all;
    };
    double selfRight = 0, selfAll = 0;
    for (const std::size_t i : order) {
        selfRight += std::min(c.estimatedSelf[i], c.self[i]);
        selfAll += c.self[i];
    }
    return {missed / largest, onPath(10), onPath(20), selfRight / selfAll};
}

} // namespace

class TestEstimateScore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void scores_data() { addPrograms(); }
    void scores();
    void intervalsHold_data() { addPrograms(); }
    void intervalsHold();

private:
    static void addPrograms();
    Profile m_profile;
    EstimatedTreePtr m_tree;
    Comparison m_comparison;
};

void TestEstimateScore::addPrograms()
{
    QTest::addColumn<QString>("name");
    for (const QString& program : readFixtureJson(QStringLiteral("tree-truth/reference.json")).keys()) {
        if (!readFixture("tree-truth/" + program + ".prof").isEmpty())
            QTest::newRow(qPrintable(program)) << program;
    }
}

void TestEstimateScore::init()
{
    QFETCH(QString, name);
    Result<Profile> profile = parseBytes(readFixture("tree-truth/" + name + ".prof"));
    QVERIFY2(profile, describe(profile));
    m_profile = std::move(*profile);
    Progress progress;
    const Result<EstimatedTreePtr> tree = estimateTree(m_profile, {}, progress);
    QVERIFY2(tree, describe(tree));
    m_tree = *tree;
    m_comparison = compare(readFixtureJson("tree-truth/" + name + ".tree.json"), m_profile, m_tree->tree());
}

void TestEstimateScore::scores()
{
    constexpr double kTolerance = 0.02;
    QFETCH(QString, name);
    const QJsonObject reference = readFixtureJson(QStringLiteral("tree-truth/reference.json"))[name].toObject();
    const auto expected = [&](QLatin1String tool, QLatin1String metric) {
        return reference[tool].toObject()[metric].toDouble();
    };
    const Score s = score(m_comparison);
    const auto row = [](double l200, double p10, double p20, double self) {
        return QString::asprintf("%.3f %.3f %.3f %.3f", l200, p10, p20, self);
    };
    const auto rowOf = [&](const char* tool) {
        const QLatin1String t(tool);
        return row(expected(t, QLatin1String("L200")), expected(t, QLatin1String("P10")),
                   expected(t, QLatin1String("P20")), expected(t, QLatin1String("self")));
    };
    qInfo("L200 P10 P20 self: %s (recommended %s, snakeviz %s, tuna %s)", qPrintable(row(s.l200, s.p10, s.p20, s.self)),
          qPrintable(rowOf("recommended")), qPrintable(rowOf("snakeviz")), qPrintable(rowOf("tuna")));
    const QLatin1String recommended("recommended");
    QVERIFY(s.l200 <= expected(recommended, QLatin1String("L200")) + kTolerance);
    QVERIFY(s.p10 >= expected(recommended, QLatin1String("P10")) - kTolerance);
    QVERIFY(s.p20 >= expected(recommended, QLatin1String("P20")) - kTolerance);
    QVERIFY(s.self >= expected(recommended, QLatin1String("self")) - kTolerance);
    QVERIFY(std::abs(m_tree->tree().total(kTime, NodeId{0}) / m_comparison.total - 1) <= 1e-6);
}

void TestEstimateScore::intervalsHold()
{
    const TreeEstimate& estimate = *m_tree->tree().estimate();
    const double tolerance = 1e-9 + 1e-9 * m_comparison.total; // the clock's tick, and the sums' rounding
    int exact = 0;
    for (std::size_t i = 1; i < m_comparison.time.size(); ++i) {
        const NodeId n = m_comparison.node[i];
        if (!n)
            continue;
        const double truth = m_comparison.time[i];
        QVERIFY2(estimate.lo[n.value] - tolerance <= truth && truth <= estimate.hi[n.value] + tolerance,
                 qPrintable(QStringLiteral("node %1: %2 is not in [%3, %4]")
                                .arg(n.value)
                                .arg(truth)
                                .arg(estimate.lo[n.value])
                                .arg(estimate.hi[n.value])));
        if (estimate.exact[n.value]) {
            ++exact;
            QVERIFY(std::abs(m_tree->tree().total(kTime, n) - truth) <= 3 * tolerance);
        }
    }
    QVERIFY(exact > 0);
}

QTEST_APPLESS_MAIN(TestEstimateScore)
#include "tst_estimate_score.moc"
