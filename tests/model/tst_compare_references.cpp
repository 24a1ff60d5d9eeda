// SPDX-License-Identifier: GPL-3.0-or-later
// The same pairs as gprof2dot --compare and pprof -diff_base see them (compare-references/references.py). Where they
// can be right we agree; where we differ, the checks say why.
#include "model/diff.h"
#include "tests/support/compare.h"

#include <QTest>

#include <cmath>

using namespace sundial;
using namespace sundial::test;

class TestCompareReferences : public QObject
{
    Q_OBJECT

private slots:
    void gprof2dot_data();
    void gprof2dot();
    void gprof2dotLosesWhatMoved();
    void gprof2dotStopsAtWhatIsGone();
    void gprof2dotComparesSharesOnly();
    void pprof();
};

namespace
{

const QString kFolder = QStringLiteral("compare-references/");

ComparisonPtr pairNamed(const QString& pair)
{
    const QString folder = QStringLiteral("compare-pairs/") + pair + u'/';
    return compare(loadRuns(folder, {"before-1.prof"}), loadRuns(folder, {"after-1.prof"}));
}

/// gprof2dot's name of a function of pstats: "shop:19:load_orders".
QString nodeName(const FrameTable& frames, FrameId frame)
{
    const std::string_view file = frames.file(frame), name = frames.name(frame);
    QString module = QString::fromUtf8(file.data(), qsizetype(file.size())).section(u'/', -1);
    if (module.endsWith(QStringLiteral(".py")))
        module.chop(3);
    return module + u':' + QString::number(frames.line(frame)) + u':' +
           QString::fromUtf8(name.data(), qsizetype(name.size()));
}

/// The row whose before side has that name; none if it is not unique, or not there.
FrameId rowOf(const Comparison& comparison, const QString& node)
{
    FrameId found;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId before = comparison.matches[i].before;
        if (before && nodeName(comparison.before.profile->frames, before) == node) {
            if (found)
                return {};
            found = FrameId{i};
        }
    }
    return found;
}

FrameId rowNamed(const Comparison& comparison, const QString& name)
{
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        if (comparison.frames.frames.name(FrameId{i}) == name.toStdString())
            return FrameId{i};
    }
    return {};
}

} // namespace

void TestCompareReferences::gprof2dot_data()
{
    QTest::addColumn<QString>("pair");
    QTest::newRow("query-loop") << "query-loop";
    QTest::newRow("quadratic") << "quadratic";
}

// What it finds on both sides, we match too, and the shares are the same.
void TestCompareReferences::gprof2dot()
{
    QFETCH(QString, pair);
    const ComparisonPtr comparison = pairNamed(pair);
    const QJsonObject nodes = readFixtureJson(kFolder + "gprof2dot.json")[pair].toObject();
    int compared = 0;
    for (auto it = nodes.begin(); it != nodes.end(); ++it) {
        const QJsonObject node = it.value().toObject();
        const FrameId row = rowOf(*comparison, it.key());
        if (!node["matched"].toBool() || !row)
            continue;
        const FrameMatch& match = comparison->match(row);
        QVERIFY2(match.after, qPrintable(it.key()));
        QCOMPARE(nodeName(comparison->after.profile->frames, match.after), it.key());
        const auto share = [](double part, double whole) { return 100 * part / whole; };
        const double before = share(comparison->before.totalOf(row), comparison->before.total);
        const double change = share(comparison->after.totalOf(row), comparison->after.total) - before;
        const QJsonObject total = node["total"].toObject();
        // It prints two decimals of shares, and steps of a thousandth of their differences.
        QVERIFY2(std::abs(before - total["before"].toDouble()) < 0.0051, qPrintable(it.key()));
        QVERIFY2(std::abs(change - total["change"].toDouble()) < 0.0021, qPrintable(it.key()));
        ++compared;
    }
    QVERIFY(compared > 5);
}

// It knows functions by module, line and name: one line more above them, and they are taken for others.
void TestCompareReferences::gprof2dotLosesWhatMoved()
{
    const ComparisonPtr comparison = pairNamed(QStringLiteral("query-loop"));
    const QJsonObject nodes = readFixtureJson(kFolder + "gprof2dot.json")["query-loop"].toObject();
    int lost = 0;
    for (const QString& name : {QStringLiteral("load_orders"), QStringLiteral("main")}) {
        const FrameId row = rowNamed(*comparison, name);
        const FrameMatch& match = comparison->match(row);
        QCOMPARE(match.kind, MatchKind::Moved); // the only function of its name in its file, on both sides
        lost += !nodes[nodeName(comparison->before.profile->frames, match.before)].toObject()["matched"].toBool();
    }
    QCOMPARE(lost, 2);
}

// It knows no functions of one side only: where the first one before is gone, it stops with an error of its own.
void TestCompareReferences::gprof2dotStopsAtWhatIsGone()
{
    QVERIFY(readFixtureJson(kFolder + "gprof2dot.json")["cheaper-calls"].isNull());
    const ComparisonPtr comparison = pairNamed(QStringLiteral("cheaper-calls"));
    const FrameId len = rowNamed(*comparison, QStringLiteral("<built-in method builtins.len>"));
    QVERIFY(len);
    QCOMPARE(comparison->match(len).kind, MatchKind::Removed);
}

// A function that costs what it did becomes "slower" there, since the rest became faster.
void TestCompareReferences::gprof2dotComparesSharesOnly()
{
    const ComparisonPtr comparison = pairNamed(QStringLiteral("query-loop"));
    const FrameId fill = rowNamed(*comparison, QStringLiteral("fill"));
    const QJsonObject node =
        readFixtureJson(kFolder + "gprof2dot.json")["query-loop"].toObject()["shop:5:fill"].toObject();
    QVERIFY(node["total"].toObject()["change"].toDouble() > 10);
    QVERIFY(std::abs(comparison->deltaTotal(fill)) < 0.15 * comparison->before.totalOf(fill));
}

void TestCompareReferences::pprof()
{
    const ComparisonPtr comparison =
        compare(loadRuns(kFolder, {"before.collapsed.txt"}), loadRuns(kFolder, {"after.collapsed.txt"}));
    const QJsonObject rows = readFixtureJson(kFolder + "pprof.json");
    QVERIFY(rows.size() > 5);
    const auto differenceOf = [&](const QString& name) {
        const QJsonObject row = rows[name + QStringLiteral(" (shop.py)")].toObject();
        return std::pair(row["self"].toDouble(), row["total"].toDouble());
    };
    for (std::uint32_t i = 0; i < comparison->size(); ++i) {
        const FrameId row{i};
        const std::string_view text = comparison->frames.frames.name(row);
        const QString name = QString::fromUtf8(text.data(), qsizetype(text.size()));
        const auto [self, total] = differenceOf(name);
        if (comparison->match(row).kind != MatchKind::Renamed) {
            QVERIFY2(comparison->deltaSelf(row) == self, qPrintable(name));
            QVERIFY2(comparison->deltaTotal(row) == total, qPrintable(name)); // recursion counts once there too
            continue;
        }
        // It compares by names, and so takes a new name for a loss and a gain: they are one function, which calls and
        // is called as before, and nothing changed.
        const auto [lostSelf, lostTotal] = differenceOf(QStringLiteral("check_names"));
        QCOMPARE(name, QStringLiteral("verify_names"));
        QCOMPARE(comparison->deltaSelf(row), lostSelf + self);
        QCOMPARE(comparison->deltaTotal(row), lostTotal + total);
        QCOMPARE(comparison->deltaTotal(row), 0.0);
    }
    const FrameId renamed = rowNamed(*comparison, QStringLiteral("verify_names"));
    QCOMPARE(comparison->match(renamed).kind, MatchKind::Renamed);
}

QTEST_GUILESS_MAIN(TestCompareReferences)
#include "tst_compare_references.moc"
