// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes in numbers: they nest, stand in order and add up, and hit testing finds what is painted.
#include "tests/support/generate.h"
#include "views/layout/hit_test.h"
#include "views/layout/sunburst_layout.h"
#include "views/layout/time_layout.h"
#include "views/viewport.h"

#include <QTest>

#include <cmath>

using namespace sundial;

namespace
{

IcicleLayout layOut(const Profile& profile)
{
    Progress progress;
    return IcicleLayout(profile.tree, MetricId{0}, progress);
}

QByteArray describe(const Profile& profile, const IcicleLayout& layout)
{
    QByteArray text;
    for (std::uint32_t row = 1; row < layout.rowCount(); ++row) {
        for (std::uint32_t box = layout.rowBegin(row); box < layout.rowEnd(row); ++box) {
            const std::string_view name = profile.frames.name(profile.tree.frame(layout.node(box)));
            text += QByteArray(name.data(), qsizetype(name.size())) + ' ' + QByteArray::number(layout.begin(box)) +
                    '-' + QByteArray::number(layout.end(box)) + ' ';
        }
        text += '\n';
    }
    return text;
}

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT

private slots:
    void boxes_data();
    void boxes();
    void nestsAndSorts_data();
    void nestsAndSorts();
    void hitTest();
    void coarseRows();
    void nothingToDraw();
    void cancelled();
    void deepestRow();
    void zoomKeepsThePointUnderThePointer();
    void zoomStopsWhereNumbersEnd();
    void betweenMovesBoxesLinearly();
    void upward();
    void arcs_data();
    void arcs();
    void ringsEndAtTheDepth();
    void runsAreBoundedByPixels();
};

void TestLayout::boxes_data()
{
    QTest::addColumn<QByteArray>("stacks");
    QTest::addColumn<QByteArray>("boxes");
    QTest::newRow("the larger stands left") << QByteArray("a 1\nb 3\n") << QByteArray("b 0-0.75 a 0.75-1 \n");
    QTest::newRow("self is free room at the right") << QByteArray("a 2\na;b 2\n") << QByteArray("a 0-1 \nb 0-0.5 \n");
    QTest::newRow("equal siblings keep the file's order")
        << QByteArray("z 1\ny 1\n") << QByteArray("z 0-0.5 y 0.5-1 \n");
    QTest::newRow("no box without weight") << QByteArray("a 4\nb 0\n") << QByteArray("a 0-1 \n");
}

void TestLayout::boxes()
{
    QFETCH(QByteArray, stacks);
    const Profile profile = test::fromStacks(std::string_view(stacks.constData(), std::size_t(stacks.size())));
    QTEST(describe(profile, layOut(profile)), "boxes");
}

void TestLayout::nestsAndSorts_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestLayout::nestsAndSorts()
{
    QFETCH(unsigned, seed);
    const Profile profile = test::randomPaths(seed, 2000);
    const CallTree& tree = profile.tree;
    const IcicleLayout layout = layOut(profile);
    const double total = tree.total(MetricId{0}, NodeId{0});
    std::uint32_t withWeight = 0;
    for (std::uint32_t n = 0; n < tree.size(); ++n)
        withWeight += tree.total(MetricId{0}, NodeId{n}) > 0 ? 1 : 0;
    QCOMPARE(layout.size(), withWeight);
    for (std::uint32_t row = 0; row < layout.rowCount(); ++row) {
        for (std::uint32_t box = layout.rowBegin(row); box < layout.rowEnd(row); ++box) {
            const NodeId node = layout.node(box);
            QCOMPARE(layout.boxOf(node), box);
            QCOMPARE(tree.depth(node), row);
            const double share = tree.total(MetricId{0}, node) / total;
            QVERIFY(std::abs(layout.end(box) - layout.begin(box) - share) < 1e-12);
            const std::uint32_t parent = layout.boxOf(tree.parent(node));
            QVERIFY(layout.begin(parent) <= layout.begin(box) && layout.end(box) <= layout.end(parent));
            if (box == layout.rowBegin(row))
                continue;
            QVERIFY(layout.end(box - 1) <= layout.begin(box));
            const NodeId left = layout.node(box - 1);
            if (tree.parent(left) == tree.parent(node)) {
                QCOMPARE(layout.end(box - 1), layout.begin(box)); // siblings cover their parent without a gap
                QVERIFY(tree.total(MetricId{0}, left) >= tree.total(MetricId{0}, node));
            }
        }
    }
}

void TestLayout::hitTest()
{
    const Profile profile = test::randomPaths(3, 2000);
    const IcicleLayout layout = layOut(profile);
    for (std::uint32_t row = 0; row < layout.rowCount(); ++row) {
        for (std::uint32_t box = layout.rowBegin(row); box < layout.rowEnd(row); ++box) {
            const double middle = (layout.begin(box) + layout.end(box)) / 2;
            QCOMPARE(nodeAt(layout, int(row), middle, 0).value, layout.node(box).value);
            QCOMPARE(layout.firstEndingAfter(row, middle, layout.rowBegin(row)), box);
        }
    }
    QVERIFY(!nodeAt(layout, -1, 0.5, 0));
    QVERIFY(!nodeAt(layout, int(layout.rowCount()), 0.5, 0));
    QVERIFY(!nodeAt(layout, 1, 1.5, 0));
}

void TestLayout::coarseRows()
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    builder.setTimeOrder();
    std::mt19937 engine(11);
    const FrameId wide = builder.internFrame("wide"), narrow = builder.internFrame("narrow");
    const std::uint32_t inWide = builder.child(0, wide), inNarrow = builder.child(0, narrow);
    constexpr unsigned kSamples = 100'000;
    for (unsigned i = 0; i < kSamples; ++i)
        builder.addSample(i % 2 ? inWide : inNarrow, i % 5000 == 1 ? 400 : 0.5 + double(engine() % 100) / 100);
    const auto profile = std::make_shared<const Profile>(std::move(builder).build());
    Progress progress;
    const AnalysisPtr analysis = *analyse(profile, MetricId{0}, progress);
    const TimeLayoutPtr layout = layOutTime(*analysis, progress);
    QCOMPARE(layout->lanes.size(), 1u);
    const TimeLane& lane = layout->lanes.front();
    const FineRow fine = lane.fine(0);
    QCOMPARE(fine.size(), std::size_t(kSamples));
    QVERIFY(lane.coarse[0].size() >= 2);
    QVERIFY(!lane.coarseRow(0, lane.coarse[0].front().grain / 2)); // single boxes are wider than such a pixel
    QCOMPARE(lane.coarseRow(0, layout->scale.length()), &lane.coarse[0].back());
    std::size_t longest = fine.size();
    for (const CoarseRow& row : lane.coarse[0]) {
        QVERIFY(row.size() <= longest / 2);
        longest = row.size();
        unsigned wides = 0;
        for (std::size_t box = 0; box < row.size(); ++box) {
            QVERIFY(box == 0 || row.begin(box) >= row.end(box - 1));
            const bool isAlone = row.end(box) - row.begin(box) >= row.grain;
            wides += row.end(box) - row.begin(box) == 400 ? 1 : 0;
            // What is not one box as it is lies within one pixel at the zooms that this row is for.
            QVERIFY(isAlone || row.end(box) - row.begin(box) <= row.grain);
            QCOMPARE(fine.begin(firstEndingAfter(fine, row.begin(box))), row.begin(box));
        }
        QVERIFY(row.grain > 400 || wides == kSamples / 5000);
        QCOMPARE(row.begin(0), fine.begin(0));
        QCOMPARE(row.end(row.size() - 1), fine.end(fine.size() - 1));
    }
}

void TestLayout::nothingToDraw()
{
    QVERIFY(IcicleLayout().isEmpty());
    QVERIFY(layOut(test::fromStacks("a 0\n")).isEmpty());
    QCOMPARE(IcicleLayout().rowCount(), 0u);
    QCOMPARE(IcicleLayout().boxOf(NodeId{0}), IcicleLayout::kNoBox);
}

void TestLayout::cancelled()
{
    const Profile profile = test::randomPaths(1);
    Progress progress;
    progress.cancel();
    QVERIFY(IcicleLayout(profile.tree, MetricId{0}, progress).isEmpty());
}

void TestLayout::deepestRow()
{
    const IcicleLayout layout = layOut(test::fromStacks("a;b;c;d 1\ne;f 1\n"));
    QCOMPARE(layout.deepestRow(0, 1), 4u);
    QCOMPARE(layout.deepestRow(0.6, 0.9), 2u);
}

void TestLayout::zoomKeepsThePointUnderThePointer()
{
    Viewport viewport;
    viewport.area = QRectF(16, 0, 1000, 400);
    const double fraction = viewport.fractionAt(700);
    viewport.zoomAbout(700, 0.25);
    QVERIFY(std::abs(viewport.fractionAt(700) - fraction) < 1e-12);
    QVERIFY(std::abs(viewport.end - viewport.begin - 0.25) < 1e-12);
    viewport.zoomAbout(700, 100);
    QVERIFY(!viewport.isZoomed());
}

void TestLayout::zoomStopsWhereNumbersEnd()
{
    Viewport viewport;
    viewport.area = QRectF(0, 0, 1000, 400);
    for (int i = 0; i < 200; ++i)
        viewport.zoomAbout(333, 0.5);
    QVERIFY(viewport.end > viewport.begin);
    QVERIFY(viewport.xAt(viewport.fractionAt(500) + (viewport.end - viewport.begin) / 1000) > 500.5);
    viewport.panBy(1e9);
    QVERIFY(viewport.end <= 1 && viewport.begin < viewport.end);
}

void TestLayout::betweenMovesBoxesLinearly()
{
    Viewport from, to;
    from.area = to.area = QRectF(0, 0, 1000, 400);
    to.begin = 0.3;
    to.end = 0.4;
    to.scroll = 100;
    const Viewport half = Viewport::between(from, to, 0.5);
    for (const double fraction : {0.3, 0.35, 0.4})
        QVERIFY(std::abs(half.xAt(fraction) - (from.xAt(fraction) + to.xAt(fraction)) / 2) < 1e-6);
    QCOMPARE(half.scroll, 50.0);
    QVERIFY(Viewport::between(from, to, 1).showsSameAs(to));
}

void TestLayout::upward()
{
    Viewport flame;
    flame.area = QRectF(0, 0, 1000, 400);
    flame.rowHeight = 25;
    flame.upward = true;
    QCOMPARE(flame.rowAt(399), 0);
    QCOMPARE(flame.rowAt(360), 1);
    QCOMPARE(flame.rowTop(0), 375.0);
}

void TestLayout::arcs_data()
{
    nestsAndSorts_data();
}

void TestLayout::arcs()
{
    QFETCH(unsigned, seed);
    const Profile profile = test::randomPaths(seed, 2000);
    const IcicleLayout layout = layOut(profile);
    const std::uint32_t root = layout.rowBegin(1); // the largest entry
    const Rings rings = ringsIn(QRectF(0, 0, 800, 600), layout, root, 1, 7);
    const std::vector<Arc> arcs = arcsIn(layout, rings);
    QVERIFY(!arcs.empty());
    double end = 0;
    std::uint32_t row = 0;
    for (const Arc& arc : arcs) {
        if (arc.row != row) {
            row = arc.row;
            end = 0;
        }
        QVERIFY(arc.row >= 2 && arc.row <= 8);
        QVERIFY(arc.begin >= end && arc.begin < arc.end && arc.end <= 1);
        end = arc.end;
        if (arc.isRun)
            continue;
        const double middle = (rings.innerRadius(row) + rings.outerRadius(row)) / 2;
        const QPointF point = rings.pointAt((arc.begin + arc.end) / 2, middle);
        QCOMPARE(nodeAt(layout, rings, point, NodeId{0}).value, layout.node(arc.box).value);
        QVERIFY(profile.tree.contains(layout.node(root), layout.node(arc.box)));
    }
    QCOMPARE(nodeAt(layout, rings, rings.center, NodeId{7}).value, 7u);
    QVERIFY(!nodeAt(layout, rings, QPointF(1, 1), NodeId{0}));
}

void TestLayout::ringsEndAtTheDepth()
{
    const IcicleLayout layout = layOut(test::fromStacks("a;b;c;d;e;f 1\n"));
    const auto lowest = [&layout](int depth) {
        std::uint32_t row = 0;
        for (const Arc& arc : arcsIn(layout, ringsIn(QRectF(0, 0, 600, 600), layout, 0, 0, depth)))
            row = std::max(row, arc.row);
        return row;
    };
    QCOMPARE(lowest(3), 3u);
    QCOMPARE(lowest(20), 6u);
}

void TestLayout::runsAreBoundedByPixels()
{
    QByteArray stacks;
    for (int i = 0; i < 50000; ++i)
        stacks += "main;f" + QByteArray::number(i) + " 1\n";
    const IcicleLayout layout =
        layOut(test::fromStacks(std::string_view(stacks.constData(), std::size_t(stacks.size()))));
    const std::vector<Arc> arcs = arcsIn(layout, ringsIn(QRectF(0, 0, 600, 600), layout, 0, 0, 9));
    QVERIFY2(arcs.size() < 2 * 2000, qPrintable(QString::number(arcs.size())));
    QVERIFY(arcs.back().end > 0.999);
}

QTEST_APPLESS_MAIN(TestLayout)
#include "tst_layout.moc"
