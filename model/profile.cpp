// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/profile.h"

#include <algorithm>
#include <cmath>

namespace sundial
{

namespace
{

std::string validateTree(const CallTree& tree, std::uint32_t frameCount)
{
    if (tree.isEmpty())
        return {};
    if (tree.frame(NodeId{0}))
        return "The root has a frame.";
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        const NodeId parent = tree.parent(n);
        if (!(parent < n) || tree.subtreeEnd(n).value > tree.subtreeEnd(parent).value || tree.subtreeEnd(n).value <= i)
            return "Node " + std::to_string(i) + " does not lie inside its parent's range.";
        if (tree.depth(n) != tree.depth(parent) + 1)
            return "Node " + std::to_string(i) + " has the wrong depth.";
        if (tree.frame(n) && tree.frame(n).value >= frameCount)
            return "Node " + std::to_string(i) + " has a frame that does not exist.";
    }
    for (const CallTree::ColumnPtr& column : tree.columns()) {
        std::vector<double> sum = column->self;
        for (std::size_t i = sum.size(); i-- > 0;) {
            if (!std::isfinite(sum[i]) || std::abs(sum[i] - column->total[i]) > 1e-9 * std::abs(sum[i]) + 1e-12)
                return "Node " + std::to_string(i) + ": total is not self plus children.";
            if (i > 0)
                sum[tree.parent(NodeId{std::uint32_t(i)}).value] += sum[i];
        }
    }
    return {};
}

std::string validateSamples(const Profile& profile)
{
    const Samples& samples = profile.samples;
    if (samples.weight.size() != samples.size() || (!samples.start.empty() && samples.start.size() != samples.size()))
        return "The sample columns differ in length.";
    for (const std::vector<double>& column : samples.more) {
        if (column.size() != samples.size())
            return "The sample columns differ in length.";
    }
    if (!samples.more.empty() && samples.more.size() + 1 != profile.metrics.size())
        return "The samples do not have one column a metric.";
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (samples.node[i] >= profile.tree.size())
            return "Sample " + std::to_string(i) + " has a node that does not exist.";
    }
    std::uint64_t next = 0;
    for (const Lane& lane : profile.lanes) {
        if (samples.size() > 0 && (lane.firstSample != next || lane.endSample < lane.firstSample))
            return "Lane " + lane.name + " does not follow the one before it.";
        next = lane.endSample;
    }
    return samples.size() > 0 && next != samples.size() ? "The lanes do not hold all samples." : std::string();
}

} // namespace

double Profile::total(MetricId metric) const
{
    return origin == TreeOrigin::Exact && !tree.isEmpty() ? tree.total(metric, NodeId{0}) : arcs.functions().totalSelf;
}

std::string validate(const Profile& profile)
{
    if (profile.metrics.empty())
        return "There is no metric.";
    if (profile.lanes.empty())
        return "There is no lane.";
    if (profile.origin == TreeOrigin::Exact) {
        if (profile.tree.isEmpty() || profile.tree.metricCount() != profile.metrics.size())
            return "The tree does not have one column a metric.";
    } else if (profile.arcs.functions().size() != profile.frames.size()) {
        return "The function table does not have one row a frame.";
    }
    for (const Edge& edge : profile.arcs.edges()) {
        if (!std::isfinite(edge.self) || !std::isfinite(edge.total))
            return "An edge has a weight that is not finite.";
    }
    if (std::string broken = validateTree(profile.tree, profile.frames.size()); !broken.empty())
        return broken;
    return validateSamples(profile);
}

MetricId findMetric(const Profile& profile, std::string_view id)
{
    const auto found = std::find_if(profile.metrics.begin(), profile.metrics.end(),
                                    [id](const Metric& metric) { return metric.id == id; });
    return found == profile.metrics.end() ? MetricId{} : MetricId{std::uint32_t(found - profile.metrics.begin())};
}

MetricId blocksMetric(const Profile& profile, MetricId metric)
{
    constexpr std::string_view kBytes = "-bytes";
    const std::string& id = profile.metrics[metric.value].id;
    if (!profile.memory || !std::string_view(id).ends_with(kBytes))
        return {};
    return findMetric(profile, id.substr(0, id.size() - kBytes.size()) + "-count");
}

FunctionTable functionTable(const Profile& profile, MetricId metric)
{
    return profile.origin == TreeOrigin::Exact
               ? functionTable(profile.tree, metric, profile.frames.size(), blocksMetric(profile, metric))
               : profile.arcs.functions();
}

CallGraph callGraph(const Profile& profile, MetricId metric)
{
    return profile.origin == TreeOrigin::Exact
               ? callGraph(profile.tree, metric, profile.frames.size(), blocksMetric(profile, metric))
               : profile.arcs;
}

} // namespace sundial
