// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pipeline.h"

#include "model/compare_analysis.h"
#include "views/number_text.h"
#include "views/on_worker.h"
#include "views/text_fit.h"

#include <QUndoCommand>

#include <algorithm>

namespace sundial
{

class FilterCommand : public QUndoCommand
{
public:
    FilterCommand(Pipeline* pipeline, std::vector<FilterStep> after, const QString& name)
        : QUndoCommand(name), m_pipeline(pipeline), m_before(pipeline->m_options.filters), m_after(std::move(after))
    {
    }

    void redo() override { apply(m_after); }
    void undo() override { apply(m_before); }

private:
    void apply(const std::vector<FilterStep>& filters)
    {
        m_pipeline->m_options.filters = filters;
        m_pipeline->start();
    }

    Pipeline* m_pipeline;
    std::vector<FilterStep> m_before, m_after;
};

namespace
{

QString targetName(const Analysis& analysis, const FilterStep& step)
{
    switch (step.scope) {
    case FilterScope::Function:
        break;
    case FilterScope::File:
        return displayText(shortPath(analysis.frames().file(step.frame)));
    case FilterScope::Module:
        return displayText(analysis.modules.of(step.frame).name);
    }
    return displayText(analysis.frames().name(step.frame));
}

/// The same place in another tree of the profile; the nearest caller that holds something, if it is not there.
NodeId placeIn(const Analysis& to, const Analysis& from, NodeId node)
{
    if (to.tree.isEmpty() || from.tree.isEmpty() || to.options.inverted != from.options.inverted)
        return NodeId{0};
    NodeId place = samePlace(from.tree, node, to.tree);
    while (place.value != 0 && !(to.tree.total(to.metric, place) > 0))
        place = to.tree.parent(place);
    return place;
}

/// What is open, whatever is done to it: a profile, or two sides in whichever order.
std::pair<const void*, const void*> documentOf(const Analysis& analysis)
{
    if (!analysis.comparison)
        return {analysis.profile.get(), nullptr};
    const void* const before = analysis.comparison->beforeRuns.front()->profile.get();
    const void* const after = analysis.comparison->afterRuns.front()->profile.get();
    return std::less<>()(before, after) ? std::pair(before, after) : std::pair(after, before);
}

} // namespace

QString filterName(const Analysis& analysis, const FilterStep& step)
{
    switch (step.kind) {
    case FilterKind::Focus:
        return Pipeline::tr("focus %1").arg(targetName(analysis, step));
    case FilterKind::Exclude:
        return Pipeline::tr("exclude %1").arg(targetName(analysis, step));
    case FilterKind::Hide:
        return Pipeline::tr("hide %1").arg(targetName(analysis, step));
    case FilterKind::ShowFrom:
        return Pipeline::tr("only from %1").arg(targetName(analysis, step));
    case FilterKind::Collapse:
        return Pipeline::tr("collapse %1").arg(targetName(analysis, step));
    case FilterKind::FoldRecursion:
        return Pipeline::tr("fold recursion");
    case FilterKind::HideImports:
        return Pipeline::tr("hide imports");
    case FilterKind::HideNative:
        return Pipeline::tr("hide native frames");
    case FilterKind::HideInterpreter:
        return Pipeline::tr("hide the interpreter");
    case FilterKind::OwnOnly:
        break;
    }
    return Pipeline::tr("my code only");
}

QString filterOffer(const Analysis& analysis, const FilterStep& step)
{
    switch (step.kind) {
    case FilterKind::Focus:
        return Pipeline::tr("Focus on %1").arg(targetName(analysis, step));
    case FilterKind::Exclude:
        return Pipeline::tr("Exclude stacks with %1").arg(targetName(analysis, step));
    case FilterKind::Hide:
        return Pipeline::tr("Hide %1 (time goes to callers)").arg(targetName(analysis, step));
    case FilterKind::ShowFrom:
        return Pipeline::tr("Only from %1").arg(targetName(analysis, step));
    case FilterKind::Collapse:
        return Pipeline::tr("Collapse module %1").arg(targetName(analysis, step));
    case FilterKind::FoldRecursion:
        return Pipeline::tr("Fold recursion");
    case FilterKind::HideImports:
        return Pipeline::tr("Hide the import system and what it runs");
    case FilterKind::HideNative:
        return Pipeline::tr("Hide native frames");
    case FilterKind::HideInterpreter:
        return Pipeline::tr("Hide the interpreter's own frames");
    case FilterKind::OwnOnly:
        break;
    }
    return Pipeline::tr("My code only");
}

Pipeline::Pipeline(ViewContext* context, QObject* parent) : QObject(parent), m_context(context)
{
    connect(context, &ViewContext::analysisChanged, this, &Pipeline::onAnalysisChanged);
}

Pipeline::~Pipeline()
{
    if (m_progress)
        m_progress->cancel();
}

bool Pipeline::canFilter() const
{
    const AnalysisPtr& analysis = m_context->analysis();
    return analysis && !analysis->comparison && !analysis->tree.isEmpty() && !m_isPaused;
}

QString Pipeline::whyNotInverted() const
{
    const AnalysisPtr& analysis = m_context->analysis();
    if (!canFilter() || analysis->profile->origin == TreeOrigin::Exact)
        return {};
    return tr(
        "The file tells callers, not paths: a bottom-up tree would be a guess. The card tells exactly who calls a "
        "function.");
}

QString Pipeline::whyNotHidden(FilterKind kind) const
{
    if (!canFilter())
        return {};
    const Analysis& analysis = *m_context->analysis();
    const HidableFrames& has = analysis.hidable;
    const bool isCapture = analysis.profile->memory != nullptr;
    if (kind == FilterKind::HideImports && !has.imports)
        return tr("Nothing in this profile was called by the import system.");
    if (kind == FilterKind::HideNative && !has.native)
        return isCapture ? tr("No stack of this capture has native frames: memray run --native records them.")
                         : tr("No stack of this profile has native frames.");
    if (kind == FilterKind::HideInterpreter && !has.interpreter)
        return has.native ? tr("No native frame of this profile is the interpreter's own.")
                          : whyNotHidden(FilterKind::HideNative);
    return {};
}

void Pipeline::onAnalysisChanged()
{
    const AnalysisPtr& analysis = m_context->analysis();
    if (m_isPaused)
        return;
    const ProfilePtr profile = analysis ? analysis->profile : ProfilePtr();
    const auto document = analysis ? documentOf(*analysis) : std::pair<const void*, const void*>();
    if (document != m_document) {
        m_document = document;
        m_undo.clear();
    }
    if (profile != m_profile) {
        m_profile = profile;
        if (m_progress)
            m_progress->cancel();
        m_progress.reset();
    }
    if (analysis && !m_progress) { // also where one has gone back to another state of it
        m_metric = analysis->metric;
        m_options = analysis->options;
    }
}

void Pipeline::pushFilters(std::vector<FilterStep> filters, const QString& name)
{
    if (canFilter() && filters != m_options.filters)
        m_undo.push(new FilterCommand(this, std::move(filters), name));
}

void Pipeline::addFilter(const FilterStep& step)
{
    if (!canFilter())
        return;
    std::vector<FilterStep> filters = m_options.filters;
    const auto same = std::find(filters.begin(), filters.end(), step);
    if (same == filters.end())
        filters.push_back(step);
    else if (!takesFrame(step.kind))
        filters.erase(same);
    pushFilters(std::move(filters), filterName(*m_context->analysis(), step));
}

void Pipeline::removeFilter(int index)
{
    if (index < 0 || index >= int(m_options.filters.size()) || !canFilter())
        return;
    const FilterStep step = m_options.filters[std::size_t(index)];
    std::vector<FilterStep> filters = m_options.filters;
    filters.erase(filters.begin() + index);
    pushFilters(std::move(filters), tr("removing %1").arg(filterName(*m_context->analysis(), step)));
}

void Pipeline::clearFilters()
{
    pushFilters({}, tr("clearing filters"));
}

void Pipeline::setMetric(MetricId metric)
{
    m_metric = metric;
    dropForeignRange();
    start();
}

void Pipeline::setLanes(const std::vector<LaneId>& lanes)
{
    m_options.lanes = lanes;
    // A thread that counts in one metric alone is shown in that one: a heap beside threads by time.
    if (!lanes.empty() && !lanesHaveAllMetrics(*m_profile))
        m_metric = m_profile->lanes[lanes.front().value].metric;
    dropForeignRange();
    start();
}

void Pipeline::setAllocator(std::optional<std::uint32_t> allocator)
{
    if (allocator == m_options.allocator || !m_profile || !m_profile->memory)
        return;
    m_options.allocator = allocator;
    start();
}

void Pipeline::setRange(std::optional<ProfileRange> range)
{
    if (range == m_options.range)
        return;
    m_options.range = range;
    start();
}

void Pipeline::dropForeignRange()
{
    // A range of seconds says nothing about lanes that count bytes one by one.
    if (!timeRange(m_options) || lanesHaveAllMetrics(*m_profile))
        return;
    const TimeScale scale = timeScale(*m_profile, m_metric);
    if (scale.isEmpty() || m_profile->lanes[scale.lanes.front().value].metric != m_metric)
        m_options.range.reset();
}

void Pipeline::setInverted(bool inverted)
{
    if (!canFilter() || !whyNotInverted().isEmpty() || inverted == m_options.inverted)
        return;
    m_options.inverted = inverted;
    start();
}

void Pipeline::start()
{
    if (m_isPaused)
        return;
    if (m_progress)
        m_progress->cancel();
    m_progress = std::make_shared<Progress>();
    const auto filter = [profile = m_profile, metric = m_metric, options = m_options, progress = m_progress] {
        return std::make_shared<Result<AnalysisPtr>>(analyse(profile, metric, options, *progress));
    };
    runThen(this, filter, [this, progress = m_progress](const std::shared_ptr<Result<AnalysisPtr>>& result) {
        if (progress != m_progress)
            return; // something else was asked for, or opened, meanwhile
        m_progress.reset();
        if (*result)
            finish(**result);
    });
}

void Pipeline::finish(const AnalysisPtr& analysis)
{
    const Analysis& before = *m_context->analysis();
    ViewState state = m_context->state();
    state.zoomRoot = placeIn(*analysis, before, state.zoomRoot);
    if (state.selectedNode) {
        const NodeId place = placeIn(*analysis, before, state.selectedNode);
        const bool isThere = place.value != 0 && analysis->tree.frame(place) == state.selected;
        state.selectedNode = isThere ? place : NodeId{};
    }
    m_context->replaceAnalysis(analysis, state);
    emit applied();
}

} // namespace sundial
