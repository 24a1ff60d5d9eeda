// SPDX-License-Identifier: GPL-3.0-or-later
// A profile seen through one metric: the tree, the table, the graph and the modules that all views of a window share.
#pragma once

#include "model/estimate_tree.h"
#include "model/modules.h"
#include "model/profile.h"
#include "model/profile_notes.h"
#include "model/progress.h"
#include "model/result.h"

#include <memory>
#include <vector>

namespace sundial
{

struct CompareAnalysis;

/// Derived on a worker, then only read. Trees are cheap to copy; the rest is shared through AnalysisPtr.
struct Analysis {
    ProfilePtr profile;
    MetricId metric{0};
    CallTree tree;             ///< Exact or estimated; empty if the profile has neither paths nor arcs.
    EstimatedTreePtr estimate; ///< Where `tree` comes from if it is estimated; null for an exact one.
    CallGraph graph;           ///< Exact; its functions() are the table.
    ModuleTable modules;
    double total = 0; ///< What 100 % means, in the metric's unit.
    std::vector<ProfileNote> notes;

    /// Set if this is a comparison; see compare_analysis.h.
    std::shared_ptr<const CompareAnalysis> comparison;

    const FunctionTable& functions() const { return graph.functions(); }
    const FrameTable& frames() const { return profile->frames; }
    const Metric& metricInfo() const { return profile->metrics[metric.value]; }
    bool isEstimated() const { return tree.estimate() != nullptr; }
};

using AnalysisPtr = std::shared_ptr<const Analysis>;

/// Errors: Cancelled. O(nodes + edges), and the estimator's cost where the tree has to be estimated.
Result<AnalysisPtr> analyse(ProfilePtr profile, MetricId metric, Progress& progress);

/// The same analysis with what is folded below `node` expanded, and where `node` stands in it. Only for estimated
/// trees; shown nodes keep their numbers. Errors: Cancelled.
struct ExpandedAnalysis {
    AnalysisPtr analysis;
    NodeId node;
};
Result<ExpandedAnalysis> expanded(const AnalysisPtr& analysis, NodeId node, Progress& progress);

} // namespace sundial
