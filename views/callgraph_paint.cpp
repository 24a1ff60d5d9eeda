// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/callgraph_paint.h"

#include "views/change_marks.h"
#include "views/number_text.h"
#include "views/svg_device.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr double kSmallestText = 4.5; ///< Device pixels of a letter's height; below it text is noise.
constexpr double kDimmed = 0.35;      ///< What a search does not match.
constexpr double kMargin = 20;

QString tr(const char* text)
{
    return QCoreApplication::translate("CallGraph", text);
}

class GraphPainter
{
public:
    GraphPainter(QPainter& painter, const CallGraphPicture& picture, const CallGraphLook& look, const QRectF& exposed)
        : m_painter(painter), m_picture(picture), m_look(look), m_theme(*look.theme), m_exposed(exposed),
          m_isSearching(look.search && look.search->isActive()), m_nameFont(graphNameFont()),
          m_figureFont(graphFigureFont()), m_nameHeight(QFontMetricsF(m_nameFont).height()),
          m_figureHeight(QFontMetricsF(m_figureFont).height())
    {
        const double scale = painter.worldTransform().m11();
        m_showsText = m_figureFont.pixelSize() * scale >= kSmallestText;
    }

    void paint()
    {
        for (const QRectF& cluster : m_picture.layout.clusters)
            paintCluster(cluster);
        for (const bool ofSelection : {false, true}) { // edges of the selected function lie on top
            for (std::uint32_t e = 0; e < m_picture.graph.edges.size(); ++e) {
                if (touchesSelection(e) != ofSelection || !m_picture.edgeBounds[e].intersects(m_exposed))
                    continue;
                const SvgItem item(m_painter, [&] { return edgeTip(e); });
                paintEdge(e, ofSelection);
            }
        }
        for (std::uint32_t n = 0; n < m_picture.graph.nodes.size(); ++n) {
            const double reach = scaledF(4); // the outline's
            if (!m_picture.layout.nodes[n].adjusted(-reach, -reach, reach, reach).intersects(m_exposed))
                continue;
            const SvgItem item(m_painter, [&] { return m_picture.titles[n] + u'\n' + m_picture.figures[n]; });
            paintNode(n);
        }
        m_painter.setOpacity(m_isSearching ? kDimmed : 1);
        if (m_showsText) {
            for (const EdgeLabel& label : m_picture.labels) {
                if (label.box.intersects(m_exposed))
                    paintLabel(label);
            }
        }
        m_painter.setOpacity(1);
    }

private:
    FrameId frame(std::uint32_t n) const { return m_picture.graph.nodes[n].frame; }
    bool isSelected(std::uint32_t n) const { return m_look.selected && frame(n) == m_look.selected; }
    bool touchesSelection(std::uint32_t e) const
    {
        return isSelected(m_picture.graph.edges[e].caller) || isSelected(m_picture.graph.edges[e].callee);
    }

    QString edgeTip(std::uint32_t e) const
    {
        const GraphEdge& edge = m_picture.graph.edges[e];
        return m_picture.titles[edge.caller] + QStringLiteral(" → ") + m_picture.titles[edge.callee] + u'\n' +
               m_picture.edgeFigures[qsizetype(e)];
    }

    void paintCluster(const QRectF& box)
    {
        if (!box.intersects(m_exposed))
            return;
        m_painter.setPen(QPen(m_theme.line.strong, 1, Qt::DotLine));
        m_painter.setBrush(m_theme.surface.sunken);
        m_painter.drawRoundedRect(box, scaledF(8), scaledF(8));
    }

    void paintEdge(std::uint32_t e, bool ofSelection)
    {
        const GraphEdge& edge = m_picture.graph.edges[e];
        const std::vector<QPointF>& path = m_picture.layout.edges[e];
        const double width = edgeWidth(edge.total);
        const QLineF arrow = arrowOf(path, width);
        QPainterPath curve(path.front());
        for (std::size_t k = 1; k + 2 < path.size(); k += 3) {
            // The line ends inside the arrow, so that a thick one does not stick out beyond the tip.
            const QPointF end = k + 3 < path.size() ? path[k + 2] : arrow.pointAt(0.3);
            curve.cubicTo(path[k], path[k + 1], end);
        }
        const QColor& color = ofSelection ? m_theme.text.primary : m_theme.line.control;
        QPen pen(color, width, edge.back ? Qt::CustomDashLine : Qt::SolidLine, Qt::FlatCap);
        if (edge.back)
            pen.setDashPattern({std::max(2.5, 4 / width), std::max(1.5, 3 / width)});
        m_painter.setOpacity(m_isSearching ? kDimmed : 1);
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(curve);
        if (arrow.length() > 0) {
            QLineF across = arrow.normalVector();
            across.setLength(scaledF(2.4) + 0.75 * width);
            const QPointF half(across.dx(), across.dy());
            const QPointF head[] = {arrow.p1() + half, arrow.p2(), arrow.p1() - half};
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(color);
            m_painter.drawConvexPolygon(head, 3);
        }
    }

    double heatOf(const GraphNode& node) const
    {
        const double largest = m_look.heatByTotal ? m_picture.graph.maxTotal : m_picture.graph.maxSelf;
        return largest > 0 ? (m_look.heatByTotal ? node.total : node.self) / largest : 0;
    }

    void paintNode(std::uint32_t n)
    {
        const GraphNode& node = m_picture.graph.nodes[n];
        const QRectF& box = m_picture.layout.nodes[n];
        const bool matches = m_isSearching && m_look.search->contains(node.frame);
        const double radius = scaledF(3);
        if (isSelected(n)) {
            const double outer = scaledF(3);
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(m_theme.selection.halo);
            m_painter.drawRoundedRect(box.adjusted(-outer - 1, -outer - 1, outer + 1, outer + 1), radius + outer,
                                      radius + outer);
            m_painter.setBrush(m_theme.selection.outline);
            m_painter.drawRoundedRect(box.adjusted(-outer, -outer, outer, outer), radius + 2, radius + 2);
            m_painter.setBrush(m_theme.selection.halo);
            m_painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), radius, radius);
        }
        // A dimmed box stays opaque towards the edges behind it.
        m_painter.setOpacity(1);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.surface.panel);
        m_painter.drawRoundedRect(box, radius, radius);

        const bool isChange = m_look.comparison && !matches;
        const ChangeLook change =
            isChange ? changeLook(*m_look.comparison, node.frame, m_look.heatByTotal ? Weight::Total : Weight::Self)
                     : ChangeLook();
        m_painter.setOpacity(m_isSearching && !matches ? kDimmed : 1);
        m_painter.setPen(QPen(matches ? m_theme.match.line : m_theme.line.strong, 1));
        m_painter.setBrush(matches    ? m_theme.match.fill
                           : isChange ? changeFill(change, m_theme)
                                      : m_theme.heatAt(heatOf(node)));
        m_painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        if (isChange)
            paintChangeMark(m_painter, change, box, m_theme);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.swatch(m_look.modules->color(node.frame)));
        m_painter.drawRect(
            QRectF(box.left() + scaledF(2.5), box.top() + scaledF(4), scaledF(3.5), box.height() - scaledF(8)));
        if (m_showsText)
            paintText(n, box);
        if (m_look.focused && node.frame == m_look.focused) {
            m_painter.setPen(QPen(m_theme.focus, scaledF(2)));
            m_painter.setBrush(Qt::NoBrush);
            const double offset = scaledF(isSelected(n) ? 6 : 3);
            m_painter.drawRoundedRect(box.adjusted(-offset, -offset, offset, offset), radius + offset, radius + offset);
        }
        m_painter.setOpacity(1);
    }

    void paintText(std::uint32_t n, const QRectF& box)
    {
        const QStringList& lines = m_picture.names[n];
        const double height = m_nameHeight * double(lines.size()) + m_figureHeight;
        QRectF line(box.left() + scaledF(6), box.center().y() - height / 2, box.width() - scaledF(8), m_nameHeight);
        m_painter.setPen(m_theme.text.primary);
        m_painter.setFont(m_nameFont);
        for (const QString& text : lines) {
            m_painter.drawText(line, Qt::AlignCenter | Qt::TextSingleLine, text);
            line.translate(0, m_nameHeight);
        }
        line.setHeight(m_figureHeight);
        m_painter.setFont(m_figureFont);
        m_painter.drawText(line, Qt::AlignCenter | Qt::TextSingleLine, m_picture.figures[n]);
    }

    void paintLabel(const EdgeLabel& label)
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.surface.panel);
        m_painter.drawRoundedRect(label.box, scaledF(3), scaledF(3));
        m_painter.setPen(m_theme.text.secondary);
        m_painter.setFont(m_figureFont);
        m_painter.drawText(label.box, Qt::AlignCenter | Qt::TextSingleLine, label.text);
    }

    QPainter& m_painter;
    const CallGraphPicture& m_picture;
    const CallGraphLook& m_look;
    const Theme& m_theme;
    QRectF m_exposed;
    bool m_isSearching;
    QFont m_nameFont, m_figureFont;
    double m_nameHeight, m_figureHeight;
    bool m_showsText = true;
};

/// Writes one word of the legend at x; returns where the next may begin.
double legendText(QPainter& painter, const QRectF& line, double x, const QString& text)
{
    const double width = painter.fontMetrics().horizontalAdvance(text);
    painter.drawText(QRectF(x, line.top(), width + 2, line.height()), Qt::AlignVCenter | Qt::TextSingleLine, text);
    return x + width + scaledF(14);
}

bool hasBackEdges(const PrunedGraph& graph)
{
    return std::any_of(graph.edges.begin(), graph.edges.end(), [](const GraphEdge& edge) { return edge.back; });
}

QRectF paintLeftOut(QPainter& painter, const PrunedGraph& graph, const CallGraphLook& look, const QRectF& line)
{
    const Theme& theme = *look.theme;
    const char* const whole = look.comparison ? "of all changes" : "of self";
    const QString text = QString::fromStdString(leftOutText(graph, localeStyle(), whole));
    if (text.isEmpty())
        return {};
    const double width = painter.fontMetrics().horizontalAdvance(text) + scaledF(22);
    QRectF pill(line.right() - width, 0, width, scaledF(21));
    pill.moveTop(line.center().y() - pill.height() / 2);
    painter.setPen(QPen(theme.line.control, 1, Qt::DashLine));
    painter.setBrush(theme.surface.sunken);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(theme.text.secondary);
    painter.drawText(pill, Qt::AlignCenter | Qt::TextSingleLine, text);
    return pill;
}

/// Swatches of the modules that are in the picture, as far as they fit, and how many more there are.
void paintModules(QPainter& painter, const CallGraphPicture& picture, const CallGraphLook& look, const QRectF& line,
                  double x)
{
    std::vector<bool> isShown(look.moduleTable->modules.size(), false);
    for (const GraphNode& node : picture.graph.nodes)
        isShown[look.moduleTable->ofFrame[node.frame.value].value] = true;
    std::vector<LegendEntry> shown = look.modules->legend();
    std::erase_if(shown, [&](const LegendEntry& entry) { return !entry.module || !isShown[entry.module.value]; });
    const auto moreText = [](std::size_t count) { return u'+' + QString::number(count); };
    const QFontMetrics metrics = painter.fontMetrics();
    const double swatch = scaledF(14);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool isLast = i + 1 == shown.size();
        const double rest = isLast ? 0 : scaledF(16) + metrics.horizontalAdvance(moreText(shown.size() - i - 1));
        if (x + swatch + metrics.horizontalAdvance(shown[i].name) + rest > line.right()) {
            legendText(painter, line, x, moreText(shown.size() - i));
            return;
        }
        const double side = scaledF(10);
        painter.fillRect(QRectF(x, line.center().y() - side / 2, side, side), shown[i].color);
        x = legendText(painter, line, x + swatch, shown[i].name);
    }
}

} // namespace

void paintCallGraph(QPainter& painter, const CallGraphPicture& picture, const CallGraphLook& look,
                    const QRectF& exposed)
{
    GraphPainter(painter, picture, look, exposed).paint();
}

QRectF paintCallGraphLegend(QPainter& painter, const CallGraphPicture& picture, const CallGraphLook& look,
                            const QRectF& line)
{
    const Theme& theme = *look.theme;
    painter.setFont(uiFont(11));
    const QRectF pill = paintLeftOut(painter, picture.graph, look, line);
    QRectF rest = line;
    if (!pill.isNull())
        rest.setRight(pill.left() - scaledF(14));

    if (look.comparison) {
        paintChangeLegend(painter, rest, theme);
        return pill;
    }
    painter.setPen(theme.text.secondary);
    double x = legendText(painter, rest, rest.left(), look.heatByTotal ? tr("total") : tr("self"));
    const QSizeF step(scaledF(24), scaledF(8));
    for (const QColor& color : theme.heat) {
        painter.setPen(QPen(theme.line.strong, 1));
        painter.setBrush(color);
        painter.drawRoundedRect(QRectF(QPointF(x, rest.center().y() - step.height() / 2), step), 1, 1);
        x += step.width() + 1;
    }
    painter.setPen(theme.text.secondary);
    const double most = look.heatByTotal ? picture.graph.maxTotal : picture.graph.maxSelf;
    x = legendText(painter, rest, x + scaledF(7), percentText(0) + QStringLiteral(" → ") + percentText(most));
    x = legendText(painter, rest, x, tr("edge width: total"));
    if (hasBackEdges(picture.graph))
        x = legendText(painter, rest, x, tr("dashed: recursion"));
    x = legendText(painter, rest, x, tr("stripe: module"));
    paintModules(painter, picture, look, rest, x);
    return pill;
}

QSizeF callGraphPictureSize(const CallGraphPicture& picture)
{
    const double margin = scaledF(kMargin);
    const double width = std::max(picture.bounds.width(), scaledF(720)) + 2 * margin;
    return {std::ceil(width), std::ceil(picture.bounds.height() + 2 * margin + scaledF(kCallGraphLegendHeight))};
}

void paintWholeCallGraph(QPainter& painter, const CallGraphPicture& picture, const CallGraphLook& look,
                         const QSizeF& size)
{
    const QSizeF natural = callGraphPictureSize(picture);
    const double scale = std::min(size.width() / natural.width(), size.height() / natural.height());
    painter.fillRect(QRectF(QPointF(), size), look.theme->surface.panel);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    const double margin = scaledF(kMargin);
    const QRectF legend(margin, natural.height() - margin / 2 - scaledF(kCallGraphLegendHeight),
                        natural.width() - 2 * margin, scaledF(kCallGraphLegendHeight));
    paintCallGraphLegend(painter, picture, look, legend);
    painter.translate((natural.width() - picture.bounds.width()) / 2 - picture.bounds.left(),
                      margin - picture.bounds.top());
    paintCallGraph(painter, picture, look, picture.bounds);
    painter.restore();
}

} // namespace sundial
