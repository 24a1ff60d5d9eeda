// SPDX-License-Identifier: GPL-3.0-or-later
// What stacks in the order of time make possible: the icicle in time order, the timeline with its range, and callers
// and callees of one function. Real events, offscreen.
#include "tests/support/tree_picture.h"
#include "views/box_paint.h"
#include "views/hover_card.h"
#include "views/range_brush.h"
#include "views/time_picture.h"

#include <QWheelEvent>

using namespace sundial;
using namespace sundial::test;

namespace
{

constexpr int kWidth = 1000, kHeight = 500;

/// Two threads of 100 ms and 80 ms; the first idles from 40 to 60.
AnalysisPtr threads(const AnalysisOptions& options = {})
{
    ProfileBuilder builder({{"time", "Time", Unit::Milliseconds, NumberKind::Sampled, {}}});
    builder.setTimeOrder();
    const auto add = [&builder](std::initializer_list<const char*> stack, double weight) {
        std::uint32_t node = 0;
        for (const char* name : stack)
            node = builder.child(node, builder.internFrame(name, "app/shop.py", 1));
        builder.addSample(node, weight);
    };
    builder.addLane({.name = "worker"});
    add({"run", "compress"}, 50);
    add({"run"}, 30);
    builder.addLane({.name = "Thread 1 \"MainThread\""});
    add({"main", "load"}, 10);
    add({"main", "parse", "token"}, 20);
    add({"main", "load"}, 10);
    add({}, 20);
    add({"main", "parse", "token"}, 20);
    add({"main", "save", "token"}, 20);
    const auto profile = std::make_shared<const Profile>(std::move(builder).build());
    Progress progress;
    return *analyse(profile, MetricId{0}, options, progress);
}

FrameId frameNamed(const Analysis& analysis, std::string_view name)
{
    for (std::uint32_t f = 0; f < analysis.frames().size(); ++f) {
        if (analysis.frames().name(FrameId{f}) == name)
            return FrameId{f};
    }
    return {};
}

/// A view in a window of its own, with the keyboard focus.
struct Shown {
    explicit Shown(const char* kind, AnalysisPtr analysis = threads(), bool inTimeOrder = false)
    {
        context.setAnalysis(std::move(analysis));
        ViewState state = context.state();
        state.inTimeOrder = inTimeOrder;
        context.update(state);
        for (const ViewType* type : viewTypes()) {
            if (std::string_view(type->id) == kind)
                view.reset(type->create(&context, nullptr));
        }
        view->resize(kWidth, kHeight);
        view->show();
        QVERIFY(QTest::qWaitForWindowActive(view.get()));
        view->setFocus(Qt::TabFocusReason);
        settle();
    }

    void settle() const
    {
        QVERIFY(QTest::qWaitFor([this] { return !view->isBusy(); }, 5000));
        QTest::qWait(260); // a zoom
    }
    void select(const char* name)
    {
        context.select(frameNamed(*context.analysis(), name));
        settle();
    }
    std::string_view selected() const
    {
        const FrameId frame = context.state().selected;
        return frame ? context.analysis()->frames().name(frame) : std::string_view();
    }
    /// The card that shows while the pointer is there.
    QString cardAt(QWidget* target, const QPoint& point) const
    {
        QTest::mouseMove(target, point - QPoint(3, 0));
        QTest::mouseMove(target, point);
        const HoverCard* const card = HoverCard::of(target);
        return card->isVisible() ? card->card().title : QString();
    }

    ViewContext context;
    std::unique_ptr<View> view;
};

/// The icicle in time order: where a moment of a row of a thread is painted.
struct TimeShown : Shown {
    explicit TimeShown(AnalysisPtr analysis = threads()) : Shown("icicle", std::move(analysis), true)
    {
        picture = view->findChild<TimePicture*>();
    }
    QPoint at(double time, int row, std::size_t lane = 0) const
    {
        const TimeRange shown = picture->shownTime();
        const double x = 16 + (time - shown.begin) / (shown.end - shown.begin) * (kWidth - 32);
        const double y =
            timeAxisRoom() + laneTops(*picture->layout())[lane] + laneHeading(*picture->layout()) + (row + 0.5) * 25;
        return QPointF(x, y).toPoint();
    }
    void click(const QPoint& point, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mouseClick(picture, button, modifiers, point);
        settle();
    }
    void press(int key)
    {
        QTest::keyClick(picture, Qt::Key(key));
        settle();
    }
    void turn(const QPoint& point, int angle, Qt::KeyboardModifiers modifiers) const
    {
        QWheelEvent event(point, picture->mapToGlobal(QPointF(point)), {}, {0, angle}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(picture, &event);
    }
    QString shownText() const
    {
        const TimeRange shown = picture->shownTime();
        return QStringLiteral("%1-%2").arg(shown.begin, 0, 'g', 6).arg(shown.end, 0, 'g', 6);
    }
    QString focusedText() const
    {
        const TimePlace place = picture->focusedPlace();
        if (!place)
            return {};
        const TimeRange time = timeOf(*picture->layout(), place);
        const NodeId node = timeNodeOf(*picture->layout(), place);
        const std::string_view name = context.analysis()->frames().name(context.analysis()->paths.frame(node));
        return QStringLiteral("%1 %2-%3")
            .arg(QString::fromUtf8(name.data(), qsizetype(name.size())))
            .arg(time.begin)
            .arg(time.end);
    }

    TimePicture* picture;
};

} // namespace

class TestTimeViews : public QObject
{
    Q_OBJECT

private slots:
    void rowsInOneGoArePaintedAlike();
    void initTestCase();
    void mainThreadStandsFirst();
    void exactUnderThePointer();
    void clickZoomsToTheBox();
    void wheelZoomsAboutThePointer();
    void dragPans();
    void shiftDragZoomsToTheTime();
    void keys();
    void nextPlaceOfTheFunction();
    void rangeIsAllThereIs();
    void filtersReachTheBoxes();
    void onlyWhereThereIsTime();
    void pictureOfAFile();

    void dragChoosesARange();
    void keysMoveTheRange();
    void partUnderThePointer();
    void lineWhereTheFunctionRan();

    void callersAboveCalleesBelow();
    void sandwichKeys();
    void recursionCountsOnce();
    void sandwichFollowsTheFilters();
    void noSandwichOfArcs();
};

void TestTimeViews::initTestCase()
{
    installApplicationFont();
}

void TestTimeViews::mainThreadStandsFirst()
{
    const TimeShown shown;
    QCOMPARE(shown.shownText(), QStringLiteral("0-100"));
    QCOMPARE(shown.picture->layout()->lanes.front().id.value, 1u);
    QCOMPARE(shown.cardAt(shown.picture, shown.at(5, 0)), QStringLiteral("main"));
    QCOMPARE(shown.cardAt(shown.picture, shown.at(5, 0, 1)), QStringLiteral("run"));
}

void TestTimeViews::exactUnderThePointer()
{
    const TimeShown shown;
    QCOMPARE(shown.cardAt(shown.picture, shown.at(9.5, 1)), QStringLiteral("load"));
    QCOMPARE(shown.cardAt(shown.picture, shown.at(10.5, 1)), QStringLiteral("parse"));
    QCOMPARE(shown.cardAt(shown.picture, shown.at(50, 0)), QString()); // idle
    QCOMPARE(shown.cardAt(shown.picture, shown.at(90, 2)), QStringLiteral("token"));
    const FrameCard card = HoverCard::of(shown.picture)->card();
    QCOMPARE(card.rows.front().value, QStringLiteral("20.00 ms")); // this box, though its function has 60 ms
    QCOMPARE(card.rows[1].value, QStringLiteral("80.00 ms"));
}

void TestTimeViews::clickZoomsToTheBox()
{
    TimeShown shown;
    shown.click(shown.at(15, 1));
    QCOMPARE(shown.shownText(), QStringLiteral("10-30"));
    QCOMPARE(shown.selected(), "parse");
    QVERIFY(shown.context.state().zoomRoot.value != 0);
    shown.press(Qt::Key_Backspace);
    QCOMPARE(shown.shownText(), QStringLiteral("0-40")); // the call of main around it, not the later one
    shown.click(shown.at(15, 2), {}, Qt::MiddleButton);
    QCOMPARE(shown.shownText(), QStringLiteral("0-100"));
    shown.click(shown.at(70, 1), Qt::ControlModifier);
    QCOMPARE(shown.shownText(), QStringLiteral("0-100"));
    QCOMPARE(shown.selected(), "parse");
}

void TestTimeViews::wheelZoomsAboutThePointer()
{
    const TimeShown shown;
    const QPoint point = shown.at(25, 2);
    for (int i = 0; i < 60; ++i)
        shown.turn(point, 120, Qt::ControlModifier);
    const TimeRange time = shown.picture->shownTime();
    QVERIFY(time.begin < 25.1 && time.end > 24.9);
    QVERIFY(time.end - time.begin < 1e-3); // 1 µs
    QCOMPARE(shown.cardAt(shown.picture, point), QStringLiteral("token"));
    shown.turn(point, -120, Qt::ShiftModifier);
    QVERIFY(shown.picture->shownTime().begin != time.begin);
    shown.view->fit();
    shown.settle();
    QCOMPARE(shown.shownText(), QStringLiteral("0-100"));
}

void TestTimeViews::dragPans()
{
    const TimeShown shown;
    shown.view->zoomIn();
    shown.view->zoomIn();
    shown.settle();
    const TimeRange before = shown.picture->shownTime();
    const QPoint start = shown.at((before.begin + before.end) / 2, 0);
    QTest::mousePress(shown.picture, Qt::LeftButton, {}, start);
    for (const int moved : {30, 60}) {
        const QPointF to = start + QPoint(moved, 0);
        QMouseEvent move(QEvent::MouseMove, to, shown.picture->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(shown.picture, &move);
    }
    QTest::mouseRelease(shown.picture, Qt::LeftButton, {}, start + QPoint(60, 0));
    QVERIFY(shown.picture->shownTime().begin < before.begin - 1);
    QVERIFY(!shown.context.state().selected); // it was no click
}

void TestTimeViews::shiftDragZoomsToTheTime()
{
    const TimeShown shown;
    const QPoint from = shown.at(20, 0), to = shown.at(40, 1);
    QTest::mousePress(shown.picture, Qt::LeftButton, Qt::ShiftModifier, from);
    for (const QPointF at : {QPointF(from + to) / 2, QPointF(to)}) {
        QMouseEvent move(QEvent::MouseMove, at, shown.picture->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                         Qt::ShiftModifier);
        QApplication::sendEvent(shown.picture, &move);
    }
    QTest::mouseRelease(shown.picture, Qt::LeftButton, Qt::ShiftModifier, to);
    shown.settle();
    const TimeRange time = shown.picture->shownTime();
    QVERIFY(std::abs(time.begin - 20) < 0.2 && std::abs(time.end - 40) < 0.2);
}

void TestTimeViews::keys()
{
    TimeShown shown;
    QVERIFY(shown.focusedText().isEmpty());
    const auto after = [&shown](int key) {
        shown.press(key);
        return shown.focusedText();
    };
    QCOMPARE(after(Qt::Key_Down), QStringLiteral("main 0-40")); // the first key shows where one is
    QCOMPARE(after(Qt::Key_Down), QStringLiteral("load 0-10"));
    QCOMPARE(after(Qt::Key_Right), QStringLiteral("parse 10-30"));
    QCOMPARE(after(Qt::Key_Down), QStringLiteral("token 10-30"));
    QCOMPARE(after(Qt::Key_Up), QStringLiteral("parse 10-30"));
    QCOMPARE(after(Qt::Key_End), QStringLiteral("save 80-100"));
    QCOMPARE(after(Qt::Key_Home), QStringLiteral("load 0-10"));
    QCOMPARE(after(Qt::Key_Down), QStringLiteral("run 0-80")); // it calls nothing: the next thread
    shown.press(Qt::Key_Right);
    QCOMPARE(shown.selected(), "run");
    QCOMPARE(after(Qt::Key_Down), QStringLiteral("compress 0-50"));
    shown.press(Qt::Key_Return);
    QCOMPARE(shown.shownText(), QStringLiteral("0-50"));
    shown.press(Qt::Key_W);
    const TimeRange zoomed = shown.picture->shownTime();
    QVERIFY(zoomed.end - zoomed.begin < 45);
    shown.press(Qt::Key_D);
    QVERIFY(shown.picture->shownTime().begin > zoomed.begin);
}

void TestTimeViews::nextPlaceOfTheFunction()
{
    TimeShown shown;
    shown.select("token");
    shown.press(Qt::Key_Period);
    QCOMPARE(shown.focusedText(), QStringLiteral("token 10-30"));
    shown.press(Qt::Key_Period);
    QCOMPARE(shown.focusedText(), QStringLiteral("token 60-80"));
    shown.press(Qt::Key_Period);
    QCOMPARE(shown.focusedText(), QStringLiteral("token 80-100")); // at another depth of callers
    shown.press(Qt::Key_Comma);
    QCOMPARE(shown.focusedText(), QStringLiteral("token 60-80"));
}

void TestTimeViews::rangeIsAllThereIs()
{
    TimeShown shown;
    shown.context.replaceAnalysis(threads({.range = TimeRange{20, 70}}), shown.context.state());
    shown.settle();
    // Another profile object, so the picture starts anew, from the range on.
    QCOMPARE(shown.shownText(), QStringLiteral("20-70"));
    shown.view->zoomOut();
    shown.settle();
    QCOMPARE(shown.shownText(), QStringLiteral("20-70"));
    QCOMPARE(shown.cardAt(shown.picture, shown.at(21, 2)), QStringLiteral("token"));
}

void TestTimeViews::filtersReachTheBoxes()
{
    const FrameId parse = frameNamed(*threads(), "parse");
    { // one window at a time: the pointer is over the upper one
        const TimeShown shown(threads({.filters = {{FilterKind::Hide, FilterScope::Function, parse}}}));
        QCOMPARE(shown.cardAt(shown.picture, shown.at(15, 1)), QStringLiteral("token"));
    }
    const TimeShown without(threads({.filters = {{FilterKind::Exclude, FilterScope::Function, parse}}}));
    QCOMPARE(without.cardAt(without.picture, without.at(15, 0)), QString());
    QCOMPARE(without.cardAt(without.picture, without.at(85, 2)), QStringLiteral("token"));
}

void TestTimeViews::onlyWhereThereIsTime()
{
    QVERIFY(whyNoTimeOrder(*threads()).isEmpty());
    const AnalysisPtr sums = analysisOf(fromStacks(kShop));
    QVERIFY(!whyNoTimeOrder(*sums).isEmpty());
    const Shown shown("icicle", sums, true);
    QVERIFY(!shown.view->findChild<TimePicture*>()->isVisible());
    for (const QAction* action : shown.view->optionsWidget()->findChildren<QAction*>()) {
        if (action->text() == QStringLiteral("Time order")) {
            QVERIFY(!action->isEnabled());
            QCOMPARE(action->toolTip(), whyNoTimeOrder(*sums));
            return;
        }
    }
    QFAIL("There is no such choice.");
}

void TestTimeViews::pictureOfAFile()
{
    const TimeShown shown;
    QImage image(800, 400, QImage::Format_RGB32);
    QPainter painter(&image);
    shown.view->paintPicture(painter, image.size());
    painter.end();
    const auto room = int(16 + timeAxisRoom() + laneHeading(*shown.picture->layout()));
    const QColor main = shown.context.palette().color(frameNamed(*shown.context.analysis(), "main"));
    QCOMPARE(image.pixelColor(16 + 768 / 5, room + 20), main);
    QCOMPARE(image.pixelColor(16 + 768 / 2, room + 20), shown.context.theme().surface.panel); // idle
}

void TestTimeViews::dragChoosesARange()
{
    const Shown shown("timeline");
    auto* const brush = shown.view->findChild<RangeBrush*>();
    QSignalSpy asked(&shown.context, &ViewContext::rangeRequested);
    const int y = brush->height() / 2;
    const int left = int(brush->xOf(0)), width = int(brush->width()) - 2 * left;
    QTest::mousePress(brush, Qt::LeftButton, {}, {left + width / 4, y});
    QTest::mouseMove(brush, {left + width / 3, y});
    QTest::mouseMove(brush, {left + width / 2, y});
    QCOMPARE(asked.size(), 0); // once, when the button goes up
    QTest::mouseRelease(brush, Qt::LeftButton, {}, {left + width / 2, y});
    QCOMPARE(asked.size(), 1);
    const auto range = asked.front().front().value<std::optional<ProfileRange>>();
    QVERIFY(range && std::holds_alternative<TimeRange>(range->of));
    const TimeRange time = std::get<TimeRange>(range->of);
    QVERIFY(std::abs(time.begin - 25) < 0.3 && std::abs(time.end - 50) < 0.3);
    QTest::keyClick(brush, Qt::Key_Escape);
    QCOMPARE(asked.size(), 2);
    QVERIFY(!asked.back().front().value<std::optional<ProfileRange>>());
}

void TestTimeViews::keysMoveTheRange()
{
    Shown shown("timeline", threads({.range = TimeRange{20, 40}}));
    auto* const brush = shown.view->findChild<RangeBrush*>();
    QVERIFY(brush->range()); // that of the analysis
    QVERIFY(brush->hasFocus());
    QSignalSpy asked(&shown.context, &ViewContext::rangeRequested);
    const auto last = [&asked] {
        return std::get<TimeRange>(asked.back().front().value<std::optional<ProfileRange>>()->of);
    };
    QTest::keyClick(brush, Qt::Key_Right);
    QCOMPARE(last(), (TimeRange{22, 42}));
    QTest::keyClick(brush, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(last(), (TimeRange{22, 44}));
    QTest::keyClick(brush, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(last(), (TimeRange{20, 44}));
    shown.view->zoomIn();
    QVERIFY(last().begin > 20 && last().end < 44);
    shown.view->fit();
    QVERIFY(!asked.back().front().value<std::optional<ProfileRange>>());
}

void TestTimeViews::partUnderThePointer()
{
    const Shown shown("timeline");
    auto* const brush = shown.view->findChild<RangeBrush*>();
    const int left = int(brush->xOf(0)), width = int(brush->width()) - 2 * left;
    QCOMPARE(shown.cardAt(brush, {left + width / 5, 20}), QStringLiteral("Thread 1 \"MainThread\""));
    const FrameCard card = HoverCard::of(brush)->card();
    QCOMPARE(card.rows[0].value, QStringLiteral("100\u202f%"));
    QCOMPARE(card.rows[1].label, QStringLiteral("token"));
    shown.cardAt(brush, {left + width / 2, 20});
    QCOMPARE(HoverCard::of(brush)->card().rows[0].value, QStringLiteral("0\u202f%"));
    // The first thread fills its lane while it works, and leaves it empty while it idles.
    const QImage image = shown.view->grab().toImage();
    const QPoint origin = brush->pos();
    QCOMPARE(image.pixelColor(origin + QPoint(left + width / 2, 20)), shown.context.theme().surface.sunken);
    QCOMPARE(image.pixelColor(origin + QPoint(left + width / 5, 20)),
             shown.context.palette().color(frameNamed(*shown.context.analysis(), "token")));
}

void TestTimeViews::lineWhereTheFunctionRan()
{
    Shown shown("timeline");
    auto* const brush = shown.view->findChild<RangeBrush*>();
    const int left = int(brush->xOf(0)), width = int(brush->width()) - 2 * left;
    const auto hasLine = [&](double share) {
        const QImage image = shown.view->grab().toImage();
        const int x = brush->x() + left + int(width * share);
        for (int y = brush->y() + 5; y < brush->y() + 130; ++y) {
            if (image.pixelColor(x, y) == shown.context.theme().accent.base)
                return true;
        }
        return false;
    };
    QVERIFY(!hasLine(0.9));
    shown.select("save");
    QTRY_VERIFY(hasLine(0.9));
    QVERIFY(!hasLine(0.7));
}

void TestTimeViews::callersAboveCalleesBelow()
{
    Shown shown("sandwich");
    QVERIFY(shown.view->hint().isEmpty()); // nothing is selected
    shown.select("parse");
    QVERIFY(!shown.view->hint().isEmpty());
    QVERIFY(!shown.view->isBusy());
    QStringList column; // what stands below each other, from the top down
    for (int y = 2; y < kHeight - 30; y += 6) {
        const QString name = shown.cardAt(shown.view.get(), {300, y});
        if (!name.isEmpty() && (column.isEmpty() || column.back() != name))
            column << name;
    }
    QCOMPARE(column, (QStringList{QStringLiteral("main"), QStringLiteral("parse"), QStringLiteral("token")}));
    for (int y = 2; y < kHeight - 30; y += 6) {
        if (shown.cardAt(shown.view.get(), {300, y}) == QStringLiteral("main")) {
            QTest::mouseClick(shown.view.get(), Qt::LeftButton, {}, {300, y});
            break;
        }
    }
    shown.settle();
    QCOMPARE(shown.selected(), "main"); // and now stands in the middle itself
    shown.select("token");
    QVERIFY(HoverCard::of(shown.view.get()));
    // Two callers share the row above, in proportion: 40 of 60 ms through parse.
    int parse = 0, save = 0;
    for (int y = 2; y < kHeight && parse + save == 0; y += 6) {
        for (int x = 20; x < kWidth - 20; x += 10) {
            const QString name = shown.cardAt(shown.view.get(), {x, y});
            parse += name == QStringLiteral("parse") ? 1 : 0;
            save += name == QStringLiteral("save") ? 1 : 0;
        }
    }
    QVERIFY2(std::abs(parse - 2 * save) <= 3, qPrintable(QStringLiteral("%1 %2").arg(parse).arg(save)));
}

void TestTimeViews::sandwichKeys()
{
    Shown shown("sandwich");
    shown.select("parse");
    QSignalSpy told(shown.view.get(), &View::described);
    const auto after = [&](Qt::Key key) {
        QTest::keyClick(shown.view.get(), key);
        return told.isEmpty() ? QString() : told.back().front().toString().section(QStringLiteral("  ·  "), 0, 0);
    };
    QCOMPARE(after(Qt::Key_Up), QStringLiteral("parse"));
    QCOMPARE(after(Qt::Key_Up), QStringLiteral("main"));
    QCOMPARE(after(Qt::Key_Down), QStringLiteral("parse"));
    QCOMPARE(after(Qt::Key_Down), QStringLiteral("token"));
    QTest::keyClick(shown.view.get(), Qt::Key_Return);
    shown.settle();
    QCOMPARE(shown.selected(), "token");
}

void TestTimeViews::recursionCountsOnce()
{
    Shown shown("sandwich", analysisOf(fromStacks("a;f;g;f 5\na;f 3\nb;f;f 2\n")));
    shown.select("f");
    // All of f, 10, stands once in the middle; above it a and b, not f itself.
    QStringList above;
    for (int y = 2; y < kHeight; y += 6) {
        const QString name = shown.cardAt(shown.view.get(), {200, y});
        if (name == QStringLiteral("f"))
            break;
        if (!name.isEmpty() && (above.isEmpty() || above.back() != name))
            above << name;
    }
    QCOMPARE(above, QStringList{QStringLiteral("a")});
}

void TestTimeViews::sandwichFollowsTheFilters()
{
    const FrameId parse = frameNamed(*threads(), "parse");
    Shown shown("sandwich", threads({.filters = {{FilterKind::Exclude, FilterScope::Function, parse}}}));
    shown.select("token");
    QVERIFY(!shown.view->hint().isEmpty());
    for (int y = 2; y < kHeight; y += 6) {
        for (int x = 20; x < kWidth - 20; x += 50)
            QVERIFY(shown.cardAt(shown.view.get(), {x, y}) != QStringLiteral("parse"));
    }
    shown.select("parse");
    QVERIFY(shown.view->hint().isEmpty()); // it is nowhere
}

void TestTimeViews::noSandwichOfArcs()
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const FrameId main = builder.internFrame("main"), work = builder.internFrame("work");
    builder.addFunction(main, {.calls = 1, .primitiveCalls = 1, .self = 1, .total = 3});
    builder.addFunction(work, {.calls = 2, .primitiveCalls = 2, .self = 2, .total = 2});
    builder.addEdge(main, work, {.calls = 2, .primitiveCalls = 2, .self = 2, .total = 2});
    Shown shown("sandwich", analysisOf(std::move(builder).build()));
    shown.context.select(work);
    shown.settle();
    QVERIFY(shown.view->hint().isEmpty());
    QVERIFY(shown.cardAt(shown.view.get(), {300, kHeight / 2}).isEmpty());
}

/// Boxes of every width, slivers and gaps on a row that is cut at both ends.
void TestTimeViews::rowsInOneGoArePaintedAlike()
{
    const auto paint = [](bool inOneGo, double height) {
        QImage image(200, 40, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::cyan);
        QPainter painter(&image);
        painter.translate(3, 0);
        BoxPainter boxes(painter, Theme::light(), 1);
        if (inOneGo)
            boxes.beginRow(QRectF(0, 5, 180, height));
        double x = 0;
        for (const int width : {2, 3, 4, 5, 6, 20, 40}) {
            boxes.fillBox(QRectF(x, 5, width, height), QColor::fromHsv(width * 7, 200, 220));
            x += width + 1;
            boxes.addSliver(QRectF(x, 5, 1, height), qRgb(255, 0, 0));
            boxes.addSliver(QRectF(x + 1, 5, 1, height), qRgb(255, 0, 0));
            boxes.addSliver(QRectF(x + 2, 5, 1, height), qRgb(0, 0, 255));
            x += 4;
        }
        boxes.endRow();
        painter.end();
        return image;
    };
    for (const double height : {1.0, 2.0, 3.0, 23.0}) {
        QCOMPARE(paint(true, height), paint(false, height));
        QVERIFY(paint(true, height).pixelColor(3, 5) != QColor(Qt::cyan));
    }
}

QTEST_MAIN(TestTimeViews)
#include "tst_time_views.moc"
