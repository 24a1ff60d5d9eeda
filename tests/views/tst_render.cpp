// SPDX-License-Identifier: GPL-3.0-or-later
// What the views look like, against pictures that were looked at: few, small, in both themes. Compared block by block
// with a tolerance, so that another font's glyphs do not matter and a wrong colour, place or size does.
// SUNDIAL_UPDATE_GOLDEN=1 writes them anew; a failure leaves what was painted beside the test.
#include "tests/support/generate.h"
#include "views/function_table_view.h"
#include "views/style.h"
#include "views/view_table.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

namespace
{

constexpr int kBlock = 12;              // pixels: larger than a letter
constexpr double kBlockTolerance = 26;  // of 255, mean over a block and its channels
constexpr double kMostDifferent = 0.01; // of all blocks

/// Mean colour of a block.
std::array<double, 3> meanOf(const QImage& image, int left, int top)
{
    std::array<double, 3> sum{};
    int count = 0;
    for (int y = top; y < std::min(top + kBlock, image.height()); ++y) {
        for (int x = left; x < std::min(left + kBlock, image.width()); ++x, ++count) {
            const QRgb pixel = image.pixel(x, y);
            sum[0] += qRed(pixel);
            sum[1] += qGreen(pixel);
            sum[2] += qBlue(pixel);
        }
    }
    for (double& channel : sum)
        channel /= count;
    return sum;
}

/// The share of blocks that differ visibly; 1 if the sizes do.
double difference(const QImage& a, const QImage& b)
{
    if (a.size() != b.size())
        return 1;
    int blocks = 0, different = 0;
    for (int y = 0; y < a.height(); y += kBlock) {
        for (int x = 0; x < a.width(); x += kBlock, ++blocks) {
            const std::array<double, 3> left = meanOf(a, x, y), right = meanOf(b, x, y);
            double sum = 0;
            for (std::size_t c = 0; c < 3; ++c)
                sum += std::abs(left[c] - right[c]) / 3;
            different += sum > kBlockTolerance ? 1 : 0;
        }
    }
    return double(different) / blocks;
}

AnalysisPtr orders()
{
    Progress progress;
    auto profile = std::make_shared<const Profile>(
        fromStacks("main;render;escape 30\nmain;render 12\nmain;load;parse;number 25\nmain;load;parse 9\n"
                   "main;load 4\nmain;report;render;escape 8\nmain;report 6\nmain;clean 3\nstart;import 3\n"));
    return *analyse(profile, MetricId{0}, progress);
}

} // namespace

class TestRender : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void looksAsBefore_data();
    void looksAsBefore();
    void differenceIsSeen();

private:
    QImage paint(const QString& what, bool dark);

    SundialStyle* m_style = nullptr;
};

void TestRender::initTestCase()
{
    installApplicationFont();
    m_style = new SundialStyle(Theme::light());
    QApplication::setStyle(m_style);
}

QImage TestRender::paint(const QString& what, bool dark)
{
    m_style->setTheme(Theme::of(dark));
    ViewContext context;
    context.setTheme(dark);
    context.setAnalysis(orders());
    QImage image(640, 300, QImage::Format_RGB32);
    if (what == QLatin1String("table")) {
        FunctionTableView table(&context);
        table.resize(image.size());
        context.select(FrameId{1});
        table.ensurePolished();
        table.render(&image);
        return image;
    }
    for (const ViewType* type : viewTypes()) {
        if (what != QLatin1String(type->id))
            continue;
        const std::unique_ptr<View> view(type->create(&context, nullptr));
        view->resize(image.size());
        view->show();
        if (!QTest::qWaitFor([&] { return !view->isBusy(); }))
            return {};
        context.select(FrameId{1});
        QPainter painter(&image);
        view->paintPicture(painter, image.size());
    }
    return image;
}

void TestRender::looksAsBefore_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("dark");
    for (const char* const what : {"icicle", "sunburst", "table"}) {
        for (const bool dark : {false, true})
            QTest::addRow("%s-%s", what, dark ? "dark" : "light") << QString(what) << dark;
    }
}

void TestRender::looksAsBefore()
{
    QFETCH(QString, what);
    QFETCH(bool, dark);
    const QString name = QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png");
    const QString golden = QStringLiteral(SUNDIAL_GOLDEN "/render/") + name;
    const QImage painted = paint(what, dark);
    QVERIFY(!painted.isNull());
    if (qEnvironmentVariableIntValue("SUNDIAL_UPDATE_GOLDEN") != 0) {
        QVERIFY(QDir().mkpath(QStringLiteral(SUNDIAL_GOLDEN "/render")) && painted.save(golden));
        return;
    }
    const QImage wanted(golden);
    QVERIFY2(!wanted.isNull(), qPrintable(golden));
    const double different = difference(painted, wanted);
    if (different > kMostDifferent)
        painted.save(name);
    QVERIFY2(different <= kMostDifferent, qPrintable(QStringLiteral("%1 % of the blocks differ; painted: %2")
                                                         .arg(100 * different)
                                                         .arg(QDir::current().filePath(name))));
}

/// The instrument itself: another selection, and another theme, do not pass.
void TestRender::differenceIsSeen()
{
    const QImage light = paint(QStringLiteral("icicle"), false);
    QVERIFY(difference(light, paint(QStringLiteral("icicle"), true)) > 0.5);
    QVERIFY(difference(light, paint(QStringLiteral("sunburst"), false)) > 0.2);
    QImage moved(light.size(), light.format());
    moved.fill(Qt::white);
    QPainter(&moved).drawImage(0, 10, light);
    QVERIFY(difference(light, moved) > kMostDifferent);
}

QTEST_MAIN(TestRender)
#include "tst_render.moc"
