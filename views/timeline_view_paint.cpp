// SPDX-License-Identifier: GPL-3.0-or-later
// TimelineView's picture, and what stands at a place of it.
#include "views/number_text.h"
#include "views/text_fit.h"
#include "views/time_axis.h"
#include "views/timeline_view.h"
#include "views/tree_scene.h"

#include <QToolButton>

#include <cmath>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kHead = 30;
constexpr int kGutter = 190; // for the names
constexpr int kLeastLane = 44, kMostLane = 120, kLaneGap = 10;
constexpr int kPresence = 4;       // the line under a lane
constexpr std::size_t kListed = 4; // functions of a moment on the card

} // namespace

TimelineView::Places TimelineView::placesIn(const QSizeF& size) const
{
    Places places;
    const double side = scaledF(kSide);
    const double gutter = std::min(scaledF(kGutter), size.width() / 5);
    const double legend = size.height() - scaledF(kLegendRowHeight);
    const double axis = legend - scaledF(kTimeAxisHeight);
    const double left = side + gutter;
    places.head = QRectF(side, 0, size.width() - 2 * side, scaledF(kHead));
    places.lanes = QRectF(left, places.head.bottom(), std::floor(size.width() - left - side),
                          std::max(1.0, axis - places.head.bottom()));
    places.axis = QRectF(left, axis, places.lanes.width(), scaledF(kTimeAxisHeight));
    places.legend = QRectF(side, legend, size.width() - 2 * side, scaledF(kLegendRowHeight));
    const auto count = double(m_overview ? std::max<std::size_t>(1, m_overview->activity.size()) : 1);
    places.laneHeight = std::floor(std::clamp(places.lanes.height() / count, scaledF(kLeastLane), scaledF(kMostLane)));
    return places;
}

QRectF TimelineView::laneRect(const Places& places, std::size_t lane, double scroll) const
{
    return QRectF(places.lanes.left(), places.lanes.top() + double(lane) * places.laneHeight - scroll,
                  places.lanes.width(), places.laneHeight);
}

void TimelineView::paintHead(QPainter& painter, const QRectF& head, double right) const
{
    const Theme& t = context()->theme();
    const QString sentence = rangeSentence();
    painter.setFont(uiFont(12, QFont::DemiBold));
    painter.setPen(t.accent.text);
    const double width =
        sentence.isEmpty() ? 0 : QFontMetricsF(painter.font()).horizontalAdvance(sentence) + scaledF(16);
    painter.drawText(QRectF(head.left(), head.top(), right - head.left(), head.height()),
                     Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, sentence);
    const QRectF left(head.left(), head.top(), right - width - head.left(), head.height());
    painter.setFont(uiFont(12));
    painter.setPen(t.text.secondary);
    const QFontMetricsF metrics(painter.font());
    QStringList phrases; // what has no room as a whole is left out
    if (!m_marked.isEmpty())
        phrases << tr("Line under a thread: %1 is on its stack").arg(elideMiddle(m_marked, metrics, scaledF(160)));
    if (m_overview->leavesIdleOut)
        phrases << tr("No idle time in this file: each thread has its own clock");
    phrases << tr("Height: how busy · colour: what ran");
    QString words;
    for (const QString& phrase : phrases) {
        const QString longer = words.isEmpty() ? phrase : words + QStringLiteral("  ·  ") + phrase;
        if (words.isEmpty() || metrics.horizontalAdvance(longer) <= left.width())
            words = longer;
    }
    painter.drawText(left, Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(words, Qt::ElideRight, left.width()));
}

void TimelineView::paintName(QPainter& painter, const QRectF& rect, LaneId id) const
{
    const Theme& t = context()->theme();
    const Profile& profile = *m_analysis->profile;
    const Lane& lane = profile.lanes[id.value];
    const std::vector<LaneId>& chosen = context()->analysis()->options.lanes;
    const bool isShown = chosen.empty() || std::find(chosen.begin(), chosen.end(), id) != chosen.end();
    const QString name = laneName(profile, id);
    const double line = scaledF(17);
    painter.setFont(uiFont(12, QFont::DemiBold));
    painter.setPen(isShown ? t.text.primary : t.text.tertiary);
    painter.drawText(QRectF(rect.left(), rect.center().y() - line, rect.width(), line), Qt::AlignVCenter,
                     elideMiddle(name, QFontMetricsF(painter.font()), rect.width()));
    const Unit unit = profile.metrics[lane.metric.value].unit;
    double all = 0;
    for (const LaneId other : m_overview->scale.lanes)
        all += profile.lanes[other.value].total;
    painter.setFont(uiFont(11));
    painter.setPen(t.text.secondary);
    const QString value = m_overview->scale.lanes.size() == 1 ? valueText(lane.total, unit)
                                                              : valueText(lane.total, unit) + QStringLiteral("  ·  ") +
                                                                    percentText(all > 0 ? lane.total / all : 0);
    painter.drawText(QRectF(rect.left(), rect.center().y(), rect.width(), line), Qt::AlignVCenter, value);
}

void TimelineView::paintLanes(QPainter& painter, const Places& places, double scroll) const
{
    const Theme& t = context()->theme();
    const LaneColors how = colors();
    const std::vector<QRgb> bands = bandOrder(*m_overview, how);
    const double names = scaledF(kSide);
    painter.save();
    painter.setClipRect(QRectF(0, places.lanes.top(), places.lanes.right() + names, places.lanes.height()));
    for (std::size_t lane = 0; lane < m_overview->activity.size(); ++lane) {
        const QRectF rect = laneRect(places, lane, scroll);
        if (!rect.intersects(places.lanes))
            continue;
        const QRectF bar = rect.adjusted(0, scaledF(4), 0, -scaledF(kLaneGap));
        painter.fillRect(bar, t.surface.sunken);
        paintLane(painter, bar, *m_overview, lane, how, bands);
        paintName(painter, QRectF(names, bar.top(), places.lanes.left() - names - scaledF(10), bar.height()),
                  m_overview->scale.lanes[lane]);
    }
    painter.restore();
}

void TimelineView::paintPicture(QPainter& painter, const QSize& size)
{
    const Theme& t = context()->theme();
    painter.fillRect(QRectF(QPointF(), size), t.surface.panel);
    if (!m_overview) {
        paintSentence(painter, QRectF(QPointF(), size), m_isComputing ? QString() : tr("No thread has a time."), t);
        return;
    }
    const Places places = placesIn(size);
    const LaneOverview& overview = *m_overview;
    paintHead(painter, places.head, places.head.right());
    paintTimeAxis(painter, places.axis, places.lanes.top(), overview.scale, {overview.scale.begin, overview.scale.end},
                  t);
    paintLanes(painter, places, 0);
    paintLegendRow(painter, places.legend, context()->palette(), t, overview.scale.unit, {});
}

void TimelineView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = context()->theme();
    painter.fillRect(rect(), t.surface.panel);
    m_legend.clear();
    if (!m_overview)
        return;
    const Places places = placesIn(size());
    const double ratio = devicePixelRatioF();
    if (m_picture.isNull()) {
        m_picture = QPixmap(size() * ratio);
        m_picture.setDevicePixelRatio(ratio);
        m_picture.fill(t.surface.panel);
        QPainter picture(&m_picture);
        const TimeScale& scale = m_overview->scale;
        paintTimeAxis(picture, places.axis, places.lanes.top(), scale, {scale.begin, scale.end}, t);
        paintLanes(picture, places, m_scroll);
    }
    painter.drawPixmap(QPointF(), m_picture);
    for (std::size_t lane = 0; lane < m_presence.size(); ++lane) {
        const QRectF rect = laneRect(places, lane, m_scroll);
        const double top = rect.bottom() - scaledF(kLaneGap) + 2;
        if (rect.top() >= places.lanes.top() && top + kPresence <= places.lanes.bottom())
            paintPresence(painter, QRectF(rect.left(), top, rect.width(), scaledF(kPresence)), m_presence[lane],
                          m_overview->perPart(), context()->searchResult().isActive() ? t.match.line : t.accent.base);
    }
    if (const std::optional<TimeRange> range = brushed()) {
        QColor veil = t.surface.panel;
        veil.setAlphaF(0.6F);
        const TimeScale& scale = m_overview->scale;
        const auto xAt = [&](double time) {
            return places.lanes.left() + (time - scale.begin) / scale.length() * places.lanes.width();
        };
        const QRectF& lanes = places.lanes;
        painter.fillRect(QRectF(lanes.topLeft(), QPointF(xAt(range->begin), lanes.bottom())), veil);
        painter.fillRect(QRectF(QPointF(xAt(range->end), lanes.top()), lanes.bottomRight()), veil);
    }
    paintHead(painter, places.head, m_clear->isVisible() ? m_clear->x() - scaledF(8) : places.head.right());
    m_legend = paintLegendRow(painter, places.legend, context()->palette(), t, context()->analysis()->metricInfo().unit,
                              context()->state().search);
}

std::optional<std::pair<std::size_t, std::uint32_t>> TimelineView::partAt(const QPointF& point) const
{
    if (!m_overview)
        return {};
    const Places places = placesIn(size());
    if (!places.lanes.contains(point))
        return {};
    const auto lane = std::size_t((point.y() - places.lanes.top() + m_scroll) / places.laneHeight);
    const double share = (point.x() - places.lanes.left()) / places.lanes.width();
    if (lane >= m_overview->activity.size())
        return {};
    return std::pair(lane, std::min(std::uint32_t(share * m_overview->parts), m_overview->parts - 1));
}

std::vector<LaneActivity::Entry> TimelineView::busiest(std::size_t lane, std::uint32_t part) const
{
    const LaneActivity& activity = m_overview->activity[lane];
    std::vector<LaneActivity::Entry> entries(activity.entries.begin() + activity.first[part],
                                             activity.entries.begin() + activity.first[part + 1]);
    std::stable_sort(entries.begin(), entries.end(),
                     [](const LaneActivity::Entry& a, const LaneActivity::Entry& b) { return a.weight > b.weight; });
    return entries;
}

FrameCard TimelineView::describe(std::size_t lane, std::uint32_t part) const
{
    const TimeScale& scale = m_overview->scale;
    const double perPart = m_overview->perPart();
    const LaneId id = scale.lanes[lane];
    const std::vector<LaneActivity::Entry> entries = busiest(lane, part);
    double busy = 0;
    for (const LaneActivity::Entry& entry : entries)
        busy += entry.weight;
    const auto moment = [&](double parts) { return momentText(parts * perPart, perPart, scale.length(), scale.unit); };
    FrameCard card;
    card.title = laneName(*m_analysis->profile, id);
    card.location = moment(part) + QStringLiteral(" – ") + moment(part + 1);
    card.swatch = entries.empty() ? context()->theme().surface.sunken
                                  : context()->theme().swatch(context()->palette().color(entries.front().frame));
    card.rows.push_back({tr("Busy"), percentText(std::min(1.0, busy / perPart)), {}});
    for (std::size_t i = 0; i < std::min(entries.size(), kListed); ++i)
        card.rows.push_back({displayText(m_analysis->frames().name(entries[i].frame)),
                             percentText(std::min(1.0, entries[i].weight / perPart)),
                             {}});
    if (entries.size() > kListed)
        card.footnote = tr("and %1 more functions").arg(entries.size() - kListed);
    return card;
}

} // namespace sundial
