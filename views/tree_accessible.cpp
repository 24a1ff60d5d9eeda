// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tree_accessible.h"

#include "views/spoken_text.h"
#include "views/tree_view.h"

#include <QAccessibleWidget>
#include <QHash>

namespace sundial
{

namespace
{

/// The tree of a view that has a picture, else null.
const Analysis* analysisOf(const TreeView* view)
{
    const AnalysisPtr& analysis = view->context()->analysis();
    return analysis && !analysis->tree.isEmpty() ? analysis.get() : nullptr;
}

class TreeAccessible : public QAccessibleWidget
{
public:
    explicit TreeAccessible(TreeView* view) : QAccessibleWidget(view, QAccessible::Tree), m_view(view) {}
    ~TreeAccessible() override { forgetItems(); }

    int childCount() const override { return analysisOf(m_view) ? 1 : 0; }
    QAccessibleInterface* child(int index) const override
    {
        return index == 0 && analysisOf(m_view) ? item(NodeId{0}) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* child) const override { return child ? 0 : -1; }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        const NodeId node = m_view->nodeAtPoint(m_view->mapFromGlobal(QPoint(x, y)));
        return node && analysisOf(m_view) ? item(node) : nullptr;
    }
    QAccessibleInterface* focusChild() const override
    {
        return m_view->hasFocus() && m_view->focusedNode() ? item(m_view->focusedNode()) : nullptr;
    }
    QString text(QAccessible::Text kind) const override
    {
        const Analysis* const analysis = analysisOf(m_view);
        if (kind != QAccessible::Name || !analysis)
            return QAccessibleWidget::text(kind);
        return spokenName(*analysis, m_view->context()->state().zoomRoot);
    }

    QAccessibleInterface* item(NodeId node) const;
    void forgetItems()
    {
        for (const QAccessible::Id id : std::as_const(m_items))
            QAccessible::deleteAccessibleInterface(id);
        m_items.clear();
    }

private:
    TreeView* m_view;
    mutable QHash<std::uint32_t, QAccessible::Id> m_items; ///< By node.
};

class NodeAccessible : public QAccessibleInterface
{
public:
    NodeAccessible(const TreeAccessible* tree, TreeView* view, NodeId node) : m_tree(tree), m_view(view), m_node(node)
    {
    }

    bool isValid() const override { return m_view && analysisOf(m_view) && m_node.value < tree().size(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_tree->window(); }
    QAccessible::Role role() const override { return QAccessible::TreeItem; }
    QRect rect() const override
    {
        const QRect place = m_view->placeOf(m_node).toAlignedRect();
        return QRect(m_view->mapToGlobal(place.topLeft()), place.size());
    }

    QAccessibleInterface* parent() const override
    {
        if (m_node.value == 0)
            return QAccessible::queryAccessibleInterface(m_view);
        return m_tree->item(tree().parent(m_node));
    }
    int childCount() const override { return countChildren(m_node); }
    QAccessibleInterface* child(int index) const override
    {
        NodeId found;
        tree().forEachChild(m_node, [&](NodeId child) {
            if (index-- == 0)
                found = child;
        });
        return found ? m_tree->item(found) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* const node = dynamic_cast<const NodeAccessible*>(child);
        return node ? indexIn(m_node, node->m_node) : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override { return m_tree->childAt(x, y); }

    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Name)
            return spokenName(analysis(), m_node);
        if (kind != QAccessible::Description)
            return {};
        const NodeId parent = tree().parent(m_node);
        const bool isRoot = m_node.value == 0;
        return spokenDescription(analysis(), m_node, isRoot ? 1 : indexIn(parent, m_node) + 1,
                                 isRoot ? 1 : countChildren(parent), countChildren(m_node));
    }
    void setText(QAccessible::Text, const QString&) override {}

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.focused = m_view->hasFocus() && m_view->focusedNode() == m_node;
        state.selected = tree().frame(m_node) && tree().frame(m_node) == m_view->context()->state().selected;
        state.expandable = !tree().isLeaf(m_node);
        state.offscreen = m_view->placeOf(m_node).isEmpty();
        return state;
    }

private:
    const Analysis& analysis() const { return *analysisOf(m_view); }
    const CallTree& tree() const { return analysis().tree; }
    int countChildren(NodeId node) const
    {
        int count = 0;
        tree().forEachChild(node, [&count](NodeId) { ++count; });
        return count;
    }
    int indexIn(NodeId parent, NodeId child) const
    {
        int index = 0;
        int found = -1;
        tree().forEachChild(parent, [&](NodeId sibling) {
            if (sibling == child)
                found = index;
            ++index;
        });
        return found;
    }

    const TreeAccessible* m_tree;
    QPointer<TreeView> m_view;
    NodeId m_node;
};

QAccessibleInterface* TreeAccessible::item(NodeId node) const
{
    if (const auto known = m_items.constFind(node.value); known != m_items.cend())
        return QAccessible::accessibleInterface(*known);
    auto* const made = new NodeAccessible(this, m_view, node);
    m_items.insert(node.value, QAccessible::registerAccessibleInterface(made));
    return made;
}

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* const view = qobject_cast<TreeView*>(object);
    return view ? new TreeAccessible(view) : nullptr;
}

/// The interface of a view, if assistive technology has asked for it.
TreeAccessible* interfaceOf(TreeView* view)
{
    return QAccessible::isActive() ? dynamic_cast<TreeAccessible*>(QAccessible::queryAccessibleInterface(view))
                                   : nullptr;
}

} // namespace

void installTreeAccessibility()
{
    static const bool once = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    (void)once;
}

void notifyFocused(TreeView* view, NodeId node)
{
    if (TreeAccessible* const tree = interfaceOf(view)) {
        QAccessibleEvent event(tree->item(node), QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
    }
}

void forgetTreeItems(TreeView* view)
{
    if (TreeAccessible* const tree = interfaceOf(view))
        tree->forgetItems();
}

} // namespace sundial
