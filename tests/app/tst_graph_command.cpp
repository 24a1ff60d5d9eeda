// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial graph` as users run it: the program, its files, its messages and its exit status, without a display.
#include "tests/support/files.h"

#include <QImage>
#include <QJsonArray>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace sundial;

namespace
{

const QString kProfile = QStringLiteral(SUNDIAL_FIXTURES "/pstats/kitchen-py311.prof");

struct Run {
    int status = -1;
    QByteArray out, err;
};

Run graph(const QStringList& arguments, const QProcessEnvironment& environment = QProcessEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment.isEmpty() ? QProcessEnvironment::systemEnvironment() : environment);
    process.start(QStringLiteral(SUNDIAL_PROGRAM), QStringList{QStringLiteral("graph")} + arguments);
    process.waitForFinished(60'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The text of an SVG; fails the test if it is not well-formed.
QString svgText(const QByteArray& svg)
{
    QXmlStreamReader xml(svg);
    QString text;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::Characters)
            text += xml.text().toString() + u' ';
    }
    return xml.hasError() ? QStringLiteral("broken: ") + xml.errorString() : text;
}

} // namespace

class TestGraphCommand : public QObject
{
    Q_OBJECT

private slots:
    void png();
    void svg();
    void svgHasTooltips();
    void pdf();
    void dotHasGprof2dotsGraph();
    void dotOnStandardOutput();
    void namesAreEscaped();
    void rootNarrows();
    void needsNoDisplay();
    void errors_data();
    void errors();
    void failureLeavesTheOldFile();

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    QTemporaryDir m_folder;
};

void TestGraphCommand::png()
{
    const Run run = graph({kProfile, QStringLiteral("-o"), path("a.png")});
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.status, 0);
    const QImage natural(path("a.png"));
    QVERIFY(natural.width() > 700 && natural.height() > 200);
    QCOMPARE(graph({kProfile, QStringLiteral("-o"), path("b.png"), QStringLiteral("--width"), QStringLiteral("500"),
                    QStringLiteral("--theme"), QStringLiteral("dark")})
                 .status,
             0);
    const QImage small(path("b.png"));
    QCOMPARE(small.width(), 500);
    QVERIFY(small.pixelColor(1, 1).lightness() < 64 && natural.pixelColor(1, 1).lightness() > 192);
}

void TestGraphCommand::svg()
{
    QCOMPARE(graph({kProfile, QStringLiteral("-o"), path("a.svg")}).status, 0);
    const QString text = svgText(contents(path("a.svg")));
    QVERIFY2(text.contains(QLatin1String("run_until_complete")), qPrintable(text.left(300)));
    QVERIFY2(text.contains(QLatin1String("% of self")), "says what is left out");
}

/// A browser tells of each box and each line what they stand for.
void TestGraphCommand::svgHasTooltips()
{
    const QStringList few{kProfile,
                          QStringLiteral("-n"),
                          QStringLiteral("5"),
                          QStringLiteral("-e"),
                          QStringLiteral("2"),
                          QStringLiteral("-o")};
    QCOMPARE(graph(few + QStringList{path("tips.svg")}).status, 0);
    QCOMPARE(graph(few + QStringList{path("tips.dot")}).status, 0);
    const QByteArray svg = contents(path("tips.svg")), dot = contents(path("tips.dot"));
    const auto nodes = dot.count("fillcolor="), edges = dot.count(" -> ");
    QVERIFY(nodes > 5 && edges > 5);
    QCOMPARE(svg.count("<title>"), 1 + nodes + edges); // the document's own
    QCOMPARE(svg.count(" → "), edges + 1);             // the scale of the legend
    QVERIFY2(svg.contains("<title>builtins_mix  app/kitchen.py:104\n"), svg.left(4000).constData());
}

void TestGraphCommand::pdf()
{
    QCOMPARE(graph({kProfile, QStringLiteral("-o"), path("a.PDF")}).status, 0);
    const QByteArray bytes = contents(path("a.PDF"));
    QVERIFY(bytes.startsWith("%PDF-") && bytes.trimmed().endsWith("%%EOF"));
    QCOMPARE(bytes.count("/Type /Page\n"), 1);
}

void TestGraphCommand::dotHasGprof2dotsGraph()
{
    QCOMPARE(graph({kProfile, QStringLiteral("-o"), path("a.dot")}).status, 0);
    const QString dot = QString::fromUtf8(contents(path("a.dot")));
    const QJsonObject expected = test::readFixtureJson(QStringLiteral("pstats/kitchen-py311.prof.expected.json"))
                                     .value(QStringLiteral("gprof2dot"))
                                     .toObject();
    const QJsonArray nodes = expected.value(QStringLiteral("nodes")).toArray();
    QCOMPARE(dot.count(QLatin1String("fillcolor=")), nodes.size());
    QCOMPARE(dot.count(QLatin1String(" -> ")), expected.value(QStringLiteral("edges")).toArray().size());
    for (const QJsonValue& node : nodes) {
        const QString label = node[QStringLiteral("label")].toString().replace(u'\n', QLatin1String("\\n"));
        QVERIFY2(dot.contains(QStringLiteral("label=\"%1\"").arg(label)), qPrintable(label));
    }
}

void TestGraphCommand::dotOnStandardOutput()
{
    const Run run = graph({kProfile, QStringLiteral("-o"), QStringLiteral("-"), QStringLiteral("-n"),
                           QStringLiteral("5"), QStringLiteral("-e"), QStringLiteral("2")});
    QCOMPARE(run.status, 0);
    QVERIFY(run.out.startsWith("digraph {") && run.out.endsWith("}\n"));
    const Run all = graph({kProfile, QStringLiteral("-o"), QStringLiteral("-")});
    QVERIFY(run.out.size() < all.out.size());
}

void TestGraphCommand::namesAreEscaped()
{
    // A name with everything that SVG and DOT could trip over, and a file name that ends up in the title.
    const QString profile = path("<a & b>.folded");
    QFile file(profile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("main;a\"b\\c<d>&e' 3\nmain;plain 1\n");
    file.close();
    QCOMPARE(graph({profile, QStringLiteral("-o"), path("e.svg")}).status, 0);
    const QString text = svgText(contents(path("e.svg")));
    QVERIFY2(text.contains(QLatin1String("a\"b\\c<d>&e'")), qPrintable(text));
    QVERIFY2(text.contains(QLatin1String("<a & b>.folded")), qPrintable(text));
    const Run dot = graph({profile, QStringLiteral("-o"), QStringLiteral("-")});
    QVERIFY2(dot.out.contains(R"(:0:a\"b\\c<d>&e'\n75.00%)"), dot.out.constData());
}

void TestGraphCommand::rootNarrows()
{
    const auto nodes = [&](const QStringList& options) {
        return graph(QStringList{kProfile, QStringLiteral("-o"), QStringLiteral("-")} + options)
            .out.count("fillcolor=");
    };
    const auto all = nodes({});
    const auto below = nodes({QStringLiteral("--root"), QStringLiteral("run_until_complete")});
    QVERIFY(below > 1 && below < all);
    QCOMPARE(nodes({QStringLiteral("--root"), QStringLiteral("run_until_complete"), QStringLiteral("--depth"),
                    QStringLiteral("0")}),
             1);
    QCOMPARE(nodes({QStringLiteral("--max-nodes"), QStringLiteral("7")}), 7);
}

void TestGraphCommand::needsNoDisplay()
{
    QProcessEnvironment bare;
    bare.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    bare.insert(QStringLiteral("SUNDIAL_LAYOUT_HELPER"), QStringLiteral(SUNDIAL_LAYOUT_HELPER));
    bare.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    const Run run = graph({kProfile, QStringLiteral("-o"), path("d.png")}, bare);
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.status, 0);
}

void TestGraphCommand::errors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    const QString o = QStringLiteral("-o");
    QTest::newRow("no output") << QStringList{kProfile} << 2 << "--output is required";
    QTest::newRow("unknown extension") << QStringList{kProfile, o, path("a.bmp")} << 2 << "must end in .png";
    QTest::newRow("unknown function") << QStringList{kProfile, o, path("a.png"), QStringLiteral("-z"),
                                                     QStringLiteral("absent")}
                                      << 2 << "no function is called 'absent'";
    QTest::newRow("missing file") << QStringList{QStringLiteral("/absent.prof"), o, path("a.png")} << 3
                                  << "/absent.prof";
    QTest::newRow("nothing left") << QStringList{kProfile, o, path("a.png"), QStringLiteral("-n"),
                                                 QStringLiteral("100.5")}
                                  << 3 << "No function is left";
    QTest::newRow("folder that is not there")
        << QStringList{kProfile, o, QStringLiteral("/absent/a.png")} << 4 << "/absent/a.png";
}

void TestGraphCommand::errors()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const Run run = graph(arguments);
    QTEST(run.status, "status");
    QVERIFY2(QString::fromUtf8(run.err).contains(says), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
    QCOMPARE(run.out, QByteArray());
}

void TestGraphCommand::failureLeavesTheOldFile()
{
    QFile old(path("old.png"));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SUNDIAL_LAYOUT_HELPER"), QStringLiteral("/bin/false"));
    const Run run = graph({kProfile, QStringLiteral("-o"), path("old.png")}, environment);
    QCOMPARE(run.status, 4);
    QVERIFY2(run.err.contains("layout helper"), run.err.constData());
    QCOMPARE(contents(path("old.png")), QByteArray("old"));
}

QTEST_GUILESS_MAIN(TestGraphCommand)
#include "tst_graph_command.moc"
