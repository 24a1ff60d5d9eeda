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
    analysis->tree = profile->tree;
    analysis->total = profile->total(metric);
    analysis->profile = std::move(profile);
    return AnalysisPtr(std::move(analysis));
}

} // namespace sundial
