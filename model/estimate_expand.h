// SPDX-License-Identifier: GPL-3.0-or-later
// A call tree that grows from arcs, largest node first, under budgets of calls. A value: a copy continues where the
// original stood, which is how zooming in works.
#pragma once

#include "model/estimate_arcs.h"
#include "model/estimate_hub.h"
#include "model/estimate_path.h"
#include "model/progress.h"

#include <memory>
#include <span>
#include <vector>

namespace sundial::estimate
{

/// What a node hands to one callee. Kept for small ones too, which have no node: they are folded, and zooming in makes
/// them nodes.
struct Share {
    std::uint32_t edge = kNone; ///< None: an entry.
    std::uint32_t function = kNone;
    std::uint32_t node = kNone;
    bool callsExact = false;
    double time = 0, calls = 0;
    double lo = 0, hi = 0;
};

struct GrownNode {
    std::uint32_t function = kNone; ///< None: the root.
    std::uint32_t parent = 0;
    std::uint32_t edge = kNone;
    std::uint32_t directory = 0; ///< Of the nearest function on the path that has a file.
    bool directoryIsPackage = false;
    bool callsExact = false;
    bool expanded = false;
    PathSets::Set path = 0; ///< Of its component: functions and edges on the path, itself included.
    std::uint32_t firstShare = 0, endShare = 0;
    double time = 0, calls = 0, self = 0;
    double lo = 0, hi = 0;
};

/// Nodes stand in order of creation: parents first, node 0 the root.
class GrowingTree
{
public:
    /// The whole profile: its entries below the root.
    explicit GrowingTree(std::shared_ptr<const Arcs> arcs);
    /// One function, entered by all its outermost calls.
    GrowingTree(std::shared_ptr<const Arcs> arcs, std::uint32_t function);

    /// Expands `top` and what is below it, as long as nodes reach `cut` and until `nodeLimit` nodes were added. False
    /// if it was cancelled.
    bool grow(std::uint32_t top, double cut, std::uint32_t nodeLimit, Progress& progress);

    const std::shared_ptr<const Arcs>& arcs() const { return m_arcs; }
    std::span<const GrownNode> nodes() const { return m_nodes; }
    std::span<const Share> shares(const GrownNode& node) const
    {
        return {m_shares.data() + node.firstShare, m_shares.data() + node.endShare};
    }
    /// Of a node that was left unexpanded for want of room: what its callees take.
    double unexpandedTime(const GrownNode& node) const;
    std::uint32_t calleeCount(const GrownNode& node) const;
    /// Whether an interval is so narrow that the time is no guess.
    bool isClosed(double lo, double hi) const;

private:
    /// What is left of an edge inside a cycle, in calls.
    struct Budget {
        double calls, outermost, nested;
    };
    struct Candidate {
        std::uint32_t edge;
        bool onPath;
        double time, calls;
    };
    struct Open {
        double time;
        std::uint32_t node;
        bool operator<(const Open& other) const { return time != other.time ? time < other.time : node > other.node; }
    };
    struct Reach {
        double calls, self, total;
    };

    void addRoot(std::span<const Entry> entries, double total, double quantum);
    void reopen(std::uint32_t top, double cut);
    void open(std::uint32_t node);
    void addChildren(std::uint32_t node, double cut);
    void addNode(std::uint32_t parent, std::uint32_t share);
    void expand(std::uint32_t node);
    void charge();
    Share boundedShare(const GrownNode& node, const Candidate& callee) const;
    void liftToBounds(std::uint32_t node);
    void roundShares(std::uint32_t node);
    double rounded(double time) const;
    std::span<Share> sharesOf(std::uint32_t node)
    {
        return {m_shares.data() + m_nodes[node].firstShare, m_shares.data() + m_nodes[node].endShare};
    }

    // The rules, in estimate_rules.cpp.
    void sharePlain(const GrownNode& node);
    void shareInCycle(const GrownNode& node);
    void collectCallees(const GrownNode& node);
    void shareSelfCall(const GrownNode& node, Candidate& selfCall);
    void shareAllCalls(double left);
    void shareHub(const GrownNode& node, double left);
    void shareRecursion(const GrownNode& node, double left);
    void limitTo(double time);
    double ownTime(const GrownNode& node) const;
    Reach reach(const GrownNode& node) const;
    bool isOnPath(const GrownNode& node, std::uint32_t pathKey) const;
    bool isFirstSelfCall(const GrownNode& node, std::uint32_t edge) const;
    double locality(const GrownNode& node, const Function& callee) const;

    std::shared_ptr<const Arcs> m_arcs;
    std::vector<GrownNode> m_nodes;
    std::vector<Share> m_shares;
    std::vector<Budget> m_budgets; ///< By edge.
    PathSets m_paths;
    double m_quantum = 0;

    // Buffers of one expansion.
    std::vector<Candidate> m_callees;
    std::vector<Open> m_open;
    std::vector<HubCall> m_hub;
    std::vector<std::uint32_t> m_order;
    HubSolver m_solver;
};

} // namespace sundial::estimate
