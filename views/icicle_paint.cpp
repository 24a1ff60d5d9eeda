// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/icicle_paint.h"

#include "views/legend.h"
#include "views/text_fit.h"

#include <QCoreApplication>
#include <QPaintEngine>

#include <cmath>
#include <optional>

namespace sundial
{

namespace
{

constexpr int kTextPadding = 6;
constexpr int kLeastLabelled = 52;
constexpr int kLeastFooted = 14; ///< From here on an estimated box has its dotted foot.
constexpr int kLeastRounded = 5;
constexpr int kLeastRing = 6;
constexpr double kFootOpacity = 0.34;
constexpr double kCornerOpacity = 0.45; ///< What a rounded corner of radius 2 covers of its outermost pixel.

struct Label {
    QPointF baseline;
    QString text;
    QColor color;
};

/// Collects what lies above the fills while these are painted, and paints it in few passes: each change of font or pen
/// costs more than a box.
class IciclePainter
{
public:
    IciclePainter(QPainter& painter, const TreeScene& scene, const Viewport& viewport)
        : m_p(painter), m_scene(scene), m_view(viewport), m_regular(uiFont(12)), m_bold(uiFont(12, QFont::DemiBold)),
          m_isRaster(painter.paintEngine()->type() == QPaintEngine::Raster &&
                     painter.device()->devicePixelRatioF() == 1.0)
    {
    }

    void paintRow(std::uint32_t row, double left, double right);
    void paintAbove();

private:
    void addBox(std::uint32_t box, const QRectF& rect);
    void addLabel(std::uint32_t box, const QRectF& rect);
    void fillBox(const QRectF& rect, const QColor& color);
    void addSliver(const QRectF& rect, const QColor& color);
    void flushSliver();
    void paintRing(NodeId node, bool isFocus);
    std::optional<QRectF> rectOf(NodeId node) const;

    QPainter& m_p;
    const TreeScene& m_scene;
    const Viewport& m_view;
    LabelFitter m_regular, m_bold;
    bool m_isRaster;
    QRectF m_sliver;
    QColor m_sliverColor;
    std::vector<Label> m_labels, m_boldLabels;
    std::vector<QRectF> m_outlines;
    QVector<QLineF> m_feet;
};

void IciclePainter::paintRow(std::uint32_t row, double left, double right)
{
    const IcicleLayout& layout = m_scene.layout;
    const QRectF& area = m_view.area;
    const double rowTop = std::round(m_view.rowTop(int(row)));
    const double top = std::max(rowTop, area.top());
    const double bottom = std::min(rowTop + std::round(m_view.rowHeight) - 1, area.bottom());
    if (bottom <= top)
        return;
    const double scale = m_view.pixelsPerFraction();
    const double offset = area.left() - m_view.begin * scale;
    const auto pixelAt = [&](double fraction) { // whole, and no further than the area's edges
        return double(int(std::clamp(fraction * scale + offset, area.left(), area.right()) + 0.5));
    };
    const double endFraction = m_view.fractionAt(right);
    const std::uint32_t rowEnd = layout.rowEnd(row);
    double cursor = std::max(area.left(), std::floor(left));
    std::uint32_t box = layout.firstEndingAfter(row, m_view.fractionAt(cursor));
    while (box < rowEnd && layout.begin(box) < endFraction) {
        const double x0 = std::max(cursor, pixelAt(layout.begin(box)));
        const double x1 = pixelAt(layout.end(box));
        if (x1 - x0 >= 2) {
            // The gap stands on the box's right side, but not at the picture's edge.
            const double gap = x1 < area.right() ? 1 : 0;
            addBox(box, QRectF(x0, top, x1 - x0 - gap, bottom - top));
            cursor = x1;
            ++box;
        } else {
            if (x0 < area.right())
                addSliver(QRectF(x0, top, 1, bottom - top), m_scene.fill(layout.frame(box)));
            cursor = x0 + 1;
            box = std::max(box + 1, layout.firstEndingAfter(row, (cursor - offset) / scale, box));
        }
    }
    flushSliver();
}

void IciclePainter::addSliver(const QRectF& rect, const QColor& color)
{
    if (m_sliver.right() == rect.left() && m_sliverColor == color) {
        m_sliver.setRight(rect.right());
        return;
    }
    flushSliver();
    m_sliver = rect;
    m_sliverColor = color;
}

void IciclePainter::flushSliver()
{
    if (!m_sliver.isEmpty())
        m_p.fillRect(m_sliver, m_sliverColor);
    m_sliver = {};
}

void IciclePainter::fillBox(const QRectF& rect, const QColor& color)
{
    if (rect.width() < kLeastRounded) {
        m_p.fillRect(rect, color);
        return;
    }
    if (!m_isRaster) {
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(color);
        m_p.drawRoundedRect(rect, 2, 2);
        return;
    }
    // The same picture as an antialiased radius of 2, many times faster.
    m_p.fillRect(rect.toRect(), color);
    const QColor corner = mixed(color, m_scene.theme.surface.panel, kCornerOpacity);
    const int x = int(rect.left());
    const int y = int(rect.top());
    const int right = int(rect.right()) - 1;
    const int bottom = int(rect.bottom()) - 1;
    for (const QPoint at : {QPoint(x, y), QPoint(right, y), QPoint(x, bottom), QPoint(right, bottom)})
        m_p.fillRect(at.x(), at.y(), 1, 1, corner);
}

void IciclePainter::addBox(std::uint32_t box, const QRectF& rect)
{
    const NodeId node = m_scene.layout.node(box);
    flushSliver();
    fillBox(rect, m_scene.fill(node));
    if (const std::optional<ChangeLook> look = m_scene.change(node))
        paintChangeMark(m_p, *look, rect, m_scene.theme);
    if (node.value != 0 && m_scene.analysis.isEstimated() && rect.width() >= scaled(kLeastFooted) &&
        !m_scene.analysis.tree.estimate()->exact[node.value]) {
        const double y = rect.bottom() - 3.5;
        if (y > rect.top())
            m_feet.push_back(QLineF(rect.left() + 1, y, rect.right() - 1, y));
    }
    if (m_scene.isSelected(node))
        m_outlines.push_back(rect);
    if (rect.width() >= scaled(kLeastLabelled) && rect.height() >= scaled(14) && m_scene.labelOpacity > 0)
        addLabel(box, rect);
}

void IciclePainter::addLabel(std::uint32_t box, const QRectF& rect)
{
    const NodeId node = m_scene.layout.node(box);
    const LabelFitter& fitter = m_scene.isOwn(node) ? m_bold : m_regular;
    const double padding = scaledF(kTextPadding);
    const double room = rect.width() - 2 * padding;
    const QString name = m_scene.label(node);
    const QColor color = m_scene.textColor(node);
    const double baseline = rect.center().y() + m_regular.baselineOffset();
    const double width = fitter.width(name);
    const QString fitted = width <= room ? name : fitter.elide(name, room);
    if (!fitted.isEmpty())
        (m_scene.isOwn(node) ? m_boldLabels : m_labels)
            .push_back({QPointF(rect.left() + padding, baseline), fitted, color});
    if (width > room - scaledF(40))
        return;
    const QString share = m_scene.share(box);
    const double shareWidth = m_regular.width(share);
    if (width + shareWidth + 2 * padding <= room)
        m_labels.push_back({QPointF(rect.right() - padding - shareWidth, baseline), share, color});
}

std::optional<QRectF> IciclePainter::rectOf(NodeId node) const
{
    const std::uint32_t box = m_scene.layout.boxOf(node);
    const int row = int(m_scene.tree().depth(node));
    if (box == IcicleLayout::kNoBox || row >= m_view.rowLimit)
        return {};
    const double left = std::round(m_view.xAt(m_scene.layout.begin(box)));
    const double end = std::round(m_view.xAt(m_scene.layout.end(box)));
    const double right = std::max(end < m_view.area.right() ? end - 1 : end, left + kLeastRing);
    const double top = std::round(m_view.rowTop(row));
    const QRectF rect = QRectF(left, top, right - left, std::round(m_view.rowHeight) - 1).intersected(m_view.area);
    return rect.width() >= 1 && rect.height() >= 4 ? std::optional(rect) : std::nullopt;
}

void IciclePainter::paintRing(NodeId node, bool isFocus)
{
    const std::optional<QRectF> rect = rectOf(node);
    if (!rect)
        return;
    const Theme& t = m_scene.theme;
    m_p.setBrush(Qt::NoBrush);
    m_p.setPen(QPen(isFocus ? t.focus : t.selection.outline, 2));
    m_p.drawRoundedRect(rect->adjusted(1, 1, -1, -1), 2, 2);
    m_p.setPen(QPen(t.selection.halo, 1));
    if (isFocus)
        m_p.setPen(QPen(t.selection.outline, 1, Qt::DotLine));
    m_p.drawRoundedRect(rect->adjusted(2.5, 2.5, -2.5, -2.5), 1, 1);
}

void IciclePainter::paintAbove()
{
    const Theme& t = m_scene.theme;
    if (!m_feet.isEmpty()) {
        QColor color = t.text.primary;
        color.setAlphaF(float(kFootOpacity));
        QPen pen(color, 1);
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({2, 3});
        m_p.setPen(pen);
        m_p.drawLines(m_feet);
    }
    m_p.setOpacity(m_scene.labelOpacity);
    for (const auto& [fitter, labels] : {std::pair(&m_regular, &m_labels), std::pair(&m_bold, &m_boldLabels)}) {
        m_p.setFont(fitter->font());
        for (const Label& label : *labels) {
            m_p.setPen(label.color);
            m_p.drawText(label.baseline, label.text);
        }
    }
    m_p.setOpacity(1);
    m_p.setRenderHint(QPainter::Antialiasing, true);
    m_p.setBrush(Qt::NoBrush);
    m_p.setPen(QPen(t.selection.outline, 2));
    for (const QRectF& rect : m_outlines) {
        if (rect.width() < 4)
            m_p.fillRect(rect, t.selection.outline);
        else
            m_p.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 2, 2);
    }
    if (m_scene.selectedNode && m_scene.isSelected(m_scene.selectedNode))
        paintRing(m_scene.selectedNode, false);
    if (m_scene.focused)
        paintRing(m_scene.focused, true);
}

} // namespace

Viewport icicleViewport(const QRectF& area, bool upward)
{
    Viewport viewport;
    viewport.area = area;
    viewport.rowHeight = scaled(kFrameRow);
    viewport.upward = upward;
    return viewport;
}

void paintIcicle(QPainter& painter, const TreeScene& scene, const Viewport& viewport, const QRectF& dirty)
{
    const QRectF part = viewport.area.intersected(dirty);
    if (scene.layout.isEmpty() || part.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, painter.paintEngine()->type() != QPaintEngine::Raster ||
                                                      painter.device()->devicePixelRatioF() != 1.0);
    IciclePainter paint(painter, scene, viewport);
    const int atTop = viewport.rowAt(part.top());
    const int atBottom = viewport.rowAt(part.bottom());
    const int last = std::min({std::max(atTop, atBottom), viewport.rowLimit - 1, int(scene.layout.rowCount()) - 1});
    for (int row = std::max(0, std::min(atTop, atBottom)); row <= last; ++row)
        paint.paintRow(std::uint32_t(row), part.left(), part.right());
    paint.paintAbove();
    painter.restore();
}

void paintIciclePicture(QPainter& painter, const TreeScene& scene, Viewport viewport, const QSizeF& size, int mostRows)
{
    const double side = scaledF(16);
    const double foot = scaledF(kLegendRowHeight);
    const double height = std::min(size.height() - side - foot, double(mostRows) * viewport.rowHeight);
    viewport.area = QRectF(side, side, size.width() - 2 * side, height);
    painter.fillRect(QRectF(QPointF(), size), scene.theme.surface.panel);
    paintIcicle(painter, scene, viewport, viewport.area);
    paintLevelsBeyond(painter, scene, viewport);
    paintLegendRow(painter, QRectF(side, size.height() - foot, viewport.area.width(), foot), scene.palette, scene.theme,
                   scene.analysis.metricInfo().unit, {});
}

double icicleHeight(std::uint32_t rows)
{
    return rows * scaled(kFrameRow) + scaledF(16) + scaledF(kLegendRowHeight);
}

void paintLevelsBeyond(QPainter& painter, const TreeScene& scene, const Viewport& viewport)
{
    const int shown = std::min(viewport.rowLimit - 1,
                               viewport.rowAt(viewport.upward ? viewport.area.top() + 1 : viewport.area.bottom() - 1));
    const int beyond = int(scene.layout.deepestRow(viewport.begin, viewport.end)) - shown;
    if (beyond <= 0)
        return;
    const char* const words = viewport.upward ? (beyond == 1 ? "1 level above" : "%n levels above")
                                              : (beyond == 1 ? "1 level below" : "%n levels below");
    const QString text = QCoreApplication::translate("Icicle", words, nullptr, beyond);
    const QRectF& area = viewport.area;
    paintPill(painter, viewport.upward ? area.topRight() : area.bottomRight(), viewport.upward, text,
              scene.theme.text.secondary, scene.theme);
}

void paintMinimap(QPainter& painter, const TreeScene& scene, const QRectF& area, bool upward)
{
    constexpr int kRowPx = 2;
    painter.fillRect(area, scene.theme.surface.sunken);
    const int rows = std::min(int(area.height()) / kRowPx, int(scene.layout.rowCount()) - 1);
    Viewport all;
    all.area = area;
    for (int r = 0; r < rows; ++r) {
        const auto row = std::uint32_t(r + 1); // the root tells nothing here
        const double top = upward ? area.bottom() - (r + 1) * kRowPx : area.top() + r * kRowPx;
        double cursor = area.left();
        for (std::uint32_t box = scene.layout.rowBegin(row); box < scene.layout.rowEnd(row);) {
            const double x0 = std::max(cursor, std::round(all.xAt(scene.layout.begin(box))));
            const double x1 = std::max(x0 + 1, std::round(all.xAt(scene.layout.end(box))));
            painter.fillRect(QRectF(x0, top, x1 - x0, kRowPx), scene.plainFill(scene.layout.node(box)));
            cursor = x1;
            box = std::max(box + 1, scene.layout.firstEndingAfter(row, all.fractionAt(cursor), box));
        }
    }
}

void paintMinimapFrame(QPainter& painter, const Theme& theme, const QRectF& area, const Viewport& viewport)
{
    QColor veil = theme.surface.panel;
    veil.setAlphaF(0.6F);
    const double left = area.left() + viewport.begin * area.width();
    const double right = std::max(left + 3, area.left() + viewport.end * area.width());
    painter.fillRect(QRectF(area.topLeft(), QPointF(left, area.bottom())), veil);
    painter.fillRect(QRectF(QPointF(right, area.top()), area.bottomRight()), veil);
    painter.setPen(QPen(theme.selection.outline, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(QPointF(left, area.top()), QPointF(right, area.bottom())).adjusted(1, 1, -1, -1));
}

void paintMinimapTicks(QPainter& painter, const QRectF& area, const std::vector<double>& ticks, const QColor& color)
{
    double last = -1;
    for (const double tick : ticks) {
        const double x = std::floor(area.left() + tick * area.width());
        if (x == last)
            continue;
        painter.fillRect(QRectF(x, area.bottom() - scaledF(7), 2, scaledF(7)), color);
        last = x;
    }
}

} // namespace sundial
