// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recompare.h"

#include "model/frame_name.h"
#include "views/on_worker.h"
#include "views/text_fit.h"

#include <QUndoCommand>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace sundial
{

class RecompareCommand : public QUndoCommand
{
public:
    RecompareCommand(Recompare* recompare, Recompare::Request after, const QString& name)
        : QUndoCommand(name), m_recompare(recompare), m_before(recompare->m_asked), m_after(std::move(after))
    {
    }

    void redo() override { apply(m_after); }
    void undo() override { apply(m_before); }

private:
    void apply(Recompare::Request request)
    {
        request.metric = m_recompare->m_asked.metric; // whatever was compared then
        m_recompare->start(request);
    }

    Recompare* m_recompare;
    Recompare::Request m_before, m_after;
};

namespace
{

QString nameOf(const Comparison& comparison, FrameId row)
{
    return displayText(frameName(comparison.frames.frames, row));
}

/// The functions of a row; empty names where it has none on a side.
MatchRule namesOf(const Comparison& comparison, FrameId before, FrameId after)
{
    MatchRule rule;
    if (const FrameId own = comparison.match(before).before)
        rule.before = functionName(comparison.before.profile->frames, own);
    if (const FrameId own = comparison.match(after).after)
        rule.after = functionName(comparison.after.profile->frames, own);
    return rule;
}

FrameId rowIn(const Comparison& to, const Comparison& from, FrameId row, bool exchanged)
{
    const FrameMatch& match = from.match(row);
    const auto& ofBefore = exchanged ? to.frames.ofAfter : to.frames.ofBefore;
    const auto& ofAfter = exchanged ? to.frames.ofBefore : to.frames.ofAfter;
    if (match.before)
        return ofBefore[match.before.value];
    return match.after ? ofAfter[match.after.value] : FrameId{};
}

} // namespace

ViewState stateIn(const Analysis& to, const Analysis& from, const ViewState& state, bool exchanged)
{
    const CompareAnalysis& now = *to.comparison;
    const CompareAnalysis& then = *from.comparison;
    const auto& nowBefore = exchanged ? now.afterNode : now.beforeNode;
    const auto& nowAfter = exchanged ? now.beforeNode : now.afterNode;
    const auto place = [&](NodeId node) {
        const NodeId before = then.beforeNode[node.value], after = then.afterNode[node.value];
        for (std::uint32_t n = 0; n < to.tree.size(); ++n) {
            if (before ? nowBefore[n] == before : nowAfter[n] == after)
                return NodeId{n};
        }
        return NodeId{0};
    };
    ViewState result = state;
    result.zoomRoot = state.zoomRoot.value == 0 ? NodeId{0} : place(state.zoomRoot);
    if (state.selected)
        result.selected = rowIn(*now.comparison, *then.comparison, state.selected, exchanged);
    if (state.selectedNode)
        result.selectedNode = place(state.selectedNode);
    if (!result.selectedNode || to.tree.isEmpty() || to.tree.frame(result.selectedNode) != result.selected)
        result.selectedNode = {};
    return result;
}

Result<AnalysisPtr> Recompare::analyseRequest(Request request, CompareWidth width, Progress& progress)
{
    for (ComparedSide* side : {&request.before, &request.after}) {
        Result<std::vector<AnalysisPtr>> runs = throughMetric(side->runs, request.metric, progress);
        if (!runs)
            return runs.error();
        side->runs = std::move(*runs);
    }
    return analyseComparison(request.before, request.after, request.options, width, progress);
}

Recompare::Recompare(ViewContext* context, QUndoStack* undo, QObject* parent)
    : QObject(parent), m_context(context), m_undo(undo)
{
    connect(context, &ViewContext::analysisChanged, this, &Recompare::onAnalysisChanged);
}

Recompare::~Recompare()
{
    if (m_progress)
        m_progress->cancel();
}

bool Recompare::canChange() const
{
    return m_context->analysis() && m_context->analysis()->comparison;
}

void Recompare::onAnalysisChanged()
{
    // Also where the window has gone back to another state of the comparison, or to another one.
    const AnalysisPtr& analysis = m_context->analysis();
    const auto isSame = [](const std::vector<AnalysisPtr>& x, const std::vector<AnalysisPtr>& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                          [](const AnalysisPtr& a, const AnalysisPtr& b) { return a->profile == b->profile; });
    };
    if (!canChange()) {
        if (m_progress)
            m_progress->cancel();
        m_progress.reset();
        m_asked = {};
        m_isSwapped = false;
        return;
    }
    const CompareAnalysis& shown = *analysis->comparison;
    const bool isExchanged =
        isSame(shown.beforeRuns, m_asked.after.runs) && isSame(shown.afterRuns, m_asked.before.runs);
    const bool isKnown =
        isExchanged || (isSame(shown.beforeRuns, m_asked.before.runs) && isSame(shown.afterRuns, m_asked.after.runs));
    if (m_progress && isKnown)
        return; // what was asked for meanwhile still holds
    if (m_progress)
        m_progress->cancel();
    m_progress.reset();
    const bool isSwapped = isKnown && (m_asked.isSwapped != isExchanged);
    m_asked = {{shown.beforeRuns, shown.beforeName},
               {shown.afterRuns, shown.afterName},
               shown.options,
               shown.beforeRuns.front()->metricInfo().id,
               isSwapped};
    if (std::exchange(m_isSwapped, isSwapped) != isSwapped && isKnown)
        emit swapped();
}

MatchRule Recompare::ruleOf(FrameId before, FrameId after) const
{
    return namesOf(*m_context->analysis()->comparison->comparison, before, after);
}

void Recompare::match(FrameId before, FrameId after)
{
    if (!canChange())
        return;
    const Comparison& sides = *m_context->analysis()->comparison->comparison;
    Request next = m_asked;
    next.options.matches = withRule(std::move(next.options.matches), ruleOf(before, after));
    push(std::move(next), tr("match %1 with %2").arg(nameOf(sides, before), nameOf(sides, after)));
}

void Recompare::separate(FrameId row)
{
    if (!canChange())
        return;
    Request next = m_asked;
    MatchRule rule = ruleOf(row, row);
    rule.isSame = false;
    next.options.matches = withRule(std::move(next.options.matches), rule);
    push(std::move(next), tr("%1 is no match").arg(nameOf(*m_context->analysis()->comparison->comparison, row)));
}

bool Recompare::isOverruled(FrameId row) const
{
    if (!canChange())
        return false;
    const MatchRule names = ruleOf(row, row);
    return withoutRulesOf(m_asked.options.matches, names.before, names.after).size() != m_asked.options.matches.size();
}

void Recompare::forget(FrameId row)
{
    if (!isOverruled(row))
        return;
    const MatchRule names = ruleOf(row, row);
    Request next = m_asked;
    next.options.matches = withoutRulesOf(std::move(next.options.matches), names.before, names.after);
    push(std::move(next), tr("match %1 by itself").arg(nameOf(*m_context->analysis()->comparison->comparison, row)));
}

void Recompare::normalise(Normalise by, FrameId callsOf)
{
    if (!canChange())
        return;
    Request next = m_asked;
    next.options.normalise = by;
    next.options.callsOf = by == Normalise::Calls ? ruleOf(callsOf, callsOf).before : FunctionName();
    if (next.options == m_asked.options)
        return;
    push(std::move(next),
         by == Normalise::None ? tr("numbers as measured")
         : by == Normalise::Total
             ? tr("normalise by total")
             : tr("normalise by calls of %1").arg(nameOf(*m_context->analysis()->comparison->comparison, callsOf)));
}

void Recompare::swapSides()
{
    if (!canChange())
        return;
    Request next = m_asked;
    std::swap(next.before, next.after);
    next.options.matches = exchanged(std::move(next.options.matches));
    next.isSwapped = !next.isSwapped;
    if (next.options.normalise == Normalise::Calls) {
        // The function as the other side has it.
        const Comparison& sides = *m_context->analysis()->comparison->comparison;
        const FrameId own = findFunction(sides.before.profile->frames, next.options.callsOf);
        if (const FrameId row = own ? sides.frames.ofBefore[own.value] : FrameId{}; row && sides.match(row).after)
            next.options.callsOf = ruleOf(row, row).after;
    }
    push(std::move(next), tr("swap before and after"));
}

void Recompare::setMetric(const std::string& id)
{
    if (!canChange() || id == m_asked.metric)
        return;
    Request next = m_asked;
    next.metric = id;
    start(next);
}

void Recompare::push(Request next, const QString& name)
{
    m_undo->push(new RecompareCommand(this, std::move(next), name));
}

void Recompare::start(const Request& request)
{
    if (m_progress)
        m_progress->cancel();
    m_progress = std::make_shared<Progress>();
    m_asked = request;
    const CompareWidth width = CompareWidth(m_context->analysis()->metric.value);
    onWorker(
        this,
        [request, width, progress = m_progress] {
            const Result<AnalysisPtr> result = analyseRequest(request, width, *progress);
            return result ? *result : AnalysisPtr();
        },
        [this, progress = m_progress, isSwapped = request.isSwapped](const AnalysisPtr& analysis) {
            if (progress != m_progress)
                return; // something else was asked for, or opened, meanwhile
            m_progress.reset();
            if (analysis)
                finish(analysis, isSwapped);
        });
}

void Recompare::finish(const AnalysisPtr& analysis, bool isSwapped)
{
    const AnalysisPtr shown = m_context->analysis();
    const bool exchanged = std::exchange(m_isSwapped, isSwapped) != isSwapped;
    m_context->replaceAnalysis(analysis, stateIn(*analysis, *shown, m_context->state(), exchanged));
    if (exchanged)
        emit swapped();
    emit matchesChanged(m_asked.options.matches);
    emit applied();
}

} // namespace sundial
