// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tree_view.h"

#include "model/frame_name.h"
#include "views/color_menu.h"
#include "views/frame_card.h"
#include "views/number_text.h"
#include "views/text_fit.h"
#include "views/tree_accessible.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
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

QList<QAction*> TreeView::addOption(const QString& toolTip, const QStringList& choices, int current,
                                    std::function<void(int)> chosen)
{
    auto* const button = new QToolButton(m_options);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setToolTip(toolTip);
    auto* const menu = new QMenu(button);
    menu->setToolTipsVisible(true);
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
        connect(action, &QAction::toggled, button, [show, text = choices[i]](bool checked) {
            if (checked)
                show(text);
        });
        connect(action, &QAction::triggered, this, [chosen, i] { chosen(i); });
    }
    button->setMenu(menu);
    show(choices[current]);
    static_cast<QHBoxLayout*>(m_options->layout())->insertWidget(0, button);
    return menu->actions();
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

void TreeView::forget()
{
    m_focused = m_hovered = {};
    forgetTreeItems(this);
    unpin();
    m_places.reset();
    m_matchTicks.reset();
    m_layout.reset();
    m_analysis.reset();
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
    const QString metric = displayText(analysis->metricInfo().title);
    if (analysis->isFilteredOut()) {
        const QString all = valueText(analysis->total, analysis->metricInfo().unit);
        const auto filters = analysis->options.filters.size();
        return filters == 1 ? tr("All %1 is hidden by 1 filter.").arg(all)
                            : tr("All %1 is hidden by %2 filters.").arg(all).arg(filters);
    }
    if (!analysis->options.lanes.empty())
        return tr("%1 is 0 in the chosen threads: there is nothing to draw.").arg(metric);
    return tr("%1 is 0 in the whole profile: there is nothing to draw.").arg(metric);
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

void TreeView::showEvent(QShowEvent*)
{
    refreshTree();
}

void TreeView::hideEvent(QHideEvent*)
{
    unpin();
}

} // namespace sundial
