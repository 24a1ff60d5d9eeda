// SPDX-License-Identifier: GPL-3.0-or-later
// Names in the boxes of a call graph: short, and different where the functions are.
#include "model/graph_names.h"

#include <QTest>

using namespace sundial;

class TestGraphNames : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void stripped_data();
    void stripped();
};

void TestGraphNames::names_data()
{
    using Places = QList<QPair<QByteArray, QPair<QByteArray, int>>>; // name, file, line
    QTest::addColumn<Places>("frames");
    QTest::addColumn<QByteArrayList>("expected");
    QTest::newRow("different") << Places{{"main", {"/a/b.py", 1}}, {"f", {"/a/b.py", 9}}}
                               << QByteArrayList{"main", "f"};
    QTest::newRow("by module") << Places{{"load", {"/a/config.py", 1}}, {"load", {"/a/store.py", 9}}, {"g", {"", 0}}}
                               << QByteArrayList{"config.load", "store.load", "g"};
    QTest::newRow("packages") << Places{{"load", {"/a/json/__init__.py", 1}}, {"load", {"C:\\a\\yaml\\__init__.py", 9}}}
                              << QByteArrayList{"json.load", "yaml.load"};
    QTest::newRow("frozen") << Places{{"f", {"<frozen importlib._bootstrap>", 1}}, {"f", {"<frozen os>", 9}}}
                            << QByteArrayList{"_bootstrap.f", "os.f"};
    QTest::newRow("by line") << Places{{"<lambda>", {"/a/b.py", 3}}, {"<lambda>", {"/a/b.py", 7}}}
                             << QByteArrayList{"b.<lambda>:3", "b.<lambda>:7"};
    QTest::newRow("no place") << Places{{"f", {"", 0}}, {"f", {"/a/b.py", 7}}} << QByteArrayList{"f", "b.f"};
    QTest::newRow("hidden file") << Places{{"f", {"/a/.rc", 1}}, {"f", {"/a/b", 2}}} << QByteArrayList{".rc.f", "b.f"};
}

void TestGraphNames::names()
{
    using Places = QList<QPair<QByteArray, QPair<QByteArray, int>>>;
    QFETCH(Places, frames);
    FrameTable table;
    PrunedGraph graph;
    for (const auto& [name, place] : frames) {
        const StringId nameId = table.strings().intern(name.toStdString());
        const StringId fileId = table.strings().intern(place.first.toStdString());
        graph.nodes.push_back({table.append({nameId, fileId, std::uint32_t(place.second)})});
    }
    QByteArrayList names;
    for (const std::string& name : graphNames(graph, table))
        names << QByteArray::fromStdString(name);
    QTEST(names, "expected");
}

void TestGraphNames::stripped_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("parameters") << QByteArray("f(int, std::pair<a, b>)") << QByteArray("f");
    QTest::newRow("const") << QByteArray("A::f() const") << QByteArray("A::f");
    QTest::newRow("nested templates") << QByteArray("map<int, vector<pair<a, b> > >::at") << QByteArray("map::at");
    QTest::newRow("nothing would be left") << QByteArray("<module>") << QByteArray("<module>");
    QTest::newRow("unmatched") << QByteArray("operator<") << QByteArray("operator<");
    QTest::newRow("deep") << QByteArray("f") + QByteArray(100'000, '(') + QByteArray(100'000, ')') << QByteArray("f");
}

void TestGraphNames::stripped()
{
    QFETCH(QByteArray, name);
    QTEST(QByteArray::fromStdString(strippedName(name.toStdString())), "expected");
}

QTEST_APPLESS_MAIN(TestGraphNames)
#include "tst_graph_names.moc"
