// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up programs with planted changes, as tests/bench/gen writes them: `sundial diff` finds every planted function
// with the numbers that the generator counted itself, in arcs, stacks and samples.
#include "tests/support/cli.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace sundial::test;

class TestPlantedPairs : public QObject
{
    Q_OBJECT

private slots:
    void everyChangeIsFound_data();
    void everyChangeIsFound();
};

namespace
{

QJsonObject readJson(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

bool isClose(double x, double y)
{
    return std::abs(x - y) <= 1e-6 * std::max({std::abs(x), std::abs(y), 1.0});
}

/// What a function is known by. Collapsed stacks name lines that ran, not those of definitions, and cut their paths.
QString placeOf(const QJsonObject& function, bool tellsLines)
{
    const QString file = function["file"].toString(), name = function["name"].toString();
    return tellsLines ? file + u':' + QString::number(function["line"].toInt()) + u'(' + name + u')'
                      : file.section(u'/', -1) + u'(' + name + u')';
}

/// Without lines, functions of one name in one file are one.
bool isMerged(const QJsonObject& function)
{
    const QString name = function["name"].toString();
    return name.startsWith(u'<') || name.startsWith(QStringLiteral("__"));
}

QHash<QString, QJsonObject> rowsByPlace(const QJsonObject& diff, bool tellsLines)
{
    QHash<QString, QJsonObject> rows;
    for (const QJsonValue& value : diff["rows"].toArray()) {
        const QJsonObject row = value.toObject();
        rows[placeOf(row[row["before"].isNull() ? "after" : "before"].toObject(), tellsLines)] = row;
    }
    return rows;
}

} // namespace

void TestPlantedPairs::everyChangeIsFound_data()
{
    QTest::addColumn<QString>("generator");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("size");
    QTest::addColumn<bool>("tellsLines");
    QTest::addColumn<double>("perUnit"); // of the expected numbers, in the file's unit
    QTest::newRow("arcs") << "gen_pstats.py"
                          << "p.prof" << QStringList{"--functions", "300"} << true << 1e-6;
    QTest::newRow("stacks") << "gen_collapsed.py"
                            << "c.collapsed.txt" << QStringList{"--lines", "2000"} << false << 1.0;
    QTest::newRow("samples") << "gen_speedscope.py"
                             << "s.speedscope.json" << QStringList{"--samples", "10000"} << true << 1.0;
}

void TestPlantedPairs::everyChangeIsFound()
{
    QFETCH(QString, generator);
    QFETCH(QString, file);
    QFETCH(QStringList, size);
    QFETCH(bool, tellsLines);
    QFETCH(double, perUnit);
    const QTemporaryDir folder;
    const QString before = folder.filePath(file);
    const QString stem = before.left(before.indexOf(u'.', before.lastIndexOf(u'/')));
    const QString after = stem + QStringLiteral("-after") + before.mid(stem.size());
    QProcess python;
    python.start(QStringLiteral("python3"),
                 QStringList{QStringLiteral(SUNDIAL_GENERATORS "/") + generator, before, "--pair"} + size);
    QVERIFY2(python.waitForFinished(120'000) && python.exitCode() == 0, python.readAllStandardError().constData());

    const QJsonObject expected = readJson(stem + QStringLiteral(".expected-diff.json"));
    QVERIFY(!expected.isEmpty());
    const Finished run = runSundial({"diff", before, after, "--json", "-n", "0"});
    QVERIFY2(run.status == 0, qPrintable(run.err));
    const QJsonObject diff = run.json(), total = diff["total"].toObject();
    QVERIFY(isClose(total["before"].toDouble(), expected["total_before"].toDouble() * perUnit));
    QVERIFY(isClose(total["after"].toDouble(), expected["total_after"].toDouble() * perUnit));

    const QHash<QString, QJsonObject> rows = rowsByPlace(diff, tellsLines);
    double sum = 0;
    for (const QJsonObject& row : rows)
        sum += row["after"].toObject()["self"].toDouble() - row["before"].toObject()["self"].toDouble();
    QVERIFY(isClose(sum, total["delta"].toDouble()));
    for (const char* list : {"top_self_delta", "top_total_delta"}) {
        const QJsonArray functions = expected[list].toArray();
        QVERIFY(!functions.isEmpty());
        for (const QJsonValue& value : functions) {
            const QJsonObject function = value.toObject();
            if (!tellsLines && isMerged(function))
                continue;
            const QString place = placeOf(function, tellsLines);
            QVERIFY2(rows.contains(place), qPrintable(place));
            const QJsonObject row = rows[place];
            for (const QString& side : {QStringLiteral("before"), QStringLiteral("after")}) {
                for (const QString& weight : {QStringLiteral("self"), QStringLiteral("total")}) {
                    const double has = row[side].toObject()[weight].toDouble();
                    const double wants = function[weight + u'_' + side].toDouble() * perUnit;
                    QVERIFY2(isClose(has, wants),
                             qPrintable(
                                 QStringLiteral("%1 %2 %3: %4, not %5").arg(place, weight, side).arg(has).arg(wants)));
                }
            }
        }
    }
    const QJsonObject planted = expected["planted"].toObject();
    const std::pair<QLatin1String, QLatin1String> matches[]{{QLatin1String("added"), QLatin1String("new")},
                                                            {QLatin1String("removed"), QLatin1String("removed")},
                                                            {QLatin1String("slower"), QLatin1String("exact")},
                                                            {QLatin1String("faster"), QLatin1String("exact")}};
    for (const auto& [what, match] : matches) {
        const QJsonObject function = planted[what].toObject();
        if (tellsLines || !isMerged(function))
            QCOMPARE(rows[placeOf(function, tellsLines)]["match"].toString(), match);
    }
    // The verdict speaks of what was planted, where so few samples tell it from chance.
    const QJsonObject verdict = diff["verdict"].toObject();
    const QString text = verdict["text"].toString();
    const QString slower = planted["slower"].toObject()["name"].toString();
    QVERIFY2(verdict["kind"].toString() == QStringLiteral("unchanged") || text.contains(slower) ||
                 text.contains(planted["faster"].toObject()["name"].toString()),
             qPrintable(text));
}

QTEST_GUILESS_MAIN(TestPlantedPairs)
#include "tst_planted_pairs.moc"
