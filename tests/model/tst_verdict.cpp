// SPDX-License-Identifier: GPL-3.0-or-later
// The verdicts of programs that were changed on purpose, one run and several runs a side, in both directions; and the
// sentences themselves.
#include "model/verdict.h"
#include "tests/support/compare.h"
#include "tests/support/generate.h"

#include <QJsonArray>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

class TestVerdict : public QObject
{
    Q_OBJECT

private slots:
    void changedPrograms_data();
    void changedPrograms();
    void sentences_data();
    void sentences();
    void target_data();
    void target();
    void againstItself();
    void names_data();
    void names();
    void whatCProfileDropped();
};

namespace
{

QStringList filesOf(const QJsonValue& value)
{
    QStringList result;
    if (value.isString())
        result += value.toString();
    for (const QJsonValue& name : value.toArray())
        result += name.toString();
    return result;
}

Verdict verdictOf(std::string_view before, std::string_view after, Unit unit, std::string_view target = {})
{
    const Metric metric{"m", "M", unit, NumberKind::Exact, {}};
    const ComparisonPtr comparison = compare(runSetOf(fromStacks(before, metric)), runSetOf(fromStacks(after, metric)));
    FrameId row;
    for (std::uint32_t i = 0; i < comparison->size(); ++i) {
        if (comparison->frames.frames.name(FrameId{i}) == target)
            row = FrameId{i};
    }
    return judge(*comparison, measureNoise(*comparison), row);
}

QString textOf(const Verdict& verdict)
{
    return QString::fromStdString(verdict.text()).replace(QChar(0x202f), QLatin1Char(' '));
}

} // namespace

void TestVerdict::changedPrograms_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("files");
    QTest::addColumn<bool>("swapped");
    for (const char* name : {"nplus1", "relocated", "refactor", "doublecall", "checkout"}) {
        for (const char* files : {"single", "runs"}) {
            QTest::addRow("%s, %s", name, files) << name << files << false;
            QTest::addRow("%s, %s, sides exchanged", name, files) << name << files << true;
        }
    }
}

void TestVerdict::changedPrograms()
{
    QFETCH(QString, name);
    QFETCH(QString, files);
    QFETCH(bool, swapped);
    const QString folder = QStringLiteral("compare/verdicts/%1/").arg(name);
    const QJsonObject truth = readFixtureJson(folder + "truth.json");
    const QJsonObject sides = truth[files].toObject();
    RunSet before = loadRuns(folder, filesOf(sides["before"])), after = loadRuns(folder, filesOf(sides["after"]));
    if (swapped)
        std::swap(before, after);
    const ComparisonPtr comparison = compare(before, after);
    const Verdict verdict = judge(*comparison, measureNoise(*comparison));

    QStringList accepted;
    for (const QJsonValue& kind : truth["verdict"].toObject()["accept"].toArray()) {
        const QString word = kind.toString();
        accepted += !swapped || (word != "faster" && word != "slower") ? word : word == "faster" ? "slower" : "faster";
    }
    const QString text = textOf(verdict);
    const std::string_view kind = verdictKindName(verdict.kind);
    QVERIFY2(accepted.contains(QString::fromUtf8(kind.data(), qsizetype(kind.size()))), qPrintable(text));
    for (const QJsonValue& group : truth["verdict"].toObject()["names"].toArray()) {
        bool isNamed = false;
        for (const QJsonValue& word : group.toArray())
            isNamed = isNamed || text.contains(word.toString()) ||
                      (swapped && text.contains(word.toString().replace("more", "fewer")));
        QVERIFY2(isNamed, qPrintable(text));
    }
    QCOMPARE(bool(verdict.target), verdict.kind != VerdictKind::Unchanged);
}

void TestVerdict::sentences_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* before, const char* after, Unit unit, const char* text) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << int(unit) << QString::fromUtf8(text);
    };
    row("faster", "main;get 9\nmain;put 3\n", "main;get 1\nmain;put 2\n", Unit::Seconds,
        "Faster: 12.00 s → 3.00 s (−75.0 %, 4.00×). get holds 88.9 % of it. put gives the rest.");
    row("slower, and something new", "main;get 9\n", "main;get 4\nmain;put 11\n", Unit::Seconds,
        "Slower: 9.00 s → 15.00 s (+66.7 %, 1.67×). put, which is new, costs 11.00 s. get takes 5.00 s less.");
    row("more fell than the total did", "main;a 30\nmain;b 30\nmain;c 40\n", "main;a 5\nmain;b 8\nmain;c 60\n", Unit::Seconds,
        "Faster: 100.0 s → 73.00 s (−27.0 %, 1.37×). a takes 25.00 s less. b takes another 22.00 s less. c takes 20.00 s "
        "more.");
    row("much new code", "main;log 10\n",
        "main;log 10\nmain;log;a 3\nmain;log;b 3\nmain;log;c 2\nmain;log;d 2\nmain;log;e 2\n", Unit::Seconds,
        "Slower: 10.00 s → 22.00 s (+120.0 %, 2.20×). a, which is new, holds 25.0 % of it. b and c give another 41.7 %. In "
        "all, 5 functions are new and hold 100 % of it, most below log.");
    row("one run a side, a few percent", "main;get 90\nmain 10\n", "main;get 86\nmain 10\n", Unit::Seconds,
        "Faster: 100.0 s → 96.00 s (−4.0 %, 1.04×). get holds 100 % of it. One run a side can differ by as much: several "
        "would tell.");
    row("gone", "main;get 9\nmain 1\n", "main 1\n", Unit::Seconds,
        "Faster: 10.00 s → 1.00 s (−90.0 %, 10.00×). get, no longer called, holds 100 % of it.");
    row("relocated", "main;get 90\nmain 10\n", "main;put 91\nmain 10\n", Unit::Seconds,
        "Relocated: 100.0 s → 101.0 s (+1.0 %). get fell by 90.00 s, but the total did not: it went to put (+91.00 s, "
        "new).");
    row("unchanged", "main;get 90\nmain 10\n", "main;get 91\nmain 10\n", Unit::Seconds,
        "No change beyond the noise: 100.0 s → 101.0 s (+1.0 %). Two runs of one program may differ by 3.0 %.");
    row("memory", "main;get 3145728\n", "main;get 1048576\n", Unit::Bytes,
        "Less memory: 3.0 MiB → 1.0 MiB (−66.7 %, 3.00×). get holds 100 % of it.");
    row("more memory", "main;get 1048576\n", "main;get 3145728\n", Unit::Bytes,
        "More memory: 1.0 MiB → 3.0 MiB (+200.0 %, 3.00×). get holds 100 % of it.");
    row("from nothing", "main;get 0\n", "main;get 3\n", Unit::Seconds,
        "Slower: 0 → 3.00 s (+3.00 s). get holds 100 % of it.");
    row("to nothing", "main;get 3\n", "main;get 0\n", Unit::Seconds,
        "Faster: 3.00 s → 0 (−100.0 %). get holds 100 % of it.");
    row("a little less, much moved", "main;get 50\nmain;put 50\n", "main;get 77\nmain;put 19\n", Unit::Seconds,
        "Mixed: 100.0 s → 96.00 s (−4.0 %). Less in put (−31.00 s); more in get (+27.00 s).");
}

void TestVerdict::sentences()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(int, unit);
    QTEST(textOf(verdictOf(viewOf(before), viewOf(after), Unit(unit))), "text");
}

void TestVerdict::target_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("begin");
    const auto row = [](const char* name, const char* before, const char* after, VerdictKind kind, const char* begin) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << int(kind) << QString::fromUtf8(begin);
    };
    row("paid off", "main;parse 50\nmain;rest 50\n", "main;parse 10\nmain;rest 50\n", VerdictKind::Faster,
        "Faster: 100.0 s → 60.00 s (−40.0 %, 1.67×). parse: 50.00 s → 10.00 s (−80.0 %).");
    row("went elsewhere", "main;parse 50\nmain;rest 50\n", "main;parse 10\nmain;rest 90\n", VerdictKind::Relocated,
        "Relocated: 100.0 s → 100.0 s. parse: 50.00 s → 10.00 s (−80.0 %). The total did not follow: it went to rest");
    row("and yet slower", "main;parse 50\nmain;rest 10\n", "main;parse 10\nmain;rest 70\n", VerdictKind::Mixed,
        "Mixed: 60.00 s → 80.00 s (+33.3 %, 1.33×). parse: 50.00 s → 10.00 s (−80.0 %). The total went the other way");
    row("too small to matter", "main;parse 1\nmain;rest 99\n", "main;parse 0.1\nmain;rest 99\n", VerdictKind::Unchanged,
        "No change beyond the noise: 100.0 s → 99.10 s (−0.9 %). parse: 1.00 s → 100.0 ms (−90.0 %). That is too "
        "little");
    row("not touched", "main;parse 50\nmain;rest 50\n", "main;parse 50\nmain;rest 10\n", VerdictKind::Faster,
        "Faster: 100.0 s → 60.00 s (−40.0 %, 1.67×). parse: 50.00 s → 50.00 s, no change.");
}

void TestVerdict::target()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(int, kind);
    QFETCH(QString, begin);
    const Verdict verdict = verdictOf(viewOf(before), viewOf(after), Unit::Seconds, "parse");
    QCOMPARE(int(verdict.kind), kind);
    QVERIFY2(textOf(verdict).startsWith(begin), qPrintable(textOf(verdict)));
    QVERIFY(verdict.target);
}

void TestVerdict::againstItself()
{
    for (unsigned seed = 1; seed <= 5; ++seed) {
        const RunSet side = runSetOf(randomPaths(seed));
        const ComparisonPtr comparison = compare(side, side);
        const Verdict verdict = judge(*comparison, measureNoise(*comparison));
        QCOMPARE(verdict.kind, VerdictKind::Unchanged);
        QVERIFY(textOf(verdict).endsWith("The totals are equal."));
    }
}

void TestVerdict::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isBuiltin");
    QTest::addColumn<QString>("text");
    QTest::newRow("method") << "<method 'execute' of 'sqlite3.Connection' objects>" << true << "Connection.execute";
    QTest::newRow("builtin") << "<built-in method builtins.len>" << true << "len";
    QTest::newRow("extension") << "<built-in method _json.scanstring>" << true << "_json.scanstring";
    QTest::newRow("function") << "order_total" << false << "order_total";
    QTest::newRow("lambda") << "<lambda>" << false << "<lambda> (shop/report.py:30)";
    QTest::newRow("special method") << "__init__" << false << "__init__ (shop/report.py:30)";
}

void TestVerdict::names()
{
    QFETCH(QString, name);
    QFETCH(bool, isBuiltin);
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const FrameId f = isBuiltin ? builder.internFrame(name.toStdString(), "~", 0, FrameKind::Builtin)
                                : builder.internFrame(name.toStdString(), "/app/shop/report.py", 30);
    QTEST(QString::fromStdString(sentenceName(builder.frames(), f)), "text");
}

// Two comprehensions on one line: cProfile keeps one of them, which one is chance. Neither run was faster.
void TestVerdict::whatCProfileDropped()
{
    const auto run = [](double kept) {
        ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
        const FrameId main = builder.internFrame("main", "/b/m.py", 1),
                      inner = builder.internFrame("<listcomp>", "/b/m.py", 5);
        builder.addFunction(main, {1, 1, 6, 10}); // 4 of its 10 seconds are in the two comprehensions
        builder.addFunction(inner, {20, 20, kept, kept});
        builder.addEdge(main, inner, {20, 20, kept, kept});
        return runSetOf(std::move(builder).build());
    };
    const RunSet whole = run(4), part = run(1);
    const ComparisonPtr comparison = compare(whole, part);
    const Verdict verdict = judge(*comparison, measureNoise(*comparison));
    QCOMPARE(verdict.kind, VerdictKind::Unchanged);
    QVERIFY2(textOf(verdict).contains("cProfile keeps one: after lacks 3.00 s."), qPrintable(textOf(verdict)));
    const ComparisonPtr same = compare(whole, whole);
    QVERIFY(!textOf(judge(*same, measureNoise(*same))).contains("lacks"));
}

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
