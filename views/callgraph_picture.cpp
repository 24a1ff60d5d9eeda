// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/callgraph_picture.h"

#include "model/frame_name.h"
#include "model/graph_names.h"
#include "views/number_text.h"
#include "views/text_fit.h"
#include "views/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace sundial
{

namespace
{

constexpr double kWidestName = 210;
constexpr double kNarrowestBox = 112;
constexpr double kPadding = 12;
constexpr std::size_t kLargestCluster = 12;
constexpr std::size_t kMostNodesWithClusters = 100;
constexpr double kLeastLabelShare = 0.01;

/// Breaks a name after spaces, dots and underscores into lines of at most `width`; a part that is longer is shortened.
QStringList wrapped(const QString& name, const QFontMetricsF& metrics, double width)
{
    QStringList lines{QString()};
    qsizetype begin = 0;
    while (begin < name.size()) {
        qsizetype end = begin;
        while (end < name.size() && name[end] != u' ' && name[end] != u'.' && name[end] != u'_' && name[end] != u':')
            ++end;
        end = std::min(end + 1, name.size()); // the break stays at the end of its line
        const QString part = name.mid(begin, end - begin);
        if (!lines.back().isEmpty() && metrics.horizontalAdvance(lines.back() + part) > width)
            lines.append(QString());
        lines.back() += part;
        begin = end;
    }
    for (QString& line : lines)
        line = elideMiddle(line.trimmed(), metrics, width);
    return lines;
}

QPointF pointAt(const std::vector<QPointF>& path, double t)
{
    const std::size_t pieces = (path.size() - 1) / 3;
    const double scaledT = std::clamp(t, 0.0, 1.0) * double(pieces);
    const std::size_t piece = std::min(std::size_t(scaledT), pieces - 1);
    const double u = scaledT - double(piece);
    const double v = 1 - u;
    const QPointF* p = &path[piece * 3];
    return v * v * v * p[0] + 3 * v * v * u * p[1] + 3 * v * u * u * p[2] + u * u * u * p[3];
}

/// Boxes in a grid of cells, so that a question looks at the neighbours only.
class TakenSpace
{
public:
    explicit TakenSpace(const QSizeF& size)
        : m_columns(std::max(1, int(size.width() / kCell) + 1)), m_rows(std::max(1, int(size.height() / kCell) + 1)),
          m_cells(std::size_t(m_columns) * std::size_t(m_rows))
    {
    }

    void add(const QRectF& box)
    {
        forCells(box, [&](std::vector<QRectF>& cell) { cell.push_back(box); });
    }

    bool isFree(const QRectF& box)
    {
        bool free = true;
        forCells(box, [&](std::vector<QRectF>& cell) {
            free = free && std::none_of(cell.begin(), cell.end(), [&](const QRectF& b) { return b.intersects(box); });
        });
        return free;
    }

private:
    static constexpr double kCell = 128;
    template <class Fn> void forCells(const QRectF& box, Fn&& fn)
    {
        const auto column = [&](double x) { return std::clamp(int(x / kCell), 0, m_columns - 1); };
        const auto row = [&](double y) { return std::clamp(int(y / kCell), 0, m_rows - 1); };
        for (int r = row(box.top()); r <= row(box.bottom()); ++r) {
            for (int c = column(box.left()); c <= column(box.right()); ++c)
                fn(m_cells[std::size_t(r) * std::size_t(m_columns) + std::size_t(c)]);
        }
    }

    int m_columns, m_rows;
    std::vector<std::vector<QRectF>> m_cells;
};

void placeLabels(CallGraphPicture& picture)
{
    const PrunedGraph& graph = picture.graph;
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
        // An edge that carries all of its callee's total would only repeat the number in the box. Of changes it may
        // carry more than all, where another edge changed the other way.
        const GraphEdge& edge = graph.edges[e];
        const double callee = graph.nodes[edge.callee].total;
        if (edge.total >= kLeastLabelShare && (edge.total < 0.98 * callee || edge.total > 1.02 * callee) &&
            picture.layout.edges[e].size() > 1)
            candidates.push_back(e);
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return graph.edges[a].total > graph.edges[b].total; });

    TakenSpace taken(picture.layout.size);
    for (const QRectF& node : picture.layout.nodes)
        taken.add(node);
    const QFontMetricsF metrics(graphFigureFont());
    for (const std::uint32_t e : candidates) {
        // ↻: inside a recursion, where totals overlap and do not add up to the callee's.
        const QString text = (graph.edgesEstimated ? QStringLiteral("≈ ") : QString()) + picture.edgeFigures[e] +
                             (graph.edges[e].recursive ? QStringLiteral(" ↻") : QString());
        QRectF box(0, 0, metrics.horizontalAdvance(text) + scaledF(6), metrics.height());
        for (const double t : {0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8}) {
            box.moveCenter(pointAt(picture.layout.edges[e], t));
            if (taken.isFree(box)) {
                taken.add(box);
                picture.labels.push_back({e, text, box});
                break;
            }
        }
    }
}

/// "−30.2 ms"; an arrow's width tells a size, and only the text a direction.
QString edgeChangeText(const CompareAnalysis& info, EdgeId edge)
{
    return displayText(comparedDelta(*info.comparison, info.edgeDelta[edge.value], localeStyle()));
}

/// A helper's empty path becomes a straight one, so that no edge is lost.
void fillMissingPath(std::vector<QPointF>& path, const QRectF& from, const QRectF& to)
{
    if (path.size() > 1)
        return;
    const QPointF begin(from.center().x(), from.bottom());
    const QPointF end(to.center().x(), to.top());
    path = {begin, begin + (end - begin) / 3, begin + (end - begin) * 2 / 3, end};
}

} // namespace

QFont graphNameFont()
{
    return uiFont(12, QFont::DemiBold);
}

QFont graphFigureFont()
{
    return uiFont(11);
}

double edgeWidth(double share)
{
    return scaledF(0.9 + 3.3 * share);
}

QLineF arrowOf(const std::vector<QPointF>& path, double width)
{
    if (path.size() < 2)
        return {};
    const QPointF tip = path.back();
    // The last control point may coincide with the tip.
    QLineF back(tip, path[path.size() - 2]);
    if (back.length() < 0.5)
        back = QLineF(tip, path.front());
    if (back.length() < 0.5)
        return {tip, tip};
    back.setLength(scaledF(6) + 1.3 * width);
    return {back.p2(), tip};
}

CallGraphPicture describeGraph(PrunedGraph graph, const FrameTable& frames, const GraphTextOptions& options)
{
    CallGraphPicture picture;
    picture.graph = std::move(graph);
    const QFontMetricsF metrics(graphNameFont());
    const QString self = QCoreApplication::translate("CallGraph", "self");
    const std::vector<std::string> names = graphNames(picture.graph, frames, options.strip);
    for (std::size_t n = 0; n < names.size(); ++n) {
        const QString name = displayText(names[n]);
        picture.names.push_back(options.wrap ? wrapped(name, metrics, scaledF(kWidestName))
                                             : QStringList(elideMiddle(name, metrics, scaledF(kWidestName))));
        const GraphNode& node = picture.graph.nodes[n];
        picture.titles.push_back(name + QStringLiteral("  ") + displayText(shortLocation(frames, node.frame)));
        const auto figure = [&](Weight weight) {
            if (!options.comparison)
                return percentText(weight == Weight::Self ? node.self : node.total);
            const Comparison& sides = *options.comparison->comparison;
            return displayText(comparedDelta(
                sides, weight == Weight::Self ? sides.deltaSelf(node.frame) : sides.deltaTotal(node.frame),
                localeStyle()));
        };
        picture.figures.push_back(figure(Weight::Total) + QStringLiteral("   ") + self + u' ' + figure(Weight::Self));
    }
    for (const GraphEdge& edge : picture.graph.edges)
        picture.edgeFigures.push_back(options.comparison ? edgeChangeText(*options.comparison, edge.edge)
                                                         : percentText(edge.total));
    return picture;
}

GraphLayoutRequest layoutRequest(const CallGraphPicture& picture)
{
    const QFontMetricsF nameMetrics(graphNameFont());
    const QFontMetricsF figureMetrics(graphFigureFont());
    GraphLayoutRequest request;
    request.rankSeparation = scaledF(22);
    request.nodeSeparation = scaledF(14);
    for (std::size_t n = 0; n < picture.names.size(); ++n) {
        double width = figureMetrics.horizontalAdvance(picture.figures[n]);
        for (const QString& line : picture.names[n])
            width = std::max(width, nameMetrics.horizontalAdvance(line));
        const double height = nameMetrics.height() * double(picture.names[n].size()) + figureMetrics.height();
        request.nodeSizes.emplace_back(std::max(scaledF(kNarrowestBox), std::ceil(width + scaledF(2 * kPadding))),
                                       std::ceil(height + scaledF(6)));
    }
    for (const GraphEdge& edge : picture.graph.edges)
        request.edges.push_back({edge.caller, edge.callee, 1 + int(std::lround(edge.total * 50)), edge.back});
    for (const auto& cluster : picture.graph.clusters) {
        if (cluster.size() <= kLargestCluster && picture.names.size() <= kMostNodesWithClusters)
            request.clusters.push_back(cluster);
    }
    return request;
}

void takeLayout(CallGraphPicture& picture, GraphLayout layout)
{
    picture.layout = std::move(layout);
    picture.labels.clear();
    picture.edgeBounds.clear();
    picture.bounds = QRectF(QPointF(), picture.layout.size);
    for (std::size_t e = 0; e < picture.graph.edges.size(); ++e) {
        const GraphEdge& edge = picture.graph.edges[e];
        std::vector<QPointF>& path = picture.layout.edges[e];
        fillMissingPath(path, picture.layout.nodes[edge.caller], picture.layout.nodes[edge.callee]);
        QRectF box(path.front(), path.front());
        for (const QPointF& point : path) {
            box.setLeft(std::min(box.left(), point.x()));
            box.setRight(std::max(box.right(), point.x()));
            box.setTop(std::min(box.top(), point.y()));
            box.setBottom(std::max(box.bottom(), point.y()));
        }
        const double margin = scaledF(8);
        picture.edgeBounds.push_back(box.adjusted(-margin, -margin, margin, margin));
        picture.bounds = picture.bounds.united(picture.edgeBounds.back());
    }
    placeLabels(picture);
    for (const EdgeLabel& label : picture.labels)
        picture.bounds = picture.bounds.united(label.box);
}

} // namespace sundial
