// SPDX-License-Identifier: GPL-3.0-or-later
// From the path in a profile to a place on this machine, and which functions begin in which line there.
#include "model/path_map.h"
#include "model/source_marks.h"
#include "tests/support/generate.h"

#include <QTest>

#include <set>

using namespace sundial;

class TestPathMap : public QObject
{
    Q_OBJECT

private slots:
    void candidates_data();
    void candidates();
    void replaces();
    void mappingInto_data();
    void mappingInto();
    void missingFolder_data();
    void missingFolder();
    void marks();
    void marksWithoutLines();
};

void TestPathMap::candidates_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArrayList>("places");
    QTest::newRow("not mapped") << QByteArray("/srv/a.py") << QByteArrayList{"/srv/a.py"};
    QTest::newRow("mapped") << QByteArray("/app/shop/a.py") << QByteArrayList{"/home/me/shop/a.py", "/app/shop/a.py"};
    QTest::newRow("nearest folder first")
        << QByteArray("/app/lib/a.py") << QByteArrayList{"/opt/lib/a.py", "/home/me/lib/a.py", "/app/lib/a.py"};
    QTest::newRow("other folder, same beginning") << QByteArray("/apple/a.py") << QByteArrayList{"/apple/a.py"};
    QTest::newRow("relative") << QByteArray("tests/a.py") << QByteArrayList{"/home/me/checkout/tests/a.py"};
    QTest::newRow("Windows") << QByteArray("C:\\work\\shop\\a.py")
                             << QByteArrayList{"/home/me/shop/a.py", "C:/work/shop/a.py"};
    QTest::newRow("\\ in a name") << QByteArray("/srv/a\\b.py") << QByteArrayList{"/srv/a\\b.py"};
    QTest::newRow("nothing") << QByteArray() << QByteArrayList{"/home/me/checkout/"};
}

void TestPathMap::candidates()
{
    QFETCH(QByteArray, file);
    PathMap map;
    map.add({"/app", "/home/me"});
    map.add({"/app/lib", "/opt/lib"});
    map.add({"C:\\work", "/home/me"});
    map.add({"", "/home/me/checkout/"});
    QByteArrayList places;
    for (const std::string& place : map.candidates(file.toStdString()))
        places << QByteArray::fromStdString(place);
    QTEST(places, "places");
}

void TestPathMap::replaces()
{
    PathMap map;
    map.add({"/app", "/old"});
    map.add({"/app", "/new"});
    QCOMPARE(map.mappings(), (std::vector<PathMapping>{{"/app", "/new"}}));
}

void TestPathMap::mappingInto_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<QByteArray>("from"); // "none" if it is not found
    QTest::newRow("its project") << QByteArray("/app/shop/report.py") << QByteArray("/home/me") << QByteArray("/app");
    QTest::newRow("its own folder") << QByteArray("/app/shop/report.py") << QByteArray("/home/me/shop")
                                    << QByteArray("/app/shop");
    QTest::newRow("a whole root") << QByteArray("/shop/report.py") << QByteArray("/home/me") << QByteArray("/");
    QTest::newRow("relative") << QByteArray("shop/report.py") << QByteArray("/home/me") << QByteArray("");
    QTest::newRow("Windows") << QByteArray("D:\\w\\shop\\report.py") << QByteArray("/home/me/") << QByteArray("D:/w");
    QTest::newRow("not there") << QByteArray("/app/shop/other.py") << QByteArray("/home/me") << QByteArray("none");
}

void TestPathMap::mappingInto()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, folder);
    QFETCH(QByteArray, from);
    const std::string here = "/home/me/shop/report.py";
    const std::optional<PathMapping> mapping = sundial::mappingInto(
        file.toStdString(), folder.toStdString(), [&here](const std::string& path) { return path == here; });
    QCOMPARE(mapping ? QByteArray::fromStdString(mapping->from) : QByteArray("none"), from);
    if (!mapping)
        return;
    PathMap map;
    map.add(*mapping);
    QCOMPARE(map.candidates(file.toStdString()).front(), here);
}

void TestPathMap::missingFolder_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("folder");
    QTest::newRow("container") << QByteArray("/app/shop/report.py") << QByteArray("/app");
    QTest::newRow("part is here") << QByteArray("/home/you/shop/a.py") << QByteArray("/home/you");
    QTest::newRow("only the file is gone") << QByteArray("/home/me/a.py") << QByteArray("/home/me");
    QTest::newRow("relative") << QByteArray("shop/report.py") << QByteArray("shop");
    QTest::newRow("Windows") << QByteArray("C:\\work\\shop\\a.py") << QByteArray("C:/work");
    QTest::newRow("name alone") << QByteArray("report.py") << QByteArray("");
}

void TestPathMap::missingFolder()
{
    QFETCH(QByteArray, file);
    const std::set<std::string> here{"/home", "/home/me"};
    const auto isFolder = [&here](const std::string& path) { return here.count(path) > 0; };
    QTEST(QByteArray::fromStdString(sundial::missingFolder(file.toStdString(), isFolder)), "folder");
}

namespace
{

struct Function {
    const char* name;
    const char* file;
    std::uint32_t line;
    double weight;
};

/// "line: a b" of each mark, of functions that are called one beside the other.
QStringList marksOf(std::initializer_list<Function> functions, std::string_view text)
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    for (const Function& f : functions)
        builder.addSample(builder.child(0, builder.internFrame(f.name, f.file, f.line)), f.weight);
    Progress progress;
    const AnalysisPtr analysis =
        *analyse(std::make_shared<const Profile>(std::move(builder).build()), MetricId{0}, progress);
    QStringList lines;
    for (const SourceMark& mark : sourceMarks(*analysis, FrameId{0}, text)) {
        QString names;
        for (const FrameId f : mark.functions)
            names += u' ' + QString::fromStdString(std::string(analysis->frames().name(f)));
        lines << QString::number(mark.line) + u':' + names;
    }
    return lines;
}

} // namespace

void TestPathMap::marks()
{
    QCOMPARE(
        marksOf({{"main", "a.py", 9, 1}, {"<genexpr>", "a.py", 3, 1}, {"load", "a.py", 3, 2}, {"x", "b.py", 4, 1}}, {}),
        (QStringList{"3: load <genexpr>", "9: main"}));
}

void TestPathMap::marksWithoutLines()
{
    constexpr std::string_view kText = "def main():\n    pass\nclass A:\n    async def load(self): pass\n"
                                       "    def twice(self): pass\nclass B:\n    def twice(self): pass\n# def gone\n";
    QCOMPARE(
        marksOf({{"main", "a.py", 0, 1}, {"A.load", "a.py", 0, 1}, {"twice", "a.py", 0, 1}, {"gone", "a.py", 0, 1}},
                kText),
        (QStringList{"1: main", "4: A.load"}));
}

QTEST_GUILESS_MAIN(TestPathMap)
#include "tst_path_map.moc"
