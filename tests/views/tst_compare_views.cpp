// SPDX-License-Identifier: GPL-3.0-or-later
// Comparisons on screen: one scale for both sides, colours with the right sign and none for noise, and Δ in the words.
#include "model/graph_prune.h"
#include "tests/support/compare.h"
#include "tests/support/tree_picture.h"
#include "views/before_after_paint.h"
#include "views/callgraph_picture.h"
#include "views/change_marks.h"
#include "views/change_text.h"

using namespace sundial;
using test::TreePicture;

class TestCompareViews : public QObject
{
    Q_OBJECT

private slots:
    void sidesShareOneScale();
    void zoomedSidesShareOneScale();
    void placesInTheWindow();
    void looksOfNodes();
    void noiseHasNoColour();
    void hoverTellsBothSides();
    void graphShowsWhatMoved();
    void everyViewPaints_data();
    void everyViewPaints();
};

namespace
{

const Metric kSeconds{"time", "Time", Unit::Seconds, NumberKind::Exact, {}};

AnalysisPtr compared(const AnalysisPtr& before, const AnalysisPtr& after)
{
    Progress progress;
    return *analyseComparison({{before}, "before.prof"}, {{after}, "after.prof"}, {}, CompareWidth::Larger, progress);
}

/// 10 s before, 6 s after.
AnalysisPtr shop()
{
    return compared(test::analysisOf(test::fromStacks("main;parse 6\nmain;same 3\nmain;old 1\n", kSeconds)),
                    test::analysisOf(test::fromStacks("main;parse 2\nmain;same 3\nmain;fresh 1\n", kSeconds)));
}

NodeId nodeNamed(const Analysis& analysis, std::string_view name)
{
    for (std::uint32_t n = 1; n < analysis.tree.size(); ++n) {
        if (analysis.frames().name(analysis.tree.frame(NodeId{n})) == name)
            return NodeId{n};
    }
    return {};
}

/// The width of a node's box on a side, in pixels.
double widthOf(const BeforeAfterPlace& place, int side, NodeId node)
{
    const IcicleLayout& layout = place.layouts[std::size_t(side)];
    const std::uint32_t box = layout.boxOf(node);
    return box == IcicleLayout::kNoBox
               ? 0
               : (layout.end(box) - layout.begin(box)) * place.viewport(side).pixelsPerFraction();
}

} // namespace

void TestCompareViews::sidesShareOneScale()
{
    const AnalysisPtr analysis = shop();
    const SideLayouts layouts = sideLayouts(analysis->tree);
    const BeforeAfterPlace place{analysis->tree, layouts, QRectF(0, 0, 1000, 600)};
    QCOMPARE(place.viewport(0).area.width(), 1000.0);
    QCOMPARE(place.viewport(1).area.width(), 600.0);
    for (const auto& [name, before, after] :
         {std::tuple("parse", 600.0, 200.0), {"same", 300.0, 300.0}, {"old", 100.0, 0.0}, {"fresh", 0.0, 100.0}}) {
        QVERIFY2(std::abs(widthOf(place, 0, nodeNamed(*analysis, name)) - before) < 0.01, name);
        QVERIFY2(std::abs(widthOf(place, 1, nodeNamed(*analysis, name)) - after) < 0.01, name);
    }
}

void TestCompareViews::zoomedSidesShareOneScale()
{
    const AnalysisPtr analysis = shop();
    const SideLayouts layouts = sideLayouts(analysis->tree);
    const BeforeAfterPlace place{analysis->tree, layouts, QRectF(0, 0, 900, 600), nodeNamed(*analysis, "parse")};
    QCOMPARE(place.viewport(0).area.width(), 900.0);
    QCOMPARE(place.viewport(1).area.width(), 300.0);
}

void TestCompareViews::placesInTheWindow()
{
    TreePicture picture("before-after", shop());
    const double all = picture.view->placeOf(picture.node("same")).width() / 0.3;
    QVERIFY(all > 900 && all < 1000);
    QVERIFY(std::abs(picture.view->placeOf(picture.node("parse")).width() - 0.2 * all) < 1); // after
    picture.click(picture.node("parse"));
    QVERIFY(picture.state().selected == picture.frame("parse"));
}

void TestCompareViews::looksOfNodes()
{
    const AnalysisPtr analysis = shop();
    const CompareAnalysis& info = *analysis->comparison;
    const auto look = [&](const char* name) { return changeLook(info, analysis->tree, nodeNamed(*analysis, name)); };
    QCOMPARE(look("parse").mark, ChangeMark::Less);
    QCOMPARE(look("parse").step, -4);
    QCOMPARE(look("main").mark, ChangeMark::Less);
    QCOMPARE(look("same").mark, ChangeMark::Same);
    QCOMPARE(look("old").mark, ChangeMark::Removed);
    QCOMPARE(look("fresh").mark, ChangeMark::New);
    const AnalysisPtr slower = compared(test::analysisOf(test::fromStacks("main;parse 2\n", kSeconds)),
                                        test::analysisOf(test::fromStacks("main;parse 6\n", kSeconds)));
    QCOMPARE(changeLook(*slower->comparison, slower->tree, nodeNamed(*slower, "parse")).step, 4);
    // Blue for less, orange-red for more.
    const Theme& light = Theme::of(false);
    const QColor less = changeFill({ChangeMark::Less, -4}, light), more = changeFill({ChangeMark::More, 4}, light);
    QVERIFY(less.blue() > less.red());
    QVERIFY(more.red() > more.blue());
}

void TestCompareViews::noiseHasNoColour()
{
    const auto run = [](const char* name) {
        Progress progress;
        return *analyse(test::loadFixture(QStringLiteral("compare/noise/logmill/") + QLatin1String(name)), MetricId{0},
                        progress);
    };
    const AnalysisPtr analysis = compared(run("run-01.prof"), run("run-02.prof"));
    for (std::uint32_t n = 0; n < analysis->tree.size(); ++n) {
        const ChangeLook look = changeLook(*analysis->comparison, analysis->tree, NodeId{n});
        QVERIFY(look.mark != ChangeMark::Less && look.mark != ChangeMark::More);
    }
}

void TestCompareViews::hoverTellsBothSides()
{
    ViewContext context;
    context.setAnalysis(shop());
    const FrameCard card = describeNodeChange(context, nodeNamed(*context.analysis(), "parse"));
    QCOMPARE(card.title, QStringLiteral("parse"));
    const QString text = oneLine(card);
    QVERIFY2(text.contains(QStringLiteral("6.00 s → 2.00 s")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("−4.00 s")), qPrintable(text));
}

void TestCompareViews::graphShowsWhatMoved()
{
    const AnalysisPtr analysis = shop();
    const CompareAnalysis& info = *analysis->comparison;
    const CallGraphPicture picture = describeGraph(
        pruneGraph(info.change, analysis->frames(), {.nodeThreshold = kUsualNodeThreshold, .maxNodes = 60}),
        analysis->frames(), {.comparison = &info});
    QMap<QString, QString> figures;
    for (std::size_t n = 0; n < picture.graph.nodes.size(); ++n)
        figures[picture.names[n].join(QString())] = picture.figures[n];
    QVERIFY(!figures.contains("same"));
    QVERIFY2(figures["parse"].startsWith(QStringLiteral("−4.00 s")), qPrintable(figures["parse"]));
    QVERIFY2(figures["fresh"].startsWith(QStringLiteral("+1.00 s")), qPrintable(figures["fresh"]));
    for (std::size_t e = 0; e < picture.graph.edges.size(); ++e) {
        const QString callee = picture.names[picture.graph.edges[e].callee].join(QString());
        if (callee == QLatin1String("parse"))
            QVERIFY2(picture.edgeFigures[qsizetype(e)].startsWith(QStringLiteral("−4.00 s")), "edge");
    }
}

void TestCompareViews::everyViewPaints_data()
{
    QTest::addColumn<QByteArray>("kind");
    for (const char* kind : {"before-after", "icicle", "sunburst"})
        QTest::newRow(kind) << QByteArray(kind);
}

void TestCompareViews::everyViewPaints()
{
    QFETCH(QByteArray, kind);
    TreePicture picture(kind.constData(), shop());
    ViewState state = picture.state();
    state.colorBy = ColorBy::Change;
    picture.context.update(state);
    picture.settle();
    const NodeId parse = picture.node("parse");
    const QRectF place = picture.view->placeOf(parse);
    QVERIFY(!place.isEmpty());
    // Inside the box: blue, whatever lines lie over it.
    const QImage image = picture.view->grab().toImage();
    int blue = 0, count = 0;
    for (int dy = -2; dy <= 2; ++dy) {
        const QColor color = image.pixelColor(int(place.left() + place.width() / 3), int(place.center().y()) + dy);
        blue += color.blue() > color.red() ? 1 : 0;
        ++count;
    }
    QVERIFY2(blue * 2 > count, kind.constData());
}

QTEST_MAIN(TestCompareViews)
#include "tst_compare_views.moc"
