// SPDX-License-Identifier: GPL-3.0-or-later
// From an analysis to a call graph that can be painted, without holding up the window: pruned on a worker, laid out in
// the helper process.
#pragma once

#include "model/analysis.h"
#include "views/callgraph_picture.h"

#include <QObject>

#include <memory>

namespace sundial
{

/// One at a time: a new load() drops the one under way.
class CallGraphLoader : public QObject
{
    Q_OBJECT

public:
    explicit CallGraphLoader(QObject* parent = nullptr);
    ~CallGraphLoader() override;

    void load(const AnalysisPtr& analysis, const PruneOptions& options);
    /// Within 100 ms, and without a signal.
    void stop();
    bool isRunning() const { return m_analysis != nullptr; }
    /// How many functions are being laid out; 0 while they are being chosen.
    std::size_t nodeCount() const { return m_picture.graph.nodes.size(); }

signals:
    void ready(const std::shared_ptr<const sundial::CallGraphPicture>& picture);
    void failed(const sundial::Error& error);

private:
    void pruned(PrunedGraph graph);
    void finish();

    AnalysisPtr m_analysis; ///< Of the load under way.
    CallGraphPicture m_picture;
    std::shared_ptr<bool> m_run; ///< Tells one load from the next.
    GraphLayouter m_layouter;
};

} // namespace sundial
