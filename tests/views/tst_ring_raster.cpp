// SPDX-License-Identifier: GPL-3.0-or-later
// Rings that are put into pixels: they cover what they should, and a sunburst looks as where the painter fills its
// pieces.
#include "tests/support/compare.h"
#include "tests/support/generate.h"
#include "views/palette.h"
#include "views/ring_raster.h"
#include "views/sunburst_paint.h"

#include <QPainter>
#include <QTest>

#include <cmath>
#include <numbers>

using namespace sundial;

namespace
{

ProfilePtr randomProfile(unsigned seed)
{
    return std::make_shared<const Profile>(test::randomPaths(seed, 4000));
}

AnalysisPtr analysed(const ProfilePtr& profile)
{
    Progress progress;
    return *analyse(profile, MetricId{0}, progress);
}

/// "exact", "estimated", "shallow" (thick rings) or "comparison" (paired ones).
AnalysisPtr analysisCalled(const QString& name)
{
    if (name == QLatin1String("estimated"))
        return analysed(test::loadFixture(QStringLiteral("pstats/kitchen-py311.prof")));
    if (name == QLatin1String("shallow"))
        return analysed(std::make_shared<const Profile>(test::fromStacks("a;b;c 3\na;d 1\ne 5\nf;g 2\n")));
    if (name == QLatin1String("exact"))
        return analysed(randomProfile(1));
    Progress progress;
    return *analyseComparison({{analysed(randomProfile(1))}, "before"}, {{analysed(randomProfile(2))}, "after"}, {},
                              CompareWidth::Larger, progress);
}

QImage emptyImage(const QSize& size, double pixelRatio, const QColor& color)
{
    QImage image(size * pixelRatio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(color);
    return image;
}

/// How many pixels of black there are.
double ink(const QImage& image)
{
    double sum = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            sum += qAlpha(image.pixel(x, y)) / 255.0;
    }
    return sum;
}

} // namespace

class TestRingRaster : public QObject
{
    Q_OBJECT

private slots:
    void coversItsArea_data();
    void coversItsArea();
    void liesOver();
    void tooLargeAndTooSmall();
    void looksAsPolygons_data();
    void looksAsPolygons();
};

void TestRingRaster::coversItsArea_data()
{
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("end");
    QTest::addColumn<double>("inner");
    QTest::addColumn<double>("outer");
    QTest::addColumn<double>("pixelRatio");
    QTest::newRow("a ring") << 0.0 << 1.0 << 60.0 << 80.0 << 1.0;
    QTest::newRow("a disc") << 0.0 << 1.0 << 0.0 << 70.0 << 1.0;
    QTest::newRow("a thin ring") << 0.0 << 1.0 << 80.0 << 81.0 << 1.0;
    QTest::newRow("a ring of double pixels") << 0.0 << 1.0 << 60.3 << 80.9 << 2.0;
    QTest::newRow("across the top at its end") << 0.9 << 1.0 << 60.0 << 80.0 << 1.0;
    QTest::newRow("half a turn") << 0.0 << 0.5 << 20.0 << 90.0 << 1.0;
    QTest::newRow("a slanted piece") << 0.31 << 0.42 << 60.5 << 80.1 << 1.0;
    QTest::newRow("a sliver") << 0.62 << 0.625 << 60.0 << 90.0 << 1.0;
    QTest::newRow("less than a pixel wide") << 0.8 << 0.801 << 60.0 << 90.0 << 1.0;
}

void TestRingRaster::coversItsArea()
{
    QFETCH(double, begin);
    QFETCH(double, end);
    QFETCH(double, inner);
    QFETCH(double, outer);
    QFETCH(double, pixelRatio);
    QImage image = emptyImage({200, 200}, pixelRatio, Qt::transparent);
    QPainter painter(&image);
    RingRaster raster({100.2, 99.5}, 95, pixelRatio);
    raster.add(begin, end, inner, outer, Qt::black);
    raster.paint(painter);
    painter.end();
    const double area = (end - begin) * std::numbers::pi * (outer * outer - inner * inner) * pixelRatio * pixelRatio;
    const double covered = ink(image);
    QVERIFY2(std::abs(covered - area) < 0.01 * area + 1, qPrintable(QString("%1 of %2").arg(covered).arg(area)));
    const double middle = (begin + end) / 2 * 2 * std::numbers::pi, distance = (inner + outer) / 2;
    const QPointF at = (QPointF(100.2, 99.5) + QPointF(std::sin(middle), -std::cos(middle)) * distance) * pixelRatio;
    if ((end - begin) * distance > 1 && outer - inner > 3)
        QCOMPARE(image.pixel(int(at.x()), int(at.y())), qRgb(0, 0, 0));
}

/// What was begun later lies above, with no seam to what it lies on.
void TestRingRaster::liesOver()
{
    QImage image = emptyImage({200, 200}, 1, Qt::white);
    QPainter painter(&image);
    RingRaster raster({100, 100}, 95, 1);
    raster.add(0, 1, 50, 90, Qt::red);
    raster.add(0, 0.5, 70, 90, Qt::blue);
    raster.add(0.5, 1, 50, 70, QColor(255, 0, 0));
    raster.paint(painter);
    QCOMPARE(image.pixelColor(180, 100), QColor(Qt::blue));
    QCOMPARE(image.pixelColor(160, 100), QColor(Qt::red));
    QCOMPARE(image.pixelColor(20, 100), QColor(Qt::red));
    for (int x = 12; x < 48; ++x)
        QCOMPARE(image.pixelColor(x, 100), QColor(Qt::red));
    QCOMPARE(image.pixelColor(100, 100), QColor(Qt::white));
    QCOMPARE(image.pixelColor(4, 4), QColor(Qt::white));
}

void TestRingRaster::tooLargeAndTooSmall()
{
    QVERIFY(RingRaster::fits(1000, 2));
    QVERIFY(!RingRaster::fits(10'000, 1));
    QImage image = emptyImage({20, 20}, 1, Qt::white);
    const QImage before = image;
    QPainter painter(&image);
    RingRaster(QPointF(10, 10), 9, 1).paint(painter);
    RingRaster empty({10, 10}, 9, 1);
    empty.add(0.5, 0.5, 2, 4, Qt::red);
    empty.add(0.5, 0.6, 4, 3, Qt::red);
    empty.paint(painter);
    QCOMPARE(image, before);
    for (const double radius : {0.001, 0.3, 0.9, 2.0}) {
        RingRaster raster({10.4, 10}, radius, 1);
        raster.add(0, 0.7, 0, radius / 2, Qt::red);
        raster.add(0.7, 1, radius / 2, radius, Qt::red);
        raster.paint(painter);
    }
    QCOMPARE(image.pixelColor(14, 14), QColor(Qt::white));
}

void TestRingRaster::looksAsPolygons_data()
{
    QTest::addColumn<QString>("analysis");
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("pixelRatio");
    for (const char* analysis : {"exact", "estimated", "shallow", "comparison"}) {
        for (const double pixelRatio : {1.0, 2.0})
            QTest::addRow("%s at %g", analysis, pixelRatio) << QString(analysis) << QSizeF(420, 420) << pixelRatio;
        QTest::addRow("%s beside the pixels", analysis) << QString(analysis) << QSizeF(333.3, 360.7) << 1.0;
        QTest::addRow("%s, tiny", analysis) << QString(analysis) << QSizeF(60, 60) << 1.0;
    }
}

/// The painter fills pieces where its units are no pixels, such as when all is shifted by a thousandth of one.
void TestRingRaster::looksAsPolygons()
{
    QFETCH(QString, analysis);
    QFETCH(QSizeF, size);
    QFETCH(double, pixelRatio);
    const AnalysisPtr known = analysisCalled(analysis);
    Progress progress;
    const IcicleLayout layout(known->tree, known->metric, progress);
    const FramePalette palette(*known, Theme::light(), known->comparison ? ColorBy::Change : ColorBy::Module);
    const SearchResult search;
    TreeScene scene{*known, layout, palette, Theme::light(), search, {}};
    scene.labelOpacity = 0; // names have their own test
    QCOMPARE(hasPairedRings(*known), analysis == QLatin1String("comparison"));
    const auto painted = [&](double shift) {
        QImage image = emptyImage(size.toSize(), pixelRatio, Qt::white);
        QPainter painter(&image);
        painter.translate(shift, 0);
        paintSunburst(painter, scene, ringsIn({QPointF(), size}, layout, layout.boxOf(NodeId{0}), 0, 12), NodeId{0});
        return image;
    };
    const QImage pixels = painted(0), polygons = painted(0.001);
    const int visiblyOff = int(32 * pixelRatio); // polygons are up to a fifth of a unit off their arcs, pixels are not
    int worst = 0, visible = 0, inked = 0;
    for (int y = 0; y < pixels.height(); ++y) {
        for (int x = 0; x < pixels.width(); ++x) {
            const QRgb a = pixels.pixel(x, y), b = polygons.pixel(x, y);
            const int off =
                std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
            worst = std::max(worst, off);
            visible += off > visiblyOff ? 1 : 0;
            inked += b != qRgb(255, 255, 255) ? 1 : 0;
        }
    }
    QVERIFY(inked > pixels.width() * pixels.height() / 6);
    const QString found = QString("%1 of %2 pixels, worst %3").arg(visible).arg(inked).arg(worst);
    QVERIFY2(visible < inked / 200, qPrintable(found));
    QVERIFY2(worst < 40 * pixelRatio, qPrintable(found));
}

QTEST_MAIN(TestRingRaster)
#include "tst_ring_raster.moc"
