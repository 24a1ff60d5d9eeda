// SPDX-License-Identifier: GPL-3.0-or-later
// A range of a capture's time, chosen by mouse and by keyboard. Real events, offscreen.
#include "parsers/formats.h"
#include "views/memory_chart.h"
#include "views/range_brush.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace sundial;

namespace
{

constexpr int kHeight = 100;
constexpr std::uint32_t kLast = 100; // measurements, one each ten pixels

/// A brush over a chart of 1,000 px without margins.
std::unique_ptr<RangeBrush> makeBrush()
{
    auto brush = std::make_unique<RangeBrush>();
    brush->resize(1000, kHeight);
    std::vector<double> places;
    for (std::uint32_t i = 0; i <= kLast; ++i)
        places.push_back(double(i) / kLast);
    brush->setPlaces(places);
    brush->show();
    brush->setFocus();
    return brush;
}

QString textOf(const RangeBrush& brush)
{
    return brush.range() ? QStringLiteral("%1-%2").arg(brush.range()->from).arg(brush.range()->to)
                         : QStringLiteral("whole");
}

void drag(RangeBrush& brush, int from, int to)
{
    QTest::mousePress(&brush, Qt::LeftButton, {}, {from, kHeight / 2});
    QTest::mouseMove(&brush, {(from + to) / 2, kHeight / 2});
    QTest::mouseMove(&brush, {to, kHeight / 2});
    QTest::mouseRelease(&brush, Qt::LeftButton, {}, {to, kHeight / 2});
}

Profile parsed(const char* name)
{
    QFile file(QStringLiteral(SUNDIAL_FIXTURES "/memray/") + QLatin1String(name));
    [[maybe_unused]] const bool isOpen = file.open(QIODevice::ReadOnly);
    const QByteArray bytes = file.readAll();
    Progress progress;
    return std::move(*parseAny({{bytes.data(), std::size_t(bytes.size())}, name}, {}, progress));
}

AnalysisPtr analysed(Profile profile)
{
    Progress progress;
    return *analyse(std::make_shared<const Profile>(std::move(profile)), MetricId{0}, progress);
}

} // namespace

class TestMemoryChart : public QObject
{
    Q_OBJECT

private slots:
    void mouse_data();
    void mouse();
    void escapeEndsADrag();
    void keys_data();
    void keys();
    void saysWhatIsShown();
    void hidesWithoutTime();
    void aggregatedHasNoRanges();
};

void TestMemoryChart::mouse_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<QString>("range"); // after a drag, with 40-60 chosen before
    QTest::newRow("new, beside it") << 100 << 304 << QStringLiteral("10-30");
    QTest::newRow("new, to the left") << 304 << 96 << QStringLiteral("10-30");
    QTest::newRow("the start") << 402 << 250 << QStringLiteral("25-60");
    QTest::newRow("the end") << 597 << 800 << QStringLiteral("40-80");
    QTest::newRow("the start stops at the end") << 400 << 900 << QStringLiteral("59-60");
    QTest::newRow("the inside") << 500 << 600 << QStringLiteral("50-70");
    QTest::newRow("the inside stops at the edge") << 500 << 990 << QStringLiteral("80-100");
    QTest::newRow("beyond the chart") << 800 << 2000 << QStringLiteral("80-100");
    QTest::newRow("all of it is no range") << 0 << 1000 << QStringLiteral("whole");
    QTest::newRow("a click beside it clears") << 100 << 100 << QStringLiteral("whole");
    QTest::newRow("a click inside leaves it") << 500 << 500 << QStringLiteral("40-60");
}

void TestMemoryChart::mouse()
{
    QFETCH(int, from);
    QFETCH(int, to);
    const auto brush = makeBrush();
    brush->setRange(MemoryRange{40, 60});
    QSignalSpy chosen(brush.get(), &RangeBrush::rangeChosen);
    drag(*brush, from, to);
    QTEST(textOf(*brush), "range");
    QCOMPARE(chosen.size(), textOf(*brush) == QStringLiteral("40-60") ? 0 : 1); // told once, when the button goes up
}

void TestMemoryChart::escapeEndsADrag()
{
    const auto brush = makeBrush();
    brush->setRange(MemoryRange{40, 60});
    QSignalSpy chosen(brush.get(), &RangeBrush::rangeChosen);
    QTest::mousePress(brush.get(), Qt::LeftButton, {}, {100, kHeight / 2});
    QTest::mouseMove(brush.get(), {300, kHeight / 2});
    QCOMPARE(textOf(*brush), QStringLiteral("10-30"));
    QTest::keyClick(brush.get(), Qt::Key_Escape);
    QTest::mouseRelease(brush.get(), Qt::LeftButton, {}, {300, kHeight / 2});
    QCOMPARE(textOf(*brush), QStringLiteral("40-60"));
    QCOMPARE(chosen.size(), 0);
}

void TestMemoryChart::keys_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QString>("after");
    const QString range = QStringLiteral("40-60"), whole = QStringLiteral("whole");
    QTest::newRow("right") << range << int(Qt::Key_Right) << 0 << QStringLiteral("42-62");
    QTest::newRow("left") << range << int(Qt::Key_Left) << 0 << QStringLiteral("38-58");
    QTest::newRow("end") << range << int(Qt::Key_Right) << int(Qt::ShiftModifier) << QStringLiteral("40-62");
    QTest::newRow("end back") << range << int(Qt::Key_Left) << int(Qt::ShiftModifier) << QStringLiteral("40-58");
    QTest::newRow("start") << range << int(Qt::Key_Right) << int(Qt::ControlModifier) << QStringLiteral("42-60");
    QTest::newRow("start back") << range << int(Qt::Key_Left) << int(Qt::ControlModifier) << QStringLiteral("38-60");
    QTest::newRow("at the edge") << QStringLiteral("0-20") << int(Qt::Key_Left) << 0 << QStringLiteral("0-20");
    QTest::newRow("the shortest") << QStringLiteral("40-41") << int(Qt::Key_Left) << int(Qt::ShiftModifier)
                                  << QStringLiteral("40-41");
    QTest::newRow("clears") << range << int(Qt::Key_Escape) << 0 << whole;
    QTest::newRow("first range") << whole << int(Qt::Key_Right) << 0 << QStringLiteral("0-12");
    QTest::newRow("last range") << whole << int(Qt::Key_Left) << 0 << QStringLiteral("88-100");
}

void TestMemoryChart::keys()
{
    QFETCH(QString, before);
    QFETCH(int, key);
    QFETCH(int, modifiers);
    const auto brush = makeBrush();
    const QStringList ends = before.split(u'-');
    if (ends.size() == 2)
        brush->setRange(MemoryRange{ends[0].toUInt(), ends[1].toUInt()});
    QTest::keyClick(brush.get(), Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QTEST(textOf(*brush), "after");
}

void TestMemoryChart::saysWhatIsShown()
{
    ViewContext context;
    MemoryChart chart(&context);
    chart.resize(900, chart.height());
    const AnalysisPtr whole = analysed(parsed("leak.bin"));
    context.setAnalysis(whole);
    chart.show();
    QVERIFY(chart.rangeSentence().isEmpty());

    QSignalSpy chosen(&chart, &MemoryChart::rangeChosen);
    QTest::keyClick(chart.brush(), Qt::Key_Right);
    QCOMPARE(chosen.size(), 1);
    const auto range = chosen.front().front().value<std::optional<MemoryRange>>();
    QVERIFY(range && range->from == 0 && range->to > 0);
    QVERIFY2(chart.rangeSentence().contains(QStringLiteral("high-water mark of this range")),
             qPrintable(chart.rangeSentence()));

    Progress progress;
    context.replaceAnalysis(*analyse(whole->profile, MetricId{0}, {.range = range}, progress), context.state());
    QVERIFY(chart.brush()->range().has_value());
    auto* const clear = chart.findChild<QToolButton*>();
    QVERIFY(clear->isVisible());
    clear->click();
    QCOMPARE(chosen.size(), 2);
    QVERIFY(!chosen.back().front().value<std::optional<MemoryRange>>());
}

void TestMemoryChart::hidesWithoutTime()
{
    ViewContext context;
    MemoryChart chart(&context);
    QVERIFY(chart.isHidden());
    context.setAnalysis(analysed(parsed("leak.bin")));
    QVERIFY(!chart.isHidden());
    context.setAnalysis({});
    QVERIFY(chart.isHidden());
}

void TestMemoryChart::aggregatedHasNoRanges()
{
    ViewContext context;
    MemoryChart chart(&context);
    Profile aggregated = parsed("leak.bin");
    MemoryCapture memory = *aggregated.memory;
    memory.index.reset();
    aggregated.memory = std::make_shared<const MemoryCapture>(std::move(memory));
    context.setAnalysis(analysed(std::move(aggregated)));
    chart.show();
    QVERIFY(!chart.brush()->isEnabled());
}

QTEST_MAIN(TestMemoryChart)
#include "tst_memory_chart.moc"
