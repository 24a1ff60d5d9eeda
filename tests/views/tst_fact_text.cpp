// SPDX-License-Identifier: GPL-3.0-or-later
// What a file tells about itself, as the card shows it.
#include "views/fact_text.h"

#include <QTest>

using namespace sundial;

class TestFactText : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void reads_data();
    void reads();
    void dateIsLocal();
};

void TestFactText::reads_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("text"); // "label: value"
    const auto row = [](const char* key, const char* value, const char* text) {
        QTest::addRow("%s %s", key, value) << QByteArray(key) << QByteArray(value) << QString::fromUtf8(text);
    };
    row("duration_ms", "36", "Duration: 36.00 ms");
    row("duration_ms", "134000", "Duration: 2 min 14 s");
    row("peak_bytes", "34747835", "Peak: 33.1 MiB");
    row("allocation_records", "59000000", "Allocation records: 59,000,000");
    row("process", "24051", "Process: 24051");
    row("python", "3.11", "Python: 3.11");
    row("command_line", "memray run app.py", "Command line: memray run app.py");
}

void TestFactText::reads()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    const FactText fact = factText(key.toStdString(), value.toStdString());
    QTEST(fact.label + QStringLiteral(": ") + fact.value, "text");
}

void TestFactText::dateIsLocal()
{
    const FactText fact = factText("start_time_ms", "1795243457875");
    QCOMPARE(fact.label, QStringLiteral("Started"));
    QVERIFY2(fact.value.contains(QLatin1String("2026")), qPrintable(fact.value));
}

QTEST_GUILESS_MAIN(TestFactText)
#include "tst_fact_text.moc"
