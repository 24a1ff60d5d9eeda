// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as the reader sees them.
#include "model/units.h"

#include <QTest>

using namespace sundial;

class TestUnits : public QObject
{
    Q_OBJECT

private slots:
    void values_data();
    void values();
    void percents();
    void changes();
    void calls();
    void columns();
    void exact();
};

void TestUnits::values_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, double value, Unit unit, const char* text) {
        QTest::newRow(name) << value << int(unit) << QString::fromUtf8(text);
    };
    row("milliseconds", 0.00124, Unit::Seconds, "1.24 ms");
    row("two decimals under 100", 0.02431, Unit::Seconds, "24.31 ms");
    row("one decimal above", 0.251, Unit::Seconds, "251.0 ms");
    row("under two minutes", 92.4, Unit::Seconds, "92.40 s");
    row("over a minute", 110.0, Unit::Seconds, "110.0 s");
    row("minutes", 134, Unit::Seconds, "2 min 14 s");
    row("minutes round up", 179.9, Unit::Seconds, "3 min 0 s");
    row("file unit is microseconds", 1240, Unit::Microseconds, "1.24 ms");
    row("nanoseconds", 3e-9, Unit::Seconds, "3.00 ns");
    row("below a nanosecond", 3e-10, Unit::Seconds, "0.30 ns");
    row("zero", 0, Unit::Seconds, "0");
    row("negative", -0.5, Unit::Seconds, "\u2212500.0 ms");
    row("bytes", 812, Unit::Bytes, "812 B");
    row("kibibytes", 3174, Unit::Bytes, "3.1 KiB");
    row("mebibytes", 3250586, Unit::Bytes, "3.1 MiB");
    row("gibibytes", 1127428915, Unit::Bytes, "1.05 GiB");
    row("count", 266822, Unit::Count, "266,822");
    row("small count", 12, Unit::Count, "12");
    row("samples", 48210, Unit::Samples, "48,210 samples");
    row("one sample", 1, Unit::Samples, "1 sample");
}

void TestUnits::values()
{
    QFETCH(double, value);
    QFETCH(int, unit);
    QTEST(QString::fromStdString(formatValue(value, Unit(unit))), "text");
}

void TestUnits::percents()
{
    QCOMPARE(formatPercent(0.1234), "12.3\u202f%");
    QCOMPARE(formatPercent(1), "100\u202f%");
    QCOMPARE(formatPercent(0.0004), "< 0.1\u202f%");
    QCOMPARE(formatPercent(0), "0\u202f%");
    QCOMPARE(formatPercent(0.9999), "100\u202f%");
}

void TestUnits::changes()
{
    QCOMPARE(formatPercentDelta(-0.273), "\u221227.3\u202f%");
    QCOMPARE(formatPercentDelta(0.041), "+4.1\u202f%");
    QCOMPARE(formatDelta(-1.92, Unit::Seconds), "\u22121.92 s");
    QCOMPARE(formatDelta(0.00449, Unit::Seconds), "+4.49 ms");
}

void TestUnits::calls()
{
    QCOMPARE(formatCalls(15123, 12183), "15,123/12,183");
    QCOMPARE(formatCalls(40, 40), "40");
    QCOMPARE(formatCalls(-1, -1), "—");
}

void TestUnits::columns()
{
    const DisplayUnit unit = columnUnit(0.0985, Unit::Seconds);
    QCOMPARE(unit.symbol, "ms");
    QCOMPARE(formatCell(0.0985, unit), "98.50");
    QCOMPARE(formatCell(1.2321, unit), "1,232.10");
    QCOMPARE(formatCell(0.0985, unit, {",", "."}), "98,50");
}

void TestUnits::exact()
{
    QCOMPARE(formatExact(1.25), "1.25");
    QCOMPARE(formatExact(40), "40");
    QCOMPARE(formatExact(0.1 + 0.2), "0.30000000000000004");
}

QTEST_APPLESS_MAIN(TestUnits)
#include "tst_units.moc"
