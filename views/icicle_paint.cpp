// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/icicle_paint.h"

#include "views/box_paint.h"
#include "views/legend.h"
#include "views/svg_device.h"

#include <QCoreApplication>
#include <QPaintEngine>

#include <cmath>
#include <optional>

namespace sundial
{

namespace
{

/// The rows of an icicle as boxes.
class IciclePainter
{
public:
    IciclePainter(QPainter& painter, const TreeScene& scene, const Viewport& viewport)
        : m_boxes(painter, scene.theme, scene.labelOpacity), m_p(painter), m_scene(scene), m_view(viewport)
    {
    }

    void keepFree(const QRectF& place) { m_boxes.keepFree(place); }
    void paintRow(std::uint32_t row, double left, double right);
    void paintAbove();

private:
    void addBox(std::uint32_t box, const QRectF& rect);
    void paintRing(NodeId node, bool isFocus);
    std::optional<QRectF> rectOf(NodeId node) const;

    BoxPainter m_boxes;
    QPainter& m_p;
    const TreeScene& m_scene;
    const Viewport& m_view;
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
                m_boxes.addSliver(QRectF(x0, top, 1, bottom - top), m_scene.fillRgba(layout.frame(box)));
            cursor = x0 + 1;
            box = std::max(box + 1, layout.firstEndingAfter(row, (cursor - offset) / scale, box));
        }
    }
    m_boxes.flushSliver();
}

void IciclePainter::addBox(std::uint32_t box, const QRectF& rect)
{
    const NodeId node = m_scene.layout.node(box);
    {
        const SvgItem item(m_p, [&] { return m_scene.tip(box); });
        m_boxes.fillBox(rect, m_scene.fill(node));
    }
    if (const std::optional<ChangeLook> look = m_scene.change(node))
        paintChangeMark(m_p, *look, rect, m_scene.theme);
    if (node.value != 0 && m_scene.analysis.isEstimated() && !m_scene.analysis.tree.estimate()->exact[node.value])
        m_boxes.addFoot(rect);
    if (m_scene.isSelected(node))
        m_boxes.addOutline(rect);
    if (m_boxes.wantsLabel(rect))
        m_boxes.addLabel(rect, m_scene.label(node), m_scene.isOwn(node), m_scene.textColor(node),
                         [&] { return m_scene.share(box); });
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
    if (const std::optional<QRectF> rect = rectOf(node))
        m_boxes.paintRing(*rect, isFocus);
}

void IciclePainter::paintAbove()
{
    m_boxes.paintAbove();
    if (m_scene.selectedNode && m_scene.isSelected(m_scene.selectedNode))
        paintRing(m_scene.selectedNode, false);
    if (m_scene.focused)
        paintRing(m_scene.focused, true);
}

/// "79 levels below", or nothing.
QString levelsBeyond(const TreeScene& scene, const Viewport& viewport)
{
    const int shown = std::min(viewport.rowLimit - 1,
                               viewport.rowAt(viewport.upward ? viewport.area.top() + 1 : viewport.area.bottom() - 1));
    const int beyond = int(scene.layout.deepestRow(viewport.begin, viewport.end)) - shown;
    const char* const words = viewport.upward ? (beyond == 1 ? "1 level above" : "%n levels above")
                                              : (beyond == 1 ? "1 level below" : "%n levels below");
    return beyond > 0 ? QCoreApplication::translate("Icicle", words, nullptr, beyond) : QString();
}

QPointF levelsBeyondCorner(const Viewport& viewport)
{
    return viewport.upward ? viewport.area.topRight() : viewport.area.bottomRight();
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

void paintIcicle(QPainter& painter, const TreeScene& scene, const Viewport& viewport, const QRectF& dirty,
                 const QRectF& keptFree)
{
    const QRectF part = viewport.area.intersected(dirty);
    if (scene.layout.isEmpty() || part.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, painter.paintEngine()->type() != QPaintEngine::Raster ||
                                                      painter.device()->devicePixelRatioF() != 1.0);
    IciclePainter paint(painter, scene, viewport);
    paint.keepFree(keptFree);
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
    paintIcicle(painter, scene, viewport, viewport.area, levelsBeyondPlace(scene, viewport));
    paintLevelsBeyond(painter, scene, viewport);
    paintLegendRow(painter, QRectF(side, size.height() - foot, viewport.area.width(), foot), scene.palette, scene.theme,
                   scene.analysis.metricInfo().unit, {});
}

double icicleHeight(std::uint32_t rows)
{
    return rows * scaled(kFrameRow) + scaledF(16) + scaledF(kLegendRowHeight);
}

QRectF levelsBeyondPlace(const TreeScene& scene, const Viewport& viewport)
{
    const QString text = levelsBeyond(scene, viewport);
    return text.isEmpty() ? QRectF() : pillAt(levelsBeyondCorner(viewport), viewport.upward, text);
}

void paintLevelsBeyond(QPainter& painter, const TreeScene& scene, const Viewport& viewport)
{
    if (const QString text = levelsBeyond(scene, viewport); !text.isEmpty())
        paintPill(painter, levelsBeyondCorner(viewport), viewport.upward, text, scene.theme.text.secondary,
                  scene.theme);
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
