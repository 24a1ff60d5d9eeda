// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/callgraph_loader.h"

#include "views/on_worker.h"

namespace sundial
{

CallGraphLoader::CallGraphLoader(QObject* parent) : QObject(parent), m_layouter(findLayoutHelper())
{
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
    m_run = std::make_shared<bool>();
    const auto prune = [analysis, options] {
        const CallGraph& graph = analysis->comparison ? analysis->comparison->change : analysis->graph;
        return std::make_shared<PrunedGraph>(pruneGraph(graph, analysis->frames(), options));
    };
    onWorker(this, prune, [this, run = m_run](const std::shared_ptr<PrunedGraph>& graph) {
        if (run != m_run)
            return;
        if (graph)
            pruned(std::move(*graph));
        else
            finish(); // memory ran out
    });
}

void CallGraphLoader::stop()
{
    m_run.reset(); // what still runs ends on its own, and nobody hears of it
    m_layouter.stop();
    finish();
}

void CallGraphLoader::pruned(PrunedGraph graph)
{
    m_picture = describeGraph(std::move(graph), m_analysis->frames(), {.comparison = m_analysis->comparison.get()});
    m_layouter.start(layoutRequest(m_picture));
}

void CallGraphLoader::finish()
{
    m_analysis.reset();
    m_picture = {};
}

} // namespace sundial
