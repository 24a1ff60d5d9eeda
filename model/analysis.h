// SPDX-License-Identifier: GPL-3.0-or-later
// A profile seen through one metric: the tree, the table, the graph and the modules that all views of a window share.
#pragma once

#include "model/estimate_tree.h"
#include "model/filter.h"
#include "model/lanes.h"
#include "model/memory_range.h"
#include "model/modules.h"
#include "model/name_index.h"
#include "model/profile.h"
#include "model/profile_notes.h"
#include "model/progress.h"
#include "model/result.h"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace sundial
{

struct CompareAnalysis;

/// A part of the time that a profile tells: moments of its lanes, or measurements of a memory capture with an index.
struct ProfileRange {
    ProfileRange(TimeRange range) : of(range) {}
    ProfileRange(MemoryRange range) : of(range) {}
    std::variant<TimeRange, MemoryRange> of;
    bool operator==(const ProfileRange&) const = default;
};

/// Which part of a profile is looked at, and from which end.
struct AnalysisOptions {
    std::vector<LaneId> lanes{};         ///< Empty: all of them.
    std::optional<ProfileRange> range{}; ///< None: its whole time.
    /// Of a memory capture: what this one of its statistics' allocators gave. None: all of them.
    std::optional<std::uint32_t> allocator{};
    std::vector<FilterStep> filters{};
    bool inverted = false; ///< The tree leads from where weight was found up to the callers. Of exact trees only.
    bool operator==(const AnalysisOptions&) const = default;
};

/// Derived on a worker, then only read. Trees are cheap to copy; the rest is shared through AnalysisPtr.
struct Analysis {
    ProfilePtr profile;
    MetricId metric{0};
    AnalysisOptions options;
    CallTree tree;             ///< Exact or estimated; empty if the profile has neither paths nor arcs.
    CallTree paths;            ///< The tree from the root down, whatever the direction of `tree`. Of exact ones.
    NodeMap pathOf;            ///< By node of the profile's own tree: where the filters put its stack in `paths`.
    EstimatedTreePtr estimate; ///< What `tree` is if it is estimated and not filtered: it can be expanded. Else null.
    /// Exact; its functions() are the table. Of exact trees it is filtered with them; arcs cannot be filtered, so for
    /// estimated ones it stays what the file tells.
    CallGraph graph;
    /// Ranked by the whole profile, so that no filter changes a colour; their self is that of `graph`.
    ModuleTable modules;
    double total = 0; ///< What 100 % means, in the metric's unit: all stacks of lanes and range, whatever the filters.
    HidableFrames hidable;          ///< Of the whole profile.
    std::vector<ProfileNote> notes; ///< About the whole profile, whatever the options.
    /// What searches and filters look in, so that the first key stroke finds it ready; null in an analysis that is made
    /// for a picture.
    std::shared_ptr<const NameIndex> names;
    std::shared_ptr<const Components> components; ///< Of `graph`; null like `names`, and in a comparison.

    /// Set if this is a comparison; see compare_analysis.h.
    std::shared_ptr<const CompareAnalysis> comparison;

    const FunctionTable& functions() const { return graph.functions(); }
    const FrameTable& frames() const { return profile->frames; }
    const Metric& metricInfo() const { return profile->metrics[metric.value]; }
    bool isEstimated() const { return tree.estimate() != nullptr; }
    /// Whether filters have left nothing of a profile that holds something.
    bool isFilteredOut() const { return !options.filters.empty() && total > 0 && !(shownTotal() > 0); }
    /// What the tree holds after the filters.
    double shownTotal() const { return tree.isEmpty() ? 0 : tree.total(metric, NodeId{0}); }
};

/// The range of an analysis if it is one of lanes, or one of a memory capture.
std::optional<TimeRange> timeRange(const AnalysisOptions& options);
std::optional<MemoryRange> memoryRange(const AnalysisOptions& options);

using AnalysisPtr = std::shared_ptr<const Analysis>;

/// The profile's own tree with the weights that the options choose: lanes, range and allocator, before all filters.
/// O(nodes + samples), or as memoryRangeTree().
CallTree weighedTree(const Profile& profile, MetricId metric, const AnalysisOptions& options);

/// Errors: Cancelled. O(nodes + edges) a filter, and the estimator's cost where the tree has to be estimated.
Result<AnalysisPtr> analyse(ProfilePtr profile, MetricId metric, const AnalysisOptions& options, Progress& progress);
/// All of it.
Result<AnalysisPtr> analyse(ProfilePtr profile, MetricId metric, Progress& progress);

/// The same analysis with what is folded below `node` expanded, and where `node` stands in it. Only where there is an
/// `estimate`; shown nodes keep their numbers. Errors: Cancelled.
struct ExpandedAnalysis {
    AnalysisPtr analysis;
    NodeId node;
};
Result<ExpandedAnalysis> expanded(const AnalysisPtr& analysis, NodeId node, Progress& progress);

} // namespace sundial
