// SPDX-License-Identifier: GPL-3.0-or-later
// Both sides of a comparison, one above the other, in one scale: a faster "after" is literally shorter, and the missing
// width says by how much. Siblings stand in one order on both sides; selection and zoom are shared.
#include "views/change_marks.h"
#include "views/icicle_paint.h"
#include "views/layout/hit_test.h"
#include "views/text_fit.h"
#include "views/tree_view.h"

#include <QPaintEvent>
#include <QWheelEvent>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kTitle = 24;
constexpr int kGap = 8;
constexpr int kLegend = 28;
constexpr int kRow = 23;
constexpr int kNotch = 120; // eighths of a degree (QWheelEvent)

class BeforeAfterView : public TreeView
{
public:
    BeforeAfterView(ViewContext* context, QWidget* parent);

    bool showsTree() const override { return true; }
    void paintPicture(QPainter& painter, const QSize& size) override;
    void fit() override { context()->zoomTo(NodeId{0}); }
    QRectF placeOf(NodeId node) const override;

protected:
    NodeId nodeAtPoint(const QPointF& point) const override;
    void treeChanged(bool sameProfile) override;
    void zoomRootChanged() override;
    void reveal(NodeId node) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    /// One side: which column, and where it is painted.
    struct SidePicture {
        MetricId column;
        IcicleLayout layout;
    };
    void paintSides(QPainter& painter, const QRectF& area) const;
    void paintSide(QPainter& painter, const SidePicture& side, const QRectF& area) const;
    void paintDifference(QPainter& painter, const QRectF& free, double difference) const;
    QRectF sideArea(int index, const QRectF& all) const;
    Viewport viewportOf(const SidePicture& side, const QRectF& area) const;
    double totalOf(const SidePicture& side) const;
    /// The scale: what the whole width stands for.
    double fullWidth() const;
    const CompareAnalysis& comparison() const { return *context()->analysis()->comparison; }
    const CallTree& tree() const { return context()->analysis()->tree; }

    std::array<SidePicture, 2> m_sides{SidePicture{kBeforeColumn, {}}, SidePicture{kAfterColumn, {}}};
    int m_scrolledRows = 0;
};

BeforeAfterView::BeforeAfterView(ViewContext* context, QWidget* parent) : TreeView(context, parent)
{
    setMinimumSize(scaled(200), scaled(200));
}

void BeforeAfterView::treeChanged(bool)
{
    if (!context()->analysis()->comparison)
        return;
    Progress progress;
    for (SidePicture& side : m_sides)
        side.layout = IcicleLayout(tree(), side.column, progress, MetricId{std::uint32_t(CompareWidth::Larger)});
    zoomRootChanged();
}

void BeforeAfterView::zoomRootChanged()
{
    // The zoom root stands on top, with a caller above it as the way back.
    m_scrolledRows = std::max(0, int(tree().depth(zoomRoot())) - 1);
    update();
}

double BeforeAfterView::totalOf(const SidePicture& side) const
{
    return tree().total(side.column, zoomRoot());
}

double BeforeAfterView::fullWidth() const
{
    return std::max(totalOf(m_sides[0]), totalOf(m_sides[1]));
}

QRectF BeforeAfterView::sideArea(int index, const QRectF& all) const
{
    const double height = (all.height() - scaled(kLegend) - scaled(kGap)) / 2;
    return {all.left(), all.top() + index * (height + scaled(kGap)) + scaled(kTitle), all.width(),
            height - scaled(kTitle)};
}

Viewport BeforeAfterView::viewportOf(const SidePicture& side, const QRectF& area) const
{
    Viewport viewport = icicleViewport(area, false);
    viewport.rowHeight = scaled(kRow);
    const std::uint32_t box = side.layout.boxOf(zoomRoot());
    if (box == IcicleLayout::kNoBox || fullWidth() <= 0)
        return viewport;
    viewport.area.setWidth(std::max(1.0, std::round(area.width() * totalOf(side) / fullWidth())));
    viewport.begin = side.layout.begin(box);
    viewport.end = side.layout.end(box);
    viewport.scroll = m_scrolledRows * viewport.rowHeight;
    return viewport;
}

QRectF BeforeAfterView::placeOf(NodeId node) const
{
    if (!hasPicture() || !context()->analysis()->comparison)
        return {};
    const QRectF all = QRectF(rect()).adjusted(scaled(kSide), 0, -scaled(kSide), 0);
    for (int i = 1; i >= 0; --i) { // after is where the reader looks
        const SidePicture& side = m_sides[std::size_t(i)];
        const std::uint32_t box = side.layout.boxOf(node);
        if (box == IcicleLayout::kNoBox)
            continue;
        const Viewport viewport = viewportOf(side, sideArea(i, all));
        const QRectF place(viewport.xAt(side.layout.begin(box)), viewport.rowTop(int(tree().depth(node))),
                           (side.layout.end(box) - side.layout.begin(box)) * viewport.pixelsPerFraction(),
                           viewport.rowHeight);
        if (place.intersects(viewport.area))
            return place.intersected(viewport.area);
    }
    return {};
}

NodeId BeforeAfterView::nodeAtPoint(const QPointF& point) const
{
    if (!context()->analysis()->comparison)
        return {};
    const QRectF all = QRectF(rect()).adjusted(scaled(kSide), 0, -scaled(kSide), 0);
    for (int i = 0; i < 2; ++i) {
        const SidePicture& side = m_sides[std::size_t(i)];
        const Viewport viewport = viewportOf(side, sideArea(i, all));
        if (viewport.area.contains(point) && !side.layout.isEmpty())
            return nodeAt(side.layout, viewport.rowAt(point.y()), viewport.fractionAt(point.x()),
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
    if (!hasPicture() || !context()->analysis()->comparison)
        return;
    const int rows = int(std::max(m_sides[0].layout.rowCount(), m_sides[1].layout.rowCount()));
    m_scrolledRows = std::clamp(m_scrolledRows - event->angleDelta().y() / kNotch, 0, std::max(0, rows - 2));
    update();
}

void BeforeAfterView::paintSide(QPainter& painter, const SidePicture& side, const QRectF& area) const
{
    const Theme& t = context()->theme();
    const bool isBefore = side.column == kBeforeColumn;
    const QRectF title(area.left(), area.top() - scaled(kTitle), area.width(), scaled(kTitle));
    const double dot = scaledF(8);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.text.primary, 1.5));
    painter.setBrush(isBefore ? QBrush(Qt::NoBrush) : QBrush(t.text.primary));
    painter.drawEllipse(QRectF(title.left() + 1, title.center().y() - dot / 2, dot, dot));
    painter.setFont(uiFont(12, QFont::DemiBold));
    const QString name = isBefore ? tr("Before") : tr("After");
    QRectF text = title.adjusted(dot + scaledF(8), 0, 0, 0);
    painter.drawText(text, Qt::AlignVCenter, name);
    text.setLeft(text.left() + QFontMetricsF(painter.font()).horizontalAdvance(name) + scaledF(10));
    painter.setFont(uiFont(12));
    painter.setPen(t.text.secondary);
    const Comparison& sides = *comparison().comparison;
    painter.drawText(text, Qt::AlignVCenter,
                     displayText(comparedValue(sides, totalOf(side))) + QStringLiteral("   ") +
                         displayText(isBefore ? comparison().beforeName : comparison().afterName));
    if (totalOf(side) <= 0) {
        paintSentence(painter, area, isBefore ? tr("Not called before.") : tr("No longer called."), t);
        return;
    }
    TreeScene side_scene = scene(1);
    const Viewport viewport = viewportOf(side, area);
    paintIcicle(painter,
                {.analysis = side_scene.analysis,
                 .layout = side.layout,
                 .palette = side_scene.palette,
                 .theme = side_scene.theme,
                 .search = side_scene.search,
                 .rootName = isBefore ? tr("before") : tr("after"),
                 .selected = side_scene.selected,
                 .selectedNode = side_scene.selectedNode,
                 .focused = side_scene.focused,
                 .side = side.column},
                viewport, area);
}

void BeforeAfterView::paintDifference(QPainter& painter, const QRectF& free, double difference) const
{
    if (free.width() < scaledF(12))
        return;
    const Theme& t = context()->theme();
    QPen pen(t.line.control, 1);
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(free.adjusted(4.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(uiFont(13, QFont::DemiBold));
    painter.setPen(difference < 0 ? t.status.lessText : t.status.moreText);
    const QString text = difference < 0
                             ? tr("%1 less").arg(displayText(comparedValue(*comparison().comparison, -difference)))
                             : tr("%1 more").arg(displayText(comparedValue(*comparison().comparison, difference)));
    if (QFontMetricsF(painter.font()).horizontalAdvance(text) < free.width() - scaledF(16))
        painter.drawText(free, Qt::AlignCenter, text);
}

void BeforeAfterView::paintSides(QPainter& painter, const QRectF& area) const
{
    for (int i = 0; i < 2; ++i)
        paintSide(painter, m_sides[std::size_t(i)], sideArea(i, area));
    // The width that the smaller side lacks.
    const double difference = totalOf(m_sides[1]) - totalOf(m_sides[0]);
    const int smaller = difference < 0 ? 1 : 0;
    QRectF free = sideArea(smaller, area);
    if (totalOf(m_sides[std::size_t(smaller)]) > 0) {
        free.setLeft(viewportOf(m_sides[std::size_t(smaller)], free).area.right());
        paintDifference(painter, free, difference);
    }
    paintChangeLegend(painter, QRectF(area.left(), area.bottom() - scaled(kLegend), area.width(), scaled(kLegend)),
                      context()->theme());
}

void BeforeAfterView::paintPicture(QPainter& painter, const QSize& size)
{
    painter.fillRect(QRect(QPoint(), size), context()->theme().surface.panel);
    if (hasPicture() && context()->analysis()->comparison)
        paintSides(painter, QRectF(QPointF(), size).adjusted(scaled(kSide), 0, -scaled(kSide), 0));
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
