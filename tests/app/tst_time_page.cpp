// SPDX-License-Identifier: GPL-3.0-or-later
// Time in the window: the timeline's range changes every number and can be taken back, the icicle goes by time, and
// callers and callees stand in a view of their own. Real events, offscreen.
#include "app/analysis_page.h"
#include "app/main_window.h"
#include "views/range_brush.h"
#include "views/time_picture.h"
#include "views/view_table.h"

#include <QMenu>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

using namespace sundial;

namespace
{

const QString kFixtures = QStringLiteral(SUNDIAL_FIXTURES);

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
        settle();
    }
    void settle() const
    {
        QVERIFY(QTest::qWaitFor([&] { return !window->isBusy(); }, 10'000));
    }
    void show(const char* view) const
    {
        window->showView(QLatin1String(view));
        settle();
    }
    const Analysis& analysis() const { return *window->context()->analysis(); }
    RangeBrush* brush() const { return window->page()->currentView()->findChild<RangeBrush*>(); }
    QAction* action(const QString& text) const
    {
        for (QAction* action : window->findChildren<QAction*>()) {
            if (action->text().remove(u'&') == text)
                return action;
        }
        return nullptr;
    }
    QToolButton* chip() const
    {
        for (QToolButton* button : window->findChildren<QToolButton*>()) {
            if (button->isVisible() && button->accessibleName().startsWith(QStringLiteral("Show the whole time")))
                return button;
        }
        return nullptr;
    }
    double sumOfTable() const
    {
        double sum = 0;
        for (const double self : analysis().functions().self)
            sum += self;
        return sum;
    }
};

} // namespace

class TestTimePage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void rangeChangesAllNumbers();
    void escapeAndBack();
    void threadsKeepTheRange();
    void timelineOnlyWithTime_data();
    void timelineOnlyWithTime();
    void timeOrderByLetter();
    void digitsLeadToTheViews();
    void callersLeadToTheSandwich();
};

void TestTimePage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    installApplicationFont();
}

void TestTimePage::rangeChangesAllNumbers()
{
    const Window w("speedscope/pyspy-threads.speedscope.json");
    w.show("timeline");
    QVERIFY(w.brush());
    const double whole = w.analysis().total;
    QVERIFY(!w.chip());
    QTest::keyClick(w.brush(), Qt::Key_Right);
    w.settle();
    const std::optional<TimeRange> range = timeRange(w.analysis().options);
    QVERIFY(range);
    const TimeScale scale = timeScale(*w.analysis().profile, w.analysis().metric);
    const CallTree expected = selectSamples(*w.analysis().profile, scale.lanes, *range);
    QCOMPARE(w.analysis().total, expected.total(MetricId{0}, NodeId{0}));
    QVERIFY(w.analysis().total < whole / 2);
    QVERIFY(std::abs(w.sumOfTable() + expected.self(MetricId{0}, NodeId{0}) - w.analysis().total) < 1e-9);
    QVERIFY(w.chip()); // in every view
    w.show("icicle");
    QVERIFY(w.chip());
    QTest::mouseClick(w.chip(), Qt::LeftButton);
    w.settle();
    QVERIFY(!w.analysis().options.range);
    QCOMPARE(w.analysis().total, whole);
    w.show("timeline");
    QVERIFY(!w.brush()->range());
}

void TestTimePage::escapeAndBack()
{
    const Window w("speedscope/pyspy-threads.speedscope.json");
    w.show("timeline");
    QTest::keyClick(w.brush(), Qt::Key_Right);
    w.settle();
    const double inRange = w.analysis().total;
    w.show("sunburst");
    w.action(QStringLiteral("Step back"))->trigger(); // Esc, wherever one is
    w.settle();
    QVERIFY(!w.analysis().options.range);
    w.action(QStringLiteral("Back"))->trigger(); // a range is a place
    w.settle();
    QVERIFY(w.analysis().options.range);
    QCOMPARE(w.analysis().total, inRange);
    w.show("timeline");
    QVERIFY(w.brush()->range());
}

void TestTimePage::threadsKeepTheRange()
{
    const Window w("speedscope/pyspy-threads.speedscope.json");
    w.show("timeline");
    QTest::keyClick(w.brush(), Qt::Key_Right);
    w.settle();
    const std::optional<TimeRange> range = timeRange(w.analysis().options);
    const std::vector<LaneId> main{lanesInOrder(*w.analysis().profile).front()};
    w.window->pipeline()->setLanes(main);
    w.settle();
    QVERIFY(timeRange(w.analysis().options) == range);
    QCOMPARE(w.analysis().total, selectSamples(*w.analysis().profile, main, *range).total(MetricId{0}, NodeId{0}));
}

void TestTimePage::timelineOnlyWithTime_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<bool>("hasTime");
    QTest::newRow("py-spy, by thread") << QByteArray("speedscope/pyspy-threads.speedscope.json") << true;
    QTest::newRow("pyinstrument") << QByteArray("speedscope/pyinstrument-busy.speedscope.json") << true;
    QTest::newRow("cProfile") << QByteArray("pstats/kitchen-py311.prof") << false;
    QTest::newRow("memray") << QByteArray("memray/leak.bin") << false;
}

void TestTimePage::timelineOnlyWithTime()
{
    QFETCH(QByteArray, file);
    QFETCH(bool, hasTime);
    const Window w(file.constData());
    w.show("timeline");
    QCOMPARE(w.window->page()->currentViewId() == QStringLiteral("timeline"), hasTime);
    QCOMPARE(w.action(QStringLiteral("Timeline"))->isVisible(), hasTime);
    QCOMPARE(w.action(QStringLiteral("Icicle in the order of time"))->isEnabled(), hasTime);
}

void TestTimePage::timeOrderByLetter()
{
    const Window w("speedscope/pyspy-threads.speedscope.json");
    w.show("sunburst");
    QAction* const action = w.action(QStringLiteral("Icicle in the order of time"));
    action->trigger();
    w.settle();
    QCOMPARE(w.window->page()->currentViewId(), QStringLiteral("icicle"));
    auto* const picture = w.window->findChild<TimePicture*>();
    QVERIFY(picture->isVisible());
    QCOMPARE(picture->layout()->lanes.size(), w.analysis().profile->lanes.size());
    w.window->pipeline()->setInverted(true); // callees first have no time
    w.settle();
    QVERIFY(!picture->isVisible());
    action->trigger();
    w.settle();
    QVERIFY(picture->isVisible() && !w.analysis().options.inverted);
    w.action(QStringLiteral("Back"))->trigger();
    w.settle();
    QVERIFY(w.window->context()->analysis());
}

void TestTimePage::digitsLeadToTheViews()
{
    const Window w("speedscope/pyspy-threads.speedscope.json");
    const auto digitOf = [&](const char* id) {
        for (int i = 0; i < w.window->page()->viewCount(); ++i) {
            if (std::string_view(viewTypes()[std::size_t(i)]->id) == id)
                return AnalysisPage::digitOf(i, w.window->context()->analysis().get());
        }
        return 0;
    };
    QCOMPARE(digitOf("icicle"), 1);
    QCOMPARE(digitOf("sunburst"), 2);
    QCOMPARE(digitOf("callgraph"), 3);
    QCOMPARE(digitOf("timeline"), 4);
    QCOMPARE(digitOf("source"), 5);
    QTest::keyClick(w.window.get(), Qt::Key_4, Qt::AltModifier);
    w.settle();
    QCOMPARE(w.window->page()->currentViewId(), QStringLiteral("timeline"));
}

void TestTimePage::callersLeadToTheSandwich()
{
    const Window w("speedscope/pyspy-threads.speedscope.json");
    FrameId frame{0};
    while (w.analysis().functions().self[frame.value] == 0)
        ++frame.value;
    emit w.window->page()->contextMenuRequested(frame, NodeId{}, QPoint(200, 200));
    auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    for (QAction* action : menu->actions()) {
        if (action->text() == QStringLiteral("Show callers"))
            action->trigger();
    }
    menu->close();
    w.settle();
    QCOMPARE(w.window->page()->currentViewId(), QStringLiteral("sandwich"));
    QCOMPARE(w.window->context()->state().selected, frame);
}

QTEST_MAIN(TestTimePage)
#include "tst_time_page.moc"
