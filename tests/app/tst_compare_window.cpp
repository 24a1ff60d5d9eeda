// SPDX-License-Identifier: GPL-3.0-or-later
// What the user changes about a comparison in the window: matches, normalising, sides. Real events, offscreen.
#include "app/analysis_page.h"
#include "app/header_bar.h"
#include "app/main_window.h"
#include "app/normalise_button.h"
#include "app/verdict_banner.h"
#include "model/compare_analysis.h"
#include "views/changes_table_view.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace sundial;

namespace
{

const QString kFixtures = QStringLiteral(SUNDIAL_FIXTURES);
const QString kBefore = kFixtures + QStringLiteral("/compare-pairs/refactoring/before-1.prof");
const QString kAfter = kFixtures + QStringLiteral("/compare-pairs/refactoring/after-1.prof");

std::unique_ptr<MainWindow> compared(bool remember = false)
{
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    auto window = std::make_unique<MainWindow>(style, remember ? Settings::load() : Settings(), remember);
    window->resize(1440, 900);
    window->show();
    window->compare({kBefore}, {kAfter});
    if (!QTest::qWaitFor([&] { return !window->isBusy() && window->context()->analysis(); }, 20'000))
        qFatal("the comparison was not loaded");
    return window;
}

const CompareAnalysis& info(MainWindow& window)
{
    return *window.context()->analysis()->comparison;
}

FrameId rowNamed(MainWindow& window, std::string_view name)
{
    const FrameTable& frames = window.context()->analysis()->frames();
    for (std::uint32_t i = 0; i < frames.size(); ++i) {
        if (frames.name(FrameId{i}) == name)
            return FrameId{i};
    }
    return {};
}

/// Waits until the window shows another comparison than `before`.
bool becomesAnother(MainWindow& window, const std::shared_ptr<const CompareAnalysis>& before)
{
    return QTest::qWaitFor([&] { return !window.isBusy() && window.context()->analysis()->comparison != before; },
                           10'000);
}

QAction* actionNamed(const QMenu& menu, const QString& text)
{
    for (QAction* action : menu.actions()) {
        if (action->text().contains(text))
            return action;
    }
    return nullptr;
}

/// Opens the menu of the button "Matched with…" in the card for the selected function, and chooses from it.
void chooseMatch(MainWindow& window, const QString& text)
{
    auto* const button = window.page()->findChild<QToolButton*>(QStringLiteral("match"));
    QVERIFY(button && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QAction* const action = actionNamed(*menu, text);
    QVERIFY2(action && action->isEnabled(), qPrintable(text));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
}

QAction* undoAction(MainWindow& window)
{
    for (QAction* action : window.actions()) {
        if (action->shortcut() == QKeySequence(QStringLiteral("Ctrl+Z")))
            return action;
    }
    return nullptr;
}

} // namespace

class TestCompareWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void matchIsOverruledAndUndone();
    void overruledMatchIsRemembered();
    void contextMenuOffersCandidates();
    void normalises();
    void swapKeepsThePlace();
    void verdictIsTheFirstStop();
    void metricIsChosen();
};

void TestCompareWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings().clear();
}

void TestCompareWindow::matchIsOverruledAndUndone()
{
    const auto window = compared();
    const FrameId row = rowNamed(*window, "is_plausible");
    QCOMPARE(info(*window).comparison->match(row).kind, MatchKind::Renamed);
    window->context()->select(row);
    const auto shown = window->context()->analysis()->comparison;
    chooseMatch(*window, QStringLiteral("Not a match"));
    QVERIFY(becomesAnother(*window, shown));
    const FrameId fresh = rowNamed(*window, "is_plausible"), gone = rowNamed(*window, "check");
    QCOMPARE(info(*window).comparison->match(fresh).kind, MatchKind::New);
    QCOMPARE(info(*window).comparison->match(gone).kind, MatchKind::Removed);
    // Sums hold whatever the matches are.
    double sum = 0;
    for (std::uint32_t i = 0; i < info(*window).comparison->size(); ++i)
        sum += info(*window).comparison->deltaSelf(FrameId{i});
    QVERIFY(std::abs(sum - info(*window).comparison->delta()) < 1e-9);

    // The other way round: the one that is gone is matched with the one that is new.
    window->context()->select(gone);
    const auto separated = window->context()->analysis()->comparison;
    chooseMatch(*window, QStringLiteral("is_plausible"));
    QVERIFY(becomesAnother(*window, separated));
    QCOMPARE(info(*window).comparison->match(rowNamed(*window, "is_plausible")).reason, MatchReason::User);

    QAction* const undo = undoAction(*window);
    QVERIFY(undo && undo->isEnabled());
    QVERIFY2(undo->text().contains(QStringLiteral("match check with is_plausible")), qPrintable(undo->text()));
    const auto joined = window->context()->analysis()->comparison;
    QApplication::setActiveWindow(window.get()); // which the menu's closing takes away offscreen
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(becomesAnother(*window, joined));
    QCOMPARE(info(*window).comparison->match(rowNamed(*window, "is_plausible")).kind, MatchKind::New);
    QVERIFY2(undo->text().contains(QStringLiteral("is_plausible is no match")), qPrintable(undo->text()));
}

void TestCompareWindow::overruledMatchIsRemembered()
{
    {
        const auto window = compared(true);
        window->context()->select(rowNamed(*window, "is_plausible"));
        const auto shown = window->context()->analysis()->comparison;
        chooseMatch(*window, QStringLiteral("Not a match"));
        QVERIFY(becomesAnother(*window, shown));
    }
    const auto again = compared(true);
    const FrameId fresh = rowNamed(*again, "is_plausible");
    QCOMPARE(info(*again).comparison->match(fresh).kind, MatchKind::New);
    // …until it is taken back, which is remembered too.
    again->context()->select(fresh);
    const auto shown = again->context()->analysis()->comparison;
    chooseMatch(*again, QStringLiteral("by itself again"));
    QVERIFY(becomesAnother(*again, shown));
    QCOMPARE(info(*again).comparison->match(rowNamed(*again, "is_plausible")).kind, MatchKind::Renamed);
    QVERIFY(Settings::load().matches.rulesOf(kBefore, kAfter).empty());
}

void TestCompareWindow::contextMenuOffersCandidates()
{
    const auto window = compared();
    auto* const changes = window->page()->findChild<ChangesTableView*>();
    changes->findChild<QToolButton*>(QStringLiteral("onlyBeyond"))->setChecked(false);
    const int row = changes->model().rowOf(rowNamed(*window, "is_plausible"));
    QVERIFY(row >= 0);
    emit changes->table()->customContextMenuRequested(
        changes->table()->visualRect(changes->model().index(row, 0)).center());
    auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QAction* const matched = actionNamed(*menu, QStringLiteral("Matched with"));
    QVERIFY(matched && matched->menu());
    QVERIFY(actionNamed(*matched->menu(), QStringLiteral("Not a match")));
    QVERIFY(actionNamed(*menu, QStringLiteral("for as many calls")));
    menu->close();
}

void TestCompareWindow::normalises()
{
    const auto window = compared();
    auto* const button = window->page()->findChild<NormaliseButton*>();
    QVERIFY(button && button->isVisible());
    QCOMPARE(button->text(), QStringLiteral("As measured"));
    const double measured = info(*window).comparison->after.total;
    window->context()->select(rowNamed(*window, "is_plausible"));
    const auto choose = [&](const QString& text) {
        const auto shown = window->context()->analysis()->comparison;
        QTimer::singleShot(0, this, [&] {
            auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu);
            QAction* const action = actionNamed(*menu, text);
            QVERIFY2(action && action->isEnabled(), qPrintable(text));
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        });
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(becomesAnother(*window, shown));
    };
    choose(QStringLiteral("same total"));
    QVERIFY(std::abs(info(*window).comparison->delta()) < 1e-9);
    QVERIFY(QString::fromStdString(info(*window).verdict.text()).contains(QStringLiteral("scaled to the same total")));
    QCOMPARE(button->text(), QStringLiteral("Same total"));
    choose(QStringLiteral("as many calls of is_plausible"));
    QCOMPARE(info(*window).comparison->after.total, measured); // it is called equally often
    choose(QStringLiteral("As measured"));
    QVERIFY(info(*window).comparison->normalisedTo.empty());
    QCOMPARE(info(*window).comparison->after.total, measured);
}

void TestCompareWindow::swapKeepsThePlace()
{
    const auto window = compared();
    const FrameId row = rowNamed(*window, "is_plausible");
    window->context()->select(row);
    NodeId place;
    for (std::uint32_t n = 1; n < window->context()->analysis()->tree.size(); ++n) {
        if (window->context()->analysis()->tree.frame(NodeId{n}) == row)
            place = NodeId{n};
    }
    QVERIFY(place);
    window->context()->zoomTo(place);
    auto* const changes = window->findChild<ChangesTableView*>();
    QTest::mouseClick(changes->findChild<QToolButton*>(QStringLiteral("onlyBeyond")), Qt::LeftButton);
    const auto* const table = changes->findChild<QTableView*>();
    const auto selectedName = [table] {
        const QModelIndexList rows = table->selectionModel()->selectedRows();
        return rows.isEmpty() ? QString() : rows.front().data().toString();
    };
    QCOMPARE(selectedName(), QStringLiteral("is_plausible"));
    const double before = info(*window).before->total[place.value];
    const auto shown = window->context()->analysis()->comparison;
    QTest::keyClick(window.get(), Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(becomesAnother(*window, shown));
    QCOMPARE(info(*window).beforeName, std::string("after-1.prof"));
    const ViewState& state = window->context()->state();
    QCOMPARE(info(*window).after->total[state.zoomRoot.value], before);
    QCOMPARE(window->context()->analysis()->frames().name(state.selected), std::string_view("check"));
    QCOMPARE(selectedName(), QStringLiteral("check"));
    const auto turned = window->context()->analysis()->comparison;
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(becomesAnother(*window, turned));
    QCOMPARE(info(*window).beforeName, std::string("before-1.prof"));
    QCOMPARE(window->context()->state().selected, row);
}

void TestCompareWindow::verdictIsTheFirstStop()
{
    const auto window = compared();
    auto* const verdict = window->findChild<VerdictBanner*>();
    QVERIFY(verdict && verdict->isVisible() && !verdict->accessibleName().isEmpty());
    QList<QWidget*> chain;
    for (QWidget* w = window->nextInFocusChain(); w != window.get(); w = w->nextInFocusChain())
        chain << w;
    const auto* const header = window->findChild<HeaderBar*>();
    const auto* const changes = window->page()->findChild<ChangesTableView*>();
    QVERIFY(chain.indexOf(verdict) < chain.indexOf(header->searchField()));
    QVERIFY(chain.indexOf(header->searchField()) < chain.indexOf(changes->table()));
}

void TestCompareWindow::metricIsChosen()
{
    const auto window = compared();
    const auto pair = window->context()->analysis()->comparison;
    const QString folder = kFixtures + QStringLiteral("/compare/verdicts/leak/");
    window->compare({folder + QStringLiteral("before.bin")}, {folder + QStringLiteral("after.bin")});
    QVERIFY(becomesAnother(*window, pair));
    QCOMPARE(info(*window).beforeRuns.front()->metricInfo().id, std::string("peak-bytes"));
    QAction* leaked = nullptr;
    for (const QToolButton* button : window->findChild<HeaderBar*>()->findChildren<QToolButton*>()) {
        if (button->menu() && button->isVisible() && !leaked)
            leaked = actionNamed(*button->menu(), QStringLiteral("Leaked"));
    }
    QVERIFY(leaked);
    const auto shown = window->context()->analysis()->comparison;
    leaked->trigger();
    QVERIFY(becomesAnother(*window, shown));
    QCOMPARE(QString::fromStdString(info(*window).beforeRuns.front()->metricInfo().id), QStringLiteral("leaked-bytes"));
    QCOMPARE(info(*window).verdict.kind, VerdictKind::Faster); // less of it
    QVERIFY(QString::fromStdString(info(*window).verdict.title).startsWith(QStringLiteral("Less memory")));
}

QTEST_MAIN(TestCompareWindow)
#include "tst_compare_window.moc"
