// SPDX-License-Identifier: GPL-3.0-or-later
// What the user says about matches: it holds for another recording, it wins over what Sundial finds, and what is
// offered instead is likely.
#include "model/match_candidates.h"
#include "tests/support/compare.h"
#include "tests/support/generate.h"

#include <QTest>

using namespace sundial;
using namespace sundial::test;

class TestMatchRules : public QObject
{
    Q_OBJECT

private slots:
    void findsByNameAndNearestLine_data();
    void findsByNameAndNearestLine();
    void laterRulesOverruleEarlierOnes();
    void rulesWin();
    void separatedFunctionsStandApart();
    void likeliestCandidateFirst();
};

namespace
{

Profile program(const char* worker, const char* helper)
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const FrameId main = builder.internFrame("main", "/app/run.py", 1);
    const FrameId work = builder.internFrame(worker, "/app/run.py", 10);
    const FrameId help = builder.internFrame(helper, "/app/run.py", 30);
    const FrameId odd = builder.internFrame(std::string(worker) + "_odd", "/app/run.py", 50);
    builder.addFunction(main, {1, 1, 1, 10});
    builder.addFunction(work, {40, 40, 4, 9});
    builder.addFunction(help, {80, 80, 4, 4});
    builder.addFunction(odd, {3, 3, 1, 1});
    builder.addEdge(main, work, {40, 40, 4, 9});
    builder.addEdge(work, help, {80, 80, 4, 4});
    builder.addEdge(main, odd, {3, 3, 1, 1});
    return std::move(builder).build();
}

FrameId rowOf(const Comparison& comparison, std::string_view name)
{
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        if (comparison.frames.frames.name(FrameId{i}) == name)
            return FrameId{i};
    }
    return {};
}

FunctionName named(const char* name, std::uint32_t line)
{
    return {name, "/app/run.py", line};
}

} // namespace

void TestMatchRules::findsByNameAndNearestLine_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("found"); // line, 0: none
    QTest::newRow("same line") << "f" << 20 << 20;
    QTest::newRow("moved since") << "f" << 23 << 20;
    QTest::newRow("the nearer one") << "f" << 38 << 40;
    QTest::newRow("gone") << "g" << 20 << 0;
}

void TestMatchRules::findsByNameAndNearestLine()
{
    QFETCH(QString, name);
    QFETCH(int, line);
    QFETCH(int, found);
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    for (const std::uint32_t at : {20u, 40u})
        builder.addFunction(builder.internFrame("f", "/app/run.py", at), {1, 1, 1, 1});
    const Profile profile = std::move(builder).build();
    const FrameId frame = findFunction(profile.frames, {name.toStdString(), "/app/run.py", std::uint32_t(line)});
    QCOMPARE(frame ? int(profile.frames.line(frame)) : 0, found);
}

void TestMatchRules::laterRulesOverruleEarlierOnes()
{
    std::vector<MatchRule> rules;
    rules = withRule(std::move(rules), {named("a", 1), named("x", 1), true});
    rules = withRule(std::move(rules), {named("b", 2), named("x", 1), true}); // x has one partner
    QCOMPARE(rules.size(), 1u);
    QCOMPARE(rules[0].before.name, std::string("b"));
    rules = withRule(std::move(rules), {named("b", 2), named("x", 1), false});
    QCOMPARE(rules.size(), 1u);
    QVERIFY(!rules[0].isSame);
    rules = withRule(std::move(rules), {named("b", 2), named("y", 3), true}); // "not x" still holds
    QCOMPARE(rules.size(), 2u);
    QCOMPARE(exchanged(rules)[1].before.name, std::string("y"));
    QVERIFY(withoutRulesOf(rules, named("b", 2), {}).empty());
}

void TestMatchRules::rulesWin()
{
    const RunSet before = runSetOf(program("work", "help")), after = runSetOf(program("work", "help"));
    CompareOptions options;
    options.matches = {{named("work", 10), named("help", 30), true}};
    const ComparisonPtr comparison = compare(before, after, options);
    const FrameId row = rowOf(*comparison, "help"); // the text of the after side
    QCOMPARE(comparison->match(row).reason, MatchReason::User);
    QCOMPARE(before.profile->frames.name(comparison->match(row).before), std::string_view("work"));
    double sum = 0;
    for (std::uint32_t i = 0; i < comparison->size(); ++i)
        sum += comparison->deltaSelf(FrameId{i});
    QCOMPARE(sum, comparison->delta());
}

void TestMatchRules::separatedFunctionsStandApart()
{
    CompareOptions options;
    options.matches = {{named("help", 30), named("help", 30), false}};
    const ComparisonPtr comparison =
        compare(runSetOf(program("work", "help")), runSetOf(program("work", "help")), options);
    int removed = 0, added = 0;
    for (const FrameMatch& match : comparison->matches) {
        removed += match.kind == MatchKind::Removed;
        added += match.kind == MatchKind::New;
    }
    QCOMPARE(removed, 1);
    QCOMPARE(added, 1);
}

void TestMatchRules::likeliestCandidateFirst()
{
    // Separated by hand, the renamed worker is still the first that is offered.
    CompareOptions options;
    options.matches = {{named("work", 10), named("toil", 10), false}};
    const ComparisonPtr comparison =
        compare(runSetOf(program("work", "help")), runSetOf(program("toil", "help")), options);
    const FrameId gone = rowOf(*comparison, "work"), fresh = rowOf(*comparison, "toil");
    QCOMPARE(comparison->match(gone).kind, MatchKind::Removed);
    const std::vector<MatchCandidate> after = matchCandidates(*comparison, gone, true);
    QVERIFY(!after.empty());
    QCOMPARE(after[0].row, fresh);
    QVERIFY(after[0].likeness > 0.9 && after[0].likeness <= 1);
    const std::vector<MatchCandidate> before = matchCandidates(*comparison, fresh, false);
    QVERIFY(!before.empty());
    QCOMPARE(before[0].row, gone);
}

QTEST_GUILESS_MAIN(TestMatchRules)
#include "tst_match_rules.moc"
