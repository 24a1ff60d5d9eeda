// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/time_picture.h"

#include "views/hover_card.h"
#include "views/icicle_paint.h"
#include "views/number_text.h"
#include "views/on_worker.h"
#include "views/text_fit.h"
#include "views/time_axis.h"
#include "views/tree_scene.h"

#include <QPaintEvent>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr double kLeastSpan = 1e-11; // of a box without any length

} // namespace

QString whyNoTimeOrder(const Analysis& analysis)
{
    if (analysis.comparison)
        return TimePicture::tr("Only for one profile: two runs have no time in common");
    if (analysis.profile->origin != TreeOrigin::Exact)
        return TimePicture::tr("This file adds up all calls of a function: it does not tell what came after what");
    if (timeScale(*analysis.profile, analysis.metric).isEmpty())
        return TimePicture::tr("This file adds equal stacks up: it does not tell what came after what");
    return {};
}

TimePicture::TimePicture(ViewContext* context, QWidget* parent)
    : QWidget(parent), m_context(context), m_move(new ViewportAnimation(this))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Calls in the order of time"));
    connect(m_move, &ViewportAnimation::changed, this, qOverload<>(&QWidget::update));
    connect(context, &ViewContext::profileReplaced, this, [this] {
        if (!isVisible() || !m_context->analysis())
            forget();
    });
    connect(context, &ViewContext::analysisChanged, this, &TimePicture::refresh);
    connect(context, &ViewContext::themeChanged, this, qOverload<>(&QWidget::update));
    connect(context, &ViewContext::stateChanged, this, &TimePicture::stateChanged);
}

TimePicture::~TimePicture()
{
    if (m_progress)
        m_progress->cancel();
}

void TimePicture::forget()
{
    if (m_progress)
        m_progress->cancel();
    m_progress.reset();
    m_focused = m_hovered = {};
    m_layout.reset();
    m_analysis.reset();
}

void TimePicture::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    if (!isVisible() || !analysis || !whyNoTimeOrder(*analysis).isEmpty() || analysis->options.inverted)
        return; // showEvent asks again
    const bool isSameProfile = m_analysis && m_analysis->profile == analysis->profile;
    const bool isSame = isSameProfile && m_analysis->metric == analysis->metric &&
                        m_analysis->options.filters == analysis->options.filters &&
                        m_analysis->options.lanes == analysis->options.lanes && (m_layout || m_progress);
    const std::optional<TimeRange> range = timeRange(analysis->options);
    const bool isOtherRange = !isSameProfile || range != m_range;
    m_range = range;
    m_analysis = analysis;
    if (!isSame) {
        m_focused = m_hovered = {};
        m_layout.reset();
        if (m_progress)
            m_progress->cancel();
        m_progress = std::make_shared<Progress>();
        const auto layOut = [analysis, progress = m_progress] { return layOutTime(*analysis, *progress); };
        onWorker(this, layOut, [this, progress = m_progress, isOtherRange](const TimeLayoutPtr& layout) {
            if (progress != m_progress)
                return;
            m_progress.reset();
            m_layout = layout;
            m_move->jumpTo(fitted(isOtherRange ? icicleViewport({}, false) : m_move->target()));
            if (isOtherRange && m_context->state().zoomRoot.value != 0)
                zoomTo(m_context->state().zoomRoot);
            emit hintChanged();
        });
    } else if (isOtherRange && m_layout) {
        m_move->jumpTo(fitted(icicleViewport({}, false)));
    }
    update();
    emit hintChanged();
}

void TimePicture::stateChanged(const ViewState& before)
{
    const ViewState& now = m_context->state();
    if (now.zoomRoot != before.zoomRoot && hasPicture() && isVisible() && !m_isZooming)
        zoomTo(now.zoomRoot);
    update();
}

TimeRange TimePicture::extent() const
{
    return m_range ? *m_range : TimeRange{m_layout->scale.begin, m_layout->scale.end};
}

TimeRange TimePicture::shownTime() const
{
    const TimeScene now = scene(1);
    return {now.timeAt(m_move->target().begin), now.timeAt(m_move->target().end)};
}

TimeScene TimePicture::scene(double labelOpacity) const
{
    return {.analysis = *m_analysis,
            .layout = *m_layout,
            .palette = m_context->palette(),
            .theme = m_context->theme(),
            .search = m_context->searchResult(),
            .extent = extent(),
            .selected = m_context->state().selected,
            .focused = m_showsFocus && hasFocus() ? m_focused : TimePlace{},
            .labelOpacity = labelOpacity};
}

QString TimePicture::hint() const
{
    return hasPicture() ? tr("Click zooms · Ctrl+wheel zooms · drag moves · Backspace goes up") : QString();
}

Viewport TimePicture::fitted(Viewport viewport) const
{
    const double foot = scaledF(kLegendRowHeight);
    viewport.area = QRectF(scaled(kSide), timeAxisRoom(), std::max(1, width() - 2 * scaled(kSide)),
                           std::max(1.0, height() - timeAxisRoom() - foot));
    viewport.rowHeight = scaled(kFrameRow);
    const double rows = hasPicture() ? laneTops(*m_layout).back() : 0;
    viewport.scroll = std::clamp(viewport.scroll, 0.0, std::max(0.0, rows - viewport.area.height()));
    return viewport;
}

Viewport TimePicture::viewportOf(const TimePlace& place) const
{
    Viewport viewport = m_move->target();
    const TimeScene now = scene(1);
    const TimeRange time = timeOf(*m_layout, place);
    viewport.begin = std::clamp(now.fractionOf(time.begin), 0.0, 1 - kLeastSpan);
    viewport.end = std::clamp(now.fractionOf(time.end), viewport.begin + kLeastSpan, 1.0);
    const double top = laneTops(*m_layout)[place.lane] + laneHeading(*m_layout) + place.row * viewport.rowHeight;
    const double room = viewport.area.height();
    if (top < viewport.scroll || top + viewport.rowHeight > viewport.scroll + room)
        viewport.scroll = std::max(0.0, top - room / 3);
    return fitted(viewport);
}

TimePlace TimePicture::placeOf(NodeId node) const
{
    const std::uint32_t depth = m_analysis->paths.depth(node);
    if (depth == 0)
        return {};
    const TimeScene now = scene(1);
    const Viewport& v = m_move->target();
    const double middle = now.timeAt((v.begin + v.end) / 2), end = now.timeAt(v.end);
    TimePlace nearest; // the one around the middle, else one in sight, else the first of all
    bool isInSight = false;
    for (std::uint32_t lane = 0; lane < m_layout->lanes.size(); ++lane) {
        if (depth > m_layout->lanes[lane].depth())
            continue;
        const FineRow row = m_layout->lanes[lane].fine(depth - 1);
        const std::size_t here = firstEndingAfter(row, middle);
        if (here < row.size() && row.node(here) == node && row.begin(here) <= middle)
            return {lane, depth - 1, here};
        for (std::size_t box = firstEndingAfter(row, now.timeAt(v.begin));
             !isInSight && box < row.size() && row.begin(box) < end; ++box) {
            if (row.node(box) == node) {
                nearest = {lane, depth - 1, box};
                isInSight = true;
            }
        }
        const std::vector<std::uint32_t>& nodes = m_layout->lanes[lane].order.rows()[depth - 1].node;
        if (const auto first = std::find(nodes.begin(), nodes.end(), node.value); !nearest && first != nodes.end())
            nearest = {lane, depth - 1, std::size_t(first - nodes.begin())};
    }
    return nearest;
}

void TimePicture::zoomTo(NodeId node)
{
    if (!hasPicture())
        return;
    if (const TimePlace place = placeOf(node)) {
        m_move->animateTo(viewportOf(place));
        return;
    }
    Viewport all = m_move->target();
    all.begin = 0;
    all.end = 1;
    m_move->animateTo(fitted(all));
}

void TimePicture::select(const TimePlace& place, bool zoom)
{
    if (!hasPicture() || !place)
        return;
    const NodeId node = timeNodeOf(*m_layout, place);
    ViewState next = m_context->state();
    next.selected = m_analysis->paths.frame(node);
    next.selectedNode = node;
    if (zoom)
        next.zoomRoot = node;
    m_focused = place;
    m_isZooming = true;
    m_context->update(next);
    m_isZooming = false;
    if (zoom)
        m_move->animateTo(viewportOf(place));
    update();
}

void TimePicture::goUp()
{
    const NodeId root = m_context->state().zoomRoot;
    if (hasPicture() && root.value != 0)
        m_context->zoomTo(m_analysis->paths.parent(root));
    else
        fit();
}

void TimePicture::fit()
{
    if (!hasPicture())
        return;
    m_context->zoomTo(NodeId{0});
    zoomTo(NodeId{0}); // also where only the wheel had zoomed
}

void TimePicture::zoomBy(double factor)
{
    if (!hasPicture())
        return;
    Viewport viewport = m_move->target();
    const QRectF focused = m_focused ? timeRectOf(scene(1), viewport, m_focused).intersected(viewport.area) : QRectF();
    viewport.zoomAbout(focused.isEmpty() ? viewport.area.center().x() : focused.center().x(), factor);
    m_move->animateTo(fitted(viewport));
}

FrameCard TimePicture::describe(const TimePlace& place) const
{
    const TimeRange time = timeOf(*m_layout, place);
    const TimeScale& scale = m_layout->scale;
    FrameCard card = describeNode(*m_context, *m_analysis, timeNodeOf(*m_layout, place));
    const double step = roundStep(std::max(time.end - time.begin, scale.length() * 1e-9) / 1000);
    const CardRow rows[] = {{tr("This box"), valueText(time.end - time.begin, scale.unit), {}},
                            {tr("From"), momentText(time.begin - scale.begin, step, scale.length(), scale.unit), {}}};
    card.rows.insert(card.rows.begin(), std::begin(rows), std::end(rows));
    return card;
}

void TimePicture::hover(const QPointF& point, const QPoint& globalPosition)
{
    if (m_isPinned)
        return;
    const TimePlace place = hasPicture() ? timePlaceAt(scene(1), m_move->shown(), point) : TimePlace{};
    HoverCard* const card = HoverCard::of(this);
    if (!place) {
        card->hide();
        if (m_hovered)
            emit described({});
        m_hovered = {};
        return;
    }
    const FrameCard what = describe(place);
    card->showCard(what, m_context->theme(), globalPosition);
    if (!(place == m_hovered))
        emit described(oneLine(what));
    m_hovered = place;
}

void TimePicture::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const Theme& theme = m_context->theme();
    painter.fillRect(event->rect(), theme.surface.panel);
    m_legend.clear();
    if (!hasPicture()) {
        if (m_layout)
            paintSentence(painter, rect(), tr("The chosen threads have no time: there is nothing to draw."), theme);
        return;
    }
    const TimeScene now = scene(m_move->labelOpacity());
    paintTime(painter, now, m_move->shown());
    paintTimeBelow(painter, now, m_move->shown());
    if (!m_band.isEmpty()) {
        QColor veil = theme.accent.base;
        veil.setAlphaF(0.2F);
        painter.fillRect(m_band, veil);
    }
    m_legend = paintLegendRow(painter,
                              QRectF(scaled(kSide), height() - scaled(kLegendRowHeight), width() - 2 * scaled(kSide),
                                     scaled(kLegendRowHeight)),
                              now.palette, theme, m_layout->scale.unit, m_context->state().search);
}

void TimePicture::paintPicture(QPainter& painter, const QSize& size) const
{
    if (hasPicture())
        paintTimePicture(painter, scene(1), m_move->target(), size);
    else
        painter.fillRect(QRectF(QPointF(), size), m_context->theme().surface.panel);
}

} // namespace sundial
