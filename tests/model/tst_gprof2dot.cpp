// SPDX-License-Identifier: GPL-3.0-or-later
// The pruned graph against what gprof2dot 2025.4.14 printed for the same pstats files and the same options: nodes,
// edges, percentages and calls (the members `gprof2dot` of tests/fixtures/pstats/*.expected.json).
#include "model/graph_prune.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

#include <cstdio>

using namespace sundial;
using namespace sundial::test;

namespace
{

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString percent(double share)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2f%%", 100 * share);
    return QLatin1String(buffer);
}

QString times(std::int64_t calls)
{
    return QString::number(calls) + QChar(0xd7);
}

Profile load(const QString& name)
{
    // gprof2dot shows the rows as they stand; by default we merge the lines of a sampled file into functions.
    const QByteArray bytes = readFixture("pstats/" + name);
    Progress progress;
    Result<Profile> profile = parseAny({viewOf(bytes), "unknown"}, {.byLine = true}, progress);
    if (!profile)
        qFatal("%s: %s", qPrintable(name), profile.error().message.c_str());
    return std::move(*profile);
}

/// The file's gprof2dot member, and the labels behind its node numbers.
struct Expected {
    explicit Expected(const QString& name)
        : member(readFixtureJson("pstats/" + name + ".expected.json")[QStringLiteral("gprof2dot")].toObject())
    {
        for (const QJsonValue& value : member.value(QStringLiteral("nodes")).toArray())
            labelOf[value[QStringLiteral("id")].toInt()] =
                value[QStringLiteral("label")].toString().section(u'\n', 0, 0);
    }
    QJsonObject member;
    QMap<int, QString> labelOf;
};

/// What follows the label in a description.
const QRegularExpression kFigures(QStringLiteral("\n.*"), QRegularExpression::DotMatchesEverythingOption);

/// "label, total, self, calls" of every node, sorted.
QStringList describeNodes(const PrunedGraph& pruned, const Profile& profile)
{
    // yappi writes the two counts the wrong way round. We put them right, gprof2dot prints the one that it finds.
    const FunctionTable& table = profile.arcs.functions();
    const std::vector<std::int64_t>& calls = profile.producer.starts_with("yappi") ? table.primitiveCalls : table.calls;
    QStringList lines;
    for (const GraphNode& node : pruned.nodes) {
        lines << QStringList{text(graphLabel(profile.frames, node.frame)), percent(node.total),
                             u'(' + percent(node.self) + u')', times(calls[node.frame.value])}
                     .join(u'\n');
    }
    lines.sort();
    return lines;
}

/// "caller > callee, total" of every edge, sorted.
QStringList describeEdges(const PrunedGraph& pruned, const Profile& profile)
{
    QStringList lines;
    for (const GraphEdge& edge : pruned.edges)
        lines << text(graphLabel(profile.frames, pruned.nodes[edge.caller].frame)) + QStringLiteral(" > ") +
                     text(graphLabel(profile.frames, pruned.nodes[edge.callee].frame)) + u'\n' + percent(edge.total);
    lines.sort();
    return lines;
}

QString firstDifference(const QStringList& ours, const QStringList& theirs)
{
    for (const QString& line : ours) {
        if (!theirs.contains(line))
            return QStringLiteral("gprof2dot has not: ") + line;
    }
    for (const QString& line : theirs) {
        if (!ours.contains(line))
            return QStringLiteral("gprof2dot alone has: ") + line;
    }
    return QStringLiteral("repeated lines differ in number");
}

PruneOptions usualOptions()
{
    return {.nodeThreshold = kUsualNodeThreshold, .edgeThreshold = kUsualEdgeThreshold};
}

/// Options as gprof2dot's command line has them: "-z NAME --depth 1".
PruneOptions parseOptions(const QString& line, const Profile& profile)
{
    PruneOptions options = usualOptions();
    // The pattern is the one argument with spaces in it.
    const QString pattern = line.mid(3).section(QStringLiteral(" --depth"), 0, 0);
    if (line.startsWith(QLatin1String("-z ")))
        options.roots = matchFunctions(profile.frames, pattern.toStdString());
    else if (line.startsWith(QLatin1String("-l ")))
        options.leaves = matchFunctions(profile.frames, pattern.toStdString());
    else if (line.startsWith(QLatin1String("-p ")))
        options.paths = {pattern.toStdString()};
    if (line.contains(QLatin1String("--depth ")))
        options.depth = line.section(QStringLiteral("--depth "), 1).toInt();
    if (line == QLatin1String("-n 5 -e 2")) {
        options.nodeThreshold = 0.05;
        options.edgeThreshold = 0.02;
    }
    return options;
}

} // namespace

class TestGprof2dot : public QObject
{
    Q_OBJECT

private slots:
    void usualThresholds_data();
    void usualThresholds();
    void withoutThresholds_data() { usualThresholds_data(); }
    void withoutThresholds();
    void variants_data();
    void variants();
    void edgesCountAllCalls();
};

void TestGprof2dot::usualThresholds_data()
{
    QTest::addColumn<QString>("file");
    for (QString name : fixtureNames(QStringLiteral("pstats"), {QStringLiteral("*.expected.json")})) {
        name.chop(qsizetype(sizeof ".expected.json") - 1);
        if (Expected(name).member.contains(QLatin1String("nodes")))
            QTest::addRow("%s", qPrintable(name)) << name;
    }
}

void TestGprof2dot::usualThresholds()
{
    QFETCH(QString, file);
    const Profile profile = load(file);
    const Expected expected(file);
    const PrunedGraph pruned = pruneGraph(profile.arcs, profile.frames, usualOptions());

    QStringList nodes, edges;
    for (const QJsonValue& value : expected.member[QStringLiteral("nodes")].toArray())
        nodes << value[QStringLiteral("label")].toString();
    for (const QJsonValue& value : expected.member[QStringLiteral("edges")].toArray())
        edges << expected.labelOf[value[QStringLiteral("from")].toInt()] + QStringLiteral(" > ") +
                     expected.labelOf[value[QStringLiteral("to")].toInt()] + u'\n' +
                     value[QStringLiteral("label")].toString().section(u'\n', 0, 0);
    nodes.sort();
    edges.sort();
    const QStringList ourNodes = describeNodes(pruned, profile);
    QVERIFY2(ourNodes == nodes, qPrintable(firstDifference(ourNodes, nodes)));
    const QStringList ourEdges = describeEdges(pruned, profile);
    QVERIFY2(ourEdges == edges, qPrintable(firstDifference(ourEdges, edges)));
}

void TestGprof2dot::withoutThresholds()
{
    QFETCH(QString, file);
    const Profile profile = load(file);
    const Expected expected(file);
    const PrunedGraph pruned = pruneGraph(profile.arcs, profile.frames, {});
    QCOMPARE(int(pruned.nodes.size()), expected.member[QStringLiteral("all_nodes")].toInt());
    QCOMPARE(int(pruned.edges.size()), expected.member[QStringLiteral("all_edges")].toInt());
    QCOMPARE(pruned.leftOut, 0u);
}

void TestGprof2dot::variants_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("options");
    for (QString name : fixtureNames(QStringLiteral("pstats"), {QStringLiteral("*.expected.json")})) {
        name.chop(qsizetype(sizeof ".expected.json") - 1);
        const QJsonObject variants = Expected(name).member[QStringLiteral("variants")].toObject();
        for (const QString& options : variants.keys()) {
            const bool prunes = options.startsWith(QLatin1String("-z")) || options.startsWith(QLatin1String("-l")) ||
                                options.startsWith(QLatin1String("-p")) || options.startsWith(QLatin1String("-n"));
            if (prunes)
                QTest::addRow("%s %s", qPrintable(name), qPrintable(options)) << name << options;
        }
    }
}

void TestGprof2dot::variants()
{
    QFETCH(QString, file);
    QFETCH(QString, options);
    const Profile profile = load(file);
    const Expected expected(file);
    const PrunedGraph pruned = pruneGraph(profile.arcs, profile.frames, parseOptions(options, profile));

    const QJsonObject variant = expected.member[QStringLiteral("variants")].toObject()[options].toObject();
    if (variant.contains(QLatin1String("error"))) // it found no such function above the threshold, and gave up
        return;
    QStringList nodes, edges;
    for (const QJsonValue& node : variant[QStringLiteral("nodes")].toArray())
        nodes << expected.labelOf[node.toInt()];
    for (const QJsonValue& edge : variant[QStringLiteral("edges")].toArray())
        edges << expected.labelOf[edge[0].toInt()] + QStringLiteral(" > ") + expected.labelOf[edge[1].toInt()];
    nodes.sort();
    edges.sort();
    QStringList ourNodes = describeNodes(pruned, profile).replaceInStrings(kFigures, QString());
    QStringList ourEdges = describeEdges(pruned, profile).replaceInStrings(kFigures, QString());
    ourNodes.sort();
    ourEdges.sort();
    QCOMPARE(ourNodes, nodes);
    QCOMPARE(ourEdges, edges);
}

/// gprof2dot reads the second number of a caller tuple, which is the count of primitive calls: of fib → fib it says 2×
/// where the file says that 24 calls were made. Sundial shows all calls.
void TestGprof2dot::edgesCountAllCalls()
{
    const Profile profile = load(QStringLiteral("tiny-integer-clock.prof"));
    const Expected expected(QStringLiteral("tiny-integer-clock.prof"));
    const QString theirs =
        expected.member[QStringLiteral("edges")].toArray()[0][QStringLiteral("label")].toString().section(u'\n', 1);
    const PrunedGraph pruned = pruneGraph(profile.arcs, profile.frames, {});
    QCOMPARE(pruned.edges.size(), 1u);
    const Edge& edge = profile.arcs.edge(pruned.edges[0].edge);
    QCOMPARE(edge.caller, edge.callee);
    QCOMPARE(times(edge.primitiveCalls), theirs);
    QVERIFY(edge.calls > edge.primitiveCalls);
    QCOMPARE(edge.calls, profile.arcs.functions().calls[edge.callee.value] -
                             profile.arcs.functions().primitiveCalls[edge.callee.value]);
}

QTEST_APPLESS_MAIN(TestGprof2dot)
#include "tst_gprof2dot.moc"
