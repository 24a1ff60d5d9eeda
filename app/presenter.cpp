// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/presenter.h"

#include <utility>

namespace sundial
{

ViewState continuedState(const ViewState& state, const Analysis& shown, const LoadedAnalysis& next)
{
    const CallTree& tree = next.analysis->tree;
    const bool isSameWay = shown.options.inverted == next.analysis->options.inverted;
    const auto place = [&](NodeId n) { return isSameWay ? samePlace(shown.tree, n, tree, next.frames) : NodeId{0}; };
    ViewState continued = state;
    continued.zoomRoot = place(state.zoomRoot);
    continued.selected = state.selected ? next.frames[state.selected.value] : FrameId{};
    continued.selectedNode = {};
    if (continued.selected && state.selectedNode) {
        const NodeId selected = place(state.selectedNode);
        if (selected.value != 0 && tree.frame(selected) == continued.selected)
            continued.selectedNode = selected;
    }
    return continued;
}

void Presenter::show(const LoadedAnalysis& loaded, const QString& documentName)
{
    const AnalysisPtr shown = m_context->analysis();
    m_context->setDocumentName(documentName);
    if (shown && loaded.from && loaded.from->profile == shown->profile)
        m_context->replaceAnalysis(loaded.analysis, continuedState(m_context->state(), *shown, loaded));
    else
        m_context->setAnalysis(loaded.analysis);
}

void Presenter::showPart(const LoadedAnalysis& part, const QString& documentName)
{
    if (!m_before) {
        m_before = Shown{m_context->analysis(), m_context->state(), m_context->documentName(), std::move(*m_history)};
        m_history->clear();
    }
    show(part, documentName);
}

void Presenter::showWhole(const LoadedAnalysis& whole, const QString& documentName)
{
    m_before.reset();
    m_history->clear();
    show(whole, documentName);
}

void Presenter::takeBackPart()
{
    if (!m_before)
        return;
    Shown before = std::move(*m_before);
    m_before.reset();
    m_context->setDocumentName(before.documentName);
    m_context->replaceAnalysis(before.analysis, before.state);
    *m_history = std::move(before.history);
}

} // namespace sundial
