// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/sandwich_view.h"

#include "views/color_menu.h"
#include "views/hover_card.h"
#include "views/icicle_paint.h"
#include "views/number_text.h"
#include "views/on_worker.h"
#include "views/text_fit.h"

#include <QHBoxLayout>
#include <QPaintEvent>
#include <QToolButton>

#include <cmath>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kCaption = 18;
constexpr int kHiddenRows = 2; // of each tree: the whole, and the function, which stands between them once

SandwichPicturePtr makePicture(const Analysis& analysis, FrameId function, Progress& progress)
{
    auto picture = std::make_shared<SandwichPicture>(SandwichPicture{sandwich(analysis, function), {}});
    for (const std::size_t half : {kCallers, kCallees}) {
        if (progress.isCancelled())
            return {};
        Progress unwatched;
        picture->layout[half] = IcicleLayout(picture->analysis(half).tree, analysis.metric, unwatched);
    }
    return picture;
}

} // namespace

SandwichView::SandwichView(ViewContext* context, QWidget* parent)
    : View(context, parent), m_options(new QWidget), m_move{new ViewportAnimation(this), new ViewportAnimation(this)}
{
    setMinimumSize(scaled(200), scaled(120));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Callers and callees of the selected function"));
    auto* const row = new QHBoxLayout(m_options);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(makeColorMenu(context, m_options));
    for (ViewportAnimation* move : m_move)
        connect(move, &ViewportAnimation::changed, this, qOverload<>(&QWidget::update));
    connect(context, &ViewContext::analysisChanged, this, &SandwichView::refresh);
    connect(context, &ViewContext::themeChanged, this, qOverload<>(&QWidget::update));
    connect(context, &ViewContext::stateChanged, this, &SandwichView::refresh);
}

SandwichView::~SandwichView()
{
    delete m_options;
    if (m_progress)
        m_progress->cancel();
}

void SandwichView::forget()
{
    if (m_progress)
        m_progress->cancel();
    m_progress.reset();
    m_focused = m_hovered = {};
    m_picture.reset();
    m_analysis.reset();
    m_function = {};
}

void SandwichView::refresh()
{
    const AnalysisPtr& analysis = context()->analysis();
    const FrameId function = context()->state().selected;
    update();
    if (!isVisible() || (analysis == m_analysis && function == m_function))
        return; // showEvent asks again
    m_analysis = analysis;
    m_function = function;
    if (m_progress)
        m_progress->cancel();
    m_progress.reset();
    m_focused = m_hovered = {};
    if (!analysis || !function || analysis->comparison || analysis->paths.isEmpty()) {
        m_picture.reset();
        emit hintChanged();
        return;
    }
    m_progress = std::make_shared<Progress>();
    const auto make = [analysis, function, progress = m_progress] {
        return makePicture(*analysis, function, *progress);
    };
    onWorker(this, make, [this, progress = m_progress](const SandwichPicturePtr& picture) {
        if (progress != m_progress)
            return; // another function was selected meanwhile
        m_progress.reset();
        m_picture = picture;
        for (ViewportAnimation* move : m_move)
            move->jumpTo({});
        layOut();
        emit hintChanged();
    });
}

QString SandwichView::emptySentence() const
{
    const AnalysisPtr& analysis = context()->analysis();
    if (!analysis || m_progress)
        return {};
    if (analysis->profile->origin != TreeOrigin::Exact)
        return tr("This file tells callers, not paths: which callers lead to which callees would be a guess. The card "
                  "tells exactly who calls a function and whom it calls.");
    if (!context()->state().selected)
        return tr("Select a function, in the table below or in any picture: its callers stand above it here, its "
                  "callees below.");
    const QString name = displayText(analysis->frames().name(context()->state().selected));
    return analysis->options.filters.empty() ? tr("%1 holds nothing here.").arg(name)
                                             : tr("%1 is in no stack that the filters leave.").arg(name);
}

SandwichView::Parts SandwichView::partsIn(const QSizeF& size) const
{
    Parts parts;
    const double side = scaledF(kSide), caption = scaledF(kCaption), row = scaled(kFrameRow);
    const double width = std::max(1.0, size.width() - 2 * side);
    const double legend = size.height() - scaledF(kLegendRowHeight);
    const double room = std::max(2.0, legend - 2 * caption - row);
    // Each half gets what it needs if that fits; else none gets less than a third.
    const auto rows = [&](std::size_t half) {
        return m_picture ? std::max(0.0, double(m_picture->layout[half].rowCount()) - kHiddenRows) * row : 0;
    };
    const double above = std::floor(std::clamp(rows(kCallers), std::min(room / 3, std::max(0.0, room - rows(kCallees))),
                                               std::max(room / 3, std::min(room * 2 / 3, room - rows(kCallees)))));
    parts.caption[kCallers] = QRectF(side, 0, width, caption);
    parts.half[kCallers] = QRectF(side, caption, width, above);
    parts.function = QRectF(side, caption + above, width, row);
    parts.half[kCallees] = QRectF(side, parts.function.bottom(), width, room - above);
    parts.caption[kCallees] = QRectF(side, legend - caption, width, caption);
    parts.legend = QRectF(side, legend, width, scaledF(kLegendRowHeight));
    return parts;
}

Viewport SandwichView::fitted(std::size_t half, Viewport viewport, const QRectF& area) const
{
    viewport.area = area;
    viewport.rowHeight = scaled(kFrameRow);
    viewport.upward = half == kCallers;
    const double hidden = kHiddenRows * viewport.rowHeight;
    const double rows = hasPicture() ? m_picture->layout[half].rowCount() * viewport.rowHeight : 0;
    viewport.scroll = std::clamp(viewport.scroll, hidden, std::max(hidden, rows - area.height()));
    return viewport;
}

void SandwichView::layOut()
{
    const Parts parts = partsIn(size());
    for (const std::size_t half : {kCallers, kCallees})
        m_move[half]->jumpTo(fitted(half, m_move[half]->target(), parts.half[half]));
    update();
}

TreeScene SandwichView::scene(std::size_t half) const
{
    return {.analysis = m_picture->analysis(half),
            .layout = m_picture->layout[half],
            .palette = context()->palette(),
            .theme = context()->theme(),
            .search = context()->searchResult(),
            .rootName = {},
            .focused = m_showsFocus && hasFocus() && m_focused.half == half ? m_focused.node : NodeId{}};
}

void SandwichView::paintParts(QPainter& painter, const Parts& parts, const std::array<Viewport, 2>& viewports) const
{
    const Theme& t = context()->theme();
    for (const std::size_t half : {kCallers, kCallees}) {
        const TreeScene now = scene(half);
        paintIcicle(painter, now, viewports[half], viewports[half].area, levelsBeyondPlace(now, viewports[half]));
        paintLevelsBeyond(painter, now, viewports[half]);
        const int levels = std::max(0, int(now.layout.rowCount()) - kHiddenRows);
        const QString none = half == kCallers ? tr("No callers: it is called first") : tr("No callees");
        const QString some = half == kCallers ? tr("Callers, the outermost at the top · %1 levels")
                                              : tr("Callees, the innermost at the foot · %1 levels");
        painter.setFont(uiFont(11));
        painter.setPen(t.text.secondary);
        painter.drawText(parts.caption[half], Qt::AlignVCenter | Qt::TextSingleLine,
                         levels == 0 ? none : some.arg(countText(levels)));
    }
    Viewport function;
    function.area = parts.function;
    function.rowHeight = parts.function.height();
    function.scroll = function.rowHeight; // below the whole
    TreeScene middle = scene(kCallees);
    middle.selected = m_function; // here alone: its own calls above and below are what is to be told from it
    paintIcicle(painter, middle, function, function.area);
}

void SandwichView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const Theme& t = context()->theme();
    painter.fillRect(event->rect(), t.surface.panel);
    m_legend.clear();
    if (!hasPicture()) {
        paintSentence(painter, rect(), emptySentence(), t);
        return;
    }
    const Parts parts = partsIn(size());
    paintParts(painter, parts, {m_move[kCallers]->shown(), m_move[kCallees]->shown()});
    m_legend = paintLegendRow(painter, parts.legend, context()->palette(), t, m_analysis->metricInfo().unit,
                              context()->state().search);
}

void SandwichView::paintPicture(QPainter& painter, const QSize& size)
{
    const Theme& t = context()->theme();
    painter.fillRect(QRectF(QPointF(), size), t.surface.panel);
    if (!hasPicture()) {
        paintSentence(painter, QRectF(QPointF(), size), emptySentence(), t);
        return;
    }
    const Parts parts = partsIn(size);
    paintParts(painter, parts,
               {fitted(kCallers, m_move[kCallers]->target(), parts.half[kCallers]),
                fitted(kCallees, m_move[kCallees]->target(), parts.half[kCallees])});
    paintLegendRow(painter, parts.legend, context()->palette(), t, m_analysis->metricInfo().unit, {});
}

void SandwichView::resizeEvent(QResizeEvent*)
{
    layOut();
}

void SandwichView::showEvent(QShowEvent*)
{
    refresh();
}

void SandwichView::hideEvent(QHideEvent*)
{
    if (window())
        HoverCard::of(this)->hide();
}

namespace
{

View* create(ViewContext* context, QWidget* parent)
{
    return new SandwichView(context, parent);
}

} // namespace

extern const ViewType sandwichView{"sandwich", QT_TRANSLATE_NOOP("View", "Sandwich"), "sandwich", create,
                                   ViewMode::Single};

} // namespace sundial
