// SPDX-License-Identifier: GPL-3.0-or-later
// The sunburst under the pointer and the keyboard, and what it shows of the shared state.
#include "tests/support/tree_picture.h"
#include "views/curved_text.h"

#include <QMenu>
#include <QToolButton>

using namespace sundial;
using test::TreePicture;

class TestSunburst : public QObject
{
    Q_OBJECT

private slots:
    void clickMakesTheRoot();
    void centreGoesUp();
    void keyboardOnly();
    void depth();
    void showsWhatLiesDeeper();
    void searchDims();
    void hoverTells();
    void clickOnModuleSearches();
    void tinyAndEmpty();
    void namesAsPathsHaveThem_data();
    void namesAsPathsHaveThem();
};

void TestSunburst::clickMakesTheRoot()
{
    TreePicture picture("sunburst");
    const NodeId exported = picture.node("export");
    picture.click(exported);
    QCOMPARE(picture.state().zoomRoot.value, exported.value);
    QVERIFY(picture.state().selected == picture.frame("export"));
    QVERIFY(picture.view->placeOf(picture.node("render")).isEmpty());
    QVERIFY(!picture.view->placeOf(picture.node("dumps")).isEmpty());
    picture.click(picture.node("dumps"), Qt::ControlModifier);
    QCOMPARE(picture.state().zoomRoot.value, exported.value);
    QVERIFY(picture.state().selected == picture.frame("dumps"));
}

void TestSunburst::centreGoesUp()
{
    TreePicture picture("sunburst");
    picture.context.zoomTo(picture.node("dumps"));
    picture.settle();
    picture.click(picture.node("dumps"));
    QCOMPARE(picture.state().zoomRoot.value, picture.node("export").value);
    picture.press(Qt::Key_Backspace);
    QCOMPARE(picture.state().zoomRoot.value, picture.node("main").value);
    picture.view->zoomOut();
    QCOMPARE(picture.state().zoomRoot.value, 0u);
}

void TestSunburst::keyboardOnly()
{
    TreePicture picture("sunburst");
    picture.press(Qt::Key_Down);
    picture.press(Qt::Key_Down);
    picture.press(Qt::Key_Down);
    picture.press(Qt::Key_Right);
    QVERIFY(picture.state().selected == picture.frame("export"));
    picture.press(Qt::Key_Return);
    QCOMPARE(picture.state().zoomRoot.value, picture.node("export").value);
    picture.press(Qt::Key_W);
    QVERIFY(picture.state().zoomRoot.value != 0);
}

void TestSunburst::depth()
{
    std::string stack = "f0";
    for (int i = 1; i < 30; ++i)
        stack += ";f" + std::to_string(i);
    TreePicture picture("sunburst", test::analysisOf(test::fromStacks(stack + " 1\n")));
    // As many rings as have room for names, but nine even where they have none.
    const auto rings = [&picture] {
        int shown = 0;
        while (!picture.view->placeOf(picture.node("f" + std::to_string(shown))).isEmpty())
            ++shown;
        return shown;
    };
    const int usual = rings();
    QVERIFY2(usual > 9 && usual < 20, std::to_string(usual).c_str());
    const QSize size = picture.view->size();
    picture.view->resize(300, 200);
    QCOMPARE(rings(), 9);
    picture.view->resize(size);
    QCOMPARE(rings(), usual);
    for (QToolButton* button : picture.view->optionsWidget()->findChildren<QToolButton*>()) {
        for (QAction* action : button->menu()->actions()) {
            if (action->text().endsWith(QLatin1String(" 3")))
                action->trigger();
        }
    }
    picture.settle();
    QVERIFY(!picture.view->placeOf(picture.node("f2")).isEmpty());
    QVERIFY(picture.view->placeOf(picture.node("f3")).isEmpty());
}

void TestSunburst::showsWhatLiesDeeper()
{
    std::string stack = "f0";
    for (int i = 1; i < 30; ++i)
        stack += ";f" + std::to_string(i);
    TreePicture picture("sunburst", test::analysisOf(test::fromStacks(stack + " 1\n")));
    const QPoint link(940, 14);
    const QColor before = picture.colorAt(link);
    picture.context.select(picture.frame("f25"));
    picture.view->grab();
    QVERIFY(picture.colorAt(link) != before || picture.colorAt(link - QPoint(20, 0)) != before);
    QTest::mouseClick(picture.view.get(), Qt::LeftButton, {}, link);
    picture.settle();
    QVERIFY(!picture.view->placeOf(picture.node("f25")).isEmpty());
}

void TestSunburst::searchDims()
{
    TreePicture picture("sunburst");
    const QPoint inMain = picture.middle(picture.node("main"));
    const QColor plain = picture.colorAt(inMain + QPoint(0, -8));
    picture.context.search(QStringLiteral("render"));
    QVERIFY(picture.colorAt(inMain + QPoint(0, -8)) != plain);
}

void TestSunburst::hoverTells()
{
    TreePicture picture("sunburst");
    QSignalSpy described(picture.view.get(), &View::described);
    QTest::mouseMove(picture.view.get(), picture.middle(picture.node("load")));
    QTRY_VERIFY(!described.isEmpty());
    QVERIFY(described.last().first().toString().startsWith(QLatin1String("load")));
}

void TestSunburst::clickOnModuleSearches()
{
    TreePicture picture("sunburst");
    picture.view->grab();
    QTest::mouseClick(picture.view.get(), Qt::LeftButton, {}, QPoint(40, 48));
    QVERIFY(!picture.state().search.isEmpty());
}

void TestSunburst::tinyAndEmpty()
{
    TreePicture picture("sunburst");
    picture.view->resize(1, 1);
    picture.view->grab();
    picture.context.setAnalysis(test::analysisOf(test::fromStacks("a 0\n")));
    picture.view->grab();
    picture.press(Qt::Key_Down);
    picture.view->zoomIn();
    picture.view->zoomOut();
    QVERIFY(!picture.state().selected);
}

void TestSunburst::namesAsPathsHaveThem_data()
{
    QTest::addColumn<double>("turn");
    QTest::addColumn<double>("pixelRatio");
    for (const double pixelRatio : {1.0, 2.0}) {
        for (const double turn : {0.0, 0.07, 0.25, 0.4, 0.5, 0.66, 0.75, 0.93})
            QTest::addRow("%.2f of a turn at %g", turn, pixelRatio) << turn << pixelRatio;
    }
}

/// Letters that are put into pixels look as the same outlines filled by the painter, which it does where its units are
/// no pixels.
void TestSunburst::namesAsPathsHaveThem()
{
    QFETCH(double, turn);
    QFETCH(double, pixelRatio);
    const LabelFitter fitter(uiFont(12, QFont::DemiBold));
    CurvedText text(fitter);
    const auto painted = [&](double shift) {
        QImage image(QSize(300, 300) * pixelRatio, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(pixelRatio);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(shift, 0);
        text.draw(painter, QStringLiteral("säge_Ω8 (B.py)"), Qt::black, {150, 150}, 120, turn);
        return image;
    };
    const QImage pixels = painted(0), paths = painted(0.001);
    double ink = 0, difference = 0;
    int worst = 0;
    for (int y = 0; y < pixels.height(); ++y) {
        for (int x = 0; x < pixels.width(); ++x) {
            const int off = std::abs(qGray(pixels.pixel(x, y)) - qGray(paths.pixel(x, y)));
            worst = std::max(worst, off);
            difference += off;
            ink += 255 - qGray(paths.pixel(x, y));
        }
    }
    QVERIFY(ink > 20'000);
    QVERIFY2(difference < 0.03 * ink, qPrintable(QString::number(difference / ink)));
    QVERIFY2(worst < 40, qPrintable(QString::number(worst)));
}

QTEST_MAIN(TestSunburst)
#include "tst_sunburst.moc"
