// SPDX-License-Identifier: GPL-3.0-or-later
// The only way to make a Profile. Parsers feed it paths (samples) or arcs (functions and edges), never both.
#pragma once

#include "model/hash.h"
#include "model/profile.h"

#include <tsl/robin_map.h>

#include <span>

namespace sundial
{

/// Counts as pstats has them, for one function or one edge.
struct ArcCounts {
    std::int64_t calls = kCallsUnknown;
    std::int64_t primitiveCalls = kCallsUnknown;
    double self = 0;
    double total = 0;
};

/// Collects a profile while a parser reads. Nodes are found by hashing (parent, frame); nothing is allocated a call.
/// Usage for paths: internFrame, child from node 0 downwards, addSample. For arcs: internFrame, addFunction, addEdge.
class ProfileBuilder
{
public:
    explicit ProfileBuilder(std::vector<Metric> metrics);

    Profile& profile() { return m_profile; } ///< For name, producer, meta, warnings.
    FrameTable& frames() { return m_profile.frames; }
    FrameId internFrame(std::string_view name, std::string_view file = {}, std::uint32_t line = 0,
                        FrameKind kind = FrameKind::Python);

    /// The following samples belong to this lane. Lanes keep the order in which they were added.
    LaneId addLane(Lane lane);
    /// Builder index of the child of `parent` with this frame, made on first sight. 0 is the root.
    std::uint32_t child(std::uint32_t parent, FrameId frame);
    /// Builder index of a whole stack, outermost first.
    std::uint32_t stack(std::span<const FrameId> frames);
    /// One sample of the current lane, of the first metric.
    void addSample(std::uint32_t node, double weight);
    /// One sample of the current lane in all metrics; weights.size() is their number. Do not mix with the other two.
    void addSample(std::uint32_t node, std::span<const double> weights);
    void addSampleAt(std::uint32_t node, double weight, double start);
    /// Adds to a node's own weight of any metric, without a sample; for formats that aggregate.
    void addWeight(MetricId metric, std::uint32_t node, double weight);
    /// Says that samples stand in time order; without it, and with one lane, they are not kept beyond their sums.
    void setTimeOrder() { m_profile.samples.inTimeOrder = true; }

    /// A row of the function table; a frame's last row wins.
    void addFunction(FrameId frame, const ArcCounts& counts);
    void addEdge(FrameId caller, FrameId callee, const ArcCounts& counts);
    void reserveEdges(std::size_t edges) { m_edges.reserve(edges); }
    /// Takes rows and edges that a parser collected itself, without a copy. `functions` has one row a frame.
    void setArcs(FunctionTable functions, std::vector<Edge> edges);
    void setArcDialect(ArcDialect dialect) { m_dialect = dialect; }

    bool isEmpty() const { return m_sampleCount == 0 && m_functionCount == 0; }
    std::uint32_t nodeCount() const { return m_topology.size(); }

    /// Sorts depth-first, sums totals. O(nodes + samples + edges).
    Profile build() &&;

private:
    Profile buildTree();
    Profile buildArcs();

    Profile m_profile;
    TreeTopologyBuilder m_topology;
    tsl::robin_map<std::uint64_t, std::uint32_t, PairHash> m_children;
    std::vector<std::vector<double>> m_self; ///< [metric][builder node], grown on demand.
    std::vector<Edge> m_edges;
    FunctionTable m_functions;
    ArcDialect m_dialect;
    std::uint64_t m_sampleCount = 0;
    std::uint64_t m_functionCount = 0;
};

} // namespace sundial
