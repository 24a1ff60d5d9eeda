// SPDX-License-Identifier: GPL-3.0-or-later
// The function card: numbers that add up, lists that lead on, the profile without a selection.
#include "tests/support/arcs.h"
#include "tests/support/files.h"
#include "tests/support/generate.h"
#include "views/frame_card.h"
#include "views/function_card.h"
#include "views/paragraph.h"
#include "views/function_page.h"
#include "views/number_text.h"
#include "views/profile_page.h"
#include "views/style.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

#include <map>

using namespace sundial;
using namespace sundial::test;

class TestFunctionCard : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void partsAddUp();
    void partsAddUpInRealProfiles();
    void recursionStandsApart();
    void tiles();
    void tilesOfCaptures_data();
    void tilesOfCaptures();
    void clickLeadsToTheCaller();
    void keyboardReachesLists();
    void stackOfThePlace();
    void manyCalleesFold();
    void foldedRecursionHasNoShare();
    void sharesEndAtTheWhole();
    void countsWithoutTimes();
    void profileWithoutSelection();
    void narrowAndLarge();
    void longPathsAreBroken();
};

namespace
{

AnalysisPtr analysisOf(Profile profile)
{
    Progress progress;
    Result<AnalysisPtr> analysis = analyse(std::make_shared<const Profile>(std::move(profile)), MetricId{0}, progress);
    return *analysis;
}

struct Card {
    ViewContext context;
    FunctionCard card{&context};

    explicit Card(Profile profile)
    {
        card.resize(368, 760);
        context.setAnalysis(analysisOf(std::move(profile)));
        card.show();
        card.activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&card);
    }
    FrameId frame(std::string_view name)
    {
        const FrameTable& frames = context.analysis()->frames();
        for (std::uint32_t f = 0; f < frames.size(); ++f) {
            if (frames.name(FrameId{f}) == name)
                return FrameId{f};
        }
        return {};
    }
    FunctionPage& select(std::string_view name)
    {
        context.select(frame(name));
        return card.functionPage();
    }
};

QStringList texts(RankedSection& section)
{
    const RankedModel& rows = section.list().rankedModel();
    QStringList result;
    for (int row = 0; row < rows.rowCount(); ++row)
        result << rows.data(rows.index(row), Qt::DisplayRole).toString();
    return result;
}

Profile orders()
{
    return fromArcs("main 1/1 1 10\nload 1/1 6 6\nparse 3/3 3 3\n"
                    "main>load 1/1 6 6\nmain>parse 3/3 3 3\n");
}

} // namespace

void TestFunctionCard::initTestCase()
{
    installApplicationFont();
    QApplication::setStyle(new SundialStyle(Theme::light()));
}

void TestFunctionCard::partsAddUp()
{
    Card card(orders());
    const auto& parts = card.select("main").strip().parts();
    QCOMPARE(parts.size(), std::size_t(3));
    QCOMPARE(parts[0].share, 0.1);
    QCOMPARE(parts[1].share, 0.6);
    QCOMPARE(parts[1].function, card.frame("load"));
    QCOMPARE(parts[2].share, 0.3);
    QCOMPARE(texts(card.card.functionPage().callees()),
             (QStringList{"load, 6.00, 60.0\u202f%", "parse, 3.00, 30.0\u202f%"}));
}

void TestFunctionCard::partsAddUpInRealProfiles()
{
    for (const QString& name : fixtureNames("pstats", {"*.prof", "*.pstats"})) {
        const Result<Profile> profile = parseBytes(readFixture("pstats/" + name));
        if (!profile)
            continue;
        const Components components = stronglyConnectedComponents(profile->arcs);
        const FunctionTable& functions = profile->arcs.functions();
        for (std::uint32_t f = 0; f < functions.size(); ++f) {
            const TotalSplit split = splitTotal(profile->arcs, components, FrameId{f});
            double sum = split.self + split.rest;
            for (const EdgeId e : split.callees)
                sum += profile->arcs.edge(e).total;
            QVERIFY2(std::abs(sum - split.whole) <= 1e-9 * std::abs(split.whole), qPrintable(name));
            QVERIFY2(split.rest >= 0 && split.whole >= functions.total[f], qPrintable(name));
        }
    }
}

void TestFunctionCard::recursionStandsApart()
{
    const Result<Profile> profile = parseBytes(readFixture("pstats/tiny-mutual-clock.prof"));
    QVERIFY(profile);
    Card card(std::move(const_cast<Profile&>(*profile)));
    FunctionPage& page = card.select("is_even");
    const auto& parts = page.strip().parts();
    QCOMPARE(parts.size(), std::size_t(2));
    QCOMPARE(parts[0].share + parts[1].share, 1.0);
    QVERIFY(parts[1].isHatched);
    QVERIFY(!parts[1].function);
    QCOMPARE(texts(page.callers()), (QStringList{"mutual_entry, 141.75, 71.1\u202f%", "is_odd, 192.50, ↻"}));
    QCOMPARE(texts(page.callees()), (QStringList{"is_odd, 192.50, ↻"}));
}

void TestFunctionCard::tiles()
{
    Card card(fromArcs("main 1/1 2 10\nfib 25/2 8 8\nmain>fib 2/2 8 8\nfib>fib 23/4 6 6\n"));
    QStringList shown;
    card.select("fib");
    for (const StatTile* const tile : card.card.functionPage().findChildren<StatTile*>()) {
        if (tile->isVisible())
            shown << tile->accessibleName() + ": " + tile->accessibleDescription();
    }
    QCOMPARE(shown, (QStringList{"Self: 8.00 s 80.0\u202f%", "Total: 8.00 s 80.0\u202f%", "Calls: 25 2 primitive",
                                 "Per call: 4.00 s total"}));
}

void TestFunctionCard::tilesOfCaptures_data()
{
    QTest::addColumn<QString>("capture");
    QTest::addColumn<QString>("function");
    QTest::addColumn<QString>("lastTile");
    QTest::newRow("all allocations") << QStringLiteral("leak") << QStringLiteral("lookup")
                                     << QStringLiteral("Allocations");
    QTest::newRow("aggregated") << QStringLiteral("aggregate") << QStringLiteral("leaky")
                                << QStringLiteral("Blocks at the peak");
}

void TestFunctionCard::tilesOfCaptures()
{
    QFETCH(QString, capture);
    QFETCH(QString, function);
    QFETCH(QString, lastTile);
    Result<Profile> profile = parseBytes(readFixture("memray/" + capture + ".bin"));
    QVERIFY(profile);
    std::map<std::string, FunctionTable> tables;
    for (std::uint32_t m = 0; m < profile->metrics.size(); ++m)
        tables[profile->metrics[m].id] = functionTable(*profile, MetricId{m});
    Card card(std::move(*profile));
    const FrameId frame = card.frame(function.toStdString());
    QVERIFY(frame);
    card.select(function.toStdString());
    const auto total = [&](const char* metric) { return tables.at(metric).total[frame.value]; };
    QMap<QString, QString> tiles;
    for (const StatTile* const tile : card.card.functionPage().findChildren<StatTile*>()) {
        if (tile->isVisible())
            tiles[tile->accessibleName()] = tile->value();
    }
    QCOMPARE(tiles.size(), 4);
    QCOMPARE(tiles.value(QStringLiteral("Total")), valueText(total("peak-bytes"), Unit::Bytes));
    QCOMPARE(tiles.value(QStringLiteral("Leaked")), valueText(total("leaked-bytes"), Unit::Bytes));
    QCOMPARE(tiles.value(lastTile), valueText(total(capture == "leak" ? "total-count" : "peak-count"), Unit::Count));
}

void TestFunctionCard::clickLeadsToTheCaller()
{
    Card card(orders());
    FunctionPage& page = card.select("parse");
    QCoreApplication::processEvents();
    QTest::mouseClick(page.callers().list().viewport(), Qt::LeftButton, {}, {60, 12});
    QCOMPARE(card.context.state().selected, card.frame("main"));
    QCoreApplication::processEvents();
    const ShareStrip& strip = page.strip();
    QTest::mouseClick(const_cast<ShareStrip*>(&strip), Qt::LeftButton, {}, {strip.width() / 2, 5});
    QCOMPARE(card.context.state().selected, card.frame("load"));
}

void TestFunctionCard::keyboardReachesLists()
{
    Card card(orders());
    FunctionPage& page = card.select("main");
    RankedList& callees = page.callees().list();
    for (int presses = 0; presses < 20 && !callees.hasFocus(); ++presses)
        QTest::keyClick(card.card.window()->focusWidget() ? card.card.window()->focusWidget() : &card.card,
                        Qt::Key_Tab);
    QVERIFY(callees.hasFocus());
    QTest::keyClick(&callees, Qt::Key_Down);
    QTest::keyClick(&callees, Qt::Key_Return);
    QCOMPARE(card.context.state().selected, card.frame("parse"));
}

void TestFunctionCard::stackOfThePlace()
{
    Card card(fromStacks("main;load;parse 6\nmain;parse 2\nmain;load 1\n"));
    FunctionPage& page = card.select("parse");
    QVERIFY(!page.stack().isVisible()); // from a table: which of its places is not said
    const CallTree& tree = card.context.analysis()->tree;
    NodeId deepest;
    for (std::uint32_t n = 0; n < tree.size(); ++n) {
        if (tree.depth(NodeId{n}) == 3)
            deepest = NodeId{n};
    }
    card.context.select(card.frame("parse"), deepest);
    QVERIFY(page.stack().isVisible());
    QCOMPARE(texts(page.stack()),
             (QStringList{"parse, 6, 66.7\u202f%", "load, 7, 77.8\u202f%", "main, 9, 100\u202f%"}));
    page.stack().list().setFocus();
    page.stack().list().setCurrentIndex(page.stack().list().model()->index(1, 0));
    QTest::keyClick(&page.stack().list(), Qt::Key_Return);
    QCOMPARE(card.context.state().selected, card.frame("load"));
    QCOMPARE(card.context.state().selectedNode, tree.parent(deepest)); // that place, not any of the function's
    QCOMPARE(texts(page.stack()).size(), 2);
}

void TestFunctionCard::foldedRecursionHasNoShare()
{
    std::string text = "main 1/1 0 300\nmain>f0 1/1 0 300\nf0 1/1 300 300\n";
    for (int i = 1; i <= 14; ++i) { // each calls f0 and is called by it
        const std::string name = "f" + std::to_string(i);
        text += name + " 1/1 0 1\n" + name + ">f0 1/1 0 1\nf0>" + name + " 1/1 0 1\n";
    }
    Card card(fromArcs(text));
    QCOMPARE(texts(card.select("f0").callees()).last(), "4 smaller, inside the recursion");
}

void TestFunctionCard::sharesEndAtTheWhole()
{
    Card card(fromArcs("main 1/1 0 301\nmain>a 1/1 300 300\na 1/1 300 300\n")); // a cumtime past the sum of tottime
    card.select("main");
    const QString said = oneLine(describeFrame(card.context, card.frame("main")));
    QVERIFY2(said.contains(QStringLiteral("(100\u202f%)")), qPrintable(said));
}

void TestFunctionCard::manyCalleesFold()
{
    std::string text = "main 1/1 0 300\n";
    for (int i = 1; i <= 24; ++i) {
        const std::string name = "f" + std::to_string(i), value = std::to_string(i);
        text += name + " 1/1 " + value + " " + value + "\nmain>" + name + " 1/1 " + value + " " + value + "\n";
    }
    Card card(fromArcs(text));
    RankedSection& callees = card.select("main").callees();
    QCOMPARE(texts(callees).size(), 11);
    QCOMPARE(texts(callees).first(), "f24, 24.00, 8.0\u202f%");
    QCOMPARE(texts(callees).last(), "14 smaller, 35.0\u202f%"); // 105 of 300
    callees.list().setFocus();
    callees.list().setCurrentIndex(callees.list().rankedModel().index(10));
    QTest::keyClick(&callees.list(), Qt::Key_Return);
    QCOMPARE(texts(callees).size(), 24);
}

void TestFunctionCard::countsWithoutTimes()
{
    ArcDialect dialect;
    dialect.edgeCounts = true;
    Card card(fromArcs("main 1/1 1 10\nload 4/4 9 9\nmain>load 4/4 0 0\n", dialect));
    QCOMPARE(texts(card.select("load").callers()), (QStringList{"main, 4, 100\u202f%"}));
    QVERIFY(card.select("main").strip().parts().back().isHatched);
}

void TestFunctionCard::profileWithoutSelection()
{
    Profile profile = orders();
    profile.warnings.push_back("3 lines were skipped.");
    Card card(std::move(profile));
    QVERIFY(card.card.profilePage().isVisible());
    QVERIFY(!card.card.functionPage().isVisible());
    QCOMPARE(texts(card.card.profilePage().top()).first(), "load, 6.00, 60.0\u202f%");
    QStringList labels;
    for (const QLabel* const label : card.card.profilePage().findChildren<QLabel*>())
        labels << label->text();
    QVERIFY(labels.contains("3 lines were skipped."));
    const AnalysisPtr& analysis = card.context.analysis();
    QVERIFY(!analysis->notes.empty());
    for (const ProfileNote& note : analysis->notes)
        QVERIFY2(labels.contains(QString::fromStdString(note.text)), note.text.c_str());
    card.context.setAnalysis(nullptr);
    QVERIFY(!card.card.profilePage().isVisible());
}

void TestFunctionCard::narrowAndLarge()
{
    const QFont before = QApplication::font();
    QFont large = before;
    large.setPixelSize(26);
    QApplication::setFont(large);
    {
        Card card(orders());
        card.card.resize(card.card.minimumWidth(), 720);
        FunctionPage& page = card.select("main");
        QCoreApplication::processEvents();
        for (const QWidget* const part : page.findChildren<QWidget*>()) {
            const QRect place(part->mapTo(card.card.widget(), QPoint()), part->size());
            QVERIFY2(!part->isVisible() || place.right() < card.card.widget()->width(),
                     part->metaObject()->className());
        }
        QVERIFY(card.card.widget()->width() <= card.card.viewport()->width());
    }
    QApplication::setFont(before);
}

/// A path in a note does not make the card wider than its place.
void TestFunctionCard::longPathsAreBroken()
{
    const Paragraph text(QStringLiteral("/some_folder").repeated(40), uiFont(12));
    QVERIFY(text.minimumSizeHint().width() < 150);
    const int line = text.heightForWidth(10'000);
    QVERIFY(text.heightForWidth(200) > 8 * line);
    QCOMPARE(text.heightForWidth(10'000), line);
}

QTEST_MAIN(TestFunctionCard)
#include "tst_function_card.moc"
