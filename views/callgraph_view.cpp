// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/callgraph_view.h"

#include "views/hover_card.h"
#include "views/number_text.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace sundial
{

namespace
{

constexpr std::array<std::uint32_t, 7> kBudgets{12, 30, 60, 120, 250, 500, 1000};
constexpr std::uint32_t kUsualBudget = 30;
constexpr double kZoomStep = 1.25;
constexpr int kQuietMs = 200;           ///< What takes less shows no progress.
constexpr double kSmallestStart = 0.85; ///< Figures of boxes are 9 px high there; smaller ones are no reading.

QToolButton* menuButton(QWidget* parent, const QString& toolTip)
{
    auto* const button = new QToolButton(parent);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setToolTip(toolTip);
    auto* const menu = new QMenu(button);
    new QActionGroup(menu);
    button->setMenu(menu);
    return button;
}

QAction* addChoice(QToolButton* button, const QString& text, bool isChecked)
{
    QAction* const action = button->menu()->addAction(text);
    action->setCheckable(true);
    action->setChecked(isChecked);
    button->menu()->findChild<QActionGroup*>()->addAction(action);
    return action;
}

void setButtonText(QToolButton* button, const QString& text)
{
    button->setText(text);
    button->setAccessibleName(text);
}

} // namespace

CallGraphView::CallGraphView(ViewContext* context, QWidget* parent) : View(context, parent), m_maxNodes(kUsualBudget)
{
    setMinimumSize(scaled(200), scaled(160));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_progressDelay.setSingleShot(true);
    m_progressDelay.setInterval(kQuietMs);
    connect(&m_progressDelay, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    connect(&m_loader, &CallGraphLoader::ready, this, &CallGraphView::take);
    connect(&m_loader, &CallGraphLoader::failed, this, [this](const Error& error) {
        m_progressDelay.stop();
        dropPicture();
        m_error = QString::fromStdString(error.message + ' ' + error.cure);
        update();
    });
    connect(context, &ViewContext::analysisChanged, this, &CallGraphView::analysisChanged);
    connect(context, &ViewContext::stateChanged, this, &CallGraphView::stateChanged);
    connect(context, &ViewContext::themeChanged, this, [this] {
        if (m_analysis)
            m_modules = FramePalette(*m_analysis, this->context()->theme(), ColorBy::Module);
        update();
    });
    connect(context, &ViewContext::showInGraphRequested, this, &CallGraphView::showFrame);
    connect(context, &ViewContext::graphRootRequested, this, &CallGraphView::narrowToCallees);
    makeOptions();
}

CallGraphView::~CallGraphView()
{
    delete m_options;
}

void CallGraphView::makeOptions()
{
    m_options = new QWidget;
    auto* const row = new QHBoxLayout(m_options);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(8));
    m_nodesButton = menuButton(m_options, tr("How many functions to show at most"));
    for (const std::uint32_t budget : kBudgets)
        connect(addChoice(m_nodesButton, tr("At most %1").arg(countText(budget)), budget == m_maxNodes),
                &QAction::triggered, this, [this, budget] { setMaxNodes(budget); });
    row->addWidget(m_nodesButton);
    QToolButton* const color = menuButton(m_options, tr("What the colour of a box tells"));
    for (const bool byTotal : {false, true}) {
        const QString text = byTotal ? tr("Colour: total") : tr("Colour: self");
        connect(addChoice(color, text, byTotal == m_heatByTotal), &QAction::triggered, this, [=, this] {
            setButtonText(color, text);
            m_heatByTotal = byTotal;
            update();
        });
    }
    setButtonText(color, tr("Colour: self"));
    row->addWidget(color);
    updateNodesButton();
}

void CallGraphView::updateNodesButton()
{
    const std::size_t shown = m_picture ? m_picture->graph.nodes.size() : m_maxNodes;
    setButtonText(m_nodesButton, tr("Nodes: %1").arg(countText(double(shown))));
}

void CallGraphView::setMaxNodes(std::uint32_t count)
{
    m_maxNodes = count;
    for (std::size_t i = 0; i < kBudgets.size(); ++i)
        m_nodesButton->menu()->actions()[qsizetype(i)]->setChecked(kBudgets[i] == count);
    reload();
}

QString CallGraphView::hint() const
{
    if (!m_picture)
        return {};
    QString text = m_narrowing.empty() ? tr("Double-click expands") : tr("Double-click expands · Backspace goes back");
    if (!graphArea().contains(m_viewport.toWidget(m_picture->bounds)))
        text += tr(" · Drag pans · Ctrl+0 shows all");
    return text;
}

void CallGraphView::analysisChanged()
{
    const AnalysisPtr& analysis = context()->analysis();
    if (!analysis || !m_analysis || analysis->profile != m_analysis->profile) {
        m_narrowing.clear();
        dropPicture();
    }
    if (isVisible())
        reload();
}

void CallGraphView::forget()
{
    m_loader.stop();
    m_progressDelay.stop();
    m_narrowing.clear();
    dropPicture();
    m_modules = {};
    m_analysis.reset();
}

void CallGraphView::dropPicture()
{
    m_picture.reset();
    m_focused = m_hovered = kNone;
    m_isFitted = true;
}

void CallGraphView::showEvent(QShowEvent*)
{
    if (m_analysis != context()->analysis())
        reload();
}

void CallGraphView::hideEvent(QHideEvent*)
{
    unpin();
}

void CallGraphView::reload()
{
    m_error.clear();
    m_isStopped = false;
    unpin();
    m_analysis = context()->analysis();
    if (!m_analysis) {
        m_loader.stop();
        update();
        return;
    }
    m_modules = FramePalette(*m_analysis, context()->theme(), ColorBy::Module);
    PruneOptions options{.edgeThreshold = kUsualEdgeThreshold, .maxNodes = m_maxNodes};
    if (m_analysis->comparison) // reduced to what moved, however few functions that are
        options.nodeThreshold = kUsualNodeThreshold;
    if (!m_narrowing.empty())
        (m_narrowing.back().toCallees ? options.roots : options.leaves) = {m_narrowing.back().frame};
    m_progressDelay.start();
    m_loader.load(m_analysis, options);
    emit hintChanged();
}

void CallGraphView::take(const std::shared_ptr<const CallGraphPicture>& picture)
{
    m_progressDelay.stop();
    m_picture = picture;
    m_focused = m_hovered = kNone;
    updateNodesButton();
    fit();
    if (m_viewport.scale() < kSmallestStart && !picture->graph.nodes.empty()) {
        // All of it would be too small to read: begin where the program begins.
        const auto top = std::min_element(picture->layout.nodes.begin(), picture->layout.nodes.end(),
                                          [](const QRectF& a, const QRectF& b) { return a.top() < b.top(); });
        m_viewport.zoom(kSmallestStart / m_viewport.scale(), {});
        m_viewport.center({top->center().x(), picture->bounds.top()},
                          {graphArea().center().x(), graphArea().top() + scaledF(12)});
        m_viewport.fillWidth(picture->bounds, graphArea());
        m_isFitted = false;
    }
    if (const std::uint32_t selected = nodeOf(context()->state().selected); selected != kNone)
        m_viewport.reveal(m_picture->layout.nodes[selected], graphArea());
    update();
    emit hintChanged();
    findWanted();
}

void CallGraphView::stateChanged(const ViewState& before)
{
    const ViewState& now = context()->state();
    if (now.search != before.search && context()->searchResult().count > 0)
        stepMatch(0);
    else if (const std::uint32_t node = nodeOf(now.selected); now.selected != before.selected && node != kNone) {
        m_viewport.reveal(m_picture->layout.nodes[node], graphArea());
    }
    update();
}

void CallGraphView::showFrame(FrameId frame)
{
    context()->select(frame);
    m_wanted = frame;
    if (m_analysis != context()->analysis())
        reload(); // never shown yet: it may be among the usual ones
    else if (!m_loader.isRunning())
        findWanted();
}

void CallGraphView::findWanted()
{
    const FrameId wanted = m_wanted;
    m_wanted = {};
    if (!wanted)
        return;
    if (const std::uint32_t node = nodeOf(wanted); node != kNone)
        m_viewport.reveal(m_picture->layout.nodes[node], graphArea());
    else
        narrowToCallers(wanted);
}

void CallGraphView::narrowToCallees(FrameId frame)
{
    if (!m_narrowing.empty() && m_narrowing.back().frame == frame && m_narrowing.back().toCallees)
        return;
    m_narrowing.push_back({frame, true});
    reload();
}

void CallGraphView::narrowToCallers(FrameId frame)
{
    m_narrowing.push_back({frame, false});
    reload();
}

void CallGraphView::goUp()
{
    if (m_narrowing.empty())
        return;
    m_narrowing.pop_back();
    reload();
}

QRectF CallGraphView::legendArea() const
{
    const double side = scaledF(16);
    return QRectF(side, height() - scaledF(kCallGraphLegendHeight), width() - 2 * side,
                  scaledF(kCallGraphLegendHeight));
}

QRectF CallGraphView::graphArea() const
{
    const double side = scaledF(12);
    return QRectF(side, side, width() - 2 * side, std::max(1.0, legendArea().top() - 2 * side));
}

QRectF CallGraphView::placeOf(FrameId frame) const
{
    const std::uint32_t node = nodeOf(frame);
    return node == kNone ? QRectF() : m_viewport.toWidget(m_picture->layout.nodes[node]);
}

std::uint32_t CallGraphView::nodeOf(FrameId frame) const
{
    if (!m_picture || !frame)
        return kNone;
    const std::vector<GraphNode>& nodes = m_picture->graph.nodes; // in order of their frames
    const auto found = std::lower_bound(nodes.begin(), nodes.end(), frame,
                                        [](const GraphNode& node, FrameId f) { return node.frame < f; });
    return found != nodes.end() && found->frame == frame ? std::uint32_t(found - nodes.begin()) : kNone;
}

std::uint32_t CallGraphView::nodeAt(const QPointF& point) const
{
    if (!m_picture)
        return kNone;
    const QPointF at = m_viewport.toPicture(point);
    const std::vector<QRectF>& boxes = m_picture->layout.nodes;
    const auto found = std::find_if(boxes.begin(), boxes.end(), [&](const QRectF& box) { return box.contains(at); });
    return found != boxes.end() ? std::uint32_t(found - boxes.begin()) : kNone;
}

std::uint32_t CallGraphView::stepFrom(std::uint32_t node, int key) const
{
    const PrunedGraph& graph = m_picture->graph;
    std::uint32_t best = kNone;
    if (key == Qt::Key_Up || key == Qt::Key_Down) { // the heaviest caller or callee
        double most = -1;
        for (const GraphEdge& edge : graph.edges) {
            const std::uint32_t from = key == Qt::Key_Up ? edge.callee : edge.caller;
            const std::uint32_t to = key == Qt::Key_Up ? edge.caller : edge.callee;
            if (from == node && to != node && !edge.back && edge.total > most) {
                most = edge.total;
                best = to;
            }
        }
        return best;
    }
    // Along the row: the nearest, or the first and last.
    const std::vector<QRectF>& boxes = m_picture->layout.nodes;
    const QRectF& here = boxes[node];
    const bool toLeft = key == Qt::Key_Left || key == Qt::Key_Home;
    const bool toEnd = key == Qt::Key_Home || key == Qt::Key_End;
    for (std::uint32_t n = 0; n < boxes.size(); ++n) {
        const double distance = (boxes[n].center().x() - here.center().x()) * (toLeft ? -1 : 1);
        const bool inRow = boxes[n].top() < here.bottom() && boxes[n].bottom() > here.top();
        if (!inRow || distance <= 0)
            continue;
        const double bestDistance =
            best == kNone ? 0 : (boxes[best].center().x() - here.center().x()) * (toLeft ? -1 : 1);
        if (best == kNone || (toEnd ? distance > bestDistance : distance < bestDistance))
            best = n;
    }
    return best;
}

void CallGraphView::focusNode(std::uint32_t node)
{
    m_showsFocus = true;
    m_focused = node;
    const FrameId frame = m_picture->graph.nodes[node].frame;
    m_viewport.reveal(m_picture->layout.nodes[node], graphArea());
    context()->select(frame);
    emit described(oneLine(describeFrame(*context(), frame)));
    update();
}

void CallGraphView::stepMatch(int step)
{
    if (!m_picture)
        return;
    std::vector<std::uint32_t> matches;
    for (std::uint32_t n = 0; n < m_picture->graph.nodes.size(); ++n) {
        if (context()->searchResult().contains(m_picture->graph.nodes[n].frame))
            matches.push_back(n);
    }
    if (matches.empty())
        return;
    const auto here = std::find(matches.begin(), matches.end(), m_focused);
    const std::ptrdiff_t count = std::ssize(matches);
    const std::ptrdiff_t next = here == matches.end() ? 0 : (here - matches.begin() + step + count) % count;
    m_focused = matches[std::size_t(next)];
    if (step != 0)
        focusNode(m_focused);
    else
        m_viewport.reveal(m_picture->layout.nodes[m_focused], graphArea());
}

void CallGraphView::hover(std::uint32_t node, const QPoint& globalPosition)
{
    if (m_isPinned)
        return;
    if (node == kNone) {
        HoverCard::of(this)->hide();
        if (m_hovered != kNone)
            emit described({});
    } else {
        const FrameCard card = describeFrame(*context(), m_picture->graph.nodes[node].frame);
        HoverCard::of(this)->showCard(card, context()->theme(), globalPosition);
        if (node != m_hovered)
            emit described(oneLine(card));
    }
    m_hovered = node;
}

void CallGraphView::togglePin()
{
    if (m_isPinned) {
        unpin();
        return;
    }
    const std::uint32_t node = m_focused != kNone ? m_focused : m_hovered;
    if (node == kNone)
        return;
    const QRectF box = m_viewport.toWidget(m_picture->layout.nodes[node]);
    hover(node, mapToGlobal(QPointF(box.center().x(), box.bottom()).toPoint()));
    m_isPinned = true;
}

void CallGraphView::unpin()
{
    m_isPinned = false;
    if (window())
        HoverCard::of(this)->hide();
}

void CallGraphView::moved()
{
    m_isFitted = false;
    if (m_picture)
        m_viewport.keepInSight(m_picture->bounds, graphArea());
    hover(kNone, {});
    update();
    emit hintChanged();
}

void CallGraphView::zoomIn()
{
    m_viewport.zoom(kZoomStep, graphArea().center());
    moved();
}

void CallGraphView::zoomOut()
{
    m_viewport.zoom(1 / kZoomStep, graphArea().center());
    moved();
}

void CallGraphView::fit()
{
    m_isFitted = true;
    if (m_picture)
        m_viewport.fit(m_picture->bounds, graphArea());
    update();
    emit hintChanged();
}

static View* create(ViewContext* context, QWidget* parent)
{
    return new CallGraphView(context, parent);
}

extern const ViewType callgraphView{"callgraph", QT_TRANSLATE_NOOP("View", "Call graph"), "graph", create};

} // namespace sundial
