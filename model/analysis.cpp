// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis.h"

namespace sundial
{

Result<AnalysisPtr> analyse(ProfilePtr profile, MetricId metric, Progress& progress)
{
    auto analysis = std::make_shared<Analysis>();
    analysis->metric = metric;
    analysis->graph = callGraph(*profile, metric);
    if (progress.isCancelled())
        return Error{ErrorKind::Cancelled, {}};
    analysis->modules = moduleTable(profile->frames, analysis->functions());
    analysis->total = profile->total(metric);
    analysis->tree = profile->tree;
    if (profile->origin == TreeOrigin::Estimated) {
        Result<EstimatedTreePtr> estimate = estimateTree(*profile, {}, progress);
        if (!estimate && estimate.error().kind == ErrorKind::Cancelled)
            return estimate.error();
        if (estimate) {
            analysis->estimate = *estimate;
            analysis->tree = analysis->estimate->tree();
        }
    }
    analysis->profile = std::move(profile);
    analysis->notes = profileNotes(*analysis);
    return AnalysisPtr(std::move(analysis));
}

Result<ExpandedAnalysis> expanded(const AnalysisPtr& analysis, NodeId node, Progress& progress)
{
    Result<EstimatedTreePtr> estimate = analysis->estimate->zoomedTo(node, progress);
    if (!estimate)
        return estimate.error();
    auto result = std::make_shared<Analysis>(*analysis);
    result->estimate = *estimate;
    result->tree = result->estimate->tree();
    const NodeId place = samePlace(analysis->tree, node, result->tree);
    return ExpandedAnalysis{std::move(result), place};
}

} // namespace sundial
