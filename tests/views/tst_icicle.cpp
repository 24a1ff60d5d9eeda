// SPDX-License-Identifier: GPL-3.0-or-later
// The icicle under the pointer and the keyboard, and what it shows of the shared state.
#include "tests/support/tree_picture.h"

#include <QAccessible>
#include <QMenu>
#include <QToolButton>

using namespace sundial;
using test::TreePicture;

class TestIcicle : public QObject
{
    Q_OBJECT

private slots:
    void clickSelectsAndZooms();
    void waysUp();
    void controlClickOnlySelects();
    void callersStayAsFullRows();
    void wheel();
    void dragPans();
    void shiftDragZoomsToTheArea();
    void keyboardOnly();
    void stepsThroughPlaces();
    void hoverTells();
    void searchDims();
    void selectionIsOutlined();
    void clickOnModuleSearches();
    void flameStandsOnItsRoot();
    void scrollsDeepTrees();
    void contextMenu();
    void anotherTreeOfTheSameProfileKeepsTheZoom();
    void largeTreesArriveLater();
    void saysWhyItIsEmpty();
    void exportsWhatItShows();
    void speaks();
};

void TestIcicle::clickSelectsAndZooms()
{
    TreePicture picture("icicle");
    const NodeId render = picture.node("render");
    picture.click(render);
    QCOMPARE(picture.state().zoomRoot.value, render.value);
    QVERIFY(picture.state().selected == picture.frame("render"));
    QVERIFY(picture.view->placeOf(render).width() > 960);
    QVERIFY(picture.view->placeOf(picture.node("load")).isEmpty());
}

void TestIcicle::waysUp()
{
    TreePicture picture("icicle");
    const NodeId dumps = picture.node("dumps");
    const NodeId up = picture.tree().parent(dumps);
    const auto zoomIn = [&] {
        picture.context.zoomTo(dumps);
        picture.settle();
    };
    zoomIn();
    picture.press(Qt::Key_Backspace);
    QCOMPARE(picture.state().zoomRoot.value, up.value);
    zoomIn();
    picture.click(dumps, Qt::AltModifier);
    QCOMPARE(picture.state().zoomRoot.value, up.value);
    zoomIn();
    picture.click(dumps, {}, Qt::MiddleButton);
    QCOMPARE(picture.state().zoomRoot.value, up.value);
    zoomIn();
    picture.click(picture.node("main")); // a caller's row
    QCOMPARE(picture.state().zoomRoot.value, picture.node("main").value);
    picture.click(NodeId{0});
    QCOMPARE(picture.state().zoomRoot.value, 0u);
    picture.press(Qt::Key_Backspace); // there is nothing above
    QCOMPARE(picture.state().zoomRoot.value, 0u);
}

void TestIcicle::controlClickOnlySelects()
{
    TreePicture picture("icicle");
    picture.click(picture.node("render"), Qt::ControlModifier);
    QCOMPARE(picture.state().zoomRoot.value, 0u);
    QVERIFY(picture.state().selected == picture.frame("render"));
}

void TestIcicle::callersStayAsFullRows()
{
    TreePicture picture("icicle");
    picture.click(picture.node("dumps"));
    for (const NodeId caller : pathTo(picture.tree(), picture.node("dumps")))
        QVERIFY(picture.view->placeOf(caller).width() > 960);
    QVERIFY(picture.view->placeOf(picture.node("main")).top() < picture.view->placeOf(picture.node("dumps")).top());
}

void TestIcicle::wheel()
{
    TreePicture picture("icicle");
    const NodeId exported = picture.node("export"); // in the middle: no edge cuts it
    const QRectF before = picture.view->placeOf(exported);
    const QPointF at = before.center();
    const auto turn = [&](int angle, Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(at, picture.view->mapToGlobal(at), {}, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(picture.view.get(), &event);
    };
    turn(240, Qt::ControlModifier);
    const QRectF closer = picture.view->placeOf(exported);
    QVERIFY(closer.width() > before.width() * 1.3);
    QVERIFY(std::abs(closer.center().x() - before.center().x()) < 2); // about the pointer
    QCOMPARE(picture.state().zoomRoot.value, 0u); // the wheel looks closer, it does not choose a root
    turn(-120, Qt::ShiftModifier);
    QVERIFY(picture.view->placeOf(exported).left() < closer.left() - 20);
    picture.view->fit();
    picture.settle();
    QVERIFY(std::abs(picture.view->placeOf(exported).width() - before.width()) < 2);
}

void TestIcicle::dragPans()
{
    TreePicture picture("icicle");
    picture.view->zoomIn();
    picture.view->zoomIn();
    picture.settle();
    const QRectF before = picture.view->placeOf(picture.node("render"));
    const QPoint start(500, 100);
    QTest::mousePress(picture.view.get(), Qt::LeftButton, {}, start);
    QTest::mouseMove(picture.view.get(), start + QPoint(30, 0));
    QMouseEvent move(QEvent::MouseMove, start + QPoint(60, 0), picture.view->mapToGlobal(start + QPoint(60, 0)),
                     Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(picture.view.get(), &move);
    QTest::mouseRelease(picture.view.get(), Qt::LeftButton, {}, start + QPoint(60, 0));
    QVERIFY(picture.view->placeOf(picture.node("render")).right() > before.right() + 40);
    QVERIFY(!picture.state().selected); // a drag is no click
}

void TestIcicle::shiftDragZoomsToTheArea()
{
    TreePicture picture("icicle");
    const QRectF load = picture.view->placeOf(picture.node("load"));
    const double y = load.center().y();
    QTest::mousePress(picture.view.get(), Qt::LeftButton, Qt::ShiftModifier, QPoint(int(load.left()), int(y)));
    QMouseEvent move(QEvent::MouseMove, QPointF(load.right(), y), picture.view->mapToGlobal(QPointF(load.right(), y)),
                     Qt::NoButton, Qt::LeftButton, Qt::ShiftModifier);
    QApplication::sendEvent(picture.view.get(), &move);
    QTest::mouseRelease(picture.view.get(), Qt::LeftButton, Qt::ShiftModifier, QPoint(int(load.right()), int(y)));
    picture.settle();
    QVERIFY(picture.view->placeOf(picture.node("load")).width() > 950);
}

void TestIcicle::keyboardOnly()
{
    TreePicture picture("icicle");
    picture.press(Qt::Key_Down); // shows where one is
    picture.press(Qt::Key_Down);
    QVERIFY(picture.state().selected == picture.frame("main"));
    picture.press(Qt::Key_Down); // the largest callee
    QVERIFY(picture.state().selected == picture.frame("render"));
    picture.press(Qt::Key_Right);
    QVERIFY(picture.state().selected == picture.frame("export"));
    picture.press(Qt::Key_End);
    QVERIFY(picture.state().selected == picture.frame("load"));
    picture.press(Qt::Key_Home);
    QVERIFY(picture.state().selected == picture.frame("render"));
    picture.press(Qt::Key_Return);
    QCOMPARE(picture.state().zoomRoot.value, picture.node("render").value);
    picture.press(Qt::Key_Up);
    QVERIFY(picture.state().selected == picture.frame("main"));
    picture.press(Qt::Key_Backspace);
    QCOMPARE(picture.state().zoomRoot.value, picture.node("main").value);
    const double width = picture.view->placeOf(picture.node("render")).width();
    picture.press(Qt::Key_W);
    QVERIFY(picture.view->placeOf(picture.node("main")).width() > width);
}

void TestIcicle::stepsThroughPlaces()
{
    TreePicture picture("icicle");
    const NodeId first = picture.node("total");
    const NodeId second = picture.node("total", picture.node("export"));
    picture.context.select(picture.frame("total"), first);
    picture.press(Qt::Key_Period);
    QCOMPARE(picture.state().selectedNode.value, second.value);
    picture.press(Qt::Key_Period);
    QCOMPARE(picture.state().selectedNode.value, first.value);
    picture.press(Qt::Key_Comma);
    QCOMPARE(picture.state().selectedNode.value, second.value);
}

void TestIcicle::hoverTells()
{
    TreePicture picture("icicle");
    QSignalSpy described(picture.view.get(), &View::described);
    QTest::mouseMove(picture.view.get(), picture.middle(picture.node("dumps")));
    QTRY_VERIFY(!described.isEmpty());
    const QString text = described.last().first().toString();
    QVERIFY2(text.startsWith(QLatin1String("dumps")) && text.contains(QLatin1String("35")), qPrintable(text));
    QVERIFY(!picture.state().selected);
}

void TestIcicle::searchDims()
{
    TreePicture picture("icicle");
    const QColor plain = picture.fillOf(picture.node("load"));
    picture.context.search(QStringLiteral("render"));
    const QColor dimmed = picture.fillOf(picture.node("load"));
    QVERIFY(dimmed != plain);
    QVERIFY(dimmed.lightness() > plain.lightness()); // towards the ground
    QCOMPARE(picture.fillOf(picture.node("render")), Theme::light().match.fill);
    picture.context.search({});
    QCOMPARE(picture.fillOf(picture.node("load")), plain);
}

void TestIcicle::selectionIsOutlined()
{
    TreePicture picture("icicle");
    picture.context.select(picture.frame("total"));
    for (const NodeId place : {picture.node("total"), picture.node("total", picture.node("export"))}) {
        const QRectF box = picture.view->placeOf(place);
        QCOMPARE(picture.colorAt(QPoint(int(box.center().x()), int(box.top()))), Theme::light().selection.outline);
    }
}

void TestIcicle::clickOnModuleSearches()
{
    TreePicture picture("icicle");
    QTest::mouseClick(picture.view.get(), Qt::LeftButton, {}, QPoint(30, 490));
    QVERIFY(!picture.state().search.isEmpty());
    QTest::mouseClick(picture.view.get(), Qt::LeftButton, {}, QPoint(30, 490));
    QVERIFY(picture.state().search.isEmpty());
}

void TestIcicle::flameStandsOnItsRoot()
{
    TreePicture picture("icicle");
    QVERIFY(picture.view->placeOf(picture.node("main")).top() < picture.view->placeOf(picture.node("render")).top());
    for (QToolButton* button : picture.view->optionsWidget()->findChildren<QToolButton*>()) {
        for (QAction* action : button->menu()->actions()) {
            if (action->text().contains(QLatin1String("flame")))
                action->trigger();
        }
    }
    QVERIFY(picture.view->placeOf(picture.node("main")).top() > picture.view->placeOf(picture.node("render")).top());
    picture.click(picture.node("export"));
    QCOMPARE(picture.state().zoomRoot.value, picture.node("export").value);
    picture.press(Qt::Key_Up); // callees stand above
    QVERIFY(picture.state().selected == picture.frame("dumps"));
}

void TestIcicle::scrollsDeepTrees()
{
    std::string stack = "f0";
    for (int i = 1; i < 300; ++i)
        stack += ";f" + std::to_string(i);
    TreePicture picture("icicle", test::analysisOf(test::fromStacks(stack + " 1\n")));
    QVERIFY(picture.view->placeOf(picture.node("f200")).isEmpty());
    const QPointF at(500, 100);
    QWheelEvent down(at, picture.view->mapToGlobal(at), {}, {0, -120 * 60}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(picture.view.get(), &down);
    QVERIFY(!picture.view->placeOf(picture.node("f185")).isEmpty());
    picture.context.zoomTo(picture.node("f290"));
    picture.settle();
    QVERIFY(!picture.view->placeOf(picture.node("f290")).isEmpty());
    picture.view->focusNode(picture.node("f20"));
    picture.settle();
    QVERIFY(!picture.view->placeOf(picture.node("f20")).isEmpty());
}

void TestIcicle::contextMenu()
{
    TreePicture picture("icicle");
    QSignalSpy asked(picture.view.get(), &View::contextMenuRequested);
    const QPoint at = picture.middle(picture.node("load"));
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, picture.view->mapToGlobal(at));
    QApplication::sendEvent(picture.view.get(), &event);
    QCOMPARE(asked.size(), 1);
    QVERIFY(asked.first().at(1).value<NodeId>() == picture.node("load"));
}

void TestIcicle::anotherTreeOfTheSameProfileKeepsTheZoom()
{
    TreePicture picture("icicle");
    picture.context.zoomTo(picture.node("export"));
    picture.settle();
    auto same = std::make_shared<Analysis>(*picture.context.analysis());
    picture.context.replaceAnalysis(same, picture.state());
    QVERIFY(picture.view->placeOf(picture.node("export")).width() > 960);
}

void TestIcicle::largeTreesArriveLater()
{
    TreePicture picture("icicle");
    QByteArray stacks;
    for (int i = 0; i < 120'000; ++i)
        stacks += "main;f" + QByteArray::number(i % 600) + ";g" + QByteArray::number(i) + " 1\n";
    picture.context.setAnalysis(
        test::analysisOf(test::fromStacks(std::string_view(stacks.constData(), std::size_t(stacks.size())))));
    picture.view->grab(); // paints while there is no layout
    QTRY_VERIFY(picture.context.treeLayout());
    QVERIFY(picture.view->placeOf(picture.node("main")).width() > 960);
}

void TestIcicle::saysWhyItIsEmpty()
{
    TreePicture picture("icicle", test::analysisOf(test::fromStacks("a 0\n")));
    QVERIFY(picture.view->hint().isEmpty());
    const QImage zero = picture.view->grab().toImage();
    QImage blank(zero.size(), zero.format());
    blank.fill(Theme::light().surface.panel);
    QVERIFY(zero != blank); // a sentence
    picture.press(Qt::Key_Down);
    QTest::mouseClick(picture.view.get(), Qt::LeftButton, {}, QPoint(100, 100));
    picture.view->zoomIn();
    picture.view->fit();
    QVERIFY(!picture.state().selected);
    picture.context.setAnalysis({});
    picture.view->grab();
}

void TestIcicle::exportsWhatItShows()
{
    TreePicture picture("icicle");
    picture.context.zoomTo(picture.node("export"));
    QImage image(800, 300, QImage::Format_RGB32);
    QPainter painter(&image);
    picture.view->paintPicture(painter, image.size());
    painter.end();
    QCOMPARE(image.pixelColor(2, 2), Theme::light().surface.panel);
    QVERIFY(image.pixelColor(400, 100) != Theme::light().surface.panel);
}

void TestIcicle::speaks()
{
    QAccessible::setActive(true);
    TreePicture picture("icicle");
    QAccessibleInterface* const tree = QAccessible::queryAccessibleInterface(picture.view.get());
    QVERIFY(tree);
    QCOMPARE(tree->role(), QAccessible::Tree);
    QAccessibleInterface* const main = tree->child(0)->child(0);
    QVERIFY(main);
    QCOMPARE(main->role(), QAccessible::TreeItem);
    QCOMPARE(main->text(QAccessible::Name), QStringLiteral("main, test.py line 1"));
    QCOMPARE(main->text(QAccessible::Description),
             QStringLiteral("total 100 samples, 100.0 percent; self 0; level 1, child 1 of 1, 3 children; my code"));
    QCOMPARE(main->childCount(), 3);
    QVERIFY(main->parent() == tree->child(0));
    QCOMPARE(main->indexOfChild(main->child(2)), 2);
    picture.press(Qt::Key_Down);
    picture.press(Qt::Key_Down);
    QVERIFY(tree->focusChild() == main);
    QVERIFY(main->state().focused && main->state().selected);
    QVERIFY(QRect(picture.view->mapToGlobal(QPoint()), picture.view->size()).contains(main->rect()));
    picture.context.setAnalysis(test::analysisOf(test::fromStacks("other 1\n"))); // the items of the old tree are gone
    QCOMPARE(tree->child(0)->child(0)->text(QAccessible::Name), QStringLiteral("other, test.py line 1"));
}

QTEST_MAIN(TestIcicle)
#include "tst_icicle.moc"
