// SPDX-License-Identifier: GPL-3.0-or-later
// The only way to make a Profile. Parsers feed it paths (samples) or arcs (functions and edges), never both.
#pragma once

#include "model/child_index.h"
#include "model/profile.h"

#include <tsl/robin_map.h>

#include <functional>
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
    /// Without metrics here, addMetric() comes before the first sample.
    explicit ProfileBuilder(std::vector<Metric> metrics);

    Profile& profile() { return m_profile; } ///< For name, producer, meta, warnings.
    FrameTable& frames() { return m_profile.frames; }
    /// A further metric, for formats that learn of it while they read.
    MetricId addMetric(Metric metric);
    FrameId internFrame(std::string_view name, std::string_view file = {}, std::uint32_t line = 0,
                        FrameKind kind = FrameKind::Python);

    /// Adds a lane, to which the following samples belong. Lanes keep the order in which they were added.
    LaneId addLane(Lane lane);
    /// The following samples belong to this lane. Lanes may alternate as they like: build() puts them one after
    /// another.
    void setLane(LaneId lane);
    /// Forgets a lane and its samples, as if it had never been there. Its stacks stay: see dropUnsampledNodes().
    void removeLane(LaneId lane);
    std::uint32_t laneCount() const { return std::uint32_t(m_profile.lanes.size()); }
    /// Builder index of the child of `parent` with this frame, made on first sight. 0 is the root.
    std::uint32_t child(std::uint32_t parent, FrameId frame);
    /// The same for a child that the caller knows to be new: nothing is looked up, nor can child() find it later.
    std::uint32_t addChild(std::uint32_t parent, FrameId frame) { return m_topology.add(parent, frame); }
    /// Builder index of a whole stack, outermost first.
    std::uint32_t stack(std::span<const FrameId> frames);
    /// One sample of the current lane, of the first metric.
    void addSample(std::uint32_t node, double weight);
    /// One sample of the current lane in all metrics; weights.size() is their number. Do not mix with the other two.
    void addSample(std::uint32_t node, std::span<const double> weights);
    /// For as many samples in all metrics.
    void reserveSamples(std::size_t samples);
    void addSampleAt(std::uint32_t node, double weight, double start);
    /// Many samples of the current lane, taken without a copy if they are the profile's first. `continued` as in
    /// Samples.
    void addSamples(std::vector<std::uint32_t> nodes, std::vector<double> weights,
                    std::vector<std::uint32_t> continued = {});
    /// Adds to a node's own weight of any metric, without a sample; for formats that aggregate.
    void addWeight(MetricId metric, std::uint32_t node, double weight);
    /// Fills the own weights of all nodes in one metric, by NodeId; nodes[b] is that of builder index b.
    using Weigh = std::function<void(MetricId, std::span<const std::uint32_t> nodes, std::vector<double>& self)>;
    /// For formats that aggregate, in place of samples: build() asks for one metric after another, so that the weights
    /// of wide trees lie in memory once.
    void setWeights(Weigh weigh) { m_weigh = std::move(weigh); }
    /// Says that samples stand in time order; without it, and with one lane, they are not kept beyond their sums.
    void setTimeOrder() { m_profile.samples.inTimeOrder = true; }

    /// For formats whose frames come after the stacks: frame f becomes to[f], and siblings that get the same frame
    /// become one node. Frames must all be below to.size(). After the last stack. O(nodes + samples).
    void renameFrames(std::span<const FrameId> to);
    /// The frames of all nodes, in order of their first stack, each once.
    std::vector<FrameId> framesInUse() const;
    /// Forgets stacks that neither a sample nor a longer stack with one names. After the last stack. O(nodes +
    /// samples).
    void dropUnsampledNodes();

    /// A row of the function table; a frame's last row wins.
    void addFunction(FrameId frame, const ArcCounts& counts);
    void addEdge(FrameId caller, FrameId callee, const ArcCounts& counts);
    void reserveEdges(std::size_t edges) { m_edges.reserve(edges); }
    /// Takes rows and edges that a parser collected itself, without a copy. `functions` has one row a frame.
    void setArcs(FunctionTable functions, std::vector<Edge> edges);
    void setArcDialect(ArcDialect dialect) { m_dialect = dialect; }

    bool isEmpty() const { return m_sampleCount == 0 && m_functionCount == 0; }
    std::uint32_t nodeCount() const { return m_topology.size(); }

    /// A builder of the same stacks in one lane: what the samples so far weigh is added up on their nodes, and they are
    /// left behind. For a snapshot, while this one goes on. O(nodes + samples).
    ProfileBuilder condensed() const;

    /// For those who keep builder indices: build() leaves in `nodes` the NodeId of each.
    void tellNodes(std::vector<std::uint32_t>* nodes) { m_nodes = nodes; }

    /// Sorts depth-first, sums totals. O(nodes + samples + edges).
    Profile build() &&;

private:
    friend class StackCursor;

    /// From this sample on, up to the next run's first, samples belong to `lane`.
    struct LaneRun {
        LaneId lane;
        std::uint64_t firstSample;
    };

    /// As child(); `hash` is the child's path hash.
    std::uint32_t childAt(std::uint32_t hash, std::uint32_t parent, FrameId frame);
    Lane& currentLane();
    void moveNodes(TreeTopologyBuilder topology, const std::vector<std::uint32_t>& newIndex);
    void sortByLane();
    Profile buildTree();
    Profile buildArcs();

    Profile m_profile;
    TreeTopologyBuilder m_topology;
    ChildIndex m_children;
    std::vector<std::uint32_t> m_pathHash{ChildIndex::kRootHash}; ///< By builder node.
    std::vector<std::vector<double>> m_self;                      ///< [metric][builder node], grown on demand.
    std::vector<LaneRun> m_laneRuns;
    Weigh m_weigh;
    std::vector<std::uint32_t>* m_nodes = nullptr;
    std::vector<Edge> m_edges;
    FunctionTable m_functions;
    ArcDialect m_dialect;
    std::uint64_t m_sampleCount = 0;
    std::uint64_t m_functionCount = 0;
};

} // namespace sundial
