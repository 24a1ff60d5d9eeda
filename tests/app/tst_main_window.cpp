// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a user meets it: opening, refusing, dropping, zooming, going back, remembering. Real events, offscreen.
#include "app/analysis_page.h"
#include "app/compare_sides.h"
#include "app/error_text.h"
#include "app/main_window.h"
#include "app/profile_area.h"
#include "app/shortcut_sheet.h"
#include "model/compare_analysis.h"
#include "views/changes_table_view.h"
#include "views/function_card.h"
#include "views/function_grid.h"
#include "views/function_page.h"
#include "views/function_table_view.h"
#include "views/view_table.h"

#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <sys/stat.h>

using namespace sundial;

namespace
{

const QString kFixtures = QStringLiteral(SUNDIAL_FIXTURES);
const QString kProfile = kFixtures + QStringLiteral("/pstats/kitchen-py311.prof");

std::unique_ptr<MainWindow> makeWindow(bool remember = false)
{
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    auto window = std::make_unique<MainWindow>(style, remember ? Settings::load() : Settings(), remember);
    window->resize(1280, 800);
    window->show();
    return window;
}

bool opens(MainWindow& window, const QString& path)
{
    window.open(path);
    return QTest::qWaitFor([&] { return !window.isBusy(); }, 10'000) && window.context()->analysis() &&
           !window.failure();
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void opensAndShows();
    void refusalIsOneSentence();
    void failureLeavesWhatIsOpen();
    void dropOpens();
    void pasteOpens();
    void cancelLeavesTheWindow();
    void firstFileShowsWhatWillBeWhere();
    void narrowWindowClosesTheCard();
    void searchReachesEveryView();
    void backAndForward();
    void zoomExpandsTheEstimate();
    void keysReachEveryPane();
    void shortcutsAreUnique();
    void badgesGiveWayBeforeTabs();
    void shortcutSheetFits();
    void tableSaysWhatIsUnderIt();
    void contextMenuByKeys();
    void paletteRuns();
    void paletteFindsFilesAndCommands();
    void goesToALine();
    void digitsChooseViews();
    void copiesWithoutTheTable();
    void showsCallersAndCallees();
    void messagesStay();
    void explanationsPopUp();
    void comparesTwoFiles();
    void droppingTwoCompares();
    void droppingOnTheRightCompares();
    void sidesFromNames_data();
    void sidesFromNames();
    void remembersRecentThemeAndPaths();
    void settingsOutliveAnEmptyWindow();
    void garbageInSettings();
};

void TestMainWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setApplicationName(QStringLiteral("sundial-test"));
    QApplication::setOrganizationName(QStringLiteral("sundial-test"));
    QSettings().clear();
    installApplicationFont();
}

void TestMainWindow::opensAndShows()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    QVERIFY(window->windowTitle().contains(QStringLiteral("kitchen-py311.prof")));
    for (const ViewType* type : viewTypes()) {
        if (type->mode == ViewMode::Comparison)
            continue;
        window->showView(QLatin1String(type->id));
        QVERIFY(QTest::qWaitFor([&] { return !window->isBusy(); }, 10'000));
        const QImage picture = window->page()->currentView()->grab().toImage();
        QSet<QRgb> colors;
        for (int y = 0; y < picture.height(); y += 7) {
            for (int x = 0; x < picture.width(); x += 7)
                colors.insert(picture.pixel(x, y));
        }
        QVERIFY2(colors.size() > 4, type->id); // something is drawn
    }
}

void TestMainWindow::refusalIsOneSentence()
{
    const auto window = makeWindow();
    window->open(kFixtures + QStringLiteral("/malformed/pstats/pickle.prof"));
    QTRY_VERIFY(window->failure().has_value());
    QVERIFY(!window->failure()->message.empty());
    QVERIFY(!window->context()->analysis());
    // The title says that it cannot be read; the sentence below does not say it again.
    QVERIFY(!errorText(*window->failure(), QStringLiteral("pickle.prof")).what.contains(QStringLiteral("can read")));
    window->open(QStringLiteral("/nowhere/at-all.prof"));
    QTRY_COMPARE(window->failure()->kind, ErrorKind::Io);
}

void TestMainWindow::failureLeavesWhatIsOpen()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    const AnalysisPtr open = window->context()->analysis();
    window->open(kFixtures + QStringLiteral("/malformed/pstats/garbage.prof"));
    QTRY_VERIFY(window->failure().has_value());
    QCOMPARE(window->context()->analysis(), open);
    QVERIFY(window->windowTitle().contains(QStringLiteral("kitchen")));
}

void TestMainWindow::dropOpens()
{
    const auto window = makeWindow();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(kProfile)});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &drop);
    QTRY_VERIFY(window->context()->analysis() != nullptr);

    QMimeData text;
    text.setText(QStringLiteral("no file"));
    QDragEnterEvent other(QPoint(200, 200), Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    other.ignore();
    QApplication::sendEvent(window.get(), &other);
    QVERIFY(!other.isAccepted());
}

void TestMainWindow::pasteOpens()
{
    for (const bool asUrl : {false, true}) {
        const auto window = makeWindow();
        auto* const data = new QMimeData;
        if (asUrl)
            data->setUrls({QUrl::fromLocalFile(kProfile)});
        else
            data->setText(kProfile + u'\n');
        QApplication::clipboard()->setMimeData(data);
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QTest::keyClick(window.get(), Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY(window->context()->analysis() != nullptr);
    }
}

void TestMainWindow::cancelLeavesTheWindow()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    const AnalysisPtr open = window->context()->analysis();
    window->open(kFixtures + QStringLiteral("/pstats/large-pytest.prof"));
    window->open(kProfile); // the first load is dropped, whatever it would have brought
    QTRY_VERIFY(window->context()->analysis() != open);
    QTRY_VERIFY(!window->isBusy());
    QVERIFY(window->windowTitle().contains(QStringLiteral("kitchen")));
}

void TestMainWindow::firstFileShowsWhatWillBeWhere()
{
    const QTemporaryDir folder;
    const QString pipe = folder.filePath(QStringLiteral("slow.prof"));
    QCOMPARE(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    const auto window = makeWindow();
    window->open(pipe); // nobody writes yet
    QVERIFY(!window->page()->isVisible());
    QTRY_VERIFY(window->page()->isVisible()); // after 200 ms: header and grey rows
    QVERIFY(window->windowTitle().contains(QStringLiteral("slow.prof")));
    QVERIFY(!window->grab().isNull()); // everything paints without a profile
    QFile writer(pipe);
    QVERIFY(writer.open(QIODevice::WriteOnly));
    writer.write("no profile");
    writer.close();
    QTRY_VERIFY(window->failure().has_value());
    QVERIFY(!window->page()->isVisible());
}

void TestMainWindow::narrowWindowClosesTheCard()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    QVERIFY(window->page()->card()->isVisible());
    const auto tabTexts = [&] {
        int count = 0;
        for (const QToolButton* tab : window->page()->findChildren<QToolButton*>())
            count += tab->property("segment").toBool() && tab->isVisible() &&
                     tab->toolButtonStyle() == Qt::ToolButtonTextBesideIcon;
        return count;
    };
    window->resize(1500, 800);
    QTRY_VERIFY(tabTexts() > 1);
    window->resize(620, 700);
    QTRY_COMPARE(tabTexts(), 1); // the others keep their icons
    window->resize(1000, 700);
    QTRY_VERIFY(!window->page()->card()->isVisible());
    QTest::keyClick(window.get(), Qt::Key_F9); // by hand it opens all the same
    QVERIFY(window->page()->card()->isVisible());
    QTest::keyClick(window.get(), Qt::Key_F9);
    QVERIFY(!window->page()->card()->isVisible());
    window->resize(1280, 700);
    QTRY_VERIFY(!window->page()->card()->isVisible()); // it was closed by hand
    QTest::keyClick(window.get(), Qt::Key_F9);
    QVERIFY(window->page()->card()->isVisible());
}

void TestMainWindow::searchReachesEveryView()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier);
    auto* const field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(field);
    QTest::keyClicks(field, QStringLiteral("fib"));
    QCOMPARE(window->context()->state().search, QStringLiteral("fib"));
    QVERIFY(window->context()->searchResult().count > 0);
    QTest::keyClick(field, Qt::Key_Return);
    const FrameId selected = window->context()->state().selected;
    QVERIFY(selected && window->context()->searchResult().contains(selected));
    QTest::keyClick(window.get(), Qt::Key_Escape); // one step: the search
    QVERIFY(window->context()->state().search.isEmpty());
    QCOMPARE(window->context()->state().selected, selected);
    QTest::keyClick(window.get(), Qt::Key_Escape); // the next: the selection
    QVERIFY(!window->context()->state().selected);
}

void TestMainWindow::backAndForward()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    ViewContext* const context = window->context();
    NodeId first, second;
    context->analysis()->tree.forEachChild(NodeId{0}, [&](NodeId n) { first = first ? first : n; });
    context->analysis()->tree.forEachChild(first, [&](NodeId n) { second = second ? second : n; });
    QVERIFY(first && second);
    context->zoomTo(first);
    QTest::qWait(50);
    const FrameId firstFrame = context->analysis()->tree.frame(context->state().zoomRoot);
    QTest::keyClick(window.get(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(context->state().zoomRoot, NodeId{0});
    QTest::keyClick(window.get(), Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(context->analysis()->tree.frame(context->state().zoomRoot), firstFrame);
    QTest::keyClick(window.get(), Qt::Key_Home, Qt::AltModifier);
    QTRY_COMPARE(context->state().zoomRoot, NodeId{0});
}

void TestMainWindow::zoomExpandsTheEstimate()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kFixtures + QStringLiteral("/pstats/large-pytest.prof")));
    ViewContext* const context = window->context();
    const CallTree tree = context->analysis()->tree;
    // The folded node with the most in it: its parent has something to expand.
    NodeId folded;
    for (std::uint32_t n = 1; n < tree.size(); ++n) {
        if (tree.kind(NodeId{n}) == NodeKind::Folded && tree.depth(NodeId{n}) > 12 &&
            (!folded || tree.total(MetricId{0}, NodeId{n}) > tree.total(MetricId{0}, folded)))
            folded = NodeId{n};
    }
    QVERIFY(folded);
    const NodeId parent = tree.parent(folded);
    const double total = tree.total(MetricId{0}, parent);
    context->zoomTo(parent);
    const FrameId frame = tree.frame(parent);
    context->select(frame);
    QTRY_VERIFY(context->analysis()->tree.size() > tree.size());
    QCOMPARE(context->analysis()->tree.total(MetricId{0}, context->state().zoomRoot), total);
    // The table, which took the new numbers, still shows the selection.
    auto* const table = window->page()->findChild<FunctionTableView*>();
    QCOMPARE(context->state().selected, frame);
    const QModelIndexList rows = table->grid()->selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(table->model().frameAt(rows.front().row()), frame);
}

void TestMainWindow::keysReachEveryPane()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    QSet<QWidget*> panes;
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(window.get(), Qt::Key_F6);
        panes.insert(QApplication::focusWidget());
    }
    QVERIFY(panes.size() >= 2);
    QVERIFY(window->testAttribute(Qt::WA_KeyboardFocusChange)); // or no ring would tell where
    QTest::keyClick(window.get(), Qt::Key_F9);
    QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(window->page()->table()->isAncestorOf(QApplication::focusWidget()));
}

void TestMainWindow::shortcutsAreUnique()
{
    const auto window = makeWindow();
    QHash<QString, QString> seen;
    for (const QAction* action : window->findChildren<QAction*>()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            if (action->shortcutContext() == Qt::WidgetShortcut)
                continue; // of one field alone
            const QString text = QString::number(action->shortcutContext()) + u' ' + keys.toString();
            QVERIFY2(!seen.contains(text) || seen[text] == action->text(),
                     qPrintable(text + QStringLiteral(": ") + action->text() + QStringLiteral(" and ") + seen[text]));
            seen[text] = action->text();
        }
    }
    QVERIFY(seen.size() > 15);
}

void TestMainWindow::badgesGiveWayBeforeTabs()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    window->showView(QStringLiteral("icicle"));
    const QList<QToolButton*> buttons = window->page()->findChildren<QToolButton*>();
    const auto find = [&](const QString& name) {
        const auto found = std::find_if(buttons.begin(), buttons.end(), [&](const QToolButton* button) {
            return button->accessibleName() == name || button->text() == name;
        });
        return found == buttons.end() ? nullptr : *found;
    };
    const QToolButton* const tab = find(QStringLiteral("Call graph"));
    const QToolButton* const badge = find(QStringLiteral("Estimated tree"));
    QVERIFY(tab && badge);
    bool wasShort = false;
    int width = 1600;
    for (; width > 1000 && tab->toolButtonStyle() != Qt::ToolButtonIconOnly; width -= 8) {
        window->resize(width, 720);
        QCoreApplication::processEvents();
        const bool isNamed = tab->toolButtonStyle() == Qt::ToolButtonTextBesideIcon;
        wasShort = wasShort || (isNamed && badge->text() == QStringLiteral("≈"));
    }
    QVERIFY(width > 1000); // it came to that
    QVERIFY(wasShort);
}

void TestMainWindow::shortcutSheetFits()
{
    const auto window = makeWindow();
    window->resize(1000, 560);
    ShortcutSheet sheet(Theme::light(), window.get());
    QVERIFY(sheet.height() <= sheet.screen()->availableGeometry().height());
    QVERIFY(sheet.height() <= 560);
    for (const ShortcutSheet::Entry& entry : sheet.entries())
        QVERIFY2(!entry.what.contains(u'&'), qPrintable(entry.what));
    auto* const area = sheet.findChild<QScrollArea*>();
    QVERIFY(area && area->verticalScrollBar()->maximum() > 0); // and what does not fit is reached by keys
    sheet.show();
    QTest::keyClick(area, Qt::Key_PageDown);
    QVERIFY(area->verticalScrollBar()->value() > 0);
}

void TestMainWindow::tableSaysWhatIsUnderIt()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    auto* const table = window->page()->findChild<FunctionTableView*>();
    QSignalSpy said(window->page(), &AnalysisPage::described);
    const QModelIndex index = table->model().index(2, int(FunctionColumn::Function));
    QTest::mouseClick(table->grid()->viewport(), Qt::LeftButton, {}, table->grid()->visualRect(index).center());
    QVERIFY(!said.isEmpty());
    const QString name = index.data().toString();
    QVERIFY(said.last().first().toString().startsWith(name));
    window->context()->select({});
    QVERIFY(said.last().first().toString().isEmpty());
    QTest::mouseClick(table->grid()->viewport(), Qt::LeftButton, {}, table->grid()->visualRect(index).center());
    const auto isInStatusBar = [&] {
        const QList<QLabel*> labels = window->statusBar()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* l) { return l->text().startsWith(name); });
    };
    QVERIFY(isInStatusBar());
    QTest::keyClick(window.get(), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(!window->context()->analysis());
    QVERIFY(!isInStatusBar()); // nothing of it is left
}

void TestMainWindow::contextMenuByKeys()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    auto* const table = window->page()->findChild<FunctionTableView*>();
    table->setFocus();
    table->grid()->setCurrentIndex(table->model().index(1, int(FunctionColumn::Function)));
    const FrameId row = table->model().frameAt(1);
    FrameId asked;
    connect(table, &FunctionTableView::contextMenuRequested, this, [&](FrameId frame) { asked = frame; });
    QTimer::singleShot(50, [] {
        if (QWidget* const menu = QApplication::activePopupWidget())
            menu->close();
    });
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F10, Qt::ShiftModifier);
    QCOMPARE(asked, row);

    View* const icicle = window->page()->currentView();
    const QPoint box(icicle->width() / 2, scaled(36)); // in the second row
    QTest::mouseClick(icicle, Qt::LeftButton, {}, box);
    const FrameId clicked = window->context()->state().selected;
    QVERIFY(clicked);
    QTRY_VERIFY(!window->isBusy() && !QApplication::activePopupWidget());
    asked = {};
    connect(icicle, &View::contextMenuRequested, this, [&](FrameId frame) { asked = frame; });
    QTimer::singleShot(50, [] {
        if (QWidget* const menu = QApplication::activePopupWidget())
            menu->close();
    });
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F10, Qt::ShiftModifier);
    QCOMPARE(asked, clicked);
}

void TestMainWindow::paletteRuns()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(window->findChild<QWidget*>(QStringLiteral("commandPalette")));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("@fib"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(window->context()->state().selected);
    QCOMPARE(window->context()->analysis()->frames().name(window->context()->state().selected), "fib");
    QTRY_VERIFY(!window->findChild<QWidget*>(QStringLiteral("commandPalette")));
}

namespace
{

/// Types into the field that has the focus and runs the first entry.
void runInPalette(const QString& text, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QTest::keyClicks(QApplication::focusWidget(), text);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, modifiers);
}

QByteArray selectedName(MainWindow& window)
{
    const FrameId selected = window.context()->state().selected;
    const std::string_view name = selected ? window.context()->analysis()->frames().name(selected) : std::string_view();
    return {name.data(), qsizetype(name.size())};
}

} // namespace

void TestMainWindow::paletteFindsFilesAndCommands()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
    runInPalette(QStringLiteral(":kitchen_py3"));
    const FrameTable& frames = window->context()->analysis()->frames();
    QVERIFY(window->context()->state().selected);
    QVERIFY(frames.file(window->context()->state().selected).ends_with("kitchen_py3.py"));
    QCOMPARE(window->page()->currentViewId(), QStringLiteral("source"));
    QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
    runInPalette(QStringLiteral("sunburst"));
    QCOMPARE(window->page()->currentViewId(), QStringLiteral("sunburst"));
}

void TestMainWindow::goesToALine()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    QTest::keyClick(window.get(), Qt::Key_G, Qt::ControlModifier);
    runInPalette(QStringLiteral("kitchen.py:104"));
    QCOMPARE(selectedName(*window), "builtins_mix");
    QTest::keyClick(window.get(), Qt::Key_G, Qt::ControlModifier);
    runInPalette(QStringLiteral("load_from_odd"), Qt::AltModifier); // selects, and zooms nowhere
    QCOMPARE(selectedName(*window), "load_from_odd_path");
    QCOMPARE(window->context()->state().zoomRoot, NodeId{0});
}

void TestMainWindow::digitsChooseViews()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    QTest::keyClick(window.get(), Qt::Key_2, Qt::AltModifier);
    QCOMPARE(window->page()->currentViewId(), QStringLiteral("sunburst"));
    QTest::keyClick(window.get(), Qt::Key_3, Qt::AltModifier);
    QCOMPARE(window->page()->currentViewId(), QStringLiteral("callgraph"));
    QTest::keyClick(window.get(), Qt::Key_1, Qt::AltModifier);
    QCOMPARE(window->page()->currentViewId(), QStringLiteral("icicle"));
    QTest::keyClick(window.get(), Qt::Key_6, Qt::AltModifier);
    QVERIFY(window->page()->table()->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(window.get(), Qt::Key_7, Qt::AltModifier);
    QVERIFY(window->page()->card()->isAncestorOf(QApplication::focusWidget()));
}

void TestMainWindow::copiesWithoutTheTable()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    window->page()->currentView()->setFocus();
    QTest::keyClick(window.get(), Qt::Key_G, Qt::ControlModifier);
    runInPalette(QStringLiteral("builtins_mix"));
    window->page()->currentView()->setFocus();
    QTest::keyClick(window.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("builtins_mix"));
    QTest::keyClick(window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("| ncalls |")));
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("builtins_mix")));
}

void TestMainWindow::showsCallersAndCallees()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    FunctionPage& page = window->page()->card()->functionPage();
    QTest::keyClick(window.get(), Qt::Key_F9); // the card comes back by itself
    QVERIFY(!window->page()->card()->isVisible());
    QTest::keyClick(window.get(), Qt::Key_G, Qt::ControlModifier);
    runInPalette(QStringLiteral("builtins_mix"));
    const auto choose = [&](const QString& item) {
        emit window->page()->contextMenuRequested(window->context()->state().selected, NodeId{}, QPoint(200, 200));
        auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (QAction* action : menu->actions()) {
            if (action->text() == item)
                action->trigger();
        }
        menu->close();
    };
    choose(QStringLiteral("Show callees"));
    QVERIFY(window->page()->card()->isVisible());
    QTRY_VERIFY(page.callees().list().hasFocus());
    choose(QStringLiteral("Show callers"));
    QTRY_VERIFY(page.callers().list().hasFocus());
}

void TestMainWindow::messagesStay()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    window->open(kFixtures + QStringLiteral("/malformed/pstats/garbage.prof"));
    QTRY_VERIFY(window->failure().has_value());
    QTimer::singleShot(0, window.get(), [] {
        auto* const dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        auto* const list = dialog->findChild<QListWidget*>();
        QVERIFY(list && list->item(0)->text().contains(QStringLiteral("garbage.prof")));
        dialog->reject();
    });
    QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
    runInPalette(QStringLiteral("messages"));
}

void TestMainWindow::explanationsPopUp()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kProfile));
    emit window->page()->estimateExplained(); // the badge
    QPointer<QWidget> note = QApplication::activePopupWidget();
    QVERIFY(note && note->accessibleDescription().contains(QStringLiteral("exact")));
    QTest::keyClick(note, Qt::Key_Escape);
    QTRY_VERIFY(!note || !note->isVisible());
    emit window->page()->estimateExplained();
    note = QApplication::activePopupWidget();
    QTest::mouseClick(note->findChild<QPushButton*>(), Qt::LeftButton);
    QCOMPARE(window->page()->currentViewId(), QStringLiteral("callgraph"));
}

void TestMainWindow::comparesTwoFiles()
{
    const auto window = makeWindow();
    window->compare({kFixtures + QStringLiteral("/pstats/shop-before.prof")},
                    {kFixtures + QStringLiteral("/pstats/shop-after.prof")});
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison);
    QTRY_VERIFY(!window->isBusy());
    QCOMPARE(window->page()->currentViewId(), QStringLiteral("before-after"));
    const auto info = window->context()->analysis()->comparison;
    QCOMPARE(info->verdict.kind, VerdictKind::Faster);
    auto* const changes = window->page()->findChild<ChangesTableView*>();
    QVERIFY(changes && changes->isVisible() && changes->model().rowCount() > 2);
    // Every view shows the comparison, and a click into the table selects everywhere.
    for (const ViewType* type : viewTypes()) {
        if (type->mode == ViewMode::Single)
            continue;
        window->showView(QLatin1String(type->id));
        QTRY_VERIFY(!window->isBusy());
        QCOMPARE(window->page()->currentViewId(), QLatin1String(type->id));
    }
    changes->table()->setCurrentIndex(changes->model().index(0, 0));
    QCOMPARE(window->context()->state().selected, changes->model().frameAt(0));
    // The sums that the reader sees: Δ self over all rows is the change of the whole.
    double sum = 0;
    for (std::uint32_t f = 0; f < info->comparison->size(); ++f)
        sum += info->comparison->deltaSelf(FrameId{f});
    QVERIFY(std::abs(sum - info->comparison->delta()) < 1e-9);
    // Swapping turns the verdict over.
    QTest::keyClick(window.get(), Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(window->context()->analysis()->comparison != info);
    QCOMPARE(window->context()->analysis()->comparison->verdict.kind, VerdictKind::Slower);
    // Opening one file goes back to one profile's tabs and table.
    QVERIFY(opens(*window, kProfile));
    QVERIFY(!window->context()->analysis()->comparison);
    QVERIFY(window->page()->table()->isVisible());
}

void TestMainWindow::droppingTwoCompares()
{
    const auto window = makeWindow();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(kFixtures + QStringLiteral("/pstats/shop-after.prof")),
                  QUrl::fromLocalFile(kFixtures + QStringLiteral("/pstats/shop-before.prof"))});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &enter);
    QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &drop);
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison);
    QCOMPARE(window->context()->analysis()->comparison->beforeName, "shop-before.prof");
}

void TestMainWindow::droppingOnTheRightCompares()
{
    const auto window = makeWindow();
    QVERIFY(opens(*window, kFixtures + QStringLiteral("/pstats/shop-before.prof")));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(kFixtures + QStringLiteral("/pstats/shop-after.prof"))});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &enter);
    auto* const overlay = window->findChild<QWidget*>(QStringLiteral("dropOverlay"));
    QVERIFY(overlay && overlay->isVisible());
    const QPointF right(window->width() - 100, 300);
    QDropEvent drop(right, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &drop);
    QVERIFY(!overlay->isVisible());
    QTRY_VERIFY(window->context()->analysis()->comparison);
    QCOMPARE(window->context()->analysis()->comparison->afterName, "shop-after.prof");
}

void TestMainWindow::sidesFromNames_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("inOrder");
    QTest::newRow("words") << "run-after.prof"
                           << "run-before.prof" << false;
    QTest::newRow("folders") << "base/x.prof"
                             << "head/x.prof" << true;
    QTest::newRow("main and pr") << "pr/unit.prof"
                                 << "main/unit.prof" << false;
    QTest::newRow("only one says") << "x.prof"
                                   << "x-baseline.prof" << false;
    QTest::newRow("numbers") << "run2.prof"
                             << "run10.prof" << true;
    QTest::newRow("numbers reversed") << "2.prof"
                                      << "1.prof" << false;
    QTest::newRow("timestamps") << "p-20260102T1010.prof"
                                << "p-20260101T2359.prof" << false;
    QTest::newRow("a shared word says nothing") << "before/a-old.prof"
                                                << "before/a-new.prof" << true;
}

void TestMainWindow::sidesFromNames()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(bool, inOrder);
    const ComparedPaths sides = guessSides(first, second);
    QCOMPARE(sides.before, inOrder ? first : second);
    QCOMPARE(sides.hint, SideHint::Name);
}

void TestMainWindow::remembersRecentThemeAndPaths()
{
    PathMap mapped;
    mapped.add({"/app", "/home/me/shop"});
    mapped.add({"", "/srv"});
    {
        const auto window = makeWindow(true);
        QVERIFY(opens(*window, kProfile));
        window->setThemeChoice(ThemeChoice::Dark);
        QVERIFY(window->context()->theme().isDark);
        window->context()->setPathMap(mapped);
        window->close();
    }
    const Settings settings = Settings::load();
    QCOMPARE(settings.theme, ThemeChoice::Dark);
    QCOMPARE(settings.recent.size(), 1);
    QVERIFY(settings.recent.front().path.endsWith(QStringLiteral("kitchen-py311.prof")));
    QVERIFY(!settings.geometry.isEmpty());
    QCOMPARE(settings.pathMap, mapped);
    const auto next = makeWindow(true);
    QCOMPARE(next->context()->pathMap(), mapped);
    QMenu* recent = nullptr;
    for (QMenu* const menu : next->findChildren<QMenu*>()) {
        if (menu->title().remove(u'&') == QStringLiteral("Open recent"))
            recent = menu;
    }
    QVERIFY(recent && recent->isEnabled());
    QVERIFY(recent->actions().front()->text().contains(QStringLiteral("kitchen-py311.prof")));
    recent->actions().front()->trigger();
    QTRY_VERIFY(next->context()->analysis() && !next->isBusy());
    recent->actions().back()->trigger(); // clear
    QVERIFY(!recent->isEnabled());
    QVERIFY(Settings::load().recent.isEmpty());
}

void TestMainWindow::settingsOutliveAnEmptyWindow()
{
    {
        const auto window = makeWindow(true);
        QVERIFY(opens(*window, kProfile));
        window->page()->setCardVisible(false);
        window->showView(QStringLiteral("sunburst"));
        window->close();
    }
    const Settings before = Settings::load();
    QVERIFY(!before.splitters.isEmpty() && !before.tableColumns.isEmpty());
    {
        const auto window = makeWindow(true);
        QVERIFY(!window->findChild<ProfileArea*>()); // nothing is open: its page is not waited for
        window->close();
    }
    const Settings after = Settings::load();
    QCOMPARE(after.splitters, before.splitters);
    QCOMPARE(after.tableColumns, before.tableColumns);
    const auto window = makeWindow(true);
    QVERIFY(opens(*window, kProfile));
    QCOMPARE(window->page()->currentViewId(), QStringLiteral("sunburst"));
    QVERIFY(!window->page()->wantsCard());
}

void TestMainWindow::garbageInSettings()
{
    const QString path = QSettings().fileName();
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(2000, '\x9f') +
               "\n[recent]\nsize=99999999\n1\\path=\n[window]\ngeometry=@ByteArray(nonsense)\n");
    file.close();
    const auto window = makeWindow(true);
    QVERIFY(window->isVisible());
    QVERIFY(opens(*window, kProfile));
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
