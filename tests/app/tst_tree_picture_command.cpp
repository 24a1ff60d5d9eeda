// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial flame` and `sundial sunburst` as users run them: the program, its files, its messages and its exit status,
// without a display.
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace
{

const QString kArcs = QStringLiteral(SUNDIAL_FIXTURES "/pstats/kitchen-py311.prof");

struct Run {
    int status = -1;
    QByteArray out, err;
};

Run sundial(const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SUNDIAL_PROGRAM), arguments);
    process.waitForFinished(60'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What stands in all `elements` of an SVG; "broken: …" if it is not well-formed.
QString svgText(const QByteArray& svg, const char* elements = "text")
{
    QXmlStreamReader xml(svg);
    QString text;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String(elements))
            text += xml.readElementText() + u' ';
    }
    return xml.hasError() ? QStringLiteral("broken: ") + xml.errorString() : text;
}

} // namespace

class TestTreePictureCommand : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void formats_data();
    void formats();
    void sizeAndTheme();
    void depth();
    void root();
    void inverted();
    void timeOrder();
    void boxesHaveTooltips_data();
    void boxesHaveTooltips();
    void namesAreEscaped();
    void errors_data();
    void errors();

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    void write(const char* name, const QByteArray& text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    /// What the flame of `file` says, row after row.
    QString flameText(const QStringList& arguments) const
    {
        const Run run =
            sundial(QStringList{QStringLiteral("flame"), QStringLiteral("-o"), path("text.svg")} + arguments);
        return run.status == 0 ? svgText(contents(path("text.svg"))) : QString::fromUtf8(run.err);
    }
    QTemporaryDir m_folder;
};

void TestTreePictureCommand::initTestCase()
{
    // With files: without them each function would be a module of the legend.
    write("stacks.folded", "main (/app/shop/main.py:1);render (/app/shop/main.py:9);total (/app/shop/sum.py:1) 30\n"
                           "main (/app/shop/main.py:1);export (/app/shop/main.py:20);dumps (/app/shop/json.py:1);"
                           "total (/app/shop/sum.py:1) 20\n"
                           "main (/app/shop/main.py:1);load (/app/shop/main.py:30) 50\n");
}

void TestTreePictureCommand::formats_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("magic");
    for (const char* command : {"flame", "sunburst"}) {
        for (const auto& [ending, magic] :
             {std::pair("png", "\x89PNG"), std::pair("svg", "<?xml"), std::pair("pdf", "%PDF")})
            QTest::addRow("%s to %s", command, ending)
                << QString::fromLatin1(command) << QStringLiteral("a.") + QLatin1String(ending) << QByteArray(magic);
    }
}

void TestTreePictureCommand::formats()
{
    QFETCH(QString, command);
    QFETCH(QString, file);
    QFETCH(QByteArray, magic);
    const QString output = m_folder.filePath(file);
    const Run run = sundial({command, kArcs, QStringLiteral("-o"), output, QStringLiteral("--quiet")});
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.status, 0);
    QCOMPARE(run.out, QByteArray());
    QVERIFY(contents(output).startsWith(magic));
    QVERIFY(contents(output).size() > 2000);
}

void TestTreePictureCommand::sizeAndTheme()
{
    for (const char* command : {"flame", "sunburst"}) {
        const Run run = sundial({QString::fromLatin1(command), kArcs, QStringLiteral("-o"), path("dark.png"),
                                 QStringLiteral("--size"), QStringLiteral("640x480"), QStringLiteral("--theme"),
                                 QStringLiteral("dark"), QStringLiteral("--quiet")});
        QCOMPARE(run.status, 0);
        const QImage image(path("dark.png"));
        QCOMPARE(image.size(), QSize(640, 480));
        QVERIFY(image.pixelColor(2, 2).lightness() < 60);
    }
}

void TestTreePictureCommand::depth()
{
    QVERIFY(flameText({path("stacks.folded")}).contains(QLatin1String("dumps")));
    const QString shallow = flameText({path("stacks.folded"), QStringLiteral("--depth"), QStringLiteral("2")});
    QVERIFY(shallow.contains(QLatin1String("export")) && !shallow.contains(QLatin1String("dumps")));
    QVERIFY2(shallow.contains(QLatin1String("2 levels below")), qPrintable(shallow));
}

void TestTreePictureCommand::root()
{
    // Both places of total together.
    const QString text = flameText({path("stacks.folded"), QStringLiteral("--root"), QStringLiteral("total")});
    QVERIFY2(text.contains(QLatin1String("50.0")), qPrintable(text));
    QVERIFY(!text.contains(QLatin1String("render")));
}

void TestTreePictureCommand::inverted()
{
    const QString text = flameText({path("stacks.folded"), QStringLiteral("--inverted")});
    QVERIFY2(text.indexOf(QLatin1String("total")) < text.indexOf(QLatin1String("render")), qPrintable(text));
    QVERIFY(text.indexOf(QLatin1String("render")) < text.lastIndexOf(QLatin1String("main")));
}

void TestTreePictureCommand::boxesHaveTooltips_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("flame") << QStringLiteral("flame");
    QTest::newRow("sunburst") << QStringLiteral("sunburst");
}

/// A browser tells of each box what its name, cut or left out, does not.
void TestTreePictureCommand::boxesHaveTooltips()
{
    QFETCH(QString, command);
    QCOMPARE(sundial({command, path("stacks.folded"), QStringLiteral("-o"), path("tips.svg")}).status, 0);
    const QString tips = svgText(contents(path("tips.svg")), "title").simplified();
    QVERIFY2(tips.startsWith(QLatin1String("stacks.folded ")), qPrintable(tips)); // the document's own
    for (const char* const tip : {"render shop/main.py 30 samples · 30.0 %", "dumps shop/json.py 20 samples · 20.0 %"})
        QVERIFY2(tips.contains(QString::fromUtf8(tip)), qPrintable(tips));
    QCOMPARE(tips.count(QStringLiteral("total shop/sum.py")), 2);
}

void TestTreePictureCommand::timeOrder()
{
    write("time.speedscope.json",
          R"({"$schema": "https://www.speedscope.app/file-format-schema.json",
              "shared": {"frames": [{"name": "first"}, {"name": "second"}]},
              "profiles": [{"type": "sampled", "name": "p", "unit": "seconds", "startValue": 0, "endValue": 4,
                            "samples": [[0], [1], [0]], "weights": [1, 1, 2]}]})");
    const QString merged = flameText({path("time.speedscope.json")});
    QCOMPARE(merged.count(QLatin1String("75.0")), 1);
    const QString inTime = flameText({path("time.speedscope.json"), QStringLiteral("--time-order")});
    QVERIFY2(inTime.contains(QLatin1String("2.00 s")) && inTime.count(QLatin1String("1.00 s")) == 2,
             qPrintable(inTime));
}

void TestTreePictureCommand::namesAreEscaped()
{
    write("hostile.folded", "<script>alert(1)</script>;a&b\x01\xff 5\n");
    const QString text = flameText({path("hostile.folded")});
    QVERIFY2(text.contains(QLatin1String("<script>alert(1)</script>")), qPrintable(text));
    QVERIFY(text.contains(QLatin1String("a&b")));
}

void TestTreePictureCommand::errors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    const QString stacks = path("stacks.folded");
    const QString out = path("e.png");
    const auto row = [](const char* name, const QStringList& arguments, int status, const char* says) {
        QTest::newRow(name) << arguments << status << QString::fromLatin1(says);
    };
    row("other ending", {stacks, QStringLiteral("-o"), path("a.gif")}, 2, ".png, .svg or .pdf");
    row("no such function", {stacks, QStringLiteral("-o"), out, QStringLiteral("--root"), QStringLiteral("nobody")}, 2,
        "no function is called 'nobody'");
    row("bad size", {stacks, QStringLiteral("-o"), out, QStringLiteral("--size"), QStringLiteral("9")}, 2, "1600x900");
    row("no time", {stacks, QStringLiteral("-o"), out, QStringLiteral("--time-order")}, 2, "--time-order");
    row("a guess upside down", {kArcs, QStringLiteral("-o"), out, QStringLiteral("--inverted")}, 3, "sundial callers");
    row("no file", {path("missing"), QStringLiteral("-o"), out}, 3, "missing");
    row("no such folder", {stacks, QStringLiteral("-o"), path("no/where.png")}, 4, "where.png");
}

void TestTreePictureCommand::errors()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, says);
    const Run run = sundial(QStringList{QStringLiteral("flame")} + arguments);
    QCOMPARE(run.status, status);
    QVERIFY2(QString::fromUtf8(run.err).contains(says), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
    QVERIFY(!QFile::exists(path("e.png")));
}

QTEST_GUILESS_MAIN(TestTreePictureCommand)
#include "tst_tree_picture_command.moc"
