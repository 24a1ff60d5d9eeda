// SPDX-License-Identifier: GPL-3.0-or-later
// One side of a comparison: a run of a program, or several runs of the same program and their mean.
#pragma once

#include "model/profile.h"

#include <span>
#include <vector>

namespace sundial
{

/// A profile seen through one metric and, for exact trees, through the lanes that were chosen.
struct Run {
    ProfilePtr profile;
    MetricId metric{0};
    CallTree tree;    ///< Exact: the profile's, or with the weights of one lane. Empty for arcs.
    double total = 0; ///< What 100 % means.
};
/// All lanes of `profile`.
Run wholeRun(ProfilePtr profile, MetricId metric);

struct RunSet {
    ProfilePtr profile; ///< The run itself, or the mean of all: one metric, and paths or arcs as the runs have them.
    MetricId metric{0}; ///< Of `profile`.
    CallTree tree;      ///< Exact, with a column for `metric`; empty for arcs.
    CallGraph graph;    ///< Of `profile`, for that metric. Calls of a mean are rounded to whole ones.
    std::vector<std::vector<double>> selfOfRun; ///< [run][frame of `profile`].
    std::vector<double> totalOfRun;
    std::vector<bool> steadyCalls; ///< By frame of `profile`: called as often in every run.
    bool isPartial = false;  ///< A run was cut short: every sum is a lower bound.
    double sampleWeight = 0; ///< What one sample weighs where the metric is sampled, else 0.

    std::size_t runs() const { return totalOfRun.size(); }
};

/// At least one run. Functions of several runs are matched as those of two sides are, so built-ins with addresses in
/// their names are one. O(size of all runs).
RunSet makeRunSet(std::span<const Run> runs);

} // namespace sundial
