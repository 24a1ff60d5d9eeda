// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs recorded before and after one change, several runs a side: the verdict has the right kind, names the
// function that was changed and says by what. compare-pairs/README.md tells what each change is.
#include "model/verdict.h"
#include "tests/support/compare.h"

#include <QDir>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

class TestScriptedPairs : public QObject
{
    Q_OBJECT

private slots:
    void verdicts_data();
    void verdicts();
    void singleRuns_data();
    void singleRuns();
    void busyMachine();
    void countsOfCallsHaveNoNoise();
    void adaptsToTheUpgrade();
    void followsRenamedFunctions();
    void everyPairIsTested();
};

namespace
{

const QString kPairs = QStringLiteral("compare-pairs/");

RunSet side(const QString& pair, const QString& which)
{
    const QString folder = kPairs + pair + u'/';
    const QStringList files = QDir(QStringLiteral(SUNDIAL_FIXTURES "/") + folder)
                                  .entryList({which + QStringLiteral("-*")}, QDir::Files, QDir::Name);
    return loadRuns(folder, files);
}

ComparisonPtr pairNamed(const QString& pair)
{
    return compare(side(pair, QStringLiteral("before")), side(pair, QStringLiteral("after")));
}

FrameId rowNamed(const Comparison& comparison, std::string_view name)
{
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        if (comparison.frames.frames.name(FrameId{i}) == name)
            return FrameId{i};
    }
    return {};
}

/// By pair: kinds that are right, and what the text must say: one of the words, separated by |, of each group.
struct Truth {
    const char* pair;
    QStringList kinds;
    QStringList words;
};
const Truth kTruths[]{
    {"query-loop", {"faster"}, {"execute|fetchall|lines_of", "fewer calls|no longer called"}},
    {"quadratic", {"faster"}, {"distinct_words", "cheaper calls"}},
    {"cache-moved", {"relocated"}, {"discount_steps|price_of", "fill_price_cache"}},
    {"fewer-calls", {"faster"}, {"merge|<dictcomp>|read_settings", "fewer calls"}},
    {"cheaper-calls", {"faster"}, {"area", "cheaper calls"}},
    {"refactoring", {"unchanged"}, {}},
    {"noise", {"unchanged"}, {}},
    {"busy-machine", {"unchanged"}, {}},
    {"regression", {"slower"}, {"deepcopy", "new"}},
    {"python-upgrade", {"unchanged", "faster"}, {}},
    {"checkout", {"unchanged"}, {}},
    {"profilers", {"unchanged"}, {}},
};

} // namespace

void TestScriptedPairs::verdicts_data()
{
    QTest::addColumn<QString>("pair");
    QTest::addColumn<QStringList>("kinds");
    QTest::addColumn<QStringList>("words");
    for (const Truth& truth : kTruths)
        QTest::newRow(truth.pair) << QString::fromLatin1(truth.pair) << truth.kinds << truth.words;
}

void TestScriptedPairs::verdicts()
{
    QFETCH(QString, pair);
    QFETCH(QStringList, kinds);
    QFETCH(QStringList, words);
    const ComparisonPtr comparison = pairNamed(pair);
    const Verdict verdict = judge(*comparison, measureNoise(*comparison));
    const std::string_view kind = verdictKindName(verdict.kind);
    const QString text = QString::fromStdString(verdict.text());
    QVERIFY2(kinds.contains(QString::fromUtf8(kind.data(), qsizetype(kind.size()))), qPrintable(text));
    for (const QString& group : words) {
        const QStringList anyOf = group.split(u'|');
        QVERIFY2(std::any_of(anyOf.begin(), anyOf.end(), [&](const QString& word) { return text.contains(word); }),
                 qPrintable(text));
    }
}

void TestScriptedPairs::singleRuns_data()
{
    QTest::addColumn<QString>("pair");
    QTest::addColumn<int>("kind");
    for (const auto& [pair, kind] : {std::pair("noise", VerdictKind::Unchanged),
                                     {"checkout", VerdictKind::Unchanged},
                                     {"cache-moved", VerdictKind::Relocated},
                                     {"query-loop", VerdictKind::Faster},
                                     {"quadratic", VerdictKind::Faster},
                                     {"fewer-calls", VerdictKind::Faster},
                                     {"cheaper-calls", VerdictKind::Faster},
                                     {"regression", VerdictKind::Slower}})
        QTest::newRow(pair) << QString::fromLatin1(pair) << int(kind);
}

// One run a side, whichever.
void TestScriptedPairs::singleRuns()
{
    QFETCH(QString, pair);
    QFETCH(int, kind);
    const QString folder = kPairs + pair + u'/';
    for (int before = 1; before <= 3; ++before) {
        for (int after = 1; after <= 3; ++after) {
            const ComparisonPtr comparison =
                compare(loadRuns(folder, {QStringLiteral("before-%1.prof").arg(before)}),
                        loadRuns(folder, {QStringLiteral("after-%1.prof").arg(after)}));
            const Verdict verdict = judge(*comparison, measureNoise(*comparison));
            QVERIFY2(int(verdict.kind) == kind, verdict.text().c_str());
        }
    }
}

// One run a side: a machine that was busier makes all calls dearer alike, which is told from a change.
void TestScriptedPairs::busyMachine()
{
    const QString folder = kPairs + QStringLiteral("busy-machine/");
    for (int run = 1; run <= 3; ++run) {
        const ComparisonPtr comparison = compare(loadRuns(folder, {QStringLiteral("before-%1.prof").arg(run)}),
                                                 loadRuns(folder, {QStringLiteral("after-%1.prof").arg(run)}));
        const Noise noise = measureNoise(*comparison);
        const Verdict verdict = judge(*comparison, noise);
        QCOMPARE(verdict.kind, VerdictKind::Unchanged);
        QVERIFY(noise.evenShift); // each of these runs was slower by more than a twentieth
        QVERIFY2(verdict.evidence.find("alike: so does a machine that is busier") != std::string::npos,
                 verdict.text().c_str());
    }
}

// One run of three before was slower by a third, so that its times prove nothing; the counts of calls do.
void TestScriptedPairs::countsOfCallsHaveNoNoise()
{
    const ComparisonPtr comparison = pairNamed(QStringLiteral("query-loop"));
    const Noise noise = measureNoise(*comparison);
    QVERIFY(noise.totalP > kTotalChance);
    const FrameId fetch = rowNamed(*comparison, "<method 'fetchall' of 'sqlite3.Cursor' objects>");
    QVERIFY(fetch && noise.q[fetch.value] > kFalseDiscoveryRate);
    QVERIFY(noise.isBeyond(fetch));
    QVERIFY(noise.totalBeyond);
}

void TestScriptedPairs::adaptsToTheUpgrade()
{
    // Python 3.12 has no functions for comprehensions: their time is in their callers, and nothing is gone.
    const ComparisonPtr comparison = pairNamed(QStringLiteral("python-upgrade"));
    const FrameId comprehension = rowNamed(*comparison, "<setcomp>");
    QVERIFY(comprehension && comparison->before.self(comprehension) > 0);
    QCOMPARE(comparison->match(comprehension).kind, MatchKind::Removed);
    QCOMPARE(changeCause(*comparison, comprehension), ChangeCause::InCaller);
    QCOMPARE(comparison->judgedDelta[comprehension.value], 0.0);
    const Verdict verdict = judge(*comparison, measureNoise(*comparison));
    QVERIFY2(verdict.text().find("comp>") == std::string::npos, verdict.text().c_str());
    QVERIFY2(verdict.text().find("less, by dearer calls") == std::string::npos, verdict.text().c_str());
    QVERIFY2(verdict.text().find("no longer called") == std::string::npos, verdict.text().c_str());
}

void TestScriptedPairs::followsRenamedFunctions()
{
    const ComparisonPtr comparison = pairNamed(QStringLiteral("refactoring"));
    const FrameTable& before = comparison->before.profile->frames;
    const FrameTable& after = comparison->after.profile->frames;
    for (const auto& [then, now] : {std::pair("check", "is_plausible"),
                                    {"parse", "parse_entry"},
                                    {"to_cents", "cents_from_text"},
                                    {"row", "row"},
                                    {"make_lines", "make_lines"}}) {
        const FrameId row = rowNamed(*comparison, now);
        QVERIFY2(row && comparison->match(row).before && comparison->match(row).after, now);
        QCOMPARE(before.name(comparison->match(row).before), std::string_view(then));
        QCOMPARE(after.name(comparison->match(row).after), std::string_view(now));
    }
}

void TestScriptedPairs::everyPairIsTested()
{
    const QStringList pairs =
        QDir(QStringLiteral(SUNDIAL_FIXTURES "/") + kPairs).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(pairs.size(), std::ssize(kTruths));
}

QTEST_GUILESS_MAIN(TestScriptedPairs)
#include "tst_scripted_pairs.moc"
