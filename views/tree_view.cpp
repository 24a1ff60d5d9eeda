// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tree_view.h"

#include "model/frame_name.h"
#include "views/color_menu.h"
#include "views/hover_card.h"
#include "views/number_text.h"
#include "views/text_fit.h"
#include "views/tree_accessible.h"

#include <QActionGroup>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>

namespace sundial
{

TreeView::TreeView(ViewContext* context, QWidget* parent) : View(context, parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    installTreeAccessibility();
    connect(context, &ViewContext::analysisChanged, this, &TreeView::refreshTree);
    connect(context, &ViewContext::treeLayoutChanged, this, &TreeView::refreshTree);
    connect(context, &ViewContext::themeChanged, this, qOverload<>(&QWidget::update));
    connect(context, &ViewContext::stateChanged, this, &TreeView::stateChanged);

    m_options = new QWidget;
    auto* const row = new QHBoxLayout(m_options);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(8));
    row->addWidget(makeColorMenu(context, m_options));
}

TreeView::~TreeView()
{
    delete m_options;
}

void TreeView::addOption(const QString& toolTip, const QStringList& choices, int current,
                         std::function<void(int)> chosen)
{
    auto* const button = new QToolButton(m_options);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setToolTip(toolTip);
    auto* const menu = new QMenu(button);
    auto* const group = new QActionGroup(menu);
    const auto show = [button](const QString& text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    for (int i = 0; i < choices.size(); ++i) {
        QAction* const action = menu->addAction(choices[i]);
        action->setCheckable(true);
        action->setChecked(i == current);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [show, chosen, i, text = choices[i]] {
            show(text);
            chosen(i);
        });
    }
    button->setMenu(menu);
    show(choices[current]);
    static_cast<QHBoxLayout*>(m_options->layout())->insertWidget(0, button);
}

void TreeView::stateChanged(const ViewState& before)
{
    const ViewState& now = context()->state();
    if (now.selected != before.selected)
        m_places.reset();
    if (now.search != before.search)
        m_matchTicks.reset();
    sightChanged();
    if (now.zoomRoot != before.zoomRoot && hasPicture())
        zoomRootChanged();
    update();
}

void TreeView::refreshTree()
{
    if (!isVisible())
        return; // no layout for a picture that nobody sees; showEvent asks again
    const AnalysisPtr& analysis = context()->analysis();
    const bool sameProfile = analysis && m_analysis && analysis->profile == m_analysis->profile;
    if (analysis != m_analysis) {
        m_focused = m_hovered = {};
        forgetTreeItems(this);
        unpin();
    }
    m_places.reset();
    m_matchTicks.reset();
    sightChanged();
    m_layout = context()->treeLayout();
    if (m_layout || !analysis)
        m_analysis = analysis;
    if (hasPicture())
        treeChanged(sameProfile);
    update();
    emit hintChanged();
}

bool TreeView::hasPicture() const
{
    return m_layout && m_analysis == context()->analysis() && !m_layout->isEmpty();
}

QString TreeView::emptySentence() const
{
    const AnalysisPtr& analysis = context()->analysis();
    if (!analysis || !m_layout)
        return {};
    if (analysis->tree.isEmpty())
        return tr("This file tells no callers, so there is no tree to draw. The table below has its numbers.");
    return tr("%1 is 0 in the whole profile: there is nothing to draw.").arg(displayText(analysis->metricInfo().title));
}

QString TreeView::hint() const
{
    if (!hasPicture())
        return {};
    return tr("Click zooms · Backspace goes up · %1 levels").arg(countText(m_layout->rowCount() - 1));
}

TreeScene TreeView::scene(double labelOpacity) const
{
    const ViewState& state = context()->state();
    return {.analysis = *m_analysis,
            .layout = *m_layout,
            .palette = context()->palette(),
            .theme = context()->theme(),
            .search = context()->searchResult(),
            .rootName = context()->documentName(),
            .selected = state.selected,
            .selectedNode = state.selectedNode,
            .focused = m_showsFocus && hasFocus() ? m_focused : NodeId{},
            .labelOpacity = labelOpacity};
}

const std::vector<NodeId>& TreeView::places() const
{
    if (!m_places) {
        m_places.emplace();
        const FrameId selected = context()->state().selected;
        if (selected && hasPicture()) {
            const CallTree& tree = m_analysis->tree;
            for (std::uint32_t n = 0; n < tree.size(); ++n) {
                if (tree.frame(NodeId{n}) == selected && m_layout->boxOf(NodeId{n}) != IcicleLayout::kNoBox)
                    m_places->push_back(NodeId{n});
            }
            std::sort(m_places->begin(), m_places->end(), [this](NodeId a, NodeId b) {
                const double x = m_layout->begin(m_layout->boxOf(a));
                const double y = m_layout->begin(m_layout->boxOf(b));
                return x != y ? x < y : m_layout->boxOf(a) < m_layout->boxOf(b);
            });
        }
    }
    return *m_places;
}

const QString& TreeView::outOfSightText() const
{
    if (m_outOfSight)
        return *m_outOfSight;
    m_outOfSight.emplace();
    const std::vector<NodeId>& all = places();
    if (all.empty() || std::any_of(all.begin(), all.end(), [this](NodeId n) { return !placeOf(n).isEmpty(); }))
        return *m_outOfSight;
    const bool isBelow =
        std::any_of(all.begin(), all.end(), [this](NodeId n) { return m_analysis->tree.contains(zoomRoot(), n); });
    const QString name = displayText(frameName(m_analysis->frames(), context()->state().selected));
    const QString places = all.size() == 1 ? tr("in 1 place") : tr("in %1 places").arg(countText(double(all.size())));
    m_outOfSight = (isBelow ? tr("%1 lies deeper, %2 · Show") : tr("%1 lies elsewhere, %2 · Show")).arg(name, places);
    return *m_outOfSight;
}

const std::vector<double>& TreeView::matchTicks() const
{
    constexpr double kTicks = 2000;
    if (!m_matchTicks) {
        m_matchTicks.emplace();
        const SearchResult& search = context()->searchResult();
        std::vector<bool> isMarked(std::size_t(kTicks) + 1);
        for (std::uint32_t box = 0; search.isActive() && box < m_layout->size(); ++box) {
            if (search.contains(m_layout->frame(box)))
                isMarked[std::size_t(m_layout->begin(box) * kTicks)] = true;
        }
        for (std::size_t i = 0; i < isMarked.size(); ++i) {
            if (isMarked[i])
                m_matchTicks->push_back(double(i) / kTicks);
        }
    }
    return *m_matchTicks;
}

void TreeView::showOutOfSight()
{
    const std::vector<NodeId>& all = places();
    const auto below =
        std::find_if(all.begin(), all.end(), [this](NodeId n) { return m_analysis->tree.contains(zoomRoot(), n); });
    reveal(below != all.end() ? *below : all.front());
    context()->select(context()->state().selected, below != all.end() ? *below : all.front());
}

void TreeView::searchFor(const QString& moduleName)
{
    context()->search(context()->state().search == moduleName ? QString() : moduleName);
}

void TreeView::select(NodeId node, bool zoom)
{
    if (!hasPicture() || !node)
        return;
    const CallTree& tree = m_analysis->tree;
    ViewState next = context()->state();
    if (const FrameId frame = tree.frame(node)) {
        next.selected = frame;
        next.selectedNode = node;
    }
    if (zoom) // what is folded shows when its parent fills the picture
        next.zoomRoot = tree.kind(node) == NodeKind::Frame ? node : tree.parent(node);
    m_focused = node;
    context()->update(next);
    update();
}

void TreeView::activate(NodeId node)
{
    select(node, true);
}

void TreeView::goUp()
{
    if (hasPicture() && zoomRoot().value != 0)
        context()->zoomTo(m_analysis->tree.parent(zoomRoot()));
}

void TreeView::focusNode(NodeId node)
{
    if (!hasPicture() || !node)
        return;
    m_showsFocus = true;
    select(node, false);
    reveal(node);
    emit described(oneLine(describeNode(*context(), node)));
    notifyFocused(this, node);
}

NodeId TreeView::siblingAt(NodeId node, int step) const
{
    const CallTree& tree = m_analysis->tree;
    const std::int64_t box = std::int64_t(m_layout->boxOf(node)) + step;
    const std::uint32_t row = tree.depth(node);
    if (box < m_layout->rowBegin(row) || box >= m_layout->rowEnd(row))
        return node;
    const NodeId other = m_layout->node(std::uint32_t(box));
    return tree.parent(other) == tree.parent(node) ? other : node;
}

NodeId TreeView::stepFrom(NodeId node, int key) const
{
    const CallTree& tree = m_analysis->tree;
    const auto outermost = [&](int step) {
        NodeId last = node;
        for (NodeId next = siblingAt(last, step); next != last; next = siblingAt(last, step))
            last = next;
        return last;
    };
    switch (key) {
    case Qt::Key_Left:
        return siblingAt(node, -1);
    case Qt::Key_Right:
        return siblingAt(node, 1);
    case Qt::Key_Home:
        return outermost(-1);
    case Qt::Key_End:
        return outermost(1);
    case Qt::Key_Up:
    case Qt::Key_Down:
        break;
    default:
        return {};
    }
    if ((key == Qt::Key_Up) == isDownward())
        return tree.parent(node);
    std::uint32_t firstBox = IcicleLayout::kNoBox; // the largest child
    tree.forEachChild(node, [&](NodeId child) { firstBox = std::min(firstBox, m_layout->boxOf(child)); });
    return firstBox == IcicleLayout::kNoBox ? node : m_layout->node(firstBox);
}

void TreeView::stepPlace(int step)
{
    const std::vector<NodeId>& all = places();
    if (all.empty())
        return;
    const auto here = std::find(all.begin(), all.end(), context()->state().selectedNode);
    const std::ptrdiff_t count = std::ssize(all);
    const std::ptrdiff_t next = here == all.end() ? 0 : (here - all.begin() + step + count) % count;
    focusNode(all[std::size_t(next)]);
}

void TreeView::dragBy(const QPointF&, const QPointF&, Qt::KeyboardModifiers) {}

void TreeView::hover(NodeId node, const QPoint& globalPosition)
{
    if (m_isPinned)
        return;
    HoverCard* const card = HoverCard::of(this);
    if (!node) {
        card->hide();
        if (m_hovered)
            emit described({});
        m_hovered = {};
        return;
    }
    const FrameCard what = describeNode(*context(), node);
    card->showCard(what, context()->theme(), globalPosition);
    if (node != m_hovered)
        emit described(oneLine(what));
    m_hovered = node;
}

void TreeView::togglePin()
{
    if (m_isPinned) {
        unpin();
        return;
    }
    const NodeId node = m_focused ? m_focused : m_hovered;
    if (!node)
        return;
    const QRectF place = placeOf(node);
    hover(node, mapToGlobal(QPoint(int(place.center().x()), int(place.bottom()))));
    m_isPinned = true;
}

void TreeView::unpin()
{
    m_isPinned = false;
    if (window())
        HoverCard::of(this)->hide();
}

bool TreeView::event(QEvent* event)
{
    // Keys of the picture win over shortcuts of the window that have no modifier.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier &&
            QByteArray(",. wsad").contains(char(key->key() < 128 ? QChar(key->key()).toLower().toLatin1() : 0))) {
            event->accept();
            return true;
        }
    }
    return View::event(event);
}

void TreeView::mousePressEvent(QMouseEvent* event)
{
    m_showsFocus = false;
    if (!hasPicture())
        return;
    unpin();
    if (event->button() == Qt::MiddleButton)
        goUp();
    else if (event->button() == Qt::LeftButton && !pressAt(event->position()))
        m_press = m_lastDrag = event->position();
}

void TreeView::mouseMoveEvent(QMouseEvent* event)
{
    if (!hasPicture())
        return;
    if (m_press && event->buttons().testFlag(Qt::LeftButton)) {
        const bool far = (event->position() - *m_press).manhattanLength() >= QApplication::startDragDistance();
        if (!m_isDragging && far && (canDrag() || event->modifiers().testFlag(Qt::ShiftModifier))) {
            m_isDragging = true;
            hover({}, {});
        }
        if (m_isDragging) {
            dragBy(event->modifiers().testFlag(Qt::ShiftModifier) ? *m_press : m_lastDrag, event->position(),
                   event->modifiers());
            m_lastDrag = event->position();
        }
        return;
    }
    hover(nodeAtPoint(event->position()), event->globalPosition().toPoint());
}

void TreeView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    m_press.reset();
    if (m_isDragging) {
        m_isDragging = false;
        dragEnded();
        return;
    }
    if (!hasPicture())
        return;
    if (event->modifiers().testFlag(Qt::AltModifier))
        goUp();
    else
        select(nodeAtPoint(event->position()), !event->modifiers().testFlag(Qt::ControlModifier));
}

void TreeView::leaveEvent(QEvent*)
{
    hover({}, {});
}

void TreeView::keyPressEvent(QKeyEvent* event)
{
    if (!hasPicture() || (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))) {
        View::keyPressEvent(event);
        return;
    }
    const NodeId selected = context()->state().selectedNode;
    const bool isHere = selected && m_layout->boxOf(selected) != IcicleLayout::kNoBox;
    const NodeId start = m_focused ? m_focused : isHere ? selected : zoomRoot();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_showsFocus = true;
        activate(start);
        return;
    case Qt::Key_Backspace:
        goUp();
        return;
    case Qt::Key_Space:
        togglePin();
        return;
    case Qt::Key_Escape:
        if (!m_isPinned)
            break;
        unpin();
        return;
    case Qt::Key_Comma:
        stepPlace(-1);
        return;
    case Qt::Key_Period:
        stepPlace(1);
        return;
    case Qt::Key_W:
        zoomIn();
        return;
    case Qt::Key_S:
        zoomOut();
        return;
    case Qt::Key_A:
        panSideways(-0.2);
        return;
    case Qt::Key_D:
        panSideways(0.2);
        return;
    default:
        if (const NodeId next = stepFrom(start, event->key())) {
            unpin();
            focusNode(m_focused ? next : start); // the first key shows where one is
            return;
        }
    }
    View::keyPressEvent(event);
}

void TreeView::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason;
    update();
}

void TreeView::focusOutEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::PopupFocusReason)
        unpin();
    update();
}

void TreeView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!hasPicture())
        return;
    hover({}, {});
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const NodeId node = byKey ? m_focused : nodeAtPoint(event->pos());
    const QPoint at = byKey && node ? mapToGlobal(placeOf(node).center().toPoint()) : event->globalPos();
    emit contextMenuRequested(node ? m_analysis->tree.frame(node) : FrameId{}, node, at);
}

void TreeView::showEvent(QShowEvent*)
{
    refreshTree();
}

void TreeView::hideEvent(QHideEvent*)
{
    unpin();
}

} // namespace sundial
