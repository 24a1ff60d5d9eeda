// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/sunburst_paint.h"

#include "views/curved_text.h"
#include "views/frame_card.h"
#include "views/legend.h"
#include "views/number_text.h"
#include "views/pixel_scale.h"
#include "views/ring_raster.h"
#include "views/svg_device.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <cmath>
#include <numbers>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kLegendWidth = 180;
constexpr int kLeastWidthForLegend = 560;
constexpr int kLeastLabelled = 52; ///< Pixels along the arc.
constexpr int kLeastRingForText = 13;
constexpr int kLeastFooted = 14;
constexpr double kFlat = 0.2; ///< Pixels that a straight edge may lie off its arc.
constexpr double kFootOpacity = 0.34;
constexpr double kLeastMarked = 8; ///< Shorter arcs of a comparison have their colour alone.
constexpr int kLeastPatterned = 2; ///< Steps.
constexpr double kPatternStep = 7;
constexpr double kPatternOpacity = 0.17;
constexpr double kBeforeOpacity = 0.5; ///< Of the inner of paired rings.
constexpr double kTurn = 2 * std::numbers::pi;

/// Thin rings get the smallest text there is, so that names keep clear of the edges.
int textPx(const Rings& rings)
{
    return rings.place.rowHeight < scaledF(18) ? 11 : 12;
}

/// "35.9 ms → 5.7 ms", or "→ 5.7 ms" where there is less room.
QString sidesText(const CompareAnalysis& info, NodeId node, const QFontMetricsF& metrics, double width)
{
    const auto value = [&](const CallTree::ColumnPtr& column) {
        return displayText(comparedValue(*info.comparison, column->total[node.value], localeStyle()));
    };
    const QString after = value(info.after);
    for (const QString& text : {value(info.before) + QStringLiteral(" → ") + after, QStringLiteral("→ ") + after}) {
        if (metrics.horizontalAdvance(text) <= width)
            return text;
    }
    return after;
}

class SunburstPainter
{
public:
    SunburstPainter(QPainter& painter, const TreeScene& scene, const Rings& rings)
        : m_p(painter), m_scene(scene), m_rings(rings), m_regular(uiFont(textPx(rings))),
          m_bold(uiFont(textPx(rings), QFont::DemiBold)), m_regularText(m_regular), m_boldText(m_bold),
          m_isPaired(hasPairedRings(scene.analysis))
    {
        if (const double scale = pixelScale(painter); scale > 0 && RingRaster::fits(rings.radius, scale))
            m_raster.emplace(rings.center, rings.radius, scale);
    }

    void paintArcs();
    void paintMarks();
    void paintCenter(NodeId root);

private:
    struct Band {
        double inner, outer;
    };
    Band band(std::uint32_t row) const
    {
        return {m_rings.innerRadius(row), m_rings.outerRadius(row) - 1}; // one pixel between rings
    }
    /// A part of a ring that is filled: turns and radii.
    struct Piece {
        double begin, end;
        Band band;
    };
    void fillPiece(const Piece& piece, bool isRun, const QColor& color);
    /// Both sides of a node, as far round as their part of the larger one.
    void fillPair(const Arc& arc, NodeId node, const QColor& color);
    Piece pieceOf(const Arc& arc, NodeId node, bool before) const;
    QPainterPath arcPath(double begin, double end, const Band& band) const;
    /// A part of a ring with straight edges that nobody can tell from arcs: painted several times faster than a path.
    void fillRing(double begin, double end, const Band& band);
    void addFoot(const Arc& arc);
    void addLabel(const Arc& arc);
    void paintChange(const Piece& piece, const ChangeLook& look);
    void outline(const Arc& arc, const QColor& color, double inset, double width)
    {
        outline({arc.begin, arc.end, band(arc.row)}, color, inset, width, Qt::SolidLine);
    }
    void outline(const Piece& piece, const QColor& color, double inset, double width, Qt::PenStyle style);

    QPainter& m_p;
    const TreeScene& m_scene;
    const Rings& m_rings;
    LabelFitter m_regular, m_bold;
    CurvedText m_regularText, m_boldText;
    QVector<QLineF> m_feet;
    std::optional<RingRaster> m_raster; ///< Gathers the pieces, where the painter makes pixels.
    std::vector<QPointF> m_corners;     ///< Of the piece that is filled, elsewhere.
    std::vector<Arc> m_selected;
    std::vector<Arc> m_labelled;
    std::vector<std::pair<Piece, ChangeLook>> m_changed;
    bool m_isPaired;
    Arc m_halo, m_focus;
    bool m_hasHalo = false, m_hasFocus = false;
};

QPainterPath SunburstPainter::arcPath(double begin, double end, const Band& band) const
{
    const auto square = [this](double r) {
        return QRectF(m_rings.center.x() - r, m_rings.center.y() - r, 2 * r, 2 * r);
    };
    const double start = 90 - begin * 360; // Qt counts from three o'clock, anticlockwise
    const double sweep = -(end - begin) * 360;
    QPainterPath path;
    path.arcMoveTo(square(band.outer), start);
    path.arcTo(square(band.outer), start, sweep);
    path.arcTo(square(band.inner), start + sweep, -sweep);
    path.closeSubpath();
    return path;
}

void SunburstPainter::fillRing(double begin, double end, const Band& band)
{
    // An edge of length l lies l² / 8r off its arc.
    const double angle = (end - begin) * kTurn;
    const auto edges = unsigned(std::ceil(angle * band.outer / std::sqrt(8 * band.outer * kFlat)));
    const double step = angle / std::max(edges, 1U);
    QPointF along(std::sin(begin * kTurn), -std::cos(begin * kTurn));
    const QPointF turn(std::cos(step), std::sin(step));
    m_corners.resize(2 * (std::max<std::size_t>(edges, 1) + 1));
    for (std::size_t i = 0; i < m_corners.size() / 2; ++i) {
        m_corners[i] = m_rings.center + along * band.outer;
        m_corners[m_corners.size() - 1 - i] = m_rings.center + along * band.inner;
        along = {along.x() * turn.x() - along.y() * turn.y(), along.x() * turn.y() + along.y() * turn.x()};
    }
    m_p.drawPolygon(m_corners.data(), int(m_corners.size()), Qt::WindingFill);
}

void SunburstPainter::fillPiece(const Piece& piece, bool isRun, const QColor& color)
{
    const auto& [begin, end, b] = piece;
    const double radius = (b.inner + b.outer) / 2;
    const double gap = isRun || end - begin > 0.999 ? 0 : std::min(0.5 / (kTurn * radius), (end - begin) / 4);
    if (m_raster) {
        m_raster->add(begin + gap, end - gap, b.inner, b.outer, color);
        return;
    }
    m_p.setBrush(color);
    fillRing(begin + gap, end - gap, b);
}

SunburstPainter::Piece SunburstPainter::pieceOf(const Arc& arc, NodeId node, bool before) const
{
    const CompareAnalysis& info = *m_scene.analysis.comparison;
    const double whole = m_scene.tree().total(m_scene.analysis.metric, node);
    const double part = (before ? info.before : info.after)->total[node.value];
    const Band b = band(arc.row);
    const double middle = (b.inner + b.outer) / 2;
    const double end = whole > 0 ? arc.begin + (arc.end - arc.begin) * std::clamp(part / whole, 0.0, 1.0) : arc.begin;
    return {arc.begin, end, before ? Band{b.inner, middle} : Band{middle, b.outer}};
}

void SunburstPainter::fillPair(const Arc& arc, NodeId node, const QColor& color)
{
    const Theme& t = m_scene.theme;
    fillPiece({arc.begin, arc.end, band(arc.row)}, false, t.surface.sunken);
    if (const Piece before = pieceOf(arc, node, true); before.end > before.begin)
        fillPiece(before, false, mixed(color, t.surface.panel, kBeforeOpacity));
    if (const Piece after = pieceOf(arc, node, false); after.end > after.begin)
        fillPiece(after, false, color);
}

void SunburstPainter::addFoot(const Arc& arc)
{
    const double radius = band(arc.row).outer - 3;
    const double step = 5 / (kTurn * radius);
    const double dash = 2 / (kTurn * radius);
    for (double turn = arc.begin + dash; turn + dash < arc.end; turn += step)
        m_feet.push_back(QLineF(m_rings.pointAt(turn, radius), m_rings.pointAt(turn + dash, radius)));
}

/// Lines across the ring, leaning forward for more and back for less; an edge for what is new, dashes for what is gone.
void SunburstPainter::paintChange(const Piece& piece, const ChangeLook& look)
{
    const Theme& t = m_scene.theme;
    const auto& [begin, end, b] = piece;
    const double turnOfPixel = 1 / (kTurn * (b.inner + b.outer) / 2);
    if (std::abs(look.step) >= kLeastPatterned) {
        QVector<QLineF> lines;
        const double lean = (b.outer - b.inner) * turnOfPixel;
        for (double turn = begin; turn + lean < end; turn += kPatternStep * turnOfPixel) {
            const double inner = look.step > 0 ? turn : turn + lean;
            lines.push_back({m_rings.pointAt(inner, b.inner), m_rings.pointAt(2 * turn + lean - inner, b.outer)});
        }
        QColor color = t.text.primary;
        color.setAlphaF(float(kPatternOpacity));
        m_p.setPen(QPen(color, 1));
        m_p.drawLines(lines);
    }
    if (look.mark == ChangeMark::New) {
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(t.change.newText);
        m_p.drawPath(arcPath(begin + turnOfPixel / 2, end - turnOfPixel / 2, {b.outer - 3, b.outer}));
    } else if (look.mark == ChangeMark::Removed) {
        outline(piece, t.text.primary, 0.5, 1, Qt::DashLine);
    }
}

void SunburstPainter::addLabel(const Arc& arc)
{
    const Band b = band(arc.row);
    const double radius = (b.inner + b.outer) / 2;
    const double length = (arc.end - arc.begin) * kTurn * radius;
    if (length < scaled(kLeastLabelled) || b.outer - b.inner < scaled(kLeastRingForText))
        return;
    const NodeId node = m_scene.layout.node(arc.box);
    const bool isOwn = m_scene.isOwn(node);
    const LabelFitter& fitter = isOwn ? m_bold : m_regular;
    const QString name = fitter.elide(m_scene.label(node), length - scaledF(12));
    if (name.isEmpty())
        return;
    CurvedText& text = isOwn ? m_boldText : m_regularText;
    text.draw(m_p, name, m_scene.textColor(node), m_rings.center, radius, (arc.begin + arc.end) / 2);
}

void SunburstPainter::paintArcs()
{
    const std::vector<Arc> arcs = arcsIn(m_scene.layout, m_rings);
    m_p.setPen(Qt::NoPen);
    const auto colorOf = [&](std::size_t i) { // of the next as well, since runs of one colour are one
        return i < arcs.size() ? m_scene.fill(m_scene.layout.node(arcs[i].box)) : QColor();
    };
    QColor nextColor = colorOf(0);
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        const Arc& arc = arcs[i];
        const NodeId node = m_scene.layout.node(arc.box);
        const QColor color = nextColor;
        double end = arc.end;
        nextColor = colorOf(i + 1);
        while (arc.isRun && nextColor == color && arcs[i + 1].isRun && arcs[i + 1].row == arc.row &&
               arcs[i + 1].begin - end < 1e-9) {
            end = arcs[++i].end;
            nextColor = colorOf(i + 1);
        }
        if (arc.isRun) {
            fillPiece({arc.begin, end, band(arc.row)}, true, color);
            continue;
        }
        {
            const SvgItem item(m_p, [&] { return m_scene.tip(arc.box); });
            if (m_isPaired)
                fillPair(arc, node, color);
            else
                fillPiece({arc.begin, end, band(arc.row)}, false, color);
        }
        const double length = (arc.end - arc.begin) * kTurn * m_rings.outerRadius(arc.row);
        if (m_scene.analysis.isEstimated() && length >= kLeastFooted && !m_scene.tree().estimate()->exact[node.value])
            addFoot(arc);
        if (const std::optional<ChangeLook> look = m_scene.change(node); look && length >= kLeastMarked) {
            const Piece whole{arc.begin, arc.end, band(arc.row)};
            m_changed.emplace_back(m_isPaired ? pieceOf(arc, node, look->mark == ChangeMark::Removed) : whole, *look);
        }
        if (m_scene.isSelected(node))
            m_selected.push_back(arc);
        if (node == m_scene.selectedNode && m_scene.isSelected(node)) {
            m_halo = arc;
            m_hasHalo = true;
        }
        if (node == m_scene.focused) {
            m_focus = arc;
            m_hasFocus = true;
        }
        if (m_scene.labelOpacity > 0 && length >= scaled(kLeastLabelled))
            m_labelled.push_back(arc);
    }
    if (m_raster)
        m_raster->paint(m_p);
}

void SunburstPainter::outline(const Piece& piece, const QColor& color, double inset, double width, Qt::PenStyle style)
{
    const auto& [begin, end, b] = piece;
    const double gap = (inset + 0.5) / (kTurn * (b.inner + b.outer) / 2);
    if (end - begin <= 2 * gap)
        return;
    m_p.setBrush(Qt::NoBrush);
    m_p.setPen(QPen(color, width, style));
    m_p.drawPath(arcPath(begin + gap, end - gap, {b.inner + inset, b.outer - inset}));
}

void SunburstPainter::paintMarks()
{
    const Theme& t = m_scene.theme;
    QColor foot = t.text.primary;
    foot.setAlphaF(float(kFootOpacity));
    m_p.setPen(QPen(foot, 1, Qt::SolidLine, Qt::FlatCap));
    m_p.drawLines(m_feet);
    for (const auto& [piece, look] : m_changed)
        paintChange(piece, look);
    m_p.setOpacity(m_scene.labelOpacity);
    for (const Arc& arc : m_labelled)
        addLabel(arc);
    m_p.setOpacity(1);
    for (const Arc& arc : m_selected)
        outline(arc, t.selection.outline, 1, 2);
    if (m_hasHalo)
        outline(m_halo, t.selection.halo, 2.5, 1);
    if (m_hasFocus) {
        outline(m_focus, t.focus, 1, 2);
        outline({m_focus.begin, m_focus.end, band(m_focus.row)}, t.selection.outline, 2.5, 1, Qt::DotLine);
    }
}

void SunburstPainter::paintCenter(NodeId root)
{
    const Theme& t = m_scene.theme;
    const double radius = m_rings.centerRadius - 1.5;
    m_p.setPen(Qt::NoPen);
    m_p.setBrush(m_scene.fill(root));
    m_p.drawEllipse(m_rings.center, radius, radius);
    if (m_scene.isSelected(root) || root == m_scene.focused) {
        m_p.setBrush(Qt::NoBrush);
        m_p.setPen(QPen(root == m_scene.focused ? t.focus : t.selection.outline, 2));
        m_p.drawEllipse(m_rings.center, radius - 1, radius - 1);
    }
    const double width = 2 * radius * 0.86;
    const double line = scaledF(19);
    if (radius < line)
        return;
    m_p.setPen(m_scene.textColor(root));
    const bool isWhole = root.value == 0;
    const QString name = isWhole && m_scene.analysis.comparison   ? QCoreApplication::translate("Sunburst", "All")
                         : isWhole && !m_scene.rootName.isEmpty() ? m_scene.rootName
                                                                  : m_scene.label(root);
    const bool isGuessed = isGuess(m_scene.analysis, root);
    const QString value =
        m_scene.analysis.comparison
            ? sidesText(*m_scene.analysis.comparison, root, QFontMetricsF(uiFont(14)), width)
            : (isGuessed ? QStringLiteral("≈ ") : QString()) +
                  valueText(m_scene.tree().total(m_scene.analysis.metric, root), m_scene.analysis.metricInfo().unit);
    const auto writeLine = [&](const QString& text, const QFont& font, double y) {
        m_p.setFont(font);
        m_p.drawText(QRectF(m_rings.center.x() - width / 2, m_rings.center.y() + y - line / 2, width, line),
                     Qt::AlignCenter | Qt::TextSingleLine, elideMiddle(text, QFontMetricsF(font), width));
    };
    writeLine(name, uiFont(14, QFont::DemiBold), -line);
    const auto fitting = [width](const QString& text, int px) { // figures are told small rather than cut
        return uiFont(QFontMetricsF(uiFont(px)).horizontalAdvance(text) > width ? 11 : px);
    };
    const QString share = m_scene.share(m_scene.layout.boxOf(root));
    writeLine(value, fitting(value, 14), 0);
    writeLine(share, fitting(share, 12), line);
}

} // namespace

bool hasPairedRings(const Analysis& analysis)
{
    return analysis.comparison && analysis.metric == MetricId{std::uint32_t(CompareWidth::Larger)};
}

void paintSunburst(QPainter& painter, const TreeScene& scene, const Rings& rings, NodeId root)
{
    if (scene.layout.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    SunburstPainter paint(painter, scene, rings);
    paint.paintArcs();
    paint.paintMarks();
    paint.paintCenter(root);
    painter.restore();
}

std::vector<LegendHit> paintSunburstLegend(QPainter& painter, const TreeScene& scene, const QRectF& area,
                                           const QString& emphasised)
{
    QRectF column = area;
    if (hasPairedRings(scene.analysis)) {
        const double row = scaledF(20);
        painter.setFont(uiFont(12));
        painter.setPen(scene.theme.text.secondary);
        const QString lines[]{QCoreApplication::translate("Sunburst", "inner ring: before"),
                              QCoreApplication::translate("Sunburst", "outer ring: after")};
        for (const QString& line : lines) {
            painter.drawText(QRectF(column.left(), column.top(), column.width(), row),
                             Qt::AlignVCenter | Qt::TextSingleLine, line);
            column.setTop(column.top() + row);
        }
        column.setTop(column.top() + scaledF(10));
    }
    return paintLegendColumn(painter, column, scene.palette, scene.theme, scene.analysis.metricInfo().unit, emphasised);
}

QRectF sunburstLegendArea(const QRectF& all)
{
    const double side = scaledF(kSide);
    if (all.width() < scaled(kLeastWidthForLegend))
        return {};
    return QRectF(all.left() + side, all.top() + scaledF(8), scaledF(kLegendWidth), all.height() - scaledF(16));
}

QRectF sunburstRingArea(const QRectF& all)
{
    const double side = scaledF(kSide);
    const QRectF legend = sunburstLegendArea(all);
    const double left = legend.isEmpty() ? all.left() + side : legend.right() + side;
    const double room = all.right() - side - left;
    const double diameter = std::max(1.0, std::min(room, all.height() - scaledF(12)));
    // In the middle of the whole where the legend leaves that place free.
    const double center = std::max(all.center().x(), left + diameter / 2);
    return QRectF(center - diameter / 2, all.center().y() - diameter / 2, diameter, diameter);
}

int usualDepth(const QRectF& ringArea)
{
    constexpr int kRing = 15;
    return depthFor(ringArea, scaledF(kRing));
}

void paintLevelsBeyond(QPainter& painter, const TreeScene& scene, const Rings& rings, const QRectF& area)
{
    const double outermost = (rings.radius - rings.centerRadius + rings.place.scroll) / rings.place.rowHeight;
    const int beyond = int(scene.layout.deepestRow(rings.place.begin, rings.place.end)) - int(std::lround(outermost));
    if (beyond <= 0)
        return;
    const QString text = QCoreApplication::translate(
        "Sunburst", beyond == 1 ? "1 level further out" : "%n levels further out", nullptr, beyond);
    paintPill(painter, area.bottomRight() - QPointF(scaled(kSide), scaled(8)), false, text, scene.theme.text.secondary,
              scene.theme);
}

void paintSunburstPicture(QPainter& painter, const TreeScene& scene, NodeId root, int depth, const QSizeF& size)
{
    const QRectF all(QPointF(0, 0), size);
    painter.fillRect(all, scene.theme.surface.panel);
    const QRectF ringArea = sunburstRingArea(all);
    const Rings rings = ringsIn(ringArea, scene.layout, scene.layout.boxOf(root), scene.tree().depth(root),
                                depth > 0 ? depth : usualDepth(ringArea));
    paintSunburst(painter, scene, rings, root);
    paintLevelsBeyond(painter, scene, rings, all);
    if (const QRectF legend = sunburstLegendArea(all); !legend.isEmpty())
        paintSunburstLegend(painter, scene, legend, {});
}

} // namespace sundial
