// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timeline_view.h"

#include "views/color_menu.h"
#include "views/hover_card.h"
#include "views/on_worker.h"
#include "views/text_fit.h"
#include "views/time_axis.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QToolButton>

#include <cmath>

namespace sundial
{

namespace
{

constexpr int kBrushReach = 8; // its handles stand out of the lanes
constexpr std::uint32_t kParts = 1500;

OverviewPtr makeOverview(const Analysis& analysis)
{
    LaneOverview overview;
    overview.scale = timeScale(*analysis.profile, analysis.metric);
    const std::vector<LaneId> order = lanesInOrder(*analysis.profile);
    std::vector<LaneId>& lanes = overview.scale.lanes;
    std::sort(lanes.begin(), lanes.end(), [&order](LaneId a, LaneId b) {
        return std::find(order.begin(), order.end(), a) < std::find(order.begin(), order.end(), b);
    });
    overview.parts = kParts;
    overview.leavesIdleOut = leavesIdleOut(*analysis.profile, overview.scale);
    for (const LaneId lane : lanes)
        overview.activity.push_back(laneActivity(analysis, lane, overview.scale, kParts));
    return std::make_shared<const LaneOverview>(std::move(overview));
}

Presence makePresence(const Analysis& analysis, const LaneOverview& overview, const FrameSet& frames)
{
    Presence presence;
    for (const LaneId lane : overview.scale.lanes)
        presence.push_back(lanePresence(analysis, lane, overview.scale, overview.parts, frames));
    return presence;
}

} // namespace

TimelineView::TimelineView(ViewContext* context, QWidget* parent)
    : View(context, parent), m_options(new QWidget), m_brush(new RangeBrush(this)), m_clear(new QToolButton(this))
{
    setMinimumSize(scaled(200), scaled(120));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusProxy(m_brush);
    auto* const row = new QHBoxLayout(m_options);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(makeColorMenu(context, m_options));
    m_clear->setText(tr("Whole time"));
    m_clear->setToolTip(tr("Clears the range (Esc)"));
    m_clear->setProperty("quiet", true);
    m_clear->hide();
    m_brush->installEventFilter(this);
    m_brush->setChartMargins(QMargins(scaled(kBrushReach), 0, scaled(kBrushReach), 0));

    connect(m_clear, &QToolButton::clicked, this, [this] { choose({}); });
    connect(m_brush, &RangeBrush::rangeMoved, this, &TimelineView::showRange);
    connect(m_brush, &RangeBrush::rangeChosen, this, [this] {
        const std::optional<TimeRange> range = brushed();
        emit this->context()->rangeRequested(range ? std::optional<ProfileRange>(*range) : std::nullopt);
    });
    const auto repaint = [this] {
        m_picture = {};
        update();
    };
    connect(context, &ViewContext::analysisChanged, this, &TimelineView::refresh);
    connect(context, &ViewContext::themeChanged, this, [this, repaint] {
        m_brush->setTheme(this->context()->theme());
        repaint();
    });
    connect(context, &ViewContext::stateChanged, this, [this, repaint](const ViewState& before) {
        const ViewState& now = this->context()->state();
        if (before.selected != now.selected || before.search != now.search)
            refreshPresence();
        if (before.search != now.search || before.colorBy != now.colorBy)
            repaint();
    });
    m_brush->setTheme(context->theme());
}

/// With the range, whose stops are places in it.
void TimelineView::dropOverview()
{
    m_overview.reset();
    m_presence.clear();
    m_picture = {};
    m_stops.clear();
    m_brush->setRange({});
}

void TimelineView::forget()
{
    dropOverview();
    m_picture = {};
    m_analysis.reset();
    m_isComputing = false;
}

void TimelineView::refresh()
{
    const AnalysisPtr& analysis = context()->analysis();
    if (!isVisible() || !analysis || analysis->comparison)
        return;     // showEvent asks again
    m_picture = {}; // the chosen threads, colours
    const bool isSame = m_overview && m_analysis && m_analysis->profile == analysis->profile &&
                        m_analysis->metric == analysis->metric &&
                        m_analysis->options.filters == analysis->options.filters;
    if (!isSame) {
        if (!m_analysis || m_analysis->profile != analysis->profile) {
            dropOverview();
            m_scroll = 0;
        }
        m_analysis = analysis;
        m_isComputing = true;
        const auto look = [analysis] { return makeOverview(*analysis); };
        onWorker(this, look, [this, analysis](const OverviewPtr& overview) {
            if (m_analysis != analysis)
                return;
            m_isComputing = false;
            if (!overview)
                return dropOverview(); // memory ran out
            m_overview = overview;
            m_picture = {};
            m_stops = rangeStops(overview->scale);
            std::vector<double> places;
            for (const double stop : m_stops)
                places.push_back((stop - overview->scale.begin) / overview->scale.length());
            m_brush->setPlaces(std::move(places));
            layOut();
            showRange();
            refreshPresence();
            emit hintChanged();
        });
    }
    showRange();
    if (isSame)
        refreshPresence();
}

void TimelineView::refreshPresence()
{
    m_marked.clear();
    m_presence.clear();
    const AnalysisPtr& analysis = m_analysis;
    update();
    if (!m_overview || !isVisible())
        return;
    const SearchResult& search = context()->searchResult();
    const FrameId selected = context()->state().selected;
    FrameSet frames(analysis->frames().size(), false);
    if (search.isActive() && search.count > 0) {
        for (std::uint32_t f = 0; f < frames.size(); ++f)
            frames[f] = search.contains(FrameId{f});
        m_marked = tr("“%1”").arg(context()->state().search);
    } else if (selected && selected.value < frames.size()) {
        frames[selected.value] = true;
        m_marked = displayText(analysis->frames().name(selected));
    } else {
        return;
    }
    const auto find = [analysis, overview = m_overview, frames] { return makePresence(*analysis, *overview, frames); };
    onWorker(this, find, [this, overview = m_overview, marked = m_marked](const Presence& presence) {
        if (overview != m_overview || marked != m_marked)
            return;
        m_presence = presence;
        update();
    });
}

std::optional<TimeRange> TimelineView::brushed() const
{
    if (!m_brush->range() || m_stops.empty())
        return {};
    return TimeRange{m_stops[m_brush->range()->from], m_stops[m_brush->range()->to]};
}

void TimelineView::showRange()
{
    const std::optional<TimeRange> range =
        context()->analysis() ? timeRange(context()->analysis()->options) : std::nullopt;
    if (sender() != m_brush && !m_stops.empty() && m_overview) { // what all views show, wherever it came from
        const auto stopAt = [this](double time) {
            const auto above = std::lower_bound(m_stops.begin(), m_stops.end() - 1, time);
            return std::uint32_t(above - m_stops.begin());
        };
        m_brush->setRange(range ? RangeBrush::Range(MemoryRange{stopAt(range->begin), stopAt(range->end)})
                                : RangeBrush::Range());
    }
    m_brush->setAccessibleDescription(m_brush->range() ? rangeSentence() : tr("The whole time"));
    m_clear->setVisible(m_brush->range().has_value());
    update();
}

void TimelineView::choose(const RangeBrush::Range& range)
{
    if (range == m_brush->range())
        return;
    m_brush->setRange(range);
    emit m_brush->rangeMoved();
    emit m_brush->rangeChosen();
}

void TimelineView::resizeRange(double factor)
{
    if (m_stops.size() < 3)
        return;
    const auto last = double(m_stops.size() - 1);
    const MemoryRange now = m_brush->range().value_or(MemoryRange{0, std::uint32_t(last)});
    const double middle = (double(now.from) + now.to) / 2;
    const double half = std::max(0.5, (double(now.to) - now.from) / 2 * factor);
    const auto from = std::uint32_t(std::floor(std::max(0.0, middle - half)));
    const auto to = std::uint32_t(std::ceil(std::min(last, middle + half)));
    choose(from == 0 && to == std::uint32_t(last) ? RangeBrush::Range() : MemoryRange{from, std::max(to, from + 1)});
}

QString TimelineView::rangeSentence() const
{
    const std::optional<TimeRange> range = brushed();
    return range ? rangeText(m_overview->scale, *range) + QStringLiteral("  ·  ") + tr("all views show this range")
                 : QString();
}

void TimelineView::layOut()
{
    const Places places = placesIn(size());
    const double reach = scaledF(kBrushReach);
    m_brush->setGeometry(places.lanes.adjusted(-reach, 0, reach, 0).toRect());
    m_clear->adjustSize();
    m_clear->move(int(places.head.right()) - m_clear->width(), (int(places.head.height()) - m_clear->height()) / 2);
    const double all = m_overview ? double(m_overview->activity.size()) * places.laneHeight : 0;
    m_scroll = std::clamp(m_scroll, 0.0, std::max(0.0, all - places.lanes.height()));
    m_picture = {};
    update();
}

void TimelineView::hover(const QPointF& point, const QPoint& globalPosition)
{
    const auto under = partAt(point);
    HoverCard* const card = HoverCard::of(this);
    if (!under) {
        card->hide();
        emit described({});
        return;
    }
    const FrameCard what = describe(under->first, under->second);
    card->showCard(what, context()->theme(), globalPosition);
    emit described(oneLine(what));
}

bool TimelineView::eventFilter(QObject*, QEvent* event)
{
    if (event->type() == QEvent::MouseMove) {
        const auto* const move = static_cast<QMouseEvent*>(event);
        if (move->buttons() == Qt::NoButton)
            hover(m_brush->mapToParent(move->position()), move->globalPosition().toPoint());
        else
            HoverCard::of(this)->hide();
    } else if (event->type() == QEvent::Leave) {
        hover({-1, -1}, {});
    }
    return false;
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    for (const LegendHit& hit : m_legend) {
        if (hit.rect.contains(event->position()))
            context()->search(context()->state().search == hit.name ? QString() : hit.name);
    }
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event)
{
    const auto under = partAt(event->pos());
    if (!under)
        return;
    HoverCard::of(this)->hide();
    const std::vector<LaneActivity::Entry> entries = busiest(under->first, under->second);
    if (!entries.empty())
        emit contextMenuRequested(entries.front().frame, NodeId{}, event->globalPos());
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        event->angleDelta().y() > 0 ? zoomIn() : zoomOut();
    } else {
        m_scroll -= event->pixelDelta().isNull() ? event->angleDelta().y() / 2.0 : event->pixelDelta().y();
        layOut();
    }
    event->accept();
}

void TimelineView::resizeEvent(QResizeEvent*)
{
    layOut();
}

void TimelineView::showEvent(QShowEvent*)
{
    refresh();
    layOut();
}

void TimelineView::hideEvent(QHideEvent*)
{
    if (window())
        HoverCard::of(this)->hide();
}

namespace
{

View* create(ViewContext* context, QWidget* parent)
{
    return new TimelineView(context, parent);
}

bool hasTime(const Analysis& analysis)
{
    const TimeScale scale = timeScale(*analysis.profile, analysis.metric);
    return !scale.isEmpty();
}

} // namespace

extern const ViewType timelineView{
    "timeline", QT_TRANSLATE_NOOP("View", "Timeline"), "timeline", create, ViewMode::Single, nullptr, hasTime};

} // namespace sundial
