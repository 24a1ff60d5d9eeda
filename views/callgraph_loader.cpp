// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/callgraph_loader.h"

#include <QtConcurrent>

namespace sundial
{

CallGraphLoader::CallGraphLoader(QObject* parent) : QObject(parent), m_layouter(findLayoutHelper())
{
    connect(&m_pruning, &QFutureWatcherBase::finished, this, &CallGraphLoader::pruned);
    connect(&m_layouter, &GraphLayouter::finished, this, [this](const GraphLayout& layout) {
        auto picture = std::make_shared<CallGraphPicture>(std::move(m_picture));
        takeLayout(*picture, layout);
        finish();
        emit ready(picture);
    });
    connect(&m_layouter, &GraphLayouter::failed, this, [this](const Error& error) {
        finish();
        emit failed(error);
    });
}

CallGraphLoader::~CallGraphLoader()
{
    stop();
}

void CallGraphLoader::load(const AnalysisPtr& analysis, const PruneOptions& options)
{
    stop();
    m_analysis = analysis;
    m_pruning.setFuture(QtConcurrent::run([analysis, options] {
        const CallGraph& graph = analysis->comparison ? analysis->comparison->change : analysis->graph;
        return std::make_shared<PrunedGraph>(pruneGraph(graph, analysis->frames(), options));
    }));
}

void CallGraphLoader::stop()
{
    m_pruning.setFuture({}); // what still runs ends on its own, and nobody hears of it
    m_layouter.stop();
    finish();
}

void CallGraphLoader::pruned()
{
    if (!m_analysis || m_pruning.future().resultCount() == 0)
        return;
    m_picture = describeGraph(std::move(*m_pruning.result()), m_analysis->frames(),
                              {.comparison = m_analysis->comparison.get()});
    m_layouter.start(layoutRequest(m_picture));
}

void CallGraphLoader::finish()
{
    m_analysis.reset();
    m_picture = {};
}

} // namespace sundial
