// SPDX-License-Identifier: GPL-3.0-or-later
// The function table as users meet it: rows, texts, filter, groups, copies; and the panel with real keys and clicks.
#include "model/analysis.h"
#include "model/memory_range.h"
#include "tests/support/arcs.h"
#include "tests/support/files.h"
#include "tests/support/generate.h"
#include "views/function_table_view.h"
#include "views/style.h"
#include "views/text_fit.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace sundial;
using namespace sundial::test;

class TestFunctionModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cells();
    void pstatsHeads();
    void samplesHaveNoCalls();
    void blocksOfMemory();
    void allocatorsOfMemory_data();
    void allocatorsOfMemory();
    void callersWithoutNumbers();
    void filter_data();
    void filter();
    void wrongExpressionFiltersNothing();
    void endlessExpressionStops();
    void limitComesLast();
    void groupsFold();
    void selectionSurvivesSorting();
    void csv();
    void markdownEscapes();
    void clickSelectsEverywhere();
    void contextSelectsRow();
    void headerSorts();
    void keys();
    void typing();
    void presetsHaveAWayBack();
    void noMatchNamesTheNearest();
    void columnsAreRemembered();
    void numbersFitTheirColumns();
    void nothingOpen();
};

namespace
{

const QByteArray kOrders = "main 1/1 0.5 10\n"
                           "orders_total 4/4 6 9.5\n"
                           "walk 25/1 3.5 3.5\n"
                           "main>orders_total 4/4 6 9.5\n"
                           "orders_total>walk 1/1 3.5 3.5\n"
                           "walk>walk 24/2 3 3\n";

AnalysisPtr analysisOf(Profile profile, const char* formatId = "pstats")
{
    profile.formatId = formatId;
    Progress progress;
    Result<AnalysisPtr> analysis = analyse(std::make_shared<const Profile>(std::move(profile)), MetricId{0}, progress);
    return *analysis;
}

AnalysisPtr orders()
{
    return analysisOf(fromArcs({kOrders.constData(), std::size_t(kOrders.size())}));
}

/// The first letters of the names from top to bottom, groups as "[name]".
QString rowsOf(const FunctionModel& model)
{
    QString rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString name = model.text(row, FunctionColumn::Function);
        rows += model.groupAt(row) ? QStringLiteral("[%1]").arg(name) : name.left(1);
    }
    return rows;
}

/// Those that the profile has numbers for.
std::vector<FunctionColumn> columnsOf(const FunctionModel& model)
{
    std::vector<FunctionColumn> columns;
    for (int c = 0; c < kFunctionColumns; ++c) {
        if (model.isAvailable(FunctionColumn(c)))
            columns.push_back(FunctionColumn(c));
    }
    return columns;
}

/// A panel over a context, shown and active as in a window.
struct Panel {
    ViewContext context;
    FunctionTableView view{&context};

    explicit Panel(AnalysisPtr analysis)
    {
        view.resize(960, 330);
        context.setAnalysis(std::move(analysis));
        view.show();
        view.activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&view);
    }
    FunctionGrid& grid() { return *view.grid(); }
    QLineEdit& field() { return *view.findChild<QLineEdit*>(); }
    QPoint at(int row, FunctionColumn column = FunctionColumn::Function)
    {
        return grid().visualRect(view.model().index(row, int(column))).center();
    }
    void choose(const QString& text)
    {
        for (QAction* const action : view.findChildren<QAction*>()) {
            if (action->text() == text)
                action->trigger();
        }
    }
    QString selectedName()
    {
        const FrameId frame = context.state().selected;
        return frame ? QString::fromStdString(std::string(context.analysis()->frames().name(frame))) : QString();
    }
};

} // namespace

void TestFunctionModel::initTestCase()
{
    installApplicationFont();
    QApplication::setStyle(new SundialStyle(Theme::light()));
}

void TestFunctionModel::cells()
{
    FunctionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setAnalysis(orders());
    QCOMPARE(rowsOf(model), "owm");
    QStringList cells;
    for (const FunctionColumn column : columnsOf(model))
        cells << model.text(1, column);
    QCOMPARE(cells,
             (QStringList{"25/1", "1", "3.50", "35.0", "140.0", "3.50", "35.0", "3,500.0", "walk", "test.py:1"}));
    QCOMPARE(model.bar(0, FunctionColumn::Self), 1.0);
    QCOMPARE(model.bar(0, FunctionColumn::Total), 0.95);
    QVERIFY(model.data(model.index(1, 0), Qt::ToolTipRole).toString().startsWith("25 calls, 1 "));
}

void TestFunctionModel::pstatsHeads()
{
    FunctionModel model;
    model.setAnalysis(orders());
    QStringList heads;
    for (const FunctionColumn column : columnsOf(model))
        heads << model.headerData(int(column), Qt::Horizontal, Qt::DisplayRole).toString();
    QCOMPARE(heads, (QStringList{"ncalls", "pcalls", "tottime  s", "tottime  %", "percall  ms", "cumtime  s",
                                 "cumtime  %", "percall  ms", "Function", "Location"}));
    model.setAnalysis(analysisOf(fromArcs({kOrders.constData(), std::size_t(kOrders.size())}), "callgrind"));
    QCOMPARE(model.title(FunctionColumn::Self), "self");
    QCOMPARE(model.title(FunctionColumn::Total), "total");
}

void TestFunctionModel::samplesHaveNoCalls()
{
    FunctionModel model;
    model.setAnalysis(analysisOf(fromStacks("a;b 3\na;c 1\n"), "collapsed"));
    QVERIFY(!model.isAvailable(FunctionColumn::Calls));
    QVERIFY(!model.isAvailable(FunctionColumn::TotalPerCall));
    QCOMPARE(model.headerData(int(FunctionColumn::Self), Qt::Horizontal, Qt::DisplayRole).toString(), "self  samples");
    QCOMPARE(model.text(0, FunctionColumn::Self), "3");
}

/// Beside bytes stands how many allocations they are, as the capture counts them; counts have no such column.
void TestFunctionModel::blocksOfMemory()
{
    Result<Profile> capture = parseBytes(readFixture(QStringLiteral("memray/leak.bin")));
    QVERIFY(capture);
    const MetricId bytes = findMetric(*capture, "leaked-bytes"), count = findMetric(*capture, "leaked-count");
    const FunctionTable counts = functionTable(*capture, count);
    QCOMPARE(blocksMetric(*capture, bytes), count);
    QVERIFY(!blocksMetric(*capture, count));
    const auto profile = std::make_shared<const Profile>(std::move(*capture));
    Progress progress;
    FunctionModel model;
    model.setAnalysis(*analyse(profile, bytes, progress));
    QVERIFY(model.isAvailable(FunctionColumn::Blocks));
    QCOMPARE(model.headerData(int(FunctionColumn::Blocks), Qt::Horizontal, Qt::DisplayRole).toString(), "allocations");
    model.sort(int(FunctionColumn::Blocks), Qt::DescendingOrder);
    double last = std::numeric_limits<double>::infinity(), sum = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const FrameId frame = model.frameAt(row);
        const double blocks = counts.self[frame.value];
        QCOMPARE(model.text(row, FunctionColumn::Blocks),
                 counts.listed[frame.value] ? QLocale().toString(qint64(blocks)) : QStringLiteral("—"));
        QVERIFY(blocks <= last);
        last = blocks;
        sum += blocks;
    }
    QVERIFY(sum > 0);
    QCOMPARE(sum, profile->total(count));
    const std::vector<int> first{0};
    const std::vector columns{FunctionColumn::Blocks, FunctionColumn::Function};
    QVERIFY(rowsText(model, first, columns, RowsFormat::Csv).startsWith("allocations,function\n"));
    model.setGroupBy(GroupBy::Module);
    double grouped = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        grouped += QLocale().toDouble(model.text(row, FunctionColumn::Blocks));
    QCOMPARE(grouped, sum);
    model.setAnalysis(*analyse(profile, count, progress));
    QVERIFY(!model.isAvailable(FunctionColumn::Blocks));
}

void TestFunctionModel::allocatorsOfMemory_data()
{
    QTest::addColumn<QString>("file");
    for (const char* const file :
         {"plain.bin", "pymalloc.bin", "threads.bin", "aggregate.bin", "native.bin", "fork.bin"})
        QTest::newRow(file) << QStringLiteral("memray/") + QLatin1String(file);
}

/// An allocator is named in the row of each function that has blocks of its own in that allocator's tree, and in no
/// other. Sorted, rows with the same allocators stand together; those without any stand last.
void TestFunctionModel::allocatorsOfMemory()
{
    QFETCH(QString, file);
    Result<Profile> capture = parseBytes(readFixture(file));
    QVERIFY(capture);
    const auto profile = std::make_shared<const Profile>(std::move(*capture));
    const auto& allocators = profile->memory->statistics.allocators;
    const MetricId bytes = findMetric(*profile, "peak-bytes");
    std::vector<MetricId> counts;
    for (const char* const id : {"peak-count", "leaked-count", "total-count"}) {
        if (const MetricId count = findMetric(*profile, id))
            counts.push_back(count);
    }
    std::vector<QStringList> expected(profile->frames.size());
    for (std::uint32_t a = 0; a < allocators.size(); ++a) {
        const CallTree tree = memoryTree(*profile, {}, a);
        std::vector<bool> isIn(profile->frames.size());
        for (const MetricId count : counts) {
            const FunctionTable table = functionTable(tree, count, profile->frames.size());
            for (std::uint32_t f = 0; f < table.size(); ++f)
                isIn[f] = isIn[f] || table.self[f] > 0;
        }
        for (std::uint32_t f = 0; f < isIn.size(); ++f) {
            if (isIn[f])
                expected[f] << QString::fromStdString(allocators[a].name);
        }
    }
    Progress progress;
    FunctionModel model;
    model.setAnalysis(*analyse(profile, bytes, progress));
    QVERIFY(model.isAvailable(FunctionColumn::Allocator));
    model.sort(int(FunctionColumn::Allocator), Qt::AscendingOrder);
    QStringList groups;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString text = model.text(row, FunctionColumn::Allocator);
        QCOMPARE(text, expected[model.frameAt(row).value].join(QStringLiteral(", ")));
        if (groups.isEmpty() || groups.back() != text)
            groups << text;
    }
    QVERIFY(groups.size() > 1);
    QCOMPARE(QSet<QString>(groups.begin(), groups.end()).size(), groups.size());
    QVERIFY(groups.indexOf(QString()) == -1 || groups.back().isEmpty());
}

void TestFunctionModel::callersWithoutNumbers()
{
    FunctionModel model;
    model.setAnalysis(analysisOf(fromArcs("known 1/1 2 2\nghost>known 1/1 2 2\n")));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.functionCount(), 1U);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        model.sort(int(FunctionColumn::Self), order);
        QCOMPARE(rowsOf(model), "kg");
    }
    QCOMPARE(model.text(1, FunctionColumn::Self), "—");
    QCOMPARE(model.text(1, FunctionColumn::Calls), "—");
}

void TestFunctionModel::filter_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isExpression");
    QTest::addColumn<QString>("rows");
    QTest::newRow("none") << "" << false << "owm";
    QTest::newRow("part") << "al" << false << "ow";
    QTest::newRow("dot is a dot") << "t.py" << false << "owm";
    QTest::newRow("star is a star") << ".*" << false << "";
    QTest::newRow("expression") << "\\((main|walk)\\)" << true << "wm";
    QTest::newRow("from the start") << "^test" << true << "owm";
    QTest::newRow("case counts") << "WALK" << true << "";
    QTest::newRow("case on request") << "(?i)WALK" << true << "w";
}

void TestFunctionModel::filter()
{
    QFETCH(QString, text);
    QFETCH(bool, isExpression);
    FunctionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setAnalysis(orders());
    model.setFilter({text, isExpression});
    QTEST(rowsOf(model), "rows");
    QVERIFY(model.filterError().isEmpty());
    model.setFilter({});
    QCOMPARE(rowsOf(model), "owm");
}

void TestFunctionModel::wrongExpressionFiltersNothing()
{
    FunctionModel model;
    model.setAnalysis(orders());
    model.setFilter({"walk(", true});
    QCOMPARE(rowsOf(model), "owm");
    QVERIFY2(model.filterError().contains("at character"), qPrintable(model.filterError()));
    model.setFilter({"walk", true});
    QVERIFY(model.filterError().isEmpty());
}

void TestFunctionModel::endlessExpressionStops()
{
    ProfileBuilder builder = arcBuilder();
    for (unsigned i = 0; i < 20'000; ++i)
        builder.addFunction(builder.internFrame(std::string(40, 'a') + std::to_string(i), "x.py", i), {1, 1, 1, 1});
    FunctionModel model;
    model.setAnalysis(analysisOf(std::move(builder).build()));
    QElapsedTimer clock;
    clock.start();
    model.setFilter({"(a+)+(a+)+$", true});
    QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(!model.filterError().isEmpty());
    QCOMPARE(model.shownCount(), 20'000U);
}

void TestFunctionModel::limitComesLast()
{
    FunctionModel model;
    model.setAnalysis(orders());
    FunctionFilter filter;
    filter.limit = 2;
    filter.limitBy = SortKey::Total;
    model.setFilter(filter);
    QCOMPARE(rowsOf(model), "om"); // the two largest totals, still by self
    model.sort(int(FunctionColumn::Function), Qt::AscendingOrder);
    QCOMPARE(rowsOf(model), "mo");
    filter.text = "al";
    model.setFilter(filter);
    QCOMPARE(rowsOf(model), "ow");
}

void TestFunctionModel::groupsFold()
{
    ProfileBuilder builder = arcBuilder();
    builder.addFunction(builder.internFrame("a", "shop/one.py", 1), {1, 1, 1, 1});
    builder.addFunction(builder.internFrame("b", "shop/two.py", 1), {1, 1, 5, 5});
    builder.addFunction(builder.internFrame("c", "shop/one.py", 2), {1, 1, 3, 3});
    FunctionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setAnalysis(analysisOf(std::move(builder).build()));
    model.setGroupBy(GroupBy::File);
    QCOMPARE(rowsOf(model), "[shop/two.py][shop/one.py]");
    QCOMPARE(model.text(1, FunctionColumn::Self), "4.00");
    QCOMPARE(model.text(1, FunctionColumn::Total), "—");
    QCOMPARE(model.text(1, FunctionColumn::Location), "2 functions");
    model.setOpen(1, true);
    QCOMPARE(rowsOf(model), "[shop/two.py][shop/one.py]ca");
    model.sort(int(FunctionColumn::Self), Qt::AscendingOrder);
    QCOMPARE(rowsOf(model), "[shop/one.py]ac[shop/two.py]");
    model.setOpen(0, false);
    QCOMPARE(model.rowOf(FrameId{2}, false), -1);
    QCOMPARE(model.rowOf(FrameId{2}, true), 2); // unfolds
    model.setGroupBy(GroupBy::Module);
    QCOMPARE(rowsOf(model), "[shop]");
    model.setFilter({"two", false});
    QCOMPARE(rowsOf(model), "[shop]b"); // what a text finds is not hidden in a fold
}

void TestFunctionModel::selectionSurvivesSorting()
{
    FunctionModel model;
    model.setAnalysis(orders());
    const QPersistentModelIndex walk = model.index(1, 0), gone = model.index(0, 0);
    model.sort(int(FunctionColumn::Function), Qt::AscendingOrder);
    QCOMPARE(model.text(walk.row(), FunctionColumn::Function), "walk");
    model.setFilter({"walk", false});
    QCOMPARE(walk.row(), 0);
    QVERIFY(!gone.isValid());
}

void TestFunctionModel::csv()
{
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German));
    FunctionModel model;
    model.setAnalysis(orders());
    const std::vector<int> rows{1, 2};
    const std::vector columns{FunctionColumn::Calls, FunctionColumn::Self, FunctionColumn::SelfPerCall,
                              FunctionColumn::Function, FunctionColumn::Location};
    const QString text = rowsText(model, rows, columns, RowsFormat::Csv);
    const QString shown = rowsText(model, rows, columns, RowsFormat::Text);
    QLocale::setDefault(before);
    QCOMPARE(text, "ncalls,pcalls,tottime (seconds),percall of tottime (seconds),function,file,line\n"
                   "25,1,3.5,0.14,walk,test.py,1\n1,1,0.5,0.5,main,test.py,1\n");
    QCOMPARE(shown, "25/1\t3,50\t140,0\twalk\ttest.py:1\n1\t0,50\t500,0\tmain\ttest.py:1\n");
    const FrameId walk = model.frameAt(1);
    const std::vector<int> row{1};
    const QString alone = rowsText(model, row, columns, RowsFormat::Csv);
    model.setFilter({"no such function", false});
    QCOMPARE(functionText(model, walk, columns, RowsFormat::Csv), alone); // the menu copies what has no row, too
}

void TestFunctionModel::markdownEscapes()
{
    ProfileBuilder builder = arcBuilder();
    builder.addFunction(builder.internFrame("<a|b>", "x.py", 1), {1, 1, 1, 1});
    FunctionModel model;
    model.setAnalysis(analysisOf(std::move(builder).build()));
    const std::vector<int> rows{0};
    const std::vector columns{FunctionColumn::Self, FunctionColumn::Function};
    QCOMPARE(rowsText(model, rows, columns, RowsFormat::Markdown),
             "| tottime (s) | Function |\n| --: | --- |\n| 1.00 | \\<a\\|b> |\n");
}

void TestFunctionModel::clickSelectsEverywhere()
{
    Panel panel(orders());
    QSignalSpy zoom(&panel.view, &FunctionTableView::zoomToFunctionRequested);
    QSignalSpy menu(&panel.view, &FunctionTableView::contextMenuRequested);
    QTest::mouseClick(panel.grid().viewport(), Qt::LeftButton, {}, panel.at(1));
    QCOMPARE(panel.selectedName(), "walk");
    QCOMPARE(zoom.size(), 0);
    QTest::mouseDClick(panel.grid().viewport(), Qt::LeftButton, {}, panel.at(2));
    QCOMPARE(zoom.size(), 1);
    QContextMenuEvent event(QContextMenuEvent::Mouse, panel.at(0), QCursor::pos());
    QApplication::sendEvent(panel.grid().viewport(), &event);
    QCOMPARE(menu.size(), 1);
    QCOMPARE(menu[0][0].value<FrameId>(), panel.view.model().frameAt(0));
}

void TestFunctionModel::contextSelectsRow()
{
    Panel panel(orders());
    const FrameId walk = panel.view.model().frameAt(1);
    panel.context.select(walk);
    QVERIFY(panel.grid().selectionModel()->isRowSelected(1));
    panel.field().setText("walk");
    QVERIFY(panel.grid().selectionModel()->isRowSelected(0));
    panel.context.select({});
    QVERIFY(!panel.grid().selectionModel()->hasSelection());
}

void TestFunctionModel::headerSorts()
{
    Panel panel(orders());
    QHeaderView* const header = panel.grid().horizontalHeader();
    const auto click = [&](FunctionColumn column) {
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(int(column)) + 20, header->height() / 2});
        return rowsOf(panel.view.model());
    };
    QCOMPARE(click(FunctionColumn::Total), "mow"); // numbers: largest first
    QCOMPARE(click(FunctionColumn::Total), "wom");
    QCOMPARE(click(FunctionColumn::Function), "mow"); // texts: from A
}

void TestFunctionModel::keys()
{
    Panel panel(orders());
    QSignalSpy zoom(&panel.view, &FunctionTableView::zoomToFunctionRequested);
    panel.view.editFilter();
    QVERIFY(panel.field().hasFocus());
    QTest::keyClicks(&panel.field(), "al");
    QCOMPARE(panel.view.model().rowCount(), 2);
    QTest::keyClick(&panel.field(), Qt::Key_Down);
    QVERIFY(panel.grid().hasFocus());
    QCOMPARE(panel.selectedName(), "orders_total");
    QTest::keyClick(&panel.grid(), Qt::Key_Down);
    QCOMPARE(panel.selectedName(), "walk");
    QTest::keyClick(&panel.grid(), Qt::Key_Return);
    QCOMPARE(zoom.size(), 1);
    QTest::keyClick(&panel.grid(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&panel.grid(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text().count('\n'), 2);
    QTest::keyClick(&panel.grid(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith("| ncalls | tottime (s) |"));
    panel.field().setFocus();
    QTest::keyClick(&panel.field(), Qt::Key_Escape);
    QCOMPARE(panel.view.model().rowCount(), 3);
}

void TestFunctionModel::typing()
{
    Panel panel(orders());
    panel.grid().setFocus();
    QTest::keyClicks(&panel.grid(), "wa");
    QCOMPARE(panel.selectedName(), "walk");
    panel.choose("file");
    QTest::keyClick(&panel.grid(), Qt::Key_Home, Qt::ControlModifier);
    QVERIFY(panel.view.model().groupAt(panel.grid().currentIndex().row()));
    QTest::keyClick(&panel.grid(), Qt::Key_Left);
    QCOMPARE(panel.view.model().rowCount(), 1);
    QTest::keyClick(&panel.grid(), Qt::Key_Right);
    QCOMPARE(panel.view.model().rowCount(), 4);
    QTest::keyClick(&panel.grid(), Qt::Key_Down);
    QTest::keyClick(&panel.grid(), Qt::Key_Left);
    QCOMPARE(panel.grid().currentIndex().row(), 0);
}

void TestFunctionModel::presetsHaveAWayBack()
{
    Panel panel(analysisOf(randomPaths(7), "collapsed"));
    panel.choose("Top 10 by self");
    QCOMPARE(panel.view.model().rowCount(), 10);
    QCOMPARE(panel.view.model().sortColumn(), FunctionColumn::Self);
    panel.choose("Top 20 by cumulative");
    QCOMPARE(panel.view.model().rowCount(), 20);
    QCOMPARE(panel.view.model().sortColumn(), FunctionColumn::Total);
    panel.choose("All rows");
    QCOMPARE(panel.view.model().rowCount(), int(panel.view.model().functionCount()));
}

void TestFunctionModel::noMatchNamesTheNearest()
{
    Panel panel(orders());
    panel.field().setText("ordrs");
    QString shown;
    for (const QLabel* const label : panel.grid().findChildren<QLabel*>()) {
        if (label->isVisible())
            shown += label->text();
    }
    QVERIFY2(shown.contains("No function contains “ordrs”.") && shown.contains("orders_total"), qPrintable(shown));
}

void TestFunctionModel::columnsAreRemembered()
{
    Panel first(orders());
    first.grid().setColumnShown(FunctionColumn::Location, false);
    first.grid().setColumnShown(FunctionColumn::TotalShare, true);
    first.grid().sortBy(FunctionColumn::Calls);
    const QByteArray state = first.view.saveState();

    Panel second(orders());
    QVERIFY(second.view.restoreState(state));
    QCOMPARE(second.grid().visibleColumns(), first.grid().visibleColumns());
    QCOMPARE(second.view.model().sortColumn(), FunctionColumn::Calls);
    for (qsizetype cut = 0; cut < state.size(); ++cut)
        QVERIFY(!second.view.restoreState(state.left(cut)));
    QCOMPARE(second.grid().visibleColumns(), first.grid().visibleColumns());
    second.grid().resetColumns();
    QVERIFY(second.grid().isColumnShown(FunctionColumn::Location));
    QCOMPARE(second.view.model().sortColumn(), FunctionColumn::Self);
}

void TestFunctionModel::numbersFitTheirColumns()
{
    Panel panel(orders()); // first small numbers, then large ones
    panel.context.setAnalysis(analysisOf(fromArcs("deep 150123456/121836543 9000 90000\nflat 1/1 0 0\n")));
    const QFontMetricsF metrics(uiFont(13));
    for (const FunctionColumn column : panel.grid().visibleColumns()) {
        if (FunctionModel::isNumber(column))
            QVERIFY2(panel.grid().columnWidth(int(column)) >
                         tabularWidth(panel.view.model().text(0, column), metrics) + 20,
                     qPrintable(panel.view.model().title(column)));
    }
}

void TestFunctionModel::nothingOpen()
{
    Panel panel(orders());
    panel.context.setAnalysis(nullptr);
    QCOMPARE(panel.view.model().rowCount(), 0);
    panel.field().setText("x");
    panel.choose("module");
    QVERIFY(panel.grid().selectedText(RowsFormat::Csv).isEmpty());
}

QTEST_MAIN(TestFunctionModel)
#include "tst_function_model.moc"
