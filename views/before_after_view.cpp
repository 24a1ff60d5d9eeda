// SPDX-License-Identifier: GPL-3.0-or-later
// Both sides of a comparison, one above the other, in one scale: a faster "after" is literally shorter, and the missing
// width says by how much. Siblings stand in one order on both sides; selection and zoom are shared.
#include "views/before_after_paint.h"
#include "views/layout/hit_test.h"
#include "views/on_worker.h"
#include "views/tree_view.h"

#include <QPaintEvent>
#include <QWheelEvent>

#include <memory>
#include <utility>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kNotch = 120; // eighths of a degree (QWheelEvent)

class BeforeAfterView : public TreeView
{
public:
    BeforeAfterView(ViewContext* context, QWidget* parent);

    bool showsTree() const override { return true; }
    void paintPicture(QPainter& painter, const QSize& size) override;
    void fit() override { context()->zoomTo(NodeId{0}); }
    bool isBusy() const override { return m_laying || TreeView::isBusy(); }
    QRectF placeOf(NodeId node) const override;

protected:
    void forget() override
    {
        m_layouts = {};
        m_laidOut.reset();
        m_laying.reset();
        TreeView::forget();
    }
    NodeId nodeAtPoint(const QPointF& point) const override;
    void treeChanged(bool sameProfile) override;
    void zoomRootChanged() override;
    void reveal(NodeId node) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    BeforeAfterPlace placeIn(const QSizeF& size) const;
    /// Whether there is a comparison to show.
    bool hasSides() const
    {
        return hasPicture() && context()->analysis()->comparison && m_laidOut && m_laidOut == tree().topology();
    }
    void setLayouts(SideLayouts layouts, const CallTree::TopologyPtr& of);
    const CallTree& tree() const { return context()->analysis()->tree; }

    SideLayouts m_layouts;
    CallTree::TopologyPtr m_laidOut; ///< Of the tree that they are of: other widths change nothing about them.
    CallTree::TopologyPtr m_laying;  ///< Of the tree that a worker lays out; null if none does.
    int m_scrolledRows = 0;
};

BeforeAfterView::BeforeAfterView(ViewContext* context, QWidget* parent) : TreeView(context, parent)
{
    setMinimumSize(scaled(200), scaled(200));
}

void BeforeAfterView::treeChanged(bool)
{
    const AnalysisPtr& analysis = context()->analysis();
    if (!analysis->comparison)
        return;
    if (tree().topology() == m_laidOut) {
        zoomRootChanged();
        return;
    }
    constexpr std::uint32_t kAtOnce = 20'000; // nodes; 2 ms a side
    m_laying.reset();
    if (tree().size() <= kAtOnce) {
        setLayouts(sideLayouts(tree()), tree().topology());
        return;
    }
    m_laying = tree().topology();
    const auto layOut = [analysis] { return std::make_shared<SideLayouts>(sideLayouts(analysis->tree)); };
    onWorker(this, layOut, [this, of = m_laying](const std::shared_ptr<SideLayouts>& layouts) {
        if (m_laying != of)
            return; // another tree came meanwhile
        m_laying.reset();
        if (layouts)
            setLayouts(std::move(*layouts), of);
    });
}

void BeforeAfterView::setLayouts(SideLayouts layouts, const CallTree::TopologyPtr& of)
{
    m_layouts = std::move(layouts);
    m_laidOut = of;
    zoomRootChanged();
}

void BeforeAfterView::zoomRootChanged()
{
    // The zoom root stands on top, with a caller above it as the way back; the whole has a title that says as much.
    m_scrolledRows = std::max(1, int(tree().depth(zoomRoot())) - 1);
    update();
}

BeforeAfterPlace BeforeAfterView::placeIn(const QSizeF& size) const
{
    const QRectF all = QRectF(QPointF(), size).adjusted(scaled(kSide), 0, -scaled(kSide), 0);
    return {tree(), m_layouts, all, zoomRoot(), m_scrolledRows};
}

QRectF BeforeAfterView::placeOf(NodeId node) const
{
    if (!hasSides())
        return {};
    const BeforeAfterPlace sides = placeIn(size());
    for (int i = 1; i >= 0; --i) { // after is where the reader looks
        const IcicleLayout& layout = m_layouts[std::size_t(i)];
        const std::uint32_t box = layout.boxOf(node);
        if (box == IcicleLayout::kNoBox)
            continue;
        const Viewport viewport = sides.viewport(i);
        const QRectF place(viewport.xAt(layout.begin(box)), viewport.rowTop(int(tree().depth(node))),
                           (layout.end(box) - layout.begin(box)) * viewport.pixelsPerFraction(), viewport.rowHeight);
        if (place.intersects(viewport.area))
            return place.intersected(viewport.area);
    }
    return {};
}

NodeId BeforeAfterView::nodeAtPoint(const QPointF& point) const
{
    if (!hasSides())
        return {};
    const BeforeAfterPlace sides = placeIn(size());
    for (int i = 0; i < 2; ++i) {
        const IcicleLayout& layout = m_layouts[std::size_t(i)];
        const Viewport viewport = sides.viewport(i);
        if (viewport.area.contains(point) && !layout.isEmpty())
            return nodeAt(layout, viewport.rowAt(point.y()), viewport.fractionAt(point.x()),
                          1 / viewport.pixelsPerFraction());
    }
    return {};
}

void BeforeAfterView::reveal(NodeId node)
{
    if (placeOf(node).isEmpty())
        m_scrolledRows = std::max(0, int(tree().depth(node)) - 2);
    update();
}

void BeforeAfterView::wheelEvent(QWheelEvent* event)
{
    if (!hasSides())
        return;
    const int rows = int(std::max(m_layouts[0].rowCount(), m_layouts[1].rowCount()));
    m_scrolledRows = std::clamp(m_scrolledRows - event->angleDelta().y() / kNotch, 0, std::max(0, rows - 2));
    update();
}

void BeforeAfterView::paintPicture(QPainter& painter, const QSize& size)
{
    painter.fillRect(QRect(QPoint(), size), context()->theme().surface.panel);
    if (hasSides())
        paintBeforeAfter(painter, scene(1), placeIn(size));
}

void BeforeAfterView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setClipRect(event->rect());
    paintPicture(painter, size());
    if (!hasPicture())
        paintSentence(painter, rect(), emptySentence(), context()->theme());
}

View* create(ViewContext* context, QWidget* parent)
{
    return new BeforeAfterView(context, parent);
}

} // namespace

extern const ViewType before_afterView{"before-after", QT_TRANSLATE_NOOP("View", "Before and after"), "compare", create,
                                       ViewMode::Comparison};

} // namespace sundial
