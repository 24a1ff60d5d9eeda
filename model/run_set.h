// SPDX-License-Identifier: GPL-3.0-or-later
// One side of a comparison: a run of a program, or several runs of the same program and their mean.
#pragma once

#include "model/profile.h"

#include <span>
#include <string_view>
#include <vector>

namespace sundial
{

struct RunSet {
    ProfilePtr profile; ///< The run itself, or the mean of all: one metric, and paths or arcs as the runs have them.
    MetricId metric{0}; ///< Of `profile`.
    CallGraph graph;    ///< Of `profile`, for that metric. Calls of a mean are rounded to whole ones.
    std::vector<std::vector<double>> selfOfRun; ///< [run][frame of `profile`].
    std::vector<double> totalOfRun;
    bool isPartial = false;  ///< A run was cut short: every sum is a lower bound.
    double sampleWeight = 0; ///< What one sample weighs where the metric is sampled, else 0.

    std::size_t runs() const { return totalOfRun.size(); }
};

/// The metric of `profile` with this id; of an empty id, its first. None if there is no such metric.
MetricId findMetric(const Profile& profile, std::string_view id);

/// At least one run, each with the metric that stands in `metrics` at its place. Functions of several runs are matched
/// as those of two sides are, so built-ins with addresses in their names are one. O(size of all runs).
RunSet makeRunSet(std::span<const ProfilePtr> runs, std::span<const MetricId> metrics);

} // namespace sundial
