// SPDX-License-Identifier: GPL-3.0-or-later
// A memory capture in the window: tiles choose the metric, a range of time changes every number. Real events,
// offscreen.
#include "app/allocator_button.h"
#include "app/header_bar.h"
#include "app/main_window.h"
#include "model/memory_range.h"
#include "views/blocks_strip.h"
#include "views/memory_chart.h"
#include "views/memory_statistics.h"
#include "views/metric_tile.h"
#include "views/metric_tiles.h"
#include "views/range_brush.h"

#include <QMenu>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace sundial;

namespace
{

const QString kFixtures = QStringLiteral(SUNDIAL_FIXTURES);

enum Tile : std::size_t { Peak, Leaked, Temporary, All };

struct Window {
    std::unique_ptr<MainWindow> window;

    explicit Window(const char* name)
    {
        auto* const style = new SundialStyle(Theme::light());
        QApplication::setStyle(style);
        window = std::make_unique<MainWindow>(style, Settings(), false);
        window->resize(1440, 900);
        window->show();
        window->open(kFixtures + QLatin1Char('/') + QLatin1String(name));
        [[maybe_unused]] const bool settled = settle();
    }
    bool settle() const
    {
        return QTest::qWaitFor([&] { return !window->isBusy(); }, 10'000);
    }
    const Analysis& analysis() const { return *window->context()->analysis(); }
    const std::string& metricId() const { return analysis().metricInfo().id; }
    MetricTiles* tiles() const { return window->findChild<MetricTiles*>(); }
    MetricTile* tile(Tile which) const { return tiles()->tiles()[which]; }
    RangeBrush* brush() const { return window->findChild<MemoryChart*>()->brush(); }
};

} // namespace

class TestMemoryPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void tilesSwitchTheMetric();
    void bytesOrBlocks();
    void keysReachTheTiles();
    void unavailableSaysWhy();
    void rangeChangesAllNumbers();
    void lastRangeWins();
    void allocators();
    void blocksOverTime();
    void lowWindows();
    void statistics();
    void onlyForCaptures();
};

void TestMemoryPage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    installApplicationFont();
}

void TestMemoryPage::tilesSwitchTheMetric()
{
    const Window w("memray/leak.bin");
    QVERIFY(w.window->context()->analysis());
    QCOMPARE(w.metricId(), "peak-bytes");
    QVERIFY(w.tile(Peak)->isChecked());
    const double peak = w.analysis().total;
    QTest::mouseClick(w.tile(All), Qt::LeftButton);
    QVERIFY(w.settle());
    QCOMPARE(w.metricId(), "total-bytes");
    QVERIFY(w.tile(All)->isChecked());
    QVERIFY(!w.tile(Peak)->isChecked());
    QVERIFY(w.analysis().total > peak);
    QCOMPARE(w.analysis().graph.functions().size(), w.analysis().frames().size());
}

void TestMemoryPage::bytesOrBlocks()
{
    const Window w("memray/leak.bin");
    const QString bytes = w.tile(Peak)->value();
    w.tiles()->unitButton()->menu()->actions().back()->trigger();
    QVERIFY(w.settle());
    QCOMPARE(w.metricId(), "peak-count");
    QVERIFY(w.tile(Peak)->isChecked());
    QVERIFY(w.tile(Peak)->value() != bytes);
    QTest::mouseClick(w.tile(Leaked), Qt::LeftButton); // the unit stays
    QVERIFY(w.settle());
    QCOMPARE(w.metricId(), "leaked-count");
}

void TestMemoryPage::keysReachTheTiles()
{
    const Window w("memray/leak.bin");
    w.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(w.window.get()));
    w.tile(Peak)->setFocus();
    QTest::keyClick(w.tile(Peak), Qt::Key_Right);
    QVERIFY(w.tile(Leaked)->hasFocus());
    QTest::keyClick(w.tile(Leaked), Qt::Key_Space);
    QVERIFY(w.settle());
    QCOMPARE(w.metricId(), "leaked-bytes");
    for (const MetricTile* tile : w.tiles()->tiles())
        QVERIFY(!tile->accessibleName().isEmpty() && !tile->accessibleDescription().isEmpty());
}

void TestMemoryPage::unavailableSaysWhy()
{
    const Window w("memray/aggregate.bin");
    QVERIFY(w.tile(Leaked)->isEnabled());
    for (const Tile tile : {Temporary, All}) {
        QVERIFY(!w.tile(tile)->isEnabled());
        QVERIFY(w.tile(tile)->toolTip().contains(QStringLiteral("--aggregate")));
        QCOMPARE(w.tile(tile)->note(), w.tile(tile)->toolTip()); // shown, too
    }
    const Window withTime("memray/v10_aggregate.bin"); // of the other one a single measurement is no chart
    QVERIFY(withTime.brush()->isVisible() && !withTime.brush()->isEnabled());
    QVERIFY(withTime.brush()->toolTip().contains(QStringLiteral("--aggregate")));
    const QList<QAction*> actions = w.window->actions();
    const auto statistics = std::find_if(actions.begin(), actions.end(), [](const QAction* action) {
        return action->text().contains(QStringLiteral("tatistics of allocations"));
    });
    QVERIFY(statistics != actions.end());
    QVERIFY((*statistics)->isVisible() && !(*statistics)->isEnabled());
    QVERIFY((*statistics)->toolTip().contains(QStringLiteral("--aggregate")));
}

void TestMemoryPage::rangeChangesAllNumbers()
{
    const Window w("memray/leak.bin");
    const double whole = w.analysis().total;
    const double wholeTable = w.analysis().functions().self[0];
    QTest::mouseClick(w.tile(All), Qt::LeftButton);
    QVERIFY(w.settle());
    const QString wholeTile = w.tile(All)->value();

    QTest::keyClick(w.brush(), Qt::Key_Right);
    QVERIFY(w.settle());
    QVERIFY(w.analysis().options.range);
    const CallTree expected = memoryRangeTree(*w.analysis().profile, *memoryRange(w.analysis().options));
    const MetricId metric = w.analysis().metric;
    QCOMPARE(w.analysis().total, expected.total(metric, NodeId{0}));
    QVERIFY(w.tile(All)->value() != wholeTile);
    double table = 0;
    for (const double self : w.analysis().functions().self)
        table += self;
    QCOMPARE(table, expected.total(metric, NodeId{0}) - expected.self(metric, NodeId{0}));

    QTest::mouseClick(w.tile(Peak), Qt::LeftButton); // another metric of the same range
    QVERIFY(w.settle());
    QVERIFY(w.analysis().options.range);
    QTest::keyClick(w.brush(), Qt::Key_Escape);
    QVERIFY(w.settle());
    QVERIFY(!w.analysis().options.range);
    QCOMPARE(w.analysis().total, whole);
    QCOMPARE(w.analysis().functions().self[0], wholeTable);
}

void TestMemoryPage::lastRangeWins()
{
    const Window w("memray/leak.bin");
    QTest::keyClick(w.brush(), Qt::Key_Right);
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(w.brush(), Qt::Key_Right); // faster than they are computed
    QVERIFY(w.settle());
    QVERIFY(w.analysis().options.range && w.brush()->range());
    QCOMPARE(memoryRange(w.analysis().options)->from, 2U);
    QCOMPARE(w.brush()->range()->from, 2U);
}

void TestMemoryPage::allocators()
{
    const Window w("memray/ranges.bin");
    auto* const button = w.window->findChild<AllocatorButton*>();
    QVERIFY(button->isVisible() && button->isEnabled());
    QCOMPARE(button->text(), QStringLiteral("All allocators"));
    const double whole = w.analysis().total;
    emit button->menu()->aboutToShow();
    const auto choose = [&](const QString& name) {
        for (QAction* action : button->menu()->actions()) {
            if (action->text().section(u'\t', 0, 0) == name)
                action->trigger();
        }
        return w.settle();
    };
    double sum = 0;
    for (const MemoryStatistics::Allocator& allocator : w.analysis().profile->memory->statistics.allocators) {
        const QString name = QString::fromStdString(allocator.name);
        QVERIFY(choose(name));
        QCOMPARE(button->text(), name);
        QCOMPARE(w.analysis().total, double(allocator.peak.bytes));
        double table = 0;
        for (const double self : w.analysis().functions().self)
            table += self;
        QCOMPARE(table, w.analysis().total); // in the table as in the picture
        sum += w.analysis().total;
        emit button->menu()->aboutToShow();
    }
    QCOMPARE(sum, whole);
    QVERIFY(choose(QStringLiteral("All allocators")));
    QCOMPARE(w.analysis().total, whole);
    w.window->open(kFixtures + QLatin1String("/memray/aggregate.bin")); // sums by allocator are recorded there, too
    QVERIFY(w.settle());
    QVERIFY(button->isVisible());
    QVERIFY(button->isEnabled() == (w.analysis().profile->memory->statistics.allocators.size() > 1));
    QVERIFY(!button->toolTip().isEmpty());
}

void TestMemoryPage::blocksOverTime()
{
    const Window w("memray/leak.bin");
    const auto* const strip = w.window->findChild<BlocksStrip*>();
    QVERIFY(strip && !strip->isVisible()); // nothing is selected
    const FrameTable& frames = w.analysis().frames();
    FrameId compute{0};
    while (frames.name(compute) != "compute")
        ++compute.value;
    w.window->context()->select(compute);
    QTRY_VERIFY(strip->isVisible() && !strip->series().bytes.empty());
    QCOMPARE(strip->series().bytes, liveOverTime(*w.analysis().profile, compute));
    QCOMPARE(strip->series().largest(), strip->series().bytes.size() - 1); // it leaks to the end
    QVERIFY2(strip->accessibleDescription().contains(QStringLiteral("MiB at ")),
             qPrintable(strip->accessibleDescription()));
    const std::weak_ptr<const Profile> profile = w.analysis().profile;
    QTest::keyClick(w.window.get(), Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(profile.expired()); // a picture of it keeps no capture that was closed
    const Window aggregated("memray/aggregate.bin");
    aggregated.window->context()->select(FrameId{0});
    QVERIFY(!aggregated.window->findChild<BlocksStrip*>()->isVisible()); // it keeps no single blocks
}

/// Where there is little height, the chart gives of its own: the table and the picture keep rows to read.
void TestMemoryPage::lowWindows()
{
    const Window w("memray/leak.bin");
    const MemoryChart* const chart = w.window->findChild<MemoryChart*>();
    QVERIFY(chart->isVisible());
    const int usual = chart->height();
    w.window->resize(1280, 720);
    QTRY_VERIFY(chart->height() < usual * 3 / 4);
    w.window->resize(1440, 900);
    QTRY_COMPARE(chart->height(), usual);
}

void TestMemoryPage::statistics()
{
    const Window w("memray/leak.bin");
    const Profile& profile = *w.analysis().profile;
    const MemoryStatistics& statistics = profile.memory->statistics;
    MemoryStatisticsDialog dialog(profile, Theme::light());
    const QList<QTableWidget*> tables = dialog.findChildren<QTableWidget*>();
    QCOMPARE(tables.size(), 3);
    for (const QTableWidget* table : tables) {
        const bool isAllocators = table->accessibleName() == QStringLiteral("Allocators");
        QCOMPARE(std::size_t(table->rowCount()),
                 isAllocators ? statistics.allocators.size() : std::min<std::size_t>(10, statistics.locations.size()));
    }
    // The dialog's first location is the largest.
    const auto& largest =
        statistics.locations[largestLocations(statistics, LocationOrder::Count, statistics.locations.size()).front()];
    QCOMPARE(tables.back()->item(0, 2)->text(), QLocale().toString(qulonglong(largest.sum.count)));
}

void TestMemoryPage::onlyForCaptures()
{
    const Window w("pstats/kitchen-py311.prof");
    QVERIFY(w.window->context()->analysis());
    QVERIFY(w.tiles()->isHidden());
    QVERIFY(w.tiles()->unitButton()->isHidden());
    QVERIFY(w.window->findChild<MemoryChart*>()->isHidden());
}

QTEST_MAIN(TestMemoryPage)
#include "tst_memory_page.moc"
