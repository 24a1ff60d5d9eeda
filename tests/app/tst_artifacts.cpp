// SPDX-License-Identifier: GPL-3.0-or-later
// A CI artifact as a user meets it: what is found, which files make pairs, what stands first, and where Enter leads.
#include "app/artifact_browser.h"
#include "app/main_window.h"
#include "tests/support/files.h"
#include "tests/support/pack.h"
#include "tests/support/sanitized.h"

#include <QContextMenuEvent>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace sundial;
using namespace sundial::test;

namespace
{

std::string stacks(int parse, int render)
{
    return "main;parse " + std::to_string(parse) + "\nmain;render " + std::to_string(render) + "\n";
}

const std::vector<PackedFile> kArtifact{
    {"base/unit/faster.txt", stacks(40'000, 9'000)},
    {"head/unit/faster.txt", stacks(10'000, 9'000)},
    {"base/unit/slower.txt", stacks(40'000, 9'000)},
    {"head/unit/slower.txt", stacks(40'000, 60'000)},
    {"base/same.txt", stacks(40'000, 9'000)},
    {"head/same.txt", stacks(40'000, 9'000)},
    {"head/only.txt", stacks(5, 5)},
    {"base/coverage.xml", "<?xml version=\"1.0\"?><coverage/>"},
};

std::unique_ptr<MainWindow> makeWindow()
{
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    auto window = std::make_unique<MainWindow>(style, Settings(), false);
    window->resize(1280, 800);
    window->show();
    return window;
}

/// The names in the table from top to bottom, headings in brackets.
QStringList namesIn(const ArtifactModel& model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString name = model.index(row, 0).data().toString();
        names << (model.isGroup(row) ? u'[' + name + u']' : name);
    }
    return names;
}

} // namespace

class TestArtifacts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void sides_data();
    void sides();
    void sameListFromFolderAndArchive();
    void setsOfRuns_data();
    void setsOfRuns();
    void noPairs();
    void manyMembers();
    void capturesOfTests_data();
    void capturesOfTests();
    void worstFirstAndEnterCompares();
    void swapSides();
    void sideOfAPair();
    void markedFilesAreCompared();
    void pairsByHand();
    void groupsFold();
    void filter();
    void keysAreTold();
    void archiveWithSeveralOpensTheBrowser();
    void leavingCancels();
    void cancels();

private:
    QTemporaryDir m_folder;
    QString m_zip;
};

void TestArtifacts::initTestCase()
{
    installApplicationFont();
    for (const PackedFile& packed : kArtifact) {
        const QString path = m_folder.filePath(QStringLiteral("run/") + QString::fromStdString(packed.path));
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(packed.content)) > 0);
    }
    m_zip = m_folder.filePath(QStringLiteral("run.zip"));
    QFile file(m_zip);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(zip(kArtifact))) > 0);
}

void TestArtifacts::sides_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("side");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("rest");
    const auto row = [](const char* path, Side side, const char* word, const char* rest) {
        QTest::newRow(path) << QString::fromLatin1(path) << int(side) << QString::fromLatin1(word)
                            << QString::fromLatin1(rest);
    };
    row("base/unit/a.prof", Side::Before, "base/", "/unit/a.prof");
    row("unit/Head/a.prof", Side::After, "Head/", "unit//a.prof");
    row("orders-before.prof", Side::Before, "before", "orders-.prof");
    row("pr/new_orders.prof", Side::After, "pr/", "/new_orders.prof");
    row("database/renew.prof", Side::None, "", "database/renew.prof");
}

void TestArtifacts::sides()
{
    QFETCH(QString, path);
    const SidedPath sided = sidedPath(path);
    QTEST(int(sided.side), "side");
    QTEST(sided.word, "word");
    QTEST(sided.rest, "rest");
}

void TestArtifacts::sameListFromFolderAndArchive()
{
    for (const QString& path : {m_folder.filePath(QStringLiteral("run")), m_zip}) {
        Progress progress;
        const Result<ArtifactList> list = listArtifacts({path}, progress);
        QVERIFY(list);
        QCOMPARE(list->files.size(), kArtifact.size());
        QCOMPARE(list->pairs(), 3);
        QCOMPARE(list->beforeWord + u' ' + list->afterWord, QStringLiteral("base/ head/"));
        QStringList rows;
        for (const ArtifactRow& row : list->rows)
            rows << row.folder + u':' + row.name;
        QCOMPARE(rows, QStringList({":same.txt", "unit:faster.txt", "unit:slower.txt", "Alone:head/only.txt",
                                    "Skipped:base/coverage.xml"}));
        QVERIFY(list->isSkipped(list->rows.back()));
        QVERIFY(list->shown(list->rows.back()).skipped.contains(QStringLiteral("XML")));

        const auto numbers = measureArtifact(*list, list->rows[2], progress);
        QVERIFY(numbers && numbers->verdict);
        QCOMPARE(*numbers->before, 49'000.0);
        QCOMPARE(*numbers->after, 100'000.0);
        QCOMPARE(*numbers->verdict, VerdictKind::Slower);
    }
}

/// An archive is read once for all its members: one by one, 20,000 of them would take an hour.
void TestArtifacts::manyMembers()
{
    constexpr int kMembers = kIsSanitized ? 2000 : 20'000;
    std::vector<PackedFile> files{
        {"packed.txt.gz", compressed("main;packed 7\nmain;b 1\n", archive_write_add_filter_gzip)},
        {"inner.zip", zip({{"nested.txt", "main;nested 9\nmain;b 1\n"}})},
    };
    for (int i = 0; i < kMembers; ++i)
        files.push_back({"d/f" + std::to_string(i) + ".txt", "main;f " + std::to_string(i + 1) + "\n"});
    const QString path = m_folder.filePath(QStringLiteral("many.zip"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(zip(files)));
    file.close();
    const auto window = makeWindow();
    window->browse({path});
    QVERIFY(QTest::qWaitFor([&] { return window->browser()->hasFiles() && !window->isBusy(); }, 120'000));
    const ArtifactModel& model = *window->browser()->model();
    int found = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.isGroup(row))
            continue;
        const QString name = model.rowAt(row).name;
        const ArtifactNumbers* const numbers = model.numbersAt(row);
        QVERIFY2(numbers && numbers->after, qPrintable(name));
        const double expected = name.startsWith(u"packed")     ? 8
                                : name.endsWith(u"nested.txt") ? 10
                                                               : name.mid(1, name.size() - 5).toInt() + 1;
        QCOMPARE(*numbers->after, expected);
        ++found;
    }
    QCOMPARE(found, kMembers + 2);
}

void TestArtifacts::capturesOfTests_data()
{
    QTest::addColumn<bool>("isArchive");
    QTest::newRow("folder") << false;
    QTest::newRow("archive") << true;
}

/// pytest-memray's captures stand under the names of their tests.
void TestArtifacts::capturesOfTests()
{
    QFETCH(bool, isArchive);
    const std::string capture = readFixture(QStringLiteral("memray/tiny.bin")).toStdString();
    const std::vector<PackedFile> run{
        {"mem/one.bin", capture},
        {"mem/two.bin", capture},
        {"mem/metadata/one.metadata", R"({"test_id": "tests/test_a.py::TestA::test_big[2]", "peak_memory": 5001})"},
        {"mem/metadata/two.metadata", "not what pytest-memray writes"},
    };
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("mem"));
    for (const PackedFile& packed : run) {
        const QString name = folder.filePath(QString::fromStdString(packed.path));
        QDir().mkpath(QFileInfo(name).path());
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(packed.content)) > 0);
    }
    if (isArchive) {
        path = folder.filePath(QStringLiteral("mem.zip"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(zip(run))) > 0);
    }
    Progress progress;
    const Result<ArtifactList> list = listArtifacts({path}, progress);
    QVERIFY(list);
    QStringList rows;
    for (const ArtifactRow& row : list->rows)
        rows << row.folder + u'|' + row.name;
    QCOMPARE(rows, QStringList({QStringLiteral("|two.bin"), QStringLiteral("tests/test_a.py/TestA|test_big[2]"),
                                QStringLiteral("Skipped|metadata/two.metadata")}));
    QVERIFY(list->shown(list->rows[1]).path.endsWith(QStringLiteral("one.bin")));
}

void TestArtifacts::setsOfRuns_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QStringList>("dropped");
    QTest::addColumn<QString>("before"); // word and number of runs; empty: no sets
    QTest::addColumn<QString>("after");
    const auto row = [](const char* name, const QStringList& files, const QStringList& dropped, const char* before,
                        const char* after) {
        QTest::newRow(name) << files << dropped << QString::fromLatin1(before) << QString::fromLatin1(after);
    };
    row("two folders, numbered runs", {"v1/run-1.txt", "v1/run-2.txt", "v2/run-1.txt", "v2/run-2.txt"}, {"v2", "v1"},
        "v1/ 2", "v2/ 2");
    row("two folders, by words", {"new/a1.txt", "new/a2.txt", "old/a1.txt"}, {"new", "old"}, "old/ 1", "new/ 2");
    row("many files, words in their names", {"main-1.txt", "main-2.txt", "pr-1.txt", "pr-2.txt"}, {"."}, "main 2",
        "pr 2");
    row("many files, two names with times",
        {"fib_2024-05-01T10.txt", "fib_2024-05-01T11.txt", "loop_2024-06-01T10.txt"}, {"."}, "fib 2", "loop 1");
    row("pairs of different tests", {"base/a.txt", "base/b.txt", "head/a.txt", "head/b.txt"}, {"base", "head"}, "", "");
    row("one a side", {"before/a.txt", "after/a.txt"}, {"before", "after"}, "", "");
}

void TestArtifacts::setsOfRuns()
{
    QFETCH(QStringList, files);
    QFETCH(QStringList, dropped);
    const QTemporaryDir folder;
    for (const QString& name : files) {
        QDir().mkpath(QFileInfo(folder.filePath(name)).path());
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("main;work 5\n") > 0);
    }
    for (QString& path : dropped)
        path = QDir::cleanPath(folder.filePath(path));
    Progress progress;
    const Result<ArtifactList> list = listArtifacts(dropped, progress);
    QVERIFY(list);
    const ArtifactSets& sets = list->sets;
    const auto side = [&sets](const QString& word, const std::vector<int>& runs) {
        return sets.isEmpty() ? QString() : word + u' ' + QString::number(runs.size());
    };
    QTEST(side(sets.beforeWord, sets.before), "before");
    QTEST(side(sets.afterWord, sets.after), "after");
    if (sets.isEmpty())
        return;
    // Confirmed with one click, all runs of both sides are compared.
    const auto window = makeWindow();
    window->browse(dropped);
    QTRY_VERIFY(window->browser()->hasFiles() && !window->isBusy());
    for (QToolButton* button : window->browser()->findChildren<QToolButton*>()) {
        if (button->isVisible() && button->text() == QStringLiteral("Compare the sets"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison);
    const Comparison& comparison = *window->context()->analysis()->comparison->comparison;
    QCOMPARE(comparison.before.runs(), sets.before.size());
    QCOMPARE(comparison.after.runs(), sets.after.size());
}

void TestArtifacts::noPairs()
{
    Progress progress;
    const QString folder = m_folder.filePath(QStringLiteral("run/head"));
    const Result<ArtifactList> list = listArtifacts({folder, folder + QStringLiteral("/missing.prof")}, progress);
    QVERIFY(list);
    QCOMPARE(list->pairs(), 0);
    QCOMPARE(list->rows.size(), 5u);
    QVERIFY(list->shown(list->rows.back()).skipped.contains(QStringLiteral("No such file")));
    const auto numbers = measureArtifact(*list, list->rows.front(), progress);
    QVERIFY(numbers && numbers->after && !numbers->before && !numbers->verdict);
}

void TestArtifacts::worstFirstAndEnterCompares()
{
    const auto window = makeWindow();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_folder.filePath(QStringLiteral("run")))});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &drop);
    ArtifactBrowser* const browser = window->browser();
    QTRY_VERIFY(browser->isVisible());
    QTRY_VERIFY(browser->hasFiles());
    QTRY_VERIFY(!window->isBusy());
    const ArtifactModel& model = *browser->model();
    QTRY_COMPARE(namesIn(model), QStringList({"same.txt", "[unit]", "slower.txt", "faster.txt", "[Alone]",
                                              "head/only.txt", "[Skipped]", "base/coverage.xml"}));
    const auto change = [&model](int row) { return model.index(row, int(ArtifactColumn::Change)).data().toString(); };
    QCOMPARE(change(0), QStringLiteral("same"));
    QVERIFY2(change(2).startsWith(u'+'), qPrintable(change(2)));
    QVERIFY2(change(3).startsWith(QChar(0x2212)), qPrintable(change(3)));
    QCOMPARE(change(5), QStringLiteral("only after"));

    browser->table()->selectRow(5); // a file alone has no sides to show in small
    QVERIFY(!browser->preview()->isVisible());
    browser->table()->selectRow(2);
    QTRY_VERIFY(browser->preview()->hasPicture() && browser->preview()->isVisible());
    QTest::keyClick(browser->table(), Qt::Key_Return);
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison);
    QVERIFY(!browser->isVisible());
    QTest::keyClick(window.get(), Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(browser->isVisible()); // closing leads back
    browser->table()->selectRow(5);
    QTest::keyClick(browser->table(), Qt::Key_Return);
    QTRY_VERIFY(window->context()->analysis() && !window->context()->analysis()->comparison);
    QTest::keyClick(window.get(), Qt::Key_W, Qt::ControlModifier);
    QTest::keyClick(window.get(), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(!browser->isVisible() && !browser->hasFiles());
}

void TestArtifacts::swapSides()
{
    const auto window = makeWindow();
    window->browse({m_zip});
    ArtifactBrowser* const browser = window->browser();
    QTRY_VERIFY(browser->hasFiles() && !window->isBusy());
    QToolButton* swap = nullptr;
    for (QToolButton* button : browser->findChildren<QToolButton*>())
        swap = button->text() == QStringLiteral("Swap sides") ? button : swap;
    QVERIFY(swap && swap->isVisible());
    QTest::mouseClick(swap, Qt::LeftButton);
    QTRY_VERIFY(!window->isBusy());
    QTRY_COMPARE(namesIn(*browser->model()).mid(1, 3), QStringList({"[unit]", "faster.txt", "slower.txt"}));
}

/// Ctrl+B exchanges the files of the selected pair, and of no other.
void TestArtifacts::sideOfAPair()
{
    const auto window = makeWindow();
    window->browse({m_zip});
    ArtifactBrowser* const browser = window->browser();
    QTRY_VERIFY(browser->hasFiles() && !window->isBusy());
    const ArtifactModel& model = *browser->model();
    QTRY_COMPARE(namesIn(model).mid(1, 3), QStringList({"[unit]", "slower.txt", "faster.txt"}));
    browser->table()->selectRow(2);
    QTest::keyClick(browser->table(), Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY(!window->isBusy());
    QTRY_COMPARE(namesIn(model).mid(1, 3), QStringList({"[unit]", "slower.txt", "faster.txt"})); // both are faster now
    const auto cell = [&model](int row, ArtifactColumn column) {
        return model.index(row, int(column)).data().toString();
    };
    QTRY_VERIFY(model.numbersAt(2) && model.numbersAt(2)->verdict == VerdictKind::Faster);
    QCOMPARE(*model.numbersAt(2)->before, 100'000.0);
    QCOMPARE(*model.numbersAt(2)->after, 49'000.0);
    QVERIFY2(cell(2, ArtifactColumn::Change).startsWith(QChar(0x2212)), qPrintable(cell(2, ArtifactColumn::Change)));
    QCOMPARE(model.numbersAt(3)->verdict, VerdictKind::Faster);
    QCOMPARE(browser->table()->currentIndex().row(), 2);
    QTest::keyClick(browser->table(), Qt::Key_Return);
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison);
    QCOMPARE(window->context()->analysis()->comparison->comparison->before.total, 100'000.0);
}

/// Files whose names say nothing: Ctrl+B gives them sides and marks them, Space takes marks away, Enter compares.
void TestArtifacts::markedFilesAreCompared()
{
    const QTemporaryDir folder;
    for (const auto& [name, weight] : {std::pair{"apple.txt", 100}, {"cherry.txt", 400}, {"pear.txt", 250}}) {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(stacks(weight, 0))) > 0);
    }
    const auto window = makeWindow();
    window->browse({folder.path()});
    ArtifactBrowser* const browser = window->browser();
    QTRY_VERIFY(browser->hasFiles() && !window->isBusy());
    const ArtifactModel& model = *browser->model();
    QCOMPARE(namesIn(model), QStringList({"apple.txt", "cherry.txt", "pear.txt"}));
    const auto cell = [&model](int row, ArtifactColumn column) {
        return model.index(row, int(column)).data().toString();
    };
    const auto press = [browser](int row, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        browser->table()->selectRow(row);
        QTest::keyClick(browser->table(), key, modifiers);
    };
    QToolButton* compare = nullptr;
    for (QToolButton* button : browser->findChildren<QToolButton*>())
        compare = button->text() == QStringLiteral("Compare marked") ? button : compare;
    QVERIFY(compare && !compare->isVisible());
    QTRY_COMPARE(cell(0, ArtifactColumn::After), QStringLiteral("100 samples"));
    QCOMPARE(model.headerData(int(ArtifactColumn::Before), Qt::Horizontal, Qt::DisplayRole).toString(), QString());

    press(1, Qt::Key_B, Qt::ControlModifier); // before
    QVERIFY(model.isMarked(1) && !model.isMarked(0));
    QCOMPARE(cell(1, ArtifactColumn::Before), QStringLiteral("400 samples"));
    QCOMPARE(cell(1, ArtifactColumn::Change), QStringLiteral("only before"));
    QCOMPARE(cell(0, ArtifactColumn::Change), QString()); // of no side
    QCOMPARE(model.headerData(int(ArtifactColumn::Before), Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("before"));
    QVERIFY(model.index(1, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("marked")));
    QVERIFY(compare->isVisible() && !compare->isEnabled()); // nothing after yet

    press(2, Qt::Key_B, Qt::ControlModifier);
    press(2, Qt::Key_B, Qt::ControlModifier); // after
    QCOMPARE(cell(2, ArtifactColumn::After), QStringLiteral("250 samples"));
    QVERIFY(compare->isEnabled());
    press(0, Qt::Key_B, Qt::ControlModifier);
    press(0, Qt::Key_B, Qt::ControlModifier);
    press(0, Qt::Key_B, Qt::ControlModifier); // round to no side
    QVERIFY(!model.isMarked(0));
    QCOMPARE(cell(0, ArtifactColumn::Change), QString());
    QCOMPARE(cell(0, ArtifactColumn::After), QStringLiteral("100 samples"));

    press(2, Qt::Key_Space);
    QVERIFY(!model.isMarked(2) && !compare->isEnabled());
    press(2, Qt::Key_Space);
    QVERIFY(model.isMarked(2) && compare->isEnabled());
    press(2, Qt::Key_Return);
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison);
    const Comparison& comparison = *window->context()->analysis()->comparison->comparison;
    QCOMPARE(comparison.before.total, 400.0);
    QCOMPARE(comparison.after.total, 250.0);

    QTest::keyClick(window.get(), Qt::Key_W, Qt::ControlModifier); // the marks are still there; with a third one: sets
    QTRY_VERIFY(browser->isVisible() && compare->isEnabled());
    press(0, Qt::Key_B, Qt::ControlModifier);
    QTest::mouseClick(compare, Qt::LeftButton);
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison);
    QCOMPARE(window->context()->analysis()->comparison->comparison->before.runs(), std::size_t(2));
}

/// The menu of a row as a click opens it; the action that is chosen is triggered.
void choose(ArtifactBrowser& browser, const QString& row, const QStringList& path)
{
    QTableView& table = *browser.table();
    const int line = int(namesIn(*browser.model()).indexOf(row));
    QVERIFY2(line >= 0, qPrintable(row));
    const QPoint at = table.visualRect(browser.model()->index(line, 0)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, table.viewport()->mapToGlobal(at));
    QApplication::sendEvent(table.viewport(), &event);
    QMenu* menu = browser.findChild<QMenu*>();
    QVERIFY(menu && menu->isVisible());
    for (const QString& text : path) {
        const QList<QAction*> actions = menu->actions();
        const auto found =
            std::find_if(actions.begin(), actions.end(), [&](const QAction* action) { return action->text() == text; });
        QVERIFY2(found != actions.end() && (*found)->isEnabled(), qPrintable(text));
        if ((*found)->menu())
            menu = (*found)->menu();
        else
            (*found)->trigger();
    }
    delete browser.findChild<QMenu*>();
}

void TestArtifacts::pairsByHand()
{
    const auto window = makeWindow();
    window->openPaths({m_folder.filePath(QStringLiteral("run"))});
    ArtifactBrowser* const browser = window->browser();
    QTRY_VERIFY(browser->hasFiles() && !window->isBusy());
    const ArtifactModel& model = *browser->model();
    QCOMPARE(model.pairs(), 3);
    QVERIFY(namesIn(model).contains(QStringLiteral("head/only.txt")));

    choose(*browser, QStringLiteral("same.txt"), {QStringLiteral("Take the pair apart")});
    QTRY_VERIFY(!window->isBusy());
    QCOMPARE(model.pairs(), 2);
    QVERIFY(namesIn(model).contains(QStringLiteral("base/same.txt")) &&
            namesIn(model).contains(QStringLiteral("head/same.txt")));

    // The other side is offered first by its likeness; the file of a side keeps it.
    choose(*browser, QStringLiteral("head/only.txt"), {QStringLiteral("Pair with"), QStringLiteral("base/same.txt")});
    QTRY_VERIFY(!window->isBusy());
    QCOMPARE(model.pairs(), 3);
    QCOMPARE(model.pairsByHand(), 1);
    QCOMPARE(namesIn(model).mid(0, 2), (QStringList{"[Paired by hand]", "head/only.txt"}));
    QCOMPARE(browser->table()->currentIndex().row(), 1);
    QTRY_COMPARE(model.index(1, int(ArtifactColumn::Before)).data().toString(), QStringLiteral("49,000 samples"));
    QCOMPARE(model.index(1, int(ArtifactColumn::After)).data().toString(), QStringLiteral("10 samples"));
    QVERIFY(model.numbersAt(1) && model.numbersAt(1)->verdict == VerdictKind::Faster);

    window->activateWindow(); // the menu had been active
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    browser->table()->setFocus();
    QTest::keyClick(browser->table(), Qt::Key_Return);
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison && !window->isBusy());
    QCOMPARE(window->context()->analysis()->comparison->verdict.kind, VerdictKind::Faster);
}

void TestArtifacts::groupsFold()
{
    const auto window = makeWindow();
    window->openPaths({m_folder.filePath(QStringLiteral("run"))});
    ArtifactBrowser* const browser = window->browser();
    QTRY_VERIFY(browser->hasFiles() && !window->isBusy());
    const ArtifactModel& model = *browser->model();
    QTableView& table = *browser->table();
    const QStringList all = namesIn(model);
    table.selectRow(int(all.indexOf(QStringLiteral("slower.txt"))));
    QTest::keyClick(&table, Qt::Key_Left);
    QStringList folded = all;
    folded.removeAll(QStringLiteral("slower.txt"));
    folded.removeAll(QStringLiteral("faster.txt"));
    QCOMPARE(namesIn(model), folded);
    const int heading = table.currentIndex().row();
    QCOMPARE(namesIn(model).value(heading), QStringLiteral("[unit]"));
    QCOMPARE(model.index(heading, 1).data().toString(), QStringLiteral("2 pairs"));
    browser->filterField()->setText(QStringLiteral("slower"));
    QVERIFY(namesIn(model).contains(QStringLiteral("slower.txt"))); // what is looked for is shown
    browser->filterField()->clear();
    QCOMPARE(namesIn(model), folded);
    browser->filterField()->setText(QStringLiteral("same"));
    QTest::keyClick(&table, Qt::Key_Left); // hides nothing, now or later
    browser->filterField()->clear();
    table.selectRow(heading);
    QCOMPARE(namesIn(model), folded);
    const QPoint at = table.visualRect(model.index(heading, 0)).center();
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(namesIn(model), all);
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(namesIn(model), folded);
    QTest::keyClick(&table, Qt::Key_Right);
    QCOMPARE(namesIn(model), all);
}

void TestArtifacts::filter()
{
    const auto window = makeWindow();
    window->browse({m_zip});
    ArtifactBrowser* const browser = window->browser();
    QTRY_VERIFY(browser->hasFiles() && !window->isBusy());
    const ArtifactModel& model = *browser->model();
    const QStringList all = namesIn(model);
    QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(browser->filterField()->hasFocus());
    QTest::keyClicks(browser->filterField(), QStringLiteral("UNIT low"));
    QCOMPARE(namesIn(model), QStringList({"[unit]", "slower.txt"}));
    QCOMPARE(model.index(0, int(ArtifactColumn::Kind)).data().toString(), QStringLiteral("1 pair"));
    QTest::keyClick(browser->filterField(), Qt::Key_Return);
    QVERIFY(browser->table()->hasFocus());
    QCOMPARE(browser->table()->currentIndex().row(), 1);
    QTest::keyClick(browser->table(), Qt::Key_Space);
    QVERIFY(model.isMarked(1));
    browser->filterField()->setText(QStringLiteral("coverage")); // what was skipped is found as well
    QCOMPARE(namesIn(model), QStringList({"[Skipped]", "base/coverage.xml"}));
    browser->filterField()->setText(QStringLiteral("nothing like it"));
    QCOMPARE(model.rowCount(), 0);
    browser->filterField()->setFocus();
    QTest::keyClick(browser->filterField(), Qt::Key_Escape);
    QCOMPARE(namesIn(model), all);
    QVERIFY(model.isMarked(int(all.indexOf(QStringLiteral("slower.txt"))))); // hiding unmarks nothing
    QVERIFY(browser->table()->hasFocus());
}

/// What the keys do stands below the list.
void TestArtifacts::keysAreTold()
{
    const auto window = makeWindow();
    window->browse({m_zip});
    QTRY_VERIFY(window->browser()->hasFiles() && !window->isBusy());
    const QList<QLabel*> labels = window->browser()->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(QStringLiteral("Space marks")) &&
               label->text().contains(QStringLiteral("Ctrl+B"));
    }));
}

void TestArtifacts::archiveWithSeveralOpensTheBrowser()
{
    const auto window = makeWindow();
    window->open(m_zip);
    QTRY_VERIFY(window->browser()->isVisible() && window->browser()->hasFiles());
    QVERIFY(!window->failure());
    QTRY_VERIFY(!window->isBusy());
    QTest::keyClick(window->browser()->table(), Qt::Key_Return);
    QTRY_VERIFY(window->context()->analysis() && window->context()->analysis()->comparison);
}

void TestArtifacts::leavingCancels()
{
    const auto window = makeWindow();
    window->browse({m_zip});
    QTRY_VERIFY(window->browser()->hasFiles());
    window->browser()->hide();
    QTRY_VERIFY(!window->browser()->isBusy());
    window->browser()->show();
    QTRY_VERIFY(!window->browser()->isBusy());
    for (int row = 0; row < int(window->browser()->model()->rows().size()) - 1; ++row)
        QTRY_VERIFY(window->browser()->model()->isMeasured(row)); // coming back went on
}

void TestArtifacts::cancels()
{
    Progress progress;
    progress.cancel();
    const Result<ArtifactList> list = listArtifacts({m_zip}, progress);
    QVERIFY(!list && list.error().kind == ErrorKind::Cancelled);
}

QTEST_MAIN(TestArtifacts)
#include "tst_artifacts.moc"
