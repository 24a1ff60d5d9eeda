// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial check` as a gate: what each rule lets pass, exit statuses, and reports that other services can read.
#include "tests/support/cli.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace sundial::test;

class TestCheckCli : public QObject
{
    Q_OBJECT

private slots:
    void rules_data();
    void rules();
    void withoutRules_data();
    void withoutRules();
    void noiseDoesNotFail();
    void patternNamesTheWorst();
    void annotationsLeaveTheJsonAlone();
    void budget_data();
    void budget();
    void wrongRules_data();
    void wrongRules();
    void reports();

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    QTemporaryDir m_folder;
};

namespace
{

// validate() is called a second time: +58 %, valid 17,640 → 35,280 calls, 104 ms → 205 ms self.
const QString kDoublecall = QStringLiteral("compare/verdicts/doublecall");
const QStringList kPair{"before-3.prof", "after-3.prof"};

Finished check(const QStringList& more, const QStringList& files = kPair)
{
    return runSundial(QStringList{"check"} + files + more, kDoublecall);
}

void writeText(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

void TestCheckCli::rules_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<bool>("passes");
    QTest::newRow("total, percent, broken") << "total>+50%" << false;
    QTest::newRow("total, percent, kept") << "total>+60%" << true;
    QTest::newRow("total, time, broken") << "total > +139 ms" << false;
    QTest::newRow("total, time, kept") << "total>+0.141s" << true;
    QTest::newRow("total, value after") << "total>380ms" << false;
    QTest::newRow("total, own unit") << "total>0.39" << true;
    QTest::newRow("metric by its id") << "time>+50%" << false;
    QTest::newRow("self of a function") << "self(valid)>+90%" << false;
    QTest::newRow("self, kept") << "self(valid)>+100%" << true;
    QTest::newRow("total of a function") << "total(main)>+60%" << true;
    QTest::newRow("calls") << "calls(valid)>+17639" << false;
    QTest::newRow("calls, kept") << "calls(valid)>+17640" << true;
    QTest::newRow("below") << "calls(valid)<40000" << false;
    QTest::newRow("a name with brackets") << "self(<listcomp>)>10s" << true;
    QTest::newRow("pattern, broken by one") << "calls(val*)>+1" << false;
    QTest::newRow("pattern, kept by all") << "self(val*)>+10s" << true;
    QTest::newRow("pattern of a place") << "self(*/forms.py:*)>+90%" << false;
    QTest::newRow("pattern, a value") << "total(s?bmit)>1us" << false;
    QTest::newRow("pattern of all, kept") << "self(*)>+1000%" << true;
    QTest::newRow("by place") << "calls(forms.py:10(valid))>+1" << false;
}

void TestCheckCli::rules()
{
    QFETCH(QString, rule);
    QFETCH(bool, passes);
    const Finished run = check({"--fail-if", rule, "--json"});
    QCOMPARE(run.status, passes ? 0 : 1);
    QCOMPARE(run.json()["passed"].toBool(), passes);
    QCOMPARE(run.json()["rules"].toArray()[0].toObject()["rule"].toString(), rule);
}

void TestCheckCli::withoutRules_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<int>("status");
    QTest::newRow("slower") << kPair << 1;
    QTest::newRow("faster") << QStringList{"after-3.prof", "before-3.prof"} << 0;
    QTest::newRow("unchanged") << QStringList{"before-3.prof", "before-4.prof"} << 0;
    QTest::newRow("unreadable") << QStringList{"before-3.prof", "truth.json"} << 3;
    QTest::newRow("one file") << QStringList{"before-3.prof"} << 2;
}

void TestCheckCli::withoutRules()
{
    QFETCH(QStringList, files);
    QTEST(check({}, files).status, "status");
}

// A change of the total inside the spread of the runs is no failure, whatever the rule.
void TestCheckCli::noiseDoesNotFail()
{
    const QStringList sets{"check",          "--before",    "run-01.prof",   "run-03.prof", "run-05.prof",
                           "--after",        "run-02.prof", "run-04.prof",   "run-10.prof", "--fail-if",
                           "total>+0.0001%", "--fail-if",   "total<-0.0001%"};
    const Finished run = runSundial(sets, QStringLiteral("compare/noise/logmill"));
    QCOMPARE(run.status, 0);
    QVERIFY(run.out.contains("inside the noise"));
}

// A pattern stands for every function that it fits: told is the one that breaks the rule by most, and how many more do.
void TestCheckCli::patternNamesTheWorst()
{
    const Finished run = check({"--fail-if", "calls(*/forms.py:*)>+1", "--json"});
    QCOMPARE(run.status, 1);
    const QJsonObject rule = run.json()["rules"].toArray()[0].toObject();
    QCOMPARE(rule["message"].toString().replace(QChar(0x202f), u' '),
             QStringLiteral("valid: 17,640 → 35,280 (+100.0 %), and 2 more of 5 functions"));
    QCOMPARE(rule["before"].toInt(), 17640);
    QCOMPARE(rule["after"].toInt(), 35280);
    // Of many functions some always differ: what lies inside the noise fails no rule.
    const QStringList sets{"check",       "--before",    "run-01.prof", "run-03.prof", "run-05.prof",
                           "--after",     "run-02.prof", "run-04.prof", "run-10.prof", "--fail-if",
                           "self(*)>+1%", "--fail-if",   "self(*)<-1%"};
    QCOMPARE(runSundial(sets, QStringLiteral("compare/noise/logmill")).status, 0);
}

void TestCheckCli::annotationsLeaveTheJsonAlone()
{
    const Finished run = check({"--fail-if", "self(valid)>+5%", "--json", "--github"});
    QCOMPARE(run.status, 1);
    QVERIFY(!run.json().isEmpty()); // all of standard output
    QVERIFY2(run.err.startsWith("::error file=/srv/proj/doublecall/forms.py,line=10"), qPrintable(run.err));
}

void TestCheckCli::budget_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::newRow("kept") << QByteArray("[budget]\ntotal = '+60%'\n'self(valid)' = \"+110 ms\"\n") << 0;
    QTest::newRow("broken") << QByteArray("[budget]\ntotal = '+60%'\n'calls(valid)' = '+10%'\n") << 1;
    QTest::newRow("list") << QByteArray("fail-if = ['total>+60%', 'total>1s']\n") << 0;
    QTest::newRow("not TOML") << QByteArray("total > 5\n") << 3;
    QTest::newRow("misspelt key") << QByteArray("[budgets]\ntotal = '+60%'\n") << 3;
    QTest::newRow("no limit") << QByteArray("[budget]\ntotal = 5\n") << 3;
    QTest::newRow("no rule") << QByteArray("fail-if = ['faster']\n") << 3;
}

void TestCheckCli::budget()
{
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    writeText(path("budget.toml"), text);
    const Finished run = check({"--budget", path("budget.toml")});
    QCOMPARE(run.status, status);
    QCOMPARE(run.err.count('\n'), status == 3 ? 1 : 0);
    QVERIFY(status != 3 || run.err.contains("line "));
}

void TestCheckCli::wrongRules_data()
{
    QTest::addColumn<QString>("rule");
    for (const char* rule :
         {"", "total", "total>", "total>+5 parsecs", "total>5%", "self()>1s", "self(valid>1s", "a b>1", "total>+5MiB",
          "calls(valid)>+1s", "self(nowhere)>+5%", "self(nowhere*)>+5%", "leaked-bytes>+5%", "total>nan"})
        QTest::newRow(rule) << QString::fromLatin1(rule);
}

void TestCheckCli::wrongRules()
{
    QFETCH(QString, rule);
    const Finished run = check({"--fail-if", rule});
    QCOMPARE(run.status, 2);
    QCOMPARE(run.out, QString());
    QCOMPARE(run.err.count('\n'), 1);
}

void TestCheckCli::reports()
{
    const Finished run = check({"--fail-if", "self(valid)>+5%", "--fail-if", "total>10s", "--junit", path("junit.xml"),
                                "--sarif", path("check.sarif"), "--github"});
    QCOMPARE(run.status, 1);
    QVERIFY(run.out.startsWith("FAILED  self(valid)>+5%: 103.7 ms → 205.5 ms"));
    QVERIFY(run.out.contains("ok      total>10s"));
    QVERIFY(run.out.contains("::error file=/srv/proj/doublecall/forms.py,line=10,title=self(valid)>+5%25::"));

    QFile junit(path("junit.xml"));
    QVERIFY(junit.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&junit);
    int cases = 0, failures = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        cases += xml.name() == QLatin1String("testcase");
        failures += xml.name() == QLatin1String("failure");
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(cases, 2);
    QCOMPARE(failures, 1);

    QFile sarif(path("check.sarif"));
    QVERIFY(sarif.open(QIODevice::ReadOnly));
    const QJsonObject result = QJsonDocument::fromJson(sarif.readAll())["runs"][0]["results"][0].toObject();
    QCOMPARE(result["ruleId"].toString(), QStringLiteral("self(valid)>+5%"));
    const QJsonValue place = result["locations"][0]["physicalLocation"];
    QCOMPARE(place["artifactLocation"]["uri"].toString(), QStringLiteral("/srv/proj/doublecall/forms.py"));
    QCOMPARE(place["region"]["startLine"].toInt(), 10);
}

QTEST_GUILESS_MAIN(TestCheckCli)
#include "tst_check_cli.moc"
