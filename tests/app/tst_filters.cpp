// SPDX-License-Identifier: GPL-3.0-or-later
// Filters as a user meets them: letter keys in a picture, chips, undo and redo, the context menu. Real keys, offscreen.
#include "app/analysis_page.h"
#include "app/filter_bar.h"
#include "app/frame_menu.h"
#include "app/lane_button.h"
#include "app/main_window.h"
#include "views/function_grid.h"
#include "views/function_table_view.h"

#include <QMenu>
#include <QMenuBar>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

using namespace sundial;

namespace
{

const QString kExact = QStringLiteral(SUNDIAL_FIXTURES "/speedscope/pyinstrument-shop.speedscope.json");
const QString kCapture = QStringLiteral(SUNDIAL_FIXTURES "/memray/plain.bin"); // it imports modules
const QString kThreads = QStringLiteral(SUNDIAL_FIXTURES "/speedscope/many-profiles.speedscope.json");
const QString kEstimated = QStringLiteral(SUNDIAL_FIXTURES "/pstats/shop-before.prof");

/// A window with a profile open and its largest function but the outermost selected, the picture focused.
struct OpenWindow {
    explicit OpenWindow(const QString& path)
    {
        auto* const style = new SundialStyle(Theme::light());
        QApplication::setStyle(style);
        window = std::make_unique<MainWindow>(style, Settings(), false);
        window->resize(1280, 800);
        window->show();
        window->showView(QStringLiteral("icicle"));
        window->open(path);
        settle();
        QVERIFY2(analysis(), qPrintable(path));
        NodeId node{1};
        while (!tree().isLeaf(node) && node.value < 3)
            ++node.value;
        frame = tree().frame(node);
        window->context()->select(frame, node);
        window->page()->currentView()->setFocus();
    }

    void settle() const { QTRY_VERIFY_WITH_TIMEOUT(!window->isBusy(), 10'000); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(window->page()->currentView(), key, modifiers);
        settle();
    }
    const AnalysisPtr& analysis() const { return window->context()->analysis(); }
    const CallTree& tree() const { return analysis()->tree; }
    const std::vector<FilterStep>& filters() const { return analysis()->options.filters; }
    FilterBar* bar() const { return window->findChild<FilterBar*>(); }
    /// What can be pressed in the bar, as a screen reader names it.
    QToolButton* button(const QString& name) const
    {
        for (QToolButton* button : bar()->findChildren<QToolButton*>()) {
            if (button->isVisible() && (button->accessibleName() == name || button->text() == name))
                return button;
        }
        return nullptr;
    }
    bool holds(FrameId wanted) const
    {
        for (std::uint32_t n = 1; n < tree().size(); ++n) {
            if (tree().frame(NodeId{n}) == wanted)
                return true;
        }
        return false;
    }

    std::unique_ptr<MainWindow> window;
    FrameId frame;
};

QAction* actionNamed(const QMenu& menu, const QString& start)
{
    for (QAction* action : menu.actions()) {
        if (action->text().startsWith(start))
            return action;
    }
    return nullptr;
}

} // namespace

class TestFilters : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void lettersFilter_data();
    void lettersFilter();
    void switchesHidePython();
    void switchesSayWhyNot();
    void lettersAreTypeAheadInTables();
    void requestsAddUp();
    void undoIsNamed();
    void chipTakesItsFilterAway();
    void nothingLeftIsSaid();
    void tableFollows();
    void estimatedTreeSaysWhatIsFiltered();
    void focusFindsWhatIsFolded();
    void ownCodeWithoutAPlaceIsSaid();
    void invertOnlyExactTrees();
    void directionFollowsKeyAndMenu();
    void threads();
    void contextMenu();
    void backReturnsTheOldFilters();
    void anotherFileStartsAnew();
};

void TestFilters::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setApplicationName(QStringLiteral("sundial-test"));
    installApplicationFont();
}

void TestFilters::lettersFilter_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<FilterKind>("kind");
    QTest::newRow("f") << Qt::Key_F << FilterKind::Focus;
    QTest::newRow("x") << Qt::Key_X << FilterKind::Exclude;
    QTest::newRow("h") << Qt::Key_H << FilterKind::Hide;
    QTest::newRow("o") << Qt::Key_O << FilterKind::ShowFrom;
    QTest::newRow("c") << Qt::Key_C << FilterKind::Collapse;
    QTest::newRow("r") << Qt::Key_R << FilterKind::FoldRecursion;
    QTest::newRow("m") << Qt::Key_M << FilterKind::OwnOnly;
}

void TestFilters::lettersFilter()
{
    QFETCH(Qt::Key, key);
    QFETCH(FilterKind, kind);
    for (const char* view : {"icicle", "sunburst", "callgraph"}) {
        const OpenWindow open(kExact);
        open.window->showView(QLatin1String(view));
        open.window->page()->currentView()->setFocus();
        open.settle();
        QVERIFY(!open.bar()->isVisible());
        open.press(key);
        QCOMPARE(open.filters().size(), std::size_t(1));
        QCOMPARE(open.filters().front().kind, kind);
        QVERIFY(open.bar()->isVisible());
        QCOMPARE(open.holds(open.frame), kind != FilterKind::Hide && kind != FilterKind::Exclude);
    }
}

void TestFilters::switchesHidePython()
{
    const OpenWindow open(kCapture);
    const auto isImport = [&](FrameId frame) {
        return frame && open.analysis()->frames().file(frame).find("frozen importlib") != std::string_view::npos;
    };
    const auto hasImports = [&](const CallTree& tree) {
        for (std::uint32_t n = 1; n < tree.size(); ++n) {
            if (isImport(tree.frame(NodeId{n})))
                return true;
        }
        return false;
    };
    QVERIFY(hasImports(open.tree()));
    const double whole = open.analysis()->shownTotal();
    open.press(Qt::Key_I, Qt::ShiftModifier);
    QCOMPARE(open.filters().size(), std::size_t(1));
    QCOMPARE(open.filters().front().kind, FilterKind::HideImports);
    QVERIFY(open.button(QStringLiteral("Remove the filter: hide imports")));
    QCOMPARE(open.analysis()->shownTotal(), whole); // it is the importers' now
    // Icicle, sunburst and sandwich show `tree` and `paths`, table and call graph `graph`: none has them any more.
    QVERIFY(!hasImports(open.tree()) && !hasImports(open.analysis()->paths));
    for (std::uint32_t f = 0; f < open.analysis()->frames().size(); ++f)
        QVERIFY(!isImport(FrameId{f}) || !open.analysis()->functions().listed[f]);
    open.press(Qt::Key_I, Qt::ShiftModifier); // again: shows them
    QVERIFY(open.filters().empty());
    QVERIFY(hasImports(open.tree()));
}

void TestFilters::switchesSayWhyNot()
{
    const OpenWindow open(kCapture); // recorded without --native
    QMenu* filterMenu = nullptr;
    for (QAction* action : open.window->menuBar()->actions()) {
        if (action->menu() && action->text() == QLatin1String("Fi&lter"))
            filterMenu = action->menu();
    }
    QVERIFY(filterMenu && filterMenu->toolTipsVisible());
    for (const char* title : {"Hide native frames", "Hide the interpreter's own frames"}) {
        const QAction* const action = actionNamed(*filterMenu, QLatin1String(title));
        QVERIFY2(action && !action->isEnabled(), title);
        QVERIFY2(action->toolTip().contains(QLatin1String("memray run --native")), qPrintable(action->toolTip()));
    }
    QVERIFY(actionNamed(*filterMenu, QStringLiteral("Hide the import system"))->isEnabled());
    open.press(Qt::Key_N, Qt::ShiftModifier);
    QVERIFY(open.filters().empty());
}

void TestFilters::lettersAreTypeAheadInTables()
{
    const OpenWindow open(kExact);
    QWidget* const table = open.window->page()->table();
    table->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F);
    open.settle();
    QVERIFY(open.filters().empty());
}

void TestFilters::requestsAddUp()
{
    const OpenWindow open(kExact);
    QWidget* const view = open.window->page()->currentView();
    QTest::keyClick(view, Qt::Key_F);
    QTest::keyClick(view, Qt::Key_R); // before the worker is done
    QTest::keyClick(view, Qt::Key_M);
    open.settle();
    QCOMPARE(open.filters().size(), std::size_t(3));
    open.press(Qt::Key_R); // again: takes it back
    QCOMPARE(open.filters().size(), std::size_t(2));
    open.press(Qt::Key_F);
    QCOMPARE(open.filters().size(), std::size_t(2));
}

void TestFilters::undoIsNamed()
{
    const OpenWindow open(kExact);
    const double before = open.analysis()->shownTotal();
    open.press(Qt::Key_X);
    const double after = open.analysis()->shownTotal();
    QVERIFY(after < before);
    const QString name = QString::fromStdString(std::string(open.analysis()->frames().name(open.frame)));
    QCOMPARE(open.window->pipeline()->undoStack()->undoText(), QStringLiteral("exclude ") + name);
    open.press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(open.filters().empty());
    QCOMPARE(open.analysis()->shownTotal(), before);
    QVERIFY(!open.bar()->isVisible());
    open.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(open.analysis()->shownTotal(), after);
}

void TestFilters::chipTakesItsFilterAway()
{
    const OpenWindow open(kExact);
    open.press(Qt::Key_F);
    open.press(Qt::Key_R);
    QToolButton* const chip = open.button(QStringLiteral("Remove the filter: fold recursion"));
    QVERIFY(chip);
    QTest::mouseClick(chip, Qt::LeftButton);
    open.settle();
    QCOMPARE(open.filters().size(), std::size_t(1));
    QCOMPARE(open.filters().front().kind, FilterKind::Focus);
    QTest::mouseClick(open.button(QStringLiteral("Clear all filters")), Qt::LeftButton);
    open.settle();
    QVERIFY(open.filters().empty());
    open.press(Qt::Key_Z, Qt::ControlModifier); // clearing can be undone as well
    QCOMPARE(open.filters().size(), std::size_t(1));
}

void TestFilters::nothingLeftIsSaid()
{
    const OpenWindow open(kExact);
    open.press(Qt::Key_F);
    open.press(Qt::Key_X);
    QVERIFY(open.analysis()->isFilteredOut());
    QVERIFY2(open.bar()->note().startsWith(QStringLiteral("Everything is hidden by")), qPrintable(open.bar()->note()));
    for (const char* view : {"sunburst", "callgraph", "icicle"}) {
        open.window->showView(QLatin1String(view));
        open.settle();
        open.window->grab(); // each paints its empty state
    }
    QTest::mouseClick(open.button(QStringLiteral("Undo last")), Qt::LeftButton);
    open.settle();
    QCOMPARE(open.filters().size(), std::size_t(1));
    QVERIFY(!open.analysis()->isFilteredOut());
}

void TestFilters::tableFollows()
{
    const OpenWindow open(kExact);
    QVERIFY(open.analysis()->functions().listed[open.frame.value]);
    open.press(Qt::Key_H);
    QVERIFY(!open.analysis()->functions().listed[open.frame.value]);
    const auto* const rows = open.window->page()->table()->findChild<FunctionGrid*>();
    QCOMPARE(rows->model()->rowCount(), int(std::count(open.analysis()->functions().listed.begin(),
                                                       open.analysis()->functions().listed.end(), true)));
}

void TestFilters::estimatedTreeSaysWhatIsFiltered()
{
    const OpenWindow open(kEstimated);
    const std::vector<double> self = open.analysis()->functions().self;
    open.press(Qt::Key_H);
    QVERIFY(open.analysis()->isEstimated());
    QVERIFY(!open.holds(open.frame));
    QCOMPARE(open.analysis()->functions().self, self);
    QVERIFY(open.bar()->note().contains(QStringLiteral("exact numbers")));
}

/// Small functions are folded in an estimated tree: who focuses on one from the table sees it all the same.
void TestFilters::focusFindsWhatIsFolded()
{
    const OpenWindow open(QStringLiteral(SUNDIAL_FIXTURES "/pstats/large-pytest.prof"));
    const FunctionTable& table = open.analysis()->functions();
    FrameId folded;
    for (std::uint32_t f = 0; f < table.total.size(); ++f) {
        if (!open.holds(FrameId{f}) && (!folded || table.total[f] > table.total[folded.value]))
            folded = FrameId{f};
    }
    QVERIFY(folded && table.total[folded.value] > 0);
    const double total = table.total[folded.value];
    open.window->context()->select(folded);
    open.press(Qt::Key_F);
    QCOMPARE(open.filters().size(), std::size_t(1));
    QVERIFY(!open.analysis()->isFilteredOut());
    QCOMPARE(open.tree().frame(NodeId{1}), folded);
    QCOMPARE(open.analysis()->shownTotal(), total);
    QVERIFY(open.analysis()->isEstimated());
}

/// The tests' own functions run below pluggy's recursion, where an estimate cannot follow: that is said.
void TestFilters::ownCodeWithoutAPlaceIsSaid()
{
    const OpenWindow open(QStringLiteral(SUNDIAL_FIXTURES "/pstats/large-pytest.prof"));
    open.window->pipeline()->addFilter({FilterKind::OwnOnly, FilterScope::Function, {}});
    open.settle();
    QVERIFY2(open.bar()->note().contains(QStringLiteral("of your functions: the table has them")),
             qPrintable(open.bar()->note()));
}

void TestFilters::invertOnlyExactTrees()
{
    {
        const OpenWindow open(kEstimated);
        open.press(Qt::Key_I);
        QVERIFY(!open.analysis()->options.inverted);
        QVERIFY(!open.window->pipeline()->whyNotInverted().isEmpty());
    }
    const OpenWindow open(kExact);
    const double total = open.analysis()->shownTotal();
    open.press(Qt::Key_I);
    QVERIFY(open.analysis()->options.inverted);
    QCOMPARE(open.analysis()->shownTotal(), total);
    open.press(Qt::Key_I);
    QVERIFY(!open.analysis()->options.inverted);
}

void TestFilters::directionFollowsKeyAndMenu()
{
    const OpenWindow open(kExact);
    const auto option = [&](const QString& text) -> QAction* {
        for (QAction* action : open.window->findChildren<QAction*>()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    };
    QAction* const inverted = option(QStringLiteral("Inverted (by callee)"));
    QVERIFY(inverted && inverted->isEnabled() && !inverted->isChecked());
    open.press(Qt::Key_I);
    QVERIFY(inverted->isChecked());
    option(QStringLiteral("Bottom-up flame"))->trigger();
    open.settle();
    QVERIFY(!open.analysis()->options.inverted);
    QVERIFY(option(QStringLiteral("Bottom-up flame"))->isChecked());
    inverted->trigger();
    open.settle();
    QVERIFY(open.analysis()->options.inverted);
    const OpenWindow estimated(kEstimated);
    for (QAction* action : estimated.window->findChildren<QAction*>()) {
        if (action->text() == inverted->text())
            QVERIFY(!action->isEnabled() && !action->toolTip().isEmpty());
    }
}

void TestFilters::threads()
{
    const OpenWindow one(kExact);
    const auto* const button = one.window->findChild<LaneButton*>();
    QCOMPARE(button->isVisible(), one.analysis()->profile->lanes.size() > 1);

    const OpenWindow open(kThreads);
    auto* const threads = open.window->findChild<LaneButton*>();
    QVERIFY(threads->isVisible());
    const Profile& profile = *open.analysis()->profile;
    const std::vector<LaneId> order = lanesInOrder(profile);
    for (std::size_t i = 0; i < order.size(); ++i) {
        emit threads->menu()->aboutToShow();
        threads->menu()->actions()[qsizetype(i) + 2]->trigger(); // below "All threads" and a line
        open.settle();
        QCOMPARE(open.analysis()->options.lanes, std::vector<LaneId>{order[i]});
        QCOMPARE(open.analysis()->total, profile.lanes[order[i].value].total);
    }
    open.press(Qt::Key_R);
    QCOMPARE(open.analysis()->options.lanes.size(), std::size_t(1)); // filters and threads add up
    emit threads->menu()->aboutToShow();
    threads->menu()->actions().front()->trigger();
    open.settle();
    QCOMPARE(open.analysis()->total, profile.total(open.analysis()->metric));
    QCOMPARE(open.filters().size(), std::size_t(1));
}

void TestFilters::contextMenu()
{
    const OpenWindow open(kExact);
    const auto menu = [&] {
        return std::unique_ptr<QMenu>(makeFrameMenu(open.window->context(), open.window->pipeline(), open.frame,
                                                    NodeId{}, {}, open.window.get()));
    };
    for (const char* item :
         {"Focus on", "Exclude stacks with", "Hide", "Only from", "Collapse module", "Fold recursion"})
        QVERIFY2(actionNamed(*menu(), QLatin1String(item)), item);
    const std::unique_ptr<QMenu> shown = menu();
    QStringList titles;
    for (const QAction* action : shown->actions())
        titles << (action->isSeparator() ? QStringLiteral("-") : action->text());
    const QString name = QString::fromStdString(std::string(open.analysis()->frames().name(open.frame)));
    QCOMPARE(titles.mid(0, 4), (QStringList{"Zoom here", "Go up", "-", "Focus on " + name}));
    QCOMPARE(
        titles.mid(titles.indexOf("Show callers") - 1),
        (QStringList{"-", "Show callers", "Show callees", "Find in call graph", "Set as root of the call graph",
                     "Show source", "Open in editor", "-", "Copy name", "Copy location", "Copy stack", "Copy row as"}));
    for (const QAction* action : shown->actions()) // what cannot be used says why
        QVERIFY2(action->isEnabled() || action->toolTip() != action->text(), qPrintable(action->text()));
    const std::unique_ptr<QMenu> ground(
        makeFrameMenu(open.window->context(), open.window->pipeline(), FrameId{}, NodeId{0}, {}, open.window.get()));
    QVERIFY(!actionNamed(*ground, QStringLiteral("Copy name"))); // there is no function whose name it could be
    QMenu* const scopes = actionNamed(*shown, QStringLiteral("Only from"))->menu();
    QVERIFY(scopes);
    QCOMPARE(scopes->actions().size(), 3);
    scopes->actions().back()->trigger();
    open.settle();
    QCOMPARE(open.filters().front(), (FilterStep{FilterKind::ShowFrom, FilterScope::Module, open.frame}));
}

void TestFilters::backReturnsTheOldFilters()
{
    const OpenWindow open(kExact);
    open.press(Qt::Key_X);
    open.press(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(open.filters().empty());
    QVERIFY(open.window->pipeline()->options().filters.empty());
    open.press(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(open.filters().size(), std::size_t(1));
}

void TestFilters::anotherFileStartsAnew()
{
    const OpenWindow open(kExact);
    open.press(Qt::Key_X);
    open.window->open(kEstimated);
    open.settle();
    QVERIFY(open.filters().empty());
    QVERIFY(!open.bar()->isVisible());
    QVERIFY(!open.window->pipeline()->undoStack()->canUndo());
}

QTEST_MAIN(TestFilters)
#include "tst_filters.moc"
