// SPDX-License-Identifier: GPL-3.0-or-later
// The meeting point of the views of one window: they observe it and never each other.
#pragma once

#include "model/analysis.h"
#include "model/path_map.h"
#include "model/search.h"
#include "views/layout_runner.h"
#include "views/palette.h"
#include "views/theme.h"
#include "views/view_state.h"

#include <QObject>

namespace sundial
{

/// Holds the current analysis and ViewState and tells of changes, each once. All of it on the UI thread; what it hands
/// out is immutable.
class ViewContext : public QObject
{
    Q_OBJECT

public:
    explicit ViewContext(QObject* parent = nullptr);

    /// Null while nothing is open.
    const AnalysisPtr& analysis() const { return m_analysis; }
    const ViewState& state() const { return m_state; }
    const SearchResult& searchResult() const { return m_searchResult; }
    const Theme& theme() const { return *m_theme; }
    const FramePalette& palette() const { return m_palette; }
    /// The boxes of the tree, shared by all pictures of it; null while a worker lays out, until treeLayoutChanged().
    const IcicleLayoutPtr& treeLayout() { return m_layouts.layout(m_analysis); }
    /// The name of the open file, for the root of pictures.
    const QString& documentName() const { return m_documentName; }
    void setDocumentName(const QString& name) { m_documentName = name; }

    /// Where the source files of profiles are on this machine.
    const PathMap& pathMap() const { return m_pathMap; }
    void setPathMap(PathMap map);

    /// Shows another profile: the state starts anew, but for the colouring and the search text.
    void setAnalysis(AnalysisPtr analysis);
    /// The same profile through another metric, or with an expanded tree: the state stays, with nodes as given.
    void replaceAnalysis(AnalysisPtr analysis, ViewState state);
    void update(const ViewState& state);
    void setTheme(bool isDark);

    /// Shorthands for the commonest updates.
    void select(FrameId frame, NodeId node = {});
    void zoomTo(NodeId node);
    void search(const QString& text);

signals:
    /// Another profile, or none, comes before the next analysisChanged(): what is kept of the former one can go.
    void profileReplaced();
    /// Another analysis; the state has changed with it, and stateChanged is not emitted.
    void analysisChanged();
    void stateChanged(const ViewState& before);
    void themeChanged();
    void pathMapChanged();
    void treeLayoutChanged();
    /// Asks the call graph to bring a function into sight, whatever its budget.
    void showInGraphRequested(FrameId frame);
    /// Asks for the tree from the callees up to their callers, or from the root down again.
    void invertRequested(bool inverted);
    /// Asks all views for a part of the profile's time; none is all of it.
    void rangeRequested(const std::optional<sundial::ProfileRange>& range);
    /// Asks the call graph to show what lies below a function.
    void graphRootRequested(FrameId frame);

private:
    void refreshDerived(bool searchChanged);

    AnalysisPtr m_analysis;
    ViewState m_state;
    SearchResult m_searchResult;
    const Theme* m_theme;
    FramePalette m_palette;
    LayoutRunner m_layouts;
    QString m_documentName;
    PathMap m_pathMap;
};

} // namespace sundial
