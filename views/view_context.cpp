// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/view_context.h"

namespace sundial
{

ViewContext::ViewContext(QObject* parent) : QObject(parent), m_theme(&Theme::light())
{
    connect(&m_layouts, &LayoutRunner::finished, this, &ViewContext::treeLayoutChanged);
}

void ViewContext::setAnalysis(AnalysisPtr analysis)
{
    ViewState fresh;
    fresh.search = m_state.search;
    const bool wasComparison = m_analysis && m_analysis->comparison;
    const bool isComparison = analysis && analysis->comparison;
    fresh.colorBy = isComparison ? ColorBy::Change : wasComparison ? ColorBy::Module : m_state.colorBy;
    replaceAnalysis(std::move(analysis), fresh);
}

void ViewContext::replaceAnalysis(AnalysisPtr analysis, ViewState state)
{
    const bool isOther = !analysis || !m_analysis || analysis->profile != m_analysis->profile;
    m_analysis = std::move(analysis);
    m_state = std::move(state);
    refreshDerived(true);
    if (isOther) {
        m_layouts.layout({});
        emit profileReplaced();
    }
    emit analysisChanged();
}

void ViewContext::update(const ViewState& state)
{
    if (state == m_state)
        return;
    const ViewState before = m_state;
    m_state = state;
    if (before.search != state.search || before.colorBy != state.colorBy)
        refreshDerived(before.search != state.search);
    emit stateChanged(before);
}

void ViewContext::setTheme(bool isDark)
{
    m_theme = &Theme::of(isDark);
    refreshDerived(false);
    emit themeChanged();
}

void ViewContext::setPathMap(PathMap map)
{
    if (map == m_pathMap)
        return;
    m_pathMap = std::move(map);
    emit pathMapChanged();
}

void ViewContext::select(FrameId frame, NodeId node)
{
    ViewState next = m_state;
    next.selected = frame;
    next.selectedNode = node;
    update(next);
}

void ViewContext::zoomTo(NodeId node)
{
    ViewState next = m_state;
    next.zoomRoot = node;
    update(next);
}

void ViewContext::search(const QString& text)
{
    ViewState next = m_state;
    next.search = text;
    update(next);
}

void ViewContext::refreshDerived(bool searchChanged)
{
    m_palette = m_analysis ? FramePalette(*m_analysis, *m_theme, m_state.colorBy) : FramePalette();
    if (searchChanged)
        m_searchResult = m_analysis ? sundial::search(*m_analysis, m_state.search.toStdString()) : SearchResult();
}

} // namespace sundial
