// SPDX-License-Identifier: GPL-3.0-or-later
// Asking the helper for a layout, and what happens if it is missing, crashes, hangs or talks nonsense.
#include "views/layout/graph_layout.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sundial;

namespace
{

const QString kHelper = QStringLiteral(SUNDIAL_LAYOUT_HELPER);

/// main → a → b → a, b → c; a and b are a cycle.
GraphLayoutRequest smallGraph()
{
    GraphLayoutRequest request;
    request.nodeSizes = {{120, 34}, {130, 34}, {140, 34}, {150, 34}};
    request.edges = {{0, 1, 10, false}, {1, 2, 5, false}, {2, 1, 1, true}, {2, 3, 1, false}, {1, 1, 1, true}};
    request.clusters = {{1, 2}};
    return request;
}

} // namespace

class TestGraphLayout : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void layout();
    void callersStandAboveCallees();
    void emptyGraph();
    void manyNodes();
    void faults_data();
    void faults();
    void asynchronous();
    void stopKills();
    void startDropsTheOneBefore();
    void asynchronousFaults_data();
    void asynchronousFaults();

private:
    QString script(const QByteArray& body);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestGraphLayout::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

/// A helper that does something else.
QString TestGraphLayout::script(const QByteArray& body)
{
    const QString path = m_folder->filePath(QStringLiteral("helper"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + body + '\n') < 0 ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner))
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

void TestGraphLayout::layout()
{
    const GraphLayoutRequest request = smallGraph();
    const Result<GraphLayout> layout = layoutGraph(request, kHelper);
    QVERIFY2(layout, layout ? "" : layout.error().message.c_str());
    QCOMPARE(layout->nodes.size(), request.nodeSizes.size());
    QCOMPARE(layout->edges.size(), request.edges.size());
    QCOMPARE(layout->clusters.size(), request.clusters.size());
    const QRectF whole = QRectF(QPointF(), layout->size).adjusted(-1, -1, 1, 1);
    for (std::size_t i = 0; i < layout->nodes.size(); ++i) {
        QCOMPARE(layout->nodes[i].size(), request.nodeSizes[i]);
        QVERIFY(whole.contains(layout->nodes[i]));
        for (std::size_t k = 0; k < i; ++k)
            QVERIFY(!layout->nodes[i].intersects(layout->nodes[k]));
    }
    QVERIFY(layout->clusters[0].contains(layout->nodes[1]) && layout->clusters[0].contains(layout->nodes[2]));
    QVERIFY(!layout->clusters[0].intersects(layout->nodes[0]));
    for (std::size_t i = 0; i < request.edges.size(); ++i) {
        // Paths run in the edge's direction and end at the borders, back edges too.
        const auto& path = layout->edges[i];
        QCOMPARE(path.size() % 3, 1u);
        const auto touches = [&](std::uint32_t node, const QPointF& point) {
            return layout->nodes[node].adjusted(-3, -3, 3, 3).contains(point);
        };
        QVERIFY(touches(request.edges[i].from, path.front()));
        QVERIFY(touches(request.edges[i].to, path.back()));
    }
}

void TestGraphLayout::callersStandAboveCallees()
{
    const GraphLayoutRequest request = smallGraph();
    const Result<GraphLayout> layout = layoutGraph(request, kHelper);
    QVERIFY(layout);
    for (const GraphLayoutRequest::Edge& edge : request.edges) {
        if (edge.from != edge.to)
            QCOMPARE(layout->nodes[edge.from].y() > layout->nodes[edge.to].y(), edge.back);
    }
}

void TestGraphLayout::emptyGraph()
{
    const Result<GraphLayout> layout = layoutGraph({}, kHelper);
    QVERIFY(layout);
    QVERIFY(layout->nodes.empty());
}

void TestGraphLayout::manyNodes()
{
    GraphLayoutRequest request; // a binary tree
    request.nodeSizes.assign(500, {120, 34});
    for (std::uint32_t i = 1; i < 500; ++i)
        request.edges.push_back({(i - 1) / 2, i, 1, false});
    QVERIFY(layoutGraph(request, kHelper));
}

void TestGraphLayout::faults_data()
{
    QTest::addColumn<QByteArray>("body"); // empty: no such file
    QTest::addColumn<QString>("says");
    QTest::newRow("missing") << QByteArray() << "could not be started";
    QTest::newRow("crashes") << QByteArray("kill -SEGV $$") << "crashed";
    QTest::newRow("is killed") << QByteArray("kill -KILL $$") << "crashed";
    QTest::newRow("ends at once") << QByteArray("exit 0") << "no layout";
    QTest::newRow("gives up") << QByteArray("cat > /dev/null; echo 'out of ideas' >&2; exit 1") << "out of ideas";
    QTest::newRow("hangs") << QByteArray("exec sleep 60") << "took longer";
    QTest::newRow("hangs and reads nothing") << QByteArray("exec sleep 60 < /dev/null") << "took longer";
    QTest::newRow("text") << QByteArray("echo hello") << "no layout";
    QTest::newRow("another graph") << QByteArray("echo graph 10 10; echo end") << "no layout";
    QTest::newRow("not a number") << QByteArray("echo graph nan 10") << "no layout";
    QTest::newRow("a count beyond all bounds")
        << QByteArray("echo graph 1 1; for i in 1 2 3 4; do echo n 1 1; done; echo e 4000000000") << "no layout";
    QTest::newRow("cut short") << QByteArray("'" SUNDIAL_LAYOUT_HELPER "' | head -c 100") << "no layout";
}

void TestGraphLayout::faults()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, says);
    const QString helper = body.isEmpty() ? m_folder->filePath(QStringLiteral("absent")) : script(body);
    QElapsedTimer timer;
    timer.start();
    const Result<GraphLayout> layout = layoutGraph(smallGraph(), helper, 1000);
    QVERIFY(!layout);
    const QString message = QString::fromStdString(layout.error().message);
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY(message.endsWith(u'.') && !layout.error().cure.empty());
    QVERIFY(timer.elapsed() < 5000);
}

void TestGraphLayout::asynchronous()
{
    GraphLayouter layouter(kHelper);
    GraphLayout layout;
    connect(&layouter, &GraphLayouter::finished, this, [&](const GraphLayout& result) { layout = result; });
    layouter.start(smallGraph());
    QVERIFY(layouter.isRunning());
    QTRY_COMPARE(layout.nodes.size(), 4u);
    QVERIFY(!layouter.isRunning());
}

void TestGraphLayout::stopKills()
{
    GraphLayouter layouter(script("exec sleep 60"));
    QSignalSpy failed(&layouter, &GraphLayouter::failed);
    layouter.start(smallGraph());
    QTest::qWait(50);
    QElapsedTimer timer;
    timer.start();
    layouter.stop();
    QVERIFY(timer.elapsed() < 100); // what Cancel promises
    QVERIFY(!layouter.isRunning());
    QTest::qWait(50);
    QCOMPARE(failed.count(), 0);
}

void TestGraphLayout::startDropsTheOneBefore()
{
    GraphLayouter layouter(kHelper);
    int results = 0;
    connect(&layouter, &GraphLayouter::finished, this, [&](const GraphLayout& layout) {
        ++results;
        QCOMPARE(layout.nodes.size(), 4u);
    });
    layouter.start({});
    layouter.start(smallGraph());
    QTRY_COMPARE(results, 1);
    QTest::qWait(50);
    QCOMPARE(results, 1);
}

void TestGraphLayout::asynchronousFaults_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("says");
    QTest::newRow("missing") << QByteArray() << "could not be started";
    QTest::newRow("crashes") << QByteArray("kill -SEGV $$") << "crashed";
    QTest::newRow("text") << QByteArray("echo hello") << "no layout";
}

void TestGraphLayout::asynchronousFaults()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, says);
    GraphLayouter layouter(body.isEmpty() ? m_folder->filePath(QStringLiteral("absent")) : script(body));
    QString message;
    connect(&layouter, &GraphLayouter::failed, this,
            [&](const Error& error) { message = QString::fromStdString(error.message); });
    layouter.start(smallGraph());
    QTRY_VERIFY2(message.contains(says), qPrintable(message));
    QVERIFY(!layouter.isRunning());
}

QTEST_GUILESS_MAIN(TestGraphLayout)
#include "tst_graph_layout.moc"
