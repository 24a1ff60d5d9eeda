// SPDX-License-Identifier: GPL-3.0-or-later
// What each thread did, sample by sample: the optional columns behind lanes, timelines and ranges of time.
#pragma once

#include "model/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sundial
{

/// A thread or a process whose samples stand together.
struct Lane {
    std::string name; ///< What the file calls it; "all" if it tells none.
    std::int64_t process = -1;
    std::int64_t thread = -1;
    MetricId metric{0};    ///< What its samples' weights count: threads by time, but a heap beside them by bytes.
    double total = 0;      ///< Of that metric, idle time (samples without a stack) included.
    double startValue = 0; ///< Time of its first sample, in the unit of that metric.
    std::uint64_t firstSample = 0, endSample = 0; ///< Range in Samples.
};

constexpr std::uint32_t kContinuedUnknown = UINT32_MAX;

/// One entry a sample, lane after lane, in time order within a lane where the file has one. Weights are of the lane's
/// metric, nearly always the first. Sample i of a lane starts at `start[i]` if that column is filled, else at the
/// lane's startValue plus the weights before it. Node 0 (the root) is an empty stack: idle.
struct Samples {
    std::vector<std::uint32_t> node; ///< NodeId values of the profile's tree.
    std::vector<double> weight;
    std::vector<double> start; ///< Empty, or as long as `node`.
    /// How many of a sample's outer frames are the very calls of the sample before it. Empty, or kContinuedUnknown,
    /// where the file tells no calls; then equal frames at the same depth are taken for one call.
    std::vector<std::uint32_t> continued;
    /// Weights of the further metrics, metric i at more[i - 1]; empty where samples count in the first one alone.
    std::vector<std::vector<double>> more;
    bool inTimeOrder = false; ///< False: the file aggregated them, only lanes can be told apart.

    std::size_t size() const { return node.size(); }
    /// The column of one metric, or null if samples do not count in it.
    const std::vector<double>* weights(MetricId metric) const
    {
        if (metric.value == 0)
            return &weight;
        return metric.value <= more.size() ? &more[metric.value - 1] : nullptr;
    }
};

} // namespace sundial
