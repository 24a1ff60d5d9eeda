// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial diff` as scripts and pull requests use it.
#include "tests/support/cli.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QTest>

#include <cmath>

using namespace sundial::test;

class TestDiffCli : public QObject
{
    Q_OBJECT

private slots:
    void json_data();
    void json();
    void jsonOfSets();
    void text();
    void markdown();
    void csv();
    void options();
    void wrongUsage_data();
    void wrongUsage();
    void unreadable();
};

namespace
{

const QString kVerdicts = QStringLiteral("compare/verdicts/");

QJsonObject rowNamed(const QJsonObject& document, const QString& name)
{
    for (const QJsonValue& row : document["rows"].toArray()) {
        if (row.toObject()["name"].toString() == name)
            return row.toObject();
    }
    return {};
}

} // namespace

void TestDiffCli::json_data()
{
    QTest::addColumn<QString>("folder");
    for (const char* name : {"nplus1", "relocated", "refactor", "doublecall", "checkout"})
        QTest::newRow(name) << kVerdicts + QLatin1String(name);
}

void TestDiffCli::json()
{
    QFETCH(QString, folder);
    const QJsonObject truth = readFixtureJson(folder + "/truth.json");
    const QJsonObject single = truth["single"].toObject();
    const Finished run =
        runSundial({"diff", single["before"].toString(), single["after"].toString(), "--json", "-n", "0"}, folder);
    QCOMPARE(run.status, 0);
    QCOMPARE(run.err, QString());
    const QJsonObject document = run.json();
    const QJsonObject total = document["total"].toObject();
    QCOMPARE(document["unit"].toString(), QStringLiteral("seconds"));
    QCOMPARE(total["before"].toDouble(), truth["numbers"].toObject()["before_total"].toDouble());
    QCOMPARE(total["after"].toDouble(), truth["numbers"].toObject()["after_total"].toDouble());
    QVERIFY(total["significant"].isNull());
    QVERIFY(truth["verdict"].toObject()["accept"].toArray().contains(document["verdict"].toObject()["kind"]));
    double sum = 0;
    for (const QJsonValue& row : document["rows"].toArray()) {
        const QJsonValue before = row.toObject()["before"], after = row.toObject()["after"];
        QVERIFY(before.isObject() || after.isObject());
        QCOMPARE(row.toObject()["match"].toString() == "new", before.isNull());
        QCOMPARE(row.toObject()["match"].toString() == "removed", after.isNull());
        sum += after.toObject()["self"].toDouble() - before.toObject()["self"].toDouble();
    }
    QVERIFY(std::abs(sum - total["delta"].toDouble()) < 1e-12);
    if (truth["target"].isObject()) {
        const QJsonObject target = document["verdict"].toObject()["target"].toObject();
        QVERIFY(!target["name"].toString().isEmpty());
    }
}

void TestDiffCli::jsonOfSets()
{
    const QString folder = kVerdicts + "doublecall";
    const QJsonObject runs = readFixtureJson(folder + "/truth.json")["runs"].toObject();
    QStringList arguments{"diff", "--json", "-n", "0", "--before"};
    arguments += runs["before"].toVariant().toStringList();
    arguments += "--after";
    arguments += runs["after"].toVariant().toStringList();
    const Finished run = runSundial(arguments, folder);
    QCOMPARE(run.status, 0);
    const QJsonObject document = run.json();
    QCOMPARE(document["total"].toObject()["significant"].toBool(), true);
    const QJsonObject valid = rowNamed(document, "valid");
    QCOMPARE(valid["significant"].toBool(), true);
    QVERIFY(valid["q"].toDouble() < 0.05);
    QCOMPARE(valid["before"].toObject()["runs"].toInt(), 5);
    QVERIFY(valid["before"].toObject()["spread"].toDouble() > 0);
    QCOMPARE(valid["after"].toObject()["calls"].toInt(), 35280);
}

void TestDiffCli::text()
{
    const Finished run = runSundial({"diff", "before-1.prof", "after-1.prof", "-n", "2"}, kVerdicts + "nplus1");
    QCOMPARE(run.status, 0);
    const QStringList lines = run.out.split('\n');
    QVERIFY(lines[0].startsWith("Faster: 254.3 ms → 165.7 ms"));
    QVERIFY(lines[2].contains("Δ self ms"));
    QVERIFY(lines[3].endsWith("fewer calls       Connection.execute"));
    QVERIFY(lines[4].endsWith("no longer called  tags_of (nplus1/store.py:15)"));
    QVERIFY(run.out.contains("21 matched, 2 removed, 1 new; 2 of 24 shown."));
    QVERIFY(run.out.contains("One run on each side"));
}

void TestDiffCli::markdown()
{
    const Finished run = runSundial({"diff", "before-1.prof", "after-1.prof", "--markdown"}, kVerdicts + "refactor");
    QCOMPARE(run.status, 0);
    QVERIFY(run.out.startsWith("**No change beyond the noise"));
    QVERIFY(run.out.contains("hash\\_words (refactor/hashing.py:19), before score\\_all"));
    QCOMPARE(run.out.count("\n|"), 12); // head, rule, ten rows
    QVERIFY(run.out.contains("<details><summary>18 matched, 0 removed, 0 new</summary>"));
    QVERIFY(run.out.trimmed().endsWith("</details>"));
}

void TestDiffCli::csv()
{
    const Finished run = runSundial({"diff", "before-1.prof", "after-1.prof", "--csv"}, kVerdicts + "refactor");
    QCOMPARE(run.status, 0);
    const QStringList lines = run.out.split('\n');
    QVERIFY(lines[0].startsWith("name,file,line,match,self_before,self_after"));
    QCOMPARE(lines[1].count(','), lines[0].count(','));
}

void TestDiffCli::options()
{
    const QString folder = kVerdicts + "relocated";
    const auto diff = [&folder](const QStringList& more) {
        return runSundial(QStringList{"diff", "before-1.prof", "after-1.prof", "--json"} + more, folder).json();
    };
    const QJsonObject target = diff({"--target", "price_of"})["verdict"].toObject();
    QCOMPARE(target["kind"].toString(), QStringLiteral("relocated"));
    QVERIFY(target["text"].toString().contains("fill_price_cache"));
    QCOMPARE(target["target"].toObject()["name"].toString(), QStringLiteral("price_of"));
    QCOMPARE(diff({"--min-percent", "50"})["rows"].toArray().size(), 2);
    QCOMPARE(diff({"-n", "1", "--sort", "total"})["rows"].toArray()[0].toObject()["name"].toString(),
             QStringLiteral("main"));
    QVERIFY(std::abs(diff({"--normalize"})["total"].toObject()["delta"].toDouble()) < 1e-12);
    QCOMPARE(diff({"--normalize-by", "main"})["notes"].toArray().size(), 1);
}

void TestDiffCli::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("one file") << QStringList{"before-1.prof"};
    QTest::newRow("no file") << QStringList{};
    QTest::newRow("one set") << QStringList{"--before", "before-1.prof"};
    QTest::newRow("files and sets") << QStringList{"before-1.prof", "after-1.prof", "--before", "before-2.prof"};
    QTest::newRow("no such order") << QStringList{"before-1.prof", "after-1.prof", "--sort", "colour"};
    QTest::newRow("no such function") << QStringList{"before-1.prof", "after-1.prof", "--target", "nowhere"};
    QTest::newRow("no such metric") << QStringList{"before-1.prof", "after-1.prof", "--metric", "leaked-bytes"};
}

void TestDiffCli::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const Finished run = runSundial(QStringList{"diff"} + arguments, kVerdicts + "nplus1");
    QCOMPARE(run.status, 2);
    QCOMPARE(run.out, QString());
    QCOMPARE(run.err.count('\n'), 1);
}

void TestDiffCli::unreadable()
{
    const Finished run = runSundial({"diff", "before-1.prof", "missing.prof"}, kVerdicts + "nplus1");
    QCOMPARE(run.status, 3);
    QCOMPARE(run.out, QString());
    QVERIFY(run.err.startsWith("missing.prof: "));
}

QTEST_GUILESS_MAIN(TestDiffCli)
#include "tst_diff_cli.moc"
