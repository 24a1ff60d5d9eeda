// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial diff … -o`: pictures of a comparison as users get them, without a display.
#include "tests/support/cli.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace sundial::test;

class TestDiffPictureCommand : public QObject
{
    Q_OBJECT

private slots:
    void formats_data();
    void formats();
    void flameTellsBothSides();
    void sets();
    void errors_data();
    void errors();

private:
    Finished diff(const QStringList& arguments) const
    {
        return runSundial(QStringList{"diff"} + arguments, QStringLiteral("compare/verdicts/nplus1"));
    }
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QByteArray written(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QTemporaryDir m_folder;
};

void TestDiffPictureCommand::formats_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("magic");
    for (const char* view : {"flame", "sunburst", "graph", "waterfall"}) {
        for (const auto& [ending, magic] :
             {std::pair("png", "\x89PNG"), std::pair("svg", "<?xml"), std::pair("pdf", "%PDF")})
            QTest::addRow("%s to %s", view, ending)
                << QString::fromLatin1(view) << QStringLiteral("a.") + QLatin1String(ending) << QByteArray(magic);
    }
}

void TestDiffPictureCommand::formats()
{
    QFETCH(QString, view);
    QFETCH(QString, file);
    QFETCH(QByteArray, magic);
    const Finished run = diff({"before-1.prof", "after-1.prof", "-o", path(file), "--view", view, "--quiet"});
    QCOMPARE(run.err, QString());
    QCOMPARE(run.status, 0);
    QCOMPARE(run.out, QString());
    QVERIFY(written(file).startsWith(magic));
}

void TestDiffPictureCommand::flameTellsBothSides()
{
    const Finished run = diff({"before-1.prof", "after-1.prof", "-o", path("a.svg"), "--quiet"});
    QCOMPARE(run.status, 0);
    const QString svg = QString::fromUtf8(written("a.svg"));
    for (const char* text : {"Before", "After", "before-1.prof", "after-1.prof"})
        QVERIFY2(svg.contains(QLatin1String(text)), text);
}

void TestDiffPictureCommand::sets()
{
    const Finished run = diff({"--before", "before-1.prof", "before-2.prof", "--after", "after-1.prof", "after-2.prof",
                               "-o", path("sets.png"), "--size", "900x500", "--theme", "dark", "--quiet"});
    QCOMPARE(run.err, QString());
    QCOMPARE(run.status, 0);
    const QImage image = QImage::fromData(written("sets.png"));
    QCOMPARE(image.size(), QSize(900, 500));
    QVERIFY(image.pixelColor(899, 499).lightness() < 80);
}

void TestDiffPictureCommand::errors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("ending") << QStringList{"-o", "a.jpg"} << "must end in";
    QTest::newRow("size") << QStringList{"-o", "a.png", "--size", "big"} << "--size wants";
    QTest::newRow("view") << QStringList{"-o", "a.png", "--view", "pie"} << "--view";
    QTest::newRow("view without file") << QStringList{"--view", "graph"} << "--output";
    QTest::newRow("lane") << QStringList{"-o", "a.png", "--lane", "0"} << "--lane";
}

void TestDiffPictureCommand::errors()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const Finished run = diff(QStringList{"before-1.prof", "after-1.prof"} + arguments);
    QCOMPARE(run.status, 2);
    QVERIFY2(run.err.contains(says), qPrintable(run.err));
}

QTEST_MAIN(TestDiffPictureCommand)
#include "tst_diff_picture_command.moc"
