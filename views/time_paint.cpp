// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/time_paint.h"

#include "model/frame_name.h"
#include "views/box_paint.h"
#include "views/icicle_paint.h"
#include "views/lane_paint.h"
#include "views/legend.h"
#include "views/number_text.h"
#include "views/time_axis.h"
#include "views/tree_scene.h"

#include <QCoreApplication>
#include <QPaintEngine>

#include <algorithm>
#include <cmath>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kHeading = 26;
constexpr int kLaneGap = 8;

class TimePainter
{
public:
    TimePainter(QPainter& painter, const TimeScene& scene, const Viewport& viewport)
        : m_boxes(painter, scene.theme, scene.labelOpacity), m_p(painter), m_scene(scene), m_view(viewport),
          m_begin(scene.timeAt(viewport.begin)),
          m_scale(viewport.pixelsPerFraction() / (scene.extent.end - scene.extent.begin))
    {
    }

    void paintLane(std::uint32_t lane, double top);
    void paintHeading(std::uint32_t lane, double top);
    void paintAbove();

private:
    template <class Row> void paintRow(const Row& row, double top, double bottom);
    void addBox(FrameId frame, double duration, const QRectF& rect);

    BoxPainter m_boxes;
    QPainter& m_p;
    const TimeScene& m_scene;
    const Viewport& m_view;
    double m_begin; ///< The moment at the area's left edge.
    double m_scale; ///< Pixels a unit of time.
};

void TimePainter::paintLane(std::uint32_t index, double top)
{
    const TimeLane& lane = m_scene.layout.lanes[index];
    const QRectF& area = m_view.area;
    for (std::uint32_t row = 0; row < lane.depth(); ++row) {
        const double rowTop = std::round(top + row * m_view.rowHeight);
        const double boxTop = std::max(rowTop, area.top());
        const double bottom = std::min(rowTop + std::round(m_view.rowHeight) - 1, area.bottom());
        if (rowTop >= area.bottom())
            break;
        if (bottom <= boxTop)
            continue;
        if (const CoarseRow* const coarse = lane.coarseRow(row, 1 / m_scale))
            paintRow(*coarse, boxTop, bottom);
        else
            paintRow(lane.fine(row), boxTop, bottom);
    }
}

template <class Row> void TimePainter::paintRow(const Row& row, double top, double bottom)
{
    const QRectF& area = m_view.area;
    const auto pixelAt = [&](double time) { // whole, and no further than the area's edges
        const double x = (time - m_begin) * m_scale + area.left();
        return double(int(std::clamp(x, area.left(), area.right()) + 0.5));
    };
    const double end = m_begin + area.width() / m_scale;
    double cursor = std::floor(area.left());
    m_boxes.beginRow(QRectF(cursor, top, std::ceil(area.right()) - cursor, bottom - top));
    std::size_t box = firstEndingAfter(row, m_begin);
    while (box < row.size() && row.begin(box) < end) {
        const double x0 = std::max(cursor, pixelAt(row.begin(box)));
        const double x1 = pixelAt(row.end(box));
        if (x1 - x0 >= 2) {
            const double gap = x1 < area.right() ? 1 : 0;
            addBox(row.frame(box), row.end(box) - row.begin(box), QRectF(x0, top, x1 - x0 - gap, bottom - top));
            cursor = x1;
            ++box;
        } else {
            if (x0 < area.right())
                m_boxes.addSliver(QRectF(x0, top, 1, bottom - top),
                                  frameFill(m_scene.palette, m_scene.search, m_scene.theme, row.frame(box)).rgba());
            cursor = x0 + 1;
            const double next = m_begin + (cursor - area.left()) / m_scale;
            box = std::max(box + 1, firstEndingAfter(row, next, box));
        }
    }
    m_boxes.endRow();
}

void TimePainter::addBox(FrameId frame, double duration, const QRectF& rect)
{
    m_boxes.fillBox(rect, frameFill(m_scene.palette, m_scene.search, m_scene.theme, frame));
    if (m_scene.selected && frame == m_scene.selected)
        m_boxes.addOutline(rect);
    if (!m_boxes.wantsLabel(rect))
        return;
    const bool isDimmed = m_scene.search.isActive() && !m_scene.search.contains(frame);
    const Theme& t = m_scene.theme;
    m_boxes.addLabel(rect, displayText(frameName(m_scene.analysis.frames(), frame)), m_scene.palette.isOwn(frame),
                     isDimmed ? t.text.tertiary : t.text.primary,
                     [&] { return valueText(duration, m_scene.layout.scale.unit); });
}

void TimePainter::paintHeading(std::uint32_t index, double top)
{
    const QRectF& area = m_view.area;
    const QRectF line = QRectF(area.left(), top, area.width(), scaledF(kHeading));
    if (!line.intersects(area))
        return;
    const Theme& t = m_scene.theme;
    const LaneId id = m_scene.layout.lanes[index].id;
    const Lane& lane = m_scene.analysis.profile->lanes[id.value];
    const QString name = laneName(*m_scene.analysis.profile, id);
    m_p.save();
    m_p.setClipRect(area);
    m_p.setFont(uiFont(12, QFont::DemiBold));
    m_p.setPen(t.text.primary);
    const QString shown = elideMiddle(name, QFontMetricsF(m_p.font()), area.width() * 2 / 3);
    m_p.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine, shown);
    const double width = QFontMetricsF(m_p.font()).horizontalAdvance(shown) + scaledF(12);
    m_p.setFont(uiFont(12));
    m_p.setPen(t.text.secondary);
    m_p.drawText(line.adjusted(width, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine,
                 valueText(lane.total, m_scene.analysis.profile->metrics[lane.metric.value].unit));
    m_p.restore();
}

void TimePainter::paintAbove()
{
    m_boxes.paintAbove();
    if (!m_scene.focused)
        return;
    QRectF rect = timeRectOf(m_scene, m_view, m_scene.focused);
    rect.setRight(std::max(rect.right(), rect.left() + kLeastRing));
    rect = rect.intersected(m_view.area);
    if (rect.width() >= 1 && rect.height() >= 4)
        m_boxes.paintRing(rect, true);
}

} // namespace

double timeAxisRoom()
{
    return scaledF(kTimeAxisHeight);
}

double laneHeading(const TimeLayout& layout)
{
    return layout.lanes.size() > 1 ? scaledF(kHeading) : 0;
}

std::vector<double> laneTops(const TimeLayout& layout)
{
    std::vector<double> tops{0};
    for (const TimeLane& lane : layout.lanes)
        tops.push_back(tops.back() + laneHeading(layout) + std::max(1U, lane.depth()) * double(scaled(kFrameRow)) +
                       scaledF(kLaneGap));
    return tops;
}

void paintTime(QPainter& painter, const TimeScene& scene, const Viewport& viewport)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, painter.paintEngine()->type() != QPaintEngine::Raster ||
                                                      painter.device()->devicePixelRatioF() != 1.0);
    const QRectF& area = viewport.area;
    const QRectF axis(area.left(), area.top() - timeAxisRoom(), area.width(), timeAxisRoom());
    paintTimeAxis(painter, axis, area.bottom(), scene.layout.scale,
                  {scene.timeAt(viewport.begin), scene.timeAt(viewport.end)}, scene.theme);
    const std::vector<double> tops = laneTops(scene.layout);
    TimePainter paint(painter, scene, viewport);
    for (std::uint32_t lane = 0; lane < scene.layout.lanes.size(); ++lane) {
        const double top = area.top() + tops[lane] - viewport.scroll;
        if (top >= area.bottom())
            break;
        if (area.top() + tops[lane + 1] - viewport.scroll <= area.top())
            continue;
        if (laneHeading(scene.layout) > 0)
            paint.paintHeading(lane, top);
        paint.paintLane(lane, top + laneHeading(scene.layout));
    }
    paint.paintAbove();
    painter.restore();
}

void paintTimeBelow(QPainter& painter, const TimeScene& scene, const Viewport& viewport)
{
    const std::vector<double> tops = laneTops(scene.layout);
    const double foot = viewport.scroll + viewport.area.height();
    const auto threads = int(std::count_if(tops.begin(), tops.end() - 1,
                                           [&](double top) { return top + laneHeading(scene.layout) >= foot; }));
    const int levels = int(std::ceil((tops.back() - scaledF(kLaneGap) - foot) / viewport.rowHeight));
    if (threads == 0 && levels <= 0)
        return;
    const char* const words = threads == 1  ? "1 thread below"
                              : threads > 1 ? "%n threads below"
                              : levels == 1 ? "1 level below"
                                            : "%n levels below";
    paintPill(painter, viewport.area.bottomRight(), false,
              QCoreApplication::translate("TimePicture", words, nullptr, threads > 0 ? threads : levels),
              scene.theme.text.secondary, scene.theme);
}

void paintTimePicture(QPainter& painter, const TimeScene& scene, Viewport viewport, const QSizeF& size, int mostRows)
{
    const double side = scaledF(kSide), foot = scaledF(kLegendRowHeight);
    const double top = side + timeAxisRoom();
    painter.fillRect(QRectF(QPointF(), size), scene.theme.surface.panel);
    viewport.area = QRectF(side, top, size.width() - 2 * side,
                           std::clamp(size.height() - top - foot, 1.0, double(mostRows) * viewport.rowHeight));
    paintTime(painter, scene, viewport);
    paintLegendRow(painter, QRectF(side, size.height() - foot, viewport.area.width(), foot), scene.palette, scene.theme,
                   scene.layout.scale.unit, {});
}

double timePictureHeight(const TimeLayout& layout, int mostRows)
{
    return scaledF(kSide) + timeAxisRoom() + std::min(laneTops(layout).back(), double(mostRows) * scaled(kFrameRow)) +
           scaledF(kLegendRowHeight);
}

TimePlace timePlaceAt(const TimeScene& scene, const Viewport& viewport, const QPointF& point)
{
    if (!viewport.area.contains(point))
        return {};
    const double y = point.y() - viewport.area.top() + viewport.scroll;
    const std::vector<double> tops = laneTops(scene.layout);
    const auto lane = std::uint32_t(std::upper_bound(tops.begin(), tops.end(), y) - tops.begin() - 1);
    if (lane >= scene.layout.lanes.size())
        return {};
    const double inLane = y - tops[lane] - laneHeading(scene.layout);
    const TimeLane& under = scene.layout.lanes[lane];
    if (inLane < 0 || inLane >= under.depth() * viewport.rowHeight)
        return {};
    const auto row = std::uint32_t(inLane / viewport.rowHeight);
    const double time = scene.timeAt(viewport.fractionAt(point.x()));
    const double pixel = (scene.extent.end - scene.extent.begin) / viewport.pixelsPerFraction();
    const FineRow boxes = under.fine(row);
    const std::size_t box = firstEndingAfter(boxes, time);
    if (box >= boxes.size() || boxes.begin(box) >= time + pixel)
        return {};
    return {lane, row, box};
}

NodeId timeNodeOf(const TimeLayout& layout, const TimePlace& place)
{
    return layout.lanes[place.lane].fine(place.row).node(place.box);
}

TimeRange timeOf(const TimeLayout& layout, const TimePlace& place)
{
    const FineRow row = layout.lanes[place.lane].fine(place.row);
    return {row.begin(place.box), row.end(place.box)};
}

QRectF timeRectOf(const TimeScene& scene, const Viewport& viewport, const TimePlace& place)
{
    const TimeRange time = timeOf(scene.layout, place);
    const double left = std::round(viewport.xAt(scene.fractionOf(time.begin)));
    const double right = std::round(viewport.xAt(scene.fractionOf(time.end)));
    const double top = std::round(viewport.area.top() - viewport.scroll + laneTops(scene.layout)[place.lane] +
                                  laneHeading(scene.layout) + place.row * viewport.rowHeight);
    return QRectF(left, top, right - left, std::round(viewport.rowHeight) - 1);
}

} // namespace sundial
