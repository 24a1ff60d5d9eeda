// SPDX-License-Identifier: GPL-3.0-or-later
// The sunburst: rings around a root that a click changes, with the modules beside it.
#include "views/layout/hit_test.h"
#include "views/sunburst_paint.h"
#include "views/tree_view.h"
#include "views/viewport_animation.h"

#include <QMouseEvent>
#include <QPaintEvent>

#include <numbers>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kWheelNotch = 120; // eighths of a degree (QWheelEvent)

class SunburstView : public TreeView
{
public:
    SunburstView(ViewContext* context, QWidget* parent);

    void paintPicture(QPainter& painter, const QSize& size) override;
    void zoomIn() override;
    void zoomOut() override { goUp(); }
    void fit() override { context()->zoomTo(NodeId{0}); }
    QRectF placeOf(NodeId node) const override;
    NodeId nodeAtPoint(const QPointF& point) const override;

protected:
    void treeChanged(bool sameProfile) override;
    void zoomRootChanged() override { m_move->animateTo(targetRings().place); }
    void reveal(NodeId node) override;
    bool pressAt(const QPointF& point) override;

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void setDepth(int depth);
    Rings targetRings() const;
    Rings shownRings() const;
    /// The node in the centre: the zoom root, or the nearest around it that has a box.
    NodeId centerNode() const;
    ViewportAnimation* m_move;
    int m_depth = 0; ///< 0: as many levels as there is room for.
    int m_wheelTurned = 0;
    QRectF m_outOfSightLink;
    std::vector<LegendHit> m_legend;
};

SunburstView::SunburstView(ViewContext* context, QWidget* parent)
    : TreeView(context, parent), m_move(new ViewportAnimation(this))
{
    setMinimumSize(scaled(200), scaled(160));
    connect(m_move, &ViewportAnimation::changed, this, qOverload<>(&QWidget::update));
    connect(m_move, &ViewportAnimation::targetChanged, this, [this] { sightChanged(); });
    QStringList depths{tr("Depth: auto")};
    for (int depth = kLeastDepth; depth <= kGreatestDepth; ++depth)
        depths << tr("Depth: %1").arg(depth);
    addOption(tr("How many levels around the centre"), depths, 0,
              [this](int choice) { setDepth(choice == 0 ? 0 : choice - 1 + kLeastDepth); });
}

void SunburstView::setDepth(int depth)
{
    m_depth = depth;
    if (hasPicture())
        m_move->animateTo(targetRings().place);
}

NodeId SunburstView::centerNode() const
{
    NodeId node = zoomRoot();
    while (layout().boxOf(node) == IcicleLayout::kNoBox)
        node = context()->analysis()->tree.parent(node);
    return node;
}

Rings SunburstView::targetRings() const
{
    const NodeId center = centerNode();
    const QRectF area = sunburstRingArea(rect());
    return ringsIn(area, layout(), layout().boxOf(center), context()->analysis()->tree.depth(center),
                   m_depth > 0 ? m_depth : usualDepth(area));
}

Rings SunburstView::shownRings() const
{
    Rings rings = targetRings();
    rings.place = m_move->shown();
    return rings;
}

void SunburstView::treeChanged(bool sameProfile)
{
    if (sameProfile)
        m_move->animateTo(targetRings().place);
    else
        m_move->jumpTo(targetRings().place);
}

void SunburstView::reveal(NodeId node)
{
    if (placeOf(node).isEmpty())
        context()->zoomTo(context()->analysis()->tree.parent(node));
}

QRectF SunburstView::placeOf(NodeId node) const
{
    const Rings rings = targetRings();
    if (node == centerNode()) {
        const QPointF corner(rings.centerRadius * 0.7, rings.centerRadius * 0.7);
        return QRectF(rings.center - corner, rings.center + corner);
    }
    const std::uint32_t box = layout().boxOf(node);
    const CallTree& tree = context()->analysis()->tree;
    if (box == IcicleLayout::kNoBox || !tree.contains(centerNode(), node))
        return {};
    const double inner = rings.innerRadius(tree.depth(node));
    const double outer = rings.outerRadius(tree.depth(node));
    const double turns = rings.turnAt(layout().end(box)) - rings.turnAt(layout().begin(box));
    const double length = turns * 2 * std::numbers::pi * outer;
    if (outer <= inner || length < 0.5)
        return {};
    const double half = std::min(length, outer - inner) / 2;
    const QPointF middle =
        rings.pointAt((rings.turnAt(layout().begin(box)) + rings.turnAt(layout().end(box))) / 2, (inner + outer) / 2);
    return QRectF(middle - QPointF(half, half), middle + QPointF(half, half));
}

NodeId SunburstView::nodeAtPoint(const QPointF& point) const
{
    return nodeAt(layout(), shownRings(), point, centerNode());
}

bool SunburstView::pressAt(const QPointF& point)
{
    if (m_outOfSightLink.contains(point)) {
        showOutOfSight();
        return true;
    }
    for (const LegendHit& hit : m_legend) {
        if (hit.rect.contains(point)) {
            searchFor(hit.name);
            return true;
        }
    }
    if (nodeAtPoint(point) == centerNode()) {
        goUp();
        return true;
    }
    return false;
}

void SunburstView::zoomIn()
{
    if (!hasPicture())
        return;
    NodeId largest;
    context()->analysis()->tree.forEachChild(centerNode(), [&](NodeId child) {
        if (!largest || layout().boxOf(child) < layout().boxOf(largest))
            largest = child;
    });
    const NodeId next = focusedNode() && focusedNode() != centerNode() ? focusedNode() : largest;
    if (next && layout().boxOf(next) != IcicleLayout::kNoBox)
        context()->zoomTo(next);
}

void SunburstView::wheelEvent(QWheelEvent* event)
{
    if (!hasPicture() || !event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    event->accept();
    m_wheelTurned += event->angleDelta().y();
    if (std::abs(m_wheelTurned) < kWheelNotch)
        return;
    if (m_wheelTurned < 0)
        goUp();
    else if (const NodeId node = nodeAtPoint(event->position()); node && node != centerNode())
        context()->zoomTo(node);
    m_wheelTurned = 0;
}

void SunburstView::resizeEvent(QResizeEvent*)
{
    if (hasPicture())
        m_move->jumpTo(targetRings().place);
}

void SunburstView::paintEvent(QPaintEvent* event)
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
    paintSunburst(painter, now, shownRings(), centerNode());
    paintLevelsBeyond(painter, now, targetRings(), rect());
    if (const QRectF legend = sunburstLegendArea(rect()); !legend.isEmpty())
        m_legend = paintSunburstLegend(painter, now, legend, context()->state().search);
    if (const QString link = outOfSightText(); !link.isEmpty())
        m_outOfSightLink =
            paintPill(painter, QPointF(width() - scaled(kSide), 0), true, link, theme.accent.text, theme);
}

void SunburstView::paintPicture(QPainter& painter, const QSize& size)
{
    if (hasPicture()) {
        paintSunburstPicture(painter, scene(1), centerNode(), m_depth, size);
        return;
    }
    const Theme& theme = context()->theme();
    const QRectF all(0, 0, size.width(), size.height());
    painter.fillRect(all, theme.surface.panel);
    paintSentence(painter, all, emptySentence(), theme);
}

View* create(ViewContext* context, QWidget* parent)
{
    return new SunburstView(context, parent);
}

} // namespace

extern const ViewType sunburstView{"sunburst", QT_TRANSLATE_NOOP("View", "Sunburst"), "sunburst", create};

} // namespace sundial
