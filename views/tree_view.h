// SPDX-License-Identifier: GPL-3.0-or-later
// What icicle and sunburst share: pointer, keyboard, selection, hover card and words. A shape adds where boxes stand.
#pragma once

#include "views/tree_scene.h"
#include "views/view.h"

#include <QPointer>

#include <functional>
#include <optional>

namespace sundial
{

/// A picture of the call tree. Clicks and keys change the context's state; the picture follows what the context tells.
class TreeView : public View
{
    Q_OBJECT

public:
    TreeView(ViewContext* context, QWidget* parent);
    ~TreeView() override;

    QWidget* optionsWidget() override { return m_options; }
    QString hint() const override;
    bool isBusy() const override { return context()->analysis() && !m_layout; }
    /// The node that keyboard and assistive technology are at; none before the first key.
    NodeId focusedNode() const { return m_focused; }
    /// Moves there: selects, brings into sight, shows the ring.
    void focusNode(NodeId node);
    /// As a click does: selects and zooms.
    void activate(NodeId node);
    /// Where a node is painted, in pixels of the widget; empty if it is out of sight.
    virtual QRectF placeOf(NodeId node) const = 0;
    /// The node under a point; none beside the boxes. Needs a picture.
    virtual NodeId nodeAtPoint(const QPointF& point) const = 0;
    /// False while there is nothing to paint; emptySentence() then says why.
    bool hasPicture() const;

protected:
    void forget() override;
    /// Another tree or layout is there. `sameProfile`: the old place still means something.
    virtual void treeChanged(bool sameProfile) = 0;
    virtual void zoomRootChanged() = 0;
    /// Brings a node into sight, by as little as is needed.
    virtual void reveal(NodeId node) = 0;
    /// Whether children stand below their parent, as seen.
    virtual bool isDownward() const { return true; }
    /// A press on something beside the boxes: true if it was meant for that.
    virtual bool pressAt(const QPointF&) { return false; }
    virtual bool canDrag() const { return false; }
    virtual void dragBy(const QPointF& from, const QPointF& to, Qt::KeyboardModifiers modifiers);
    virtual void dragEnded() {}
    virtual void panSideways(double) {}

    QString emptySentence() const;
    const IcicleLayout& layout() const { return *m_layout; }
    /// The scene with the marks of the moment.
    TreeScene scene(double labelOpacity) const;
    /// All places of the selected function, left to right, outermost first.
    const std::vector<NodeId>& places() const;
    /// "Text.divide lies deeper, in 3 places · Show" if none of the places is in sight, else empty.
    const QString& outOfSightText() const;
    /// The picture moves to another place: what is in sight has to be found out anew.
    void sightChanged() { m_outOfSight.reset(); }
    /// Where the functions that are searched for stand, as fractions for ticks, one a 2,000th at most.
    const std::vector<double>& matchTicks() const;
    /// Goes to the place nearest in the tree that is out of sight.
    void showOutOfSight();
    void searchFor(const QString& moduleName);
    NodeId zoomRoot() const { return context()->state().zoomRoot; }
    void goUp();
    /// A button with a menu of `choices`, left of the colour menu; `chosen` gets the index of a user's choice. The
    /// button tells which of the returned actions is checked.
    QList<QAction*> addOption(const QString& toolTip, const QStringList& choices, int current,
                              std::function<void(int)> chosen);

    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refreshTree();
    void stateChanged(const ViewState& before);
    void hover(NodeId node, const QPoint& globalPosition);
    NodeId nodeOfKeys() const;
    void togglePin();
    void unpin();
    void select(NodeId node, bool zoom);
    NodeId stepFrom(NodeId node, int key) const;
    NodeId siblingAt(NodeId node, int step) const;
    void stepPlace(int step);

    AnalysisPtr m_analysis; ///< What m_layout is of.
    IcicleLayoutPtr m_layout;
    QPointer<QWidget> m_options; ///< The window takes it into its header.
    NodeId m_focused, m_hovered;
    bool m_showsFocus = false;
    bool m_isPinned = false;
    std::optional<QPointF> m_press;
    QPointF m_lastDrag;
    bool m_isDragging = false;
    // Made when they are painted; they cost a walk over the tree.
    mutable std::optional<std::vector<NodeId>> m_places;
    mutable std::optional<QString> m_outOfSight;
    mutable std::optional<std::vector<double>> m_matchTicks;
};

} // namespace sundial
