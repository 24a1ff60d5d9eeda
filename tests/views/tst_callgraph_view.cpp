// SPDX-License-Identifier: GPL-3.0-or-later
// The call graph with mouse and keyboard: selecting, narrowing, searching, panning; and when the helper fails.
#include "tests/support/generate.h"
#include "views/callgraph_view.h"

#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <memory>

using namespace sundial;

namespace
{

constexpr const char* kStacks = "main;load;parse 20\nmain;load;parse;convert 10\nmain;report;render 40\n"
                                "main;report;render;escape 15\nmain;report;total 10\nmain;tiny 1\n";

AnalysisPtr analysisOf(const char* stacks)
{
    Progress progress;
    auto profile = std::make_shared<const Profile>(test::fromStacks(stacks));
    Result<AnalysisPtr> analysis = analyse(profile, MetricId{0}, progress);
    if (!analysis)
        qFatal("no analysis");
    return *analysis;
}

} // namespace

class TestCallGraphView : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void showsAllFunctions();
    void clickSelects();
    void clickBesideDeselects();
    void doubleClickNarrows();
    void selectionFromElsewhere();
    void findInGraph();
    void searchMarksMatches();
    void keyboard_data();
    void keyboard();
    void enterAndBackspace();
    void wheelZoomsAboutPointer();
    void dragPans();
    void cannotBeLost();
    void startUsesTheWidth();
    void budgetAndPill();
    void otherProfileStartsAnew();
    void helperFails();
    void stop();
    void exported();

private:
    FrameId frame(const char* name) const;
    QPoint centerOf(const char* name) const { return m_view->placeOf(frame(name)).center().toPoint(); }
    QStringList shown() const;
    void showView();

    std::unique_ptr<ViewContext> m_context;
    std::unique_ptr<CallGraphView> m_view;
    QByteArray m_helper;
};

void TestCallGraphView::initTestCase()
{
    installApplicationFont();
    m_helper = qgetenv("SUNDIAL_LAYOUT_HELPER");
    if (m_helper.isEmpty())
        m_helper = SUNDIAL_LAYOUT_HELPER;
}

void TestCallGraphView::init()
{
    qputenv("SUNDIAL_LAYOUT_HELPER", m_helper);
    m_context = std::make_unique<ViewContext>();
    m_context->setAnalysis(analysisOf(kStacks));
    showView();
}

void TestCallGraphView::showView()
{
    m_view = std::make_unique<CallGraphView>(m_context.get(), nullptr);
    m_view->resize(900, 600);
    m_view->show();
    QTRY_VERIFY(!m_view->isBusy());
}

void TestCallGraphView::cleanup()
{
    m_view.reset();
    m_context.reset();
}

FrameId TestCallGraphView::frame(const char* name) const
{
    const FrameTable& frames = m_context->analysis()->frames();
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        if (frames.name(FrameId{f}) == name)
            return {f};
    }
    return {};
}

QStringList TestCallGraphView::shown() const
{
    QStringList names;
    if (!m_view->picture())
        return names;
    for (const QStringList& lines : m_view->picture()->names)
        names << lines.join(u' ');
    names.sort();
    return names;
}

void TestCallGraphView::showsAllFunctions()
{
    QCOMPARE(shown(), QStringList({"convert", "escape", "load", "main", "parse", "render", "report", "tiny", "total"}));
    QVERIFY(m_view->placeOf(frame("main")).top() < m_view->placeOf(frame("load")).top());
    QVERIFY(!m_view->showsTree());
}

void TestCallGraphView::clickSelects()
{
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, centerOf("render"));
    QCOMPARE(m_context->state().selected, frame("render"));
    // The outline is drawn around the box.
    const QRectF box = m_view->placeOf(frame("render"));
    const QImage image = m_view->grab().toImage();
    QCOMPARE(image.pixelColor(int(box.center().x()), int(box.top()) - 2).name(),
             m_context->theme().selection.outline.name());
}

void TestCallGraphView::clickBesideDeselects()
{
    m_context->select(frame("render"));
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {3, m_view->height() / 2});
    QVERIFY(!m_context->state().selected);
}

void TestCallGraphView::doubleClickNarrows()
{
    QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, centerOf("report"));
    QTRY_VERIFY(!m_view->isBusy());
    QCOMPARE(shown(), QStringList({"escape", "render", "report", "total"}));
    QVERIFY(m_view->hint().contains(QLatin1String("Backspace")));
    m_view->goUp();
    QTRY_VERIFY(!m_view->isBusy());
    QCOMPARE(shown().size(), 9);
}

void TestCallGraphView::selectionFromElsewhere()
{
    m_view->zoomIn();
    m_view->zoomIn();
    m_view->zoomIn();
    m_context->select(frame("convert"));
    QVERIFY(m_view->rect().contains(centerOf("convert")));
}

void TestCallGraphView::findInGraph()
{
    m_view->setMaxNodes(3);
    QTRY_VERIFY(!m_view->isBusy());
    QVERIFY(m_view->placeOf(frame("tiny")).isEmpty());
    emit m_context->showInGraphRequested(frame("tiny"));
    QTRY_COMPARE(shown(), QStringList({"main", "tiny"}));
    QCOMPARE(m_context->state().selected, frame("tiny"));
}

void TestCallGraphView::searchMarksMatches()
{
    m_context->search(QStringLiteral("parse"));
    const QImage image = m_view->grab().toImage();
    const auto fill = [&](const char* name) {
        const QRectF box = m_view->placeOf(frame(name));
        return image.pixelColor(int(box.right()) - 4, int(box.top()) + 4);
    };
    QCOMPARE(fill("parse").name(), m_context->theme().match.fill.name());
    QVERIFY(fill("render") != m_context->theme().match.fill);
    // The next match by key, from one to the only other way round.
    m_context->search(QStringLiteral("re"));
    m_view->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_Period);
    const FrameId first = m_context->state().selected;
    QTest::keyClick(m_view.get(), Qt::Key_Period);
    QVERIFY(m_context->searchResult().contains(first) && !(m_context->state().selected == first));
}

void TestCallGraphView::keyboard_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<int>("key");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("heaviest callee") << QByteArray("main") << int(Qt::Key_Down) << QByteArray("report");
    QTest::newRow("caller") << QByteArray("parse") << int(Qt::Key_Up) << QByteArray("load");
    QTest::newRow("no caller") << QByteArray("main") << int(Qt::Key_Up) << QByteArray("main");
    QTest::newRow("no callee") << QByteArray("tiny") << int(Qt::Key_Down) << QByteArray("tiny");
    QTest::newRow("first key, nothing selected") << QByteArray() << int(Qt::Key_Down) << QByteArray("main");
}

void TestCallGraphView::keyboard()
{
    QFETCH(QByteArray, from);
    QFETCH(int, key);
    QFETCH(QByteArray, to);
    m_context->select(frame(from.constData()));
    m_view->setFocus();
    QSignalSpy described(m_view.get(), &View::described);
    QTest::keyClick(m_view.get(), Qt::Key(key));
    QCOMPARE(m_context->state().selected, frame(to.constData()));
    if (from != to)
        QVERIFY(described.last().first().toString().startsWith(QString::fromUtf8(to)));
}

void TestCallGraphView::enterAndBackspace()
{
    m_context->select(frame("load"));
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QTRY_COMPARE(shown(), QStringList({"convert", "load", "parse"}));
    QTest::keyClick(m_view.get(), Qt::Key_Backspace);
    QTRY_COMPARE(shown().size(), 9);
}

void TestCallGraphView::wheelZoomsAboutPointer()
{
    const QPointF at = m_view->placeOf(frame("render")).center();
    const double width = m_view->placeOf(frame("render")).width();
    QWheelEvent wheel(at, m_view->mapToGlobal(at), {}, {0, 240}, {}, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_view.get(), &wheel);
    const QRectF box = m_view->placeOf(frame("render"));
    QVERIFY(box.width() > 1.3 * width);
    QVERIFY((box.center() - at).manhattanLength() < 1);
    m_view->fit();
    QVERIFY(qAbs(m_view->placeOf(frame("render")).width() - width) < 0.01);
}

void TestCallGraphView::dragPans()
{
    const QPoint from = centerOf("render");
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, from);
    QTest::mouseMove(m_view.get(), from + QPoint(40, 30));
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, from + QPoint(40, 30));
    QVERIFY((centerOf("render") - from - QPoint(40, 30)).manhattanLength() <= 1);
    QVERIFY(!m_context->state().selected); // a drag is no click
}

void TestCallGraphView::cannotBeLost()
{
    for (int i = 0; i < 100; ++i)
        QTest::keyClick(m_view.get(), Qt::Key_D);
    const QRectF all = m_view->placeOf(frame("main")).united(m_view->placeOf(frame("tiny")));
    QVERIFY(all.intersects(QRectF(m_view->rect())));
}

void TestCallGraphView::startUsesTheWidth()
{
    const QRectF area(0, 0, 120, 40);
    GraphViewport viewport;
    viewport.center({90, 0}, {60, 0}); // the top box in the middle leaves room at the right and none at the left
    viewport.fillWidth({0, 0, 100, 50}, area);
    QCOMPARE(viewport.toWidget(QPointF(0, 0)).x(), 10.0);
    viewport.center({190, 0}, {60, 0});
    viewport.fillWidth({0, 0, 200, 50}, area);
    QCOMPARE(viewport.toWidget(QPointF(200, 0)).x(), 120.0);
    viewport.center({10, 0}, {60, 0});
    viewport.fillWidth({0, 0, 200, 50}, area);
    QCOMPARE(viewport.toWidget(QPointF(0, 0)).x(), 0.0);
    viewport.center({100, 0}, {60, 0}); // cut off on both sides: as it is
    viewport.fillWidth({0, 0, 200, 50}, area);
    QCOMPARE(viewport.toWidget(QPointF(100, 0)).x(), 60.0);
}

void TestCallGraphView::budgetAndPill()
{
    const auto* const button = m_view->optionsWidget()->findChild<QToolButton*>();
    QCOMPARE(button->text(), QStringLiteral("Nodes: 9"));
    m_view->setMaxNodes(4);
    QTRY_COMPARE(button->text(), QStringLiteral("Nodes: 4"));
    m_view->grab(); // the pill is where it was painted
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {m_view->width() - 40, m_view->height() - 14});
    QTRY_COMPARE(button->text(), QStringLiteral("Nodes: 8"));
}

void TestCallGraphView::otherProfileStartsAnew()
{
    m_view->narrowToCallees(frame("report"));
    m_context->setAnalysis(analysisOf("a;b 1\n"));
    QTRY_COMPARE(shown(), QStringList({"a", "b"}));
    m_context->setAnalysis(nullptr);
    QVERIFY(!m_view->isBusy());
    m_view->grab();
}

void TestCallGraphView::helperFails()
{
    qputenv("SUNDIAL_LAYOUT_HELPER", "/bin/false");
    showView();
    QVERIFY(!m_view->picture());
    m_view->grab(); // says so instead of a graph
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QTest::mouseClick(m_view.get(), Qt::LeftButton);
}

void TestCallGraphView::stop()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("helper"));
    QFile script(path);
    QVERIFY(script.open(QIODevice::WriteOnly) && script.write("#!/bin/sh\nexec sleep 60\n") > 0);
    QVERIFY(script.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    script.close();
    qputenv("SUNDIAL_LAYOUT_HELPER", path.toLocal8Bit());
    m_view = std::make_unique<CallGraphView>(m_context.get(), nullptr);
    m_view->resize(900, 600);
    m_view->show();
    QTest::qWait(300);
    QVERIFY(m_view->isBusy());
    m_view->grab(); // the note with Stop is there after 200 ms
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {m_view->width() - 30, 20});
    QVERIFY(!m_view->isBusy());
}

void TestCallGraphView::exported()
{
    QImage image(800, 500, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    m_view->paintPicture(painter, image.size());
    painter.end();
    QCOMPARE(image.pixelColor(2, 2).name(), m_context->theme().surface.panel.name());
    int inked = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            inked += image.pixelColor(x, y) != m_context->theme().surface.panel;
    }
    QVERIFY(inked > 10'000);
}

QTEST_MAIN(TestCallGraphView)
#include "tst_callgraph_view.moc"
