// SPDX-License-Identifier: GPL-3.0-or-later
// The icicle and, turned over, the flame graph: boxes with a minimap and a legend at the foot. In its other order, that
// of time, TimePicture stands in its place.
#include "views/color_menu.h"
#include "views/icicle_paint.h"
#include "views/layout/hit_test.h"
#include "views/legend.h"
#include "views/time_picture.h"
#include "views/tree_view.h"
#include "views/viewport_animation.h"
#include "views/viewport_wheel.h"

#include <QAction>
#include <QMouseEvent>
#include <QPaintEvent>

#include <array>
#include <cmath>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kBottomGap = 4;
constexpr std::array kDepths{0, 3, 5, 10, 20, 40}; ///< Levels below the root of the picture; 0: all.
enum Direction { kTopDown, kFlame, kInverted, kTimeOrder };

class IcicleView : public TreeView
{
public:
    IcicleView(ViewContext* context, QWidget* parent);

    void paintPicture(QPainter& painter, const QSize& size) override;
    QString hint() const override { return showsTime() ? m_time->hint() : TreeView::hint(); }
    bool isBusy() const override { return showsTime() ? m_time->isBusy() : TreeView::isBusy(); }
    void zoomIn() override { showsTime() ? m_time->zoomBy(0.8) : zoomBy(0.8); }
    void zoomOut() override { showsTime() ? m_time->zoomBy(1.25) : zoomBy(1.25); }
    void fit() override;
    QRectF placeOf(NodeId node) const override;
    NodeId nodeAtPoint(const QPointF& point) const override;

protected:
    void treeChanged(bool sameProfile) override;
    void zoomRootChanged() override;
    void reveal(NodeId node) override;
    bool isDownward() const override { return !m_upward; }
    bool pressAt(const QPointF& point) override;
    bool canDrag() const override { return m_move->target().isZoomed() || maximumScroll() > 0; }
    void dragBy(const QPointF& from, const QPointF& to, Qt::KeyboardModifiers modifiers) override;
    void dragEnded() override;
    void panSideways(double share) override;

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    bool showsTime() const { return !m_time->isHidden(); }
    void refreshOrder();
    void choose(int direction);
    void setDepth(int depth);
    int shownRows() const { return std::min(int(layout().rowCount()), m_move->target().rowLimit); }
    void setUpward(bool upward);
    void refreshDirections();
    void zoomBy(double factor);
    QRectF pictureArea(bool withMinimap) const;
    QRectF minimapArea() const;
    double maximumScroll() const;
    /// `viewport` with this widget's area and direction, and its scrolling within bounds.
    Viewport fitted(Viewport viewport) const;
    Viewport viewportOf(NodeId node) const;
    void paintMinimapLine(QPainter& painter);

    ViewportAnimation* m_move;
    TimePicture* m_time;
    QList<QAction*> m_directions; ///< By Direction.
    bool m_upward = false;
    QWidget* m_levels; ///< The choice of the depth; all of it shows in time order.
    int m_depth = 0;   ///< Of kDepths.
    QRectF m_band;     ///< Shift+drag: the area to zoom to.
    QRectF m_outOfSightLink;
    std::vector<LegendHit> m_legend;
    QPixmap m_minimap;
    std::pair<const void*, qint64> m_minimapKey;
};

IcicleView::IcicleView(ViewContext* context, QWidget* parent)
    : TreeView(context, parent), m_move(new ViewportAnimation(this)), m_time(new TimePicture(context, this))
{
    setMinimumSize(scaled(200), scaled(120));
    connect(m_move, &ViewportAnimation::changed, this, qOverload<>(&QWidget::update));
    connect(m_move, &ViewportAnimation::targetChanged, this, [this] { sightChanged(); });
    m_directions = addOption(tr("Where the root stands, and what it is"),
                             {tr("Top-down"), tr("Bottom-up flame"), tr("Inverted (by callee)"), tr("Time order")},
                             kTopDown, [this](int choice) { choose(choice); });
    QStringList depths;
    for (const int depth : kDepths)
        depths << (depth == 0 ? tr("All levels") : tr("%1 levels").arg(depth));
    const QList<QAction*> levels = addOption(tr("How many levels below the root of the picture"), depths, 0,
                                             [this](int choice) { setDepth(kDepths[std::size_t(choice)]); });
    m_levels = qobject_cast<QWidget*>(levels.front()->parent()->parent());
    m_time->hide();
    connect(m_time, &TimePicture::described, this, &View::described);
    connect(m_time, &TimePicture::contextMenuRequested, this, &View::contextMenuRequested);
    connect(m_time, &TimePicture::hintChanged, this, &View::hintChanged);
    connect(context, &ViewContext::analysisChanged, this, &IcicleView::refreshOrder);
    connect(context, &ViewContext::stateChanged, this, [this](const ViewState& before) {
        if (before.inTimeOrder != this->context()->state().inTimeOrder)
            refreshOrder();
    });
    refreshOrder();
}

void IcicleView::choose(int direction)
{
    setUpward(direction == kFlame);
    ViewState next = context()->state();
    next.inTimeOrder = direction == kTimeOrder;
    context()->update(next);
    emit context()->invertRequested(direction == kInverted);
}

void IcicleView::setDepth(int depth)
{
    m_depth = depth;
    sightChanged();
    m_move->jumpTo(fitted(m_move->target()));
}

void IcicleView::refreshOrder()
{
    const AnalysisPtr& analysis = context()->analysis();
    const bool inTime = analysis && context()->state().inTimeOrder && !analysis->options.inverted &&
                        whyNoTimeOrder(*analysis).isEmpty();
    if (inTime != showsTime()) {
        const bool hadFocus = hasFocus() || m_time->hasFocus();
        m_time->setGeometry(rect());
        setFocusProxy(inTime ? m_time : nullptr);
        m_time->setVisible(inTime);
        m_levels->setVisible(!inTime);
        if (hadFocus)
            setFocus();
        emit hintChanged();
    }
    if (analysis)
        refreshDirections();
}

void IcicleView::refreshDirections()
{
    const Analysis& analysis = *context()->analysis();
    const bool canInvert = !analysis.comparison && analysis.profile->origin == TreeOrigin::Exact;
    m_directions[kInverted]->setEnabled(canInvert);
    m_directions[kInverted]->setToolTip(
        canInvert ? tr("The functions that hold something themselves, with their callers below them (i)")
                  : tr("Only for one profile whose file tells paths: a bottom-up tree would be a guess here"));
    const QString whyNot = whyNoTimeOrder(analysis);
    m_directions[kTimeOrder]->setEnabled(whyNot.isEmpty());
    m_directions[kTimeOrder]->setToolTip(whyNot.isEmpty() ? tr("What happened one after another, thread by thread")
                                                          : whyNot);
    m_directions[showsTime()                 ? kTimeOrder
                 : analysis.options.inverted ? kInverted
                 : m_upward                  ? kFlame
                                             : kTopDown]
        ->setChecked(true);
}

void IcicleView::setUpward(bool upward)
{
    if (upward == m_upward)
        return;
    m_upward = upward;
    m_minimapKey = {};
    m_move->jumpTo(fitted(m_move->target()));
}

QRectF IcicleView::pictureArea(bool withMinimap) const
{
    const double foot = scaled(kLegendRowHeight) + (withMinimap ? scaled(kMinimapHeight) + scaled(kBottomGap) : 0);
    return QRectF(scaled(kSide), 0, std::max(1, width() - 2 * scaled(kSide)), std::max(1.0, height() - foot));
}

QRectF IcicleView::minimapArea() const
{
    return QRectF(scaled(kSide), height() - scaled(kLegendRowHeight) - scaled(kMinimapHeight),
                  std::max(1, width() - 2 * scaled(kSide)), scaled(kMinimapHeight));
}

double IcicleView::maximumScroll() const
{
    return std::max(0.0, shownRows() * m_move->target().rowHeight - m_move->target().area.height());
}

Viewport IcicleView::fitted(Viewport viewport) const
{
    viewport.area = pictureArea(viewport.isZoomed());
    viewport.rowHeight = scaled(kFrameRow);
    viewport.upward = m_upward;
    viewport.rowLimit =
        m_depth > 0 && hasPicture() ? int(context()->analysis()->tree.depth(zoomRoot())) + m_depth + 1 : INT_MAX;
    viewport.clampScroll(hasPicture() ? int(layout().rowCount()) : 0);
    return viewport;
}

Viewport IcicleView::viewportOf(NodeId node) const
{
    Viewport viewport = m_move->target();
    const std::uint32_t box = layout().boxOf(node);
    if (box == IcicleLayout::kNoBox)
        return fitted(viewport);
    viewport.begin = layout().begin(box);
    viewport.end = layout().end(box);
    // Its row stays where it is if there is room for its callees; otherwise some of its callers stand above it.
    const double rowsInSight = pictureArea(true).height() / scaled(kFrameRow);
    const double row = m_move->target().scroll / scaled(kFrameRow);
    const double depth = context()->analysis()->tree.depth(node);
    if (depth < row || depth > row + rowsInSight / 2)
        viewport.scroll = std::max(0.0, std::floor(depth - rowsInSight / 3)) * scaled(kFrameRow);
    return fitted(viewport);
}

void IcicleView::treeChanged(bool sameProfile)
{
    refreshDirections();
    m_minimapKey = {};
    if (!sameProfile)
        m_move->jumpTo(icicleViewport(pictureArea(false), m_upward));
    m_move->animateTo(viewportOf(zoomRoot()));
}

void IcicleView::zoomRootChanged()
{
    if (hasPicture())
        m_move->animateTo(viewportOf(zoomRoot()));
}

void IcicleView::reveal(NodeId node)
{
    const std::uint32_t box = layout().boxOf(node);
    if (box == IcicleLayout::kNoBox)
        return;
    Viewport viewport = m_move->target();
    const double begin = layout().begin(box);
    const double end = layout().end(box);
    if (int(context()->analysis()->tree.depth(node)) >= viewport.rowLimit || end <= viewport.begin ||
        begin >= viewport.end || (end - begin) * viewport.pixelsPerFraction() < 1) {
        context()->zoomTo(context()->analysis()->tree.parent(node));
        return;
    }
    const double top = context()->analysis()->tree.depth(node) * viewport.rowHeight;
    viewport.scroll = std::clamp(viewport.scroll, top + viewport.rowHeight - viewport.area.height(), top);
    if (!viewport.showsSameAs(m_move->target()))
        m_move->animateTo(fitted(viewport));
}

QRectF IcicleView::placeOf(NodeId node) const
{
    const std::uint32_t box = layout().boxOf(node);
    const Viewport& v = m_move->target();
    if (box == IcicleLayout::kNoBox || int(context()->analysis()->tree.depth(node)) >= v.rowLimit)
        return {};
    const double left = v.xAt(layout().begin(box));
    const double right = v.xAt(layout().end(box));
    const QRectF rect(left, v.rowTop(int(context()->analysis()->tree.depth(node))), right - left, v.rowHeight);
    return right - left < 0.5 ? QRectF() : rect.intersected(v.area);
}

NodeId IcicleView::nodeAtPoint(const QPointF& point) const
{
    const Viewport& v = m_move->shown();
    if (!v.area.contains(point) || v.rowAt(point.y()) >= v.rowLimit)
        return {};
    return nodeAt(layout(), v.rowAt(point.y()), v.fractionAt(point.x()), 1 / v.pixelsPerFraction());
}

bool IcicleView::pressAt(const QPointF& point)
{
    if (m_outOfSightLink.contains(point)) {
        showOutOfSight();
        return true;
    }
    const QRectF minimap = minimapArea();
    if (m_move->target().isZoomed() && minimap.contains(point)) {
        Viewport viewport = m_move->target();
        const double middle = (point.x() - minimap.left()) / minimap.width();
        viewport.panBy((middle - (viewport.begin + viewport.end) / 2) * viewport.pixelsPerFraction());
        m_move->animateTo(fitted(viewport));
        return true;
    }
    for (const LegendHit& hit : m_legend) {
        if (hit.rect.contains(point)) {
            searchFor(hit.name);
            return true;
        }
    }
    return !m_move->shown().area.contains(point);
}

void IcicleView::dragBy(const QPointF& from, const QPointF& to, Qt::KeyboardModifiers modifiers)
{
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        const QRectF& area = m_move->shown().area;
        m_band = QRectF(QPointF(from.x(), area.top()), QPointF(to.x(), area.bottom())).normalized().intersected(area);
        update();
        return;
    }
    Viewport viewport = m_move->target();
    viewport.panBy(from.x() - to.x());
    viewport.scroll += m_upward ? to.y() - from.y() : from.y() - to.y();
    m_move->jumpTo(fitted(viewport));
}

void IcicleView::dragEnded()
{
    if (m_band.isEmpty())
        return;
    Viewport viewport = m_move->target();
    const double begin = viewport.fractionAt(m_band.left());
    viewport.end = viewport.fractionAt(m_band.right());
    viewport.begin = begin;
    m_band = {};
    m_move->animateTo(fitted(viewport));
}

void IcicleView::panSideways(double share)
{
    Viewport viewport = m_move->target();
    viewport.panBy(share * viewport.area.width());
    m_move->animateTo(fitted(viewport));
}

void IcicleView::fit()
{
    if (showsTime())
        return m_time->fit();
    context()->zoomTo(NodeId{0});
    zoomRootChanged(); // also where only the wheel had zoomed
}

void IcicleView::zoomBy(double factor)
{
    if (!hasPicture())
        return;
    Viewport viewport = m_move->target();
    const QRectF focused = focusedNode() ? placeOf(focusedNode()) : QRectF();
    viewport.zoomAbout(focused.isEmpty() ? viewport.area.center().x() : focused.center().x(), factor);
    m_move->animateTo(fitted(viewport));
}

void IcicleView::wheelEvent(QWheelEvent* event)
{
    if (!hasPicture())
        return;
    Viewport viewport = m_move->target();
    moveByWheel(viewport, *event);
    m_move->jumpTo(fitted(viewport));
    event->accept();
}

void IcicleView::resizeEvent(QResizeEvent*)
{
    m_time->setGeometry(rect());
    m_move->jumpTo(fitted(m_move->target()));
}

void IcicleView::paintMinimapLine(QPainter& painter)
{
    const TreeScene now = scene(1);
    const QRectF area = minimapArea();
    const std::pair<const void*, qint64> key(&layout(), now.palette.color(FrameId{0}).rgb());
    const double ratio = devicePixelRatioF();
    if (key != m_minimapKey || m_minimap.size() != (area.size() * ratio).toSize()) {
        m_minimap = QPixmap((area.size() * ratio).toSize());
        m_minimap.setDevicePixelRatio(ratio);
        QPainter minimapPainter(&m_minimap);
        paintMinimap(minimapPainter, now, QRectF(QPointF(), area.size()), m_upward);
        m_minimapKey = key;
    }
    painter.drawPixmap(area.topLeft(), m_minimap);
    paintMinimapFrame(painter, now.theme, area, m_move->shown());
    paintMinimapTicks(painter, area, matchTicks(), now.theme.match.line);
    std::vector<double> ticks;
    for (const NodeId place : places())
        ticks.push_back(layout().begin(layout().boxOf(place)));
    paintMinimapTicks(painter, area, ticks, now.theme.selection.outline);
}

void IcicleView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const Theme& theme = context()->theme();
    painter.fillRect(event->rect(), theme.surface.panel);
    m_outOfSightLink = {};
    m_legend.clear();
    if (!context()->analysis()) {
        paintSkeleton(painter, rect(), theme);
        return;
    }
    if (!hasPicture()) {
        paintSentence(painter, rect(), emptySentence(), theme);
        return;
    }
    const TreeScene now = scene(m_move->labelOpacity());
    const Viewport& shown = m_move->shown();
    paintIcicle(painter, now, shown, event->rect(), levelsBeyondPlace(now, shown));
    paintLevelsBeyond(painter, now, shown);
    if (const QString link = outOfSightText(); !link.isEmpty())
        m_outOfSightLink = paintPill(painter, QPointF(shown.area.right() - scaled(130), shown.area.bottom()), false,
                                     link, theme.accent.text, theme);
    if (!m_band.isEmpty()) {
        QColor veil = theme.accent.base;
        veil.setAlphaF(0.2F);
        painter.fillRect(m_band, veil);
    }
    if (m_move->target().isZoomed())
        paintMinimapLine(painter);
    m_legend = paintLegendRow(painter,
                              QRectF(scaled(kSide), height() - scaled(kLegendRowHeight), width() - 2 * scaled(kSide),
                                     scaled(kLegendRowHeight)),
                              now.palette, theme, now.analysis.metricInfo().unit, context()->state().search);
}

void IcicleView::paintPicture(QPainter& painter, const QSize& size)
{
    if (showsTime())
        return m_time->paintPicture(painter, size);
    const Theme& theme = context()->theme();
    if (hasPicture()) {
        paintIciclePicture(painter, scene(1), m_move->target(), size);
        return;
    }
    const QRectF all(0, 0, size.width(), size.height());
    painter.fillRect(all, theme.surface.panel);
    paintSentence(painter, all, emptySentence(), theme);
}

View* create(ViewContext* context, QWidget* parent)
{
    return new IcicleView(context, parent);
}

} // namespace

extern const ViewType icicleView{"icicle",      QT_TRANSLATE_NOOP("View", "Icicle"),    "icicle", create,
                                 ViewMode::Any, QT_TRANSLATE_NOOP("View", "Difference")};

} // namespace sundial
