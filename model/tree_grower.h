// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a call tree out of another one: nodes are found by their path, weights are added up.
#pragma once

#include "model/call_tree.h"
#include "model/child_index.h"

#include <vector>

namespace sundial
{

class TreeGrower
{
public:
    static constexpr std::uint32_t kRoot = 0;

    explicit TreeGrower(std::uint32_t metricCount) : m_self(metricCount, {0.0}) {}

    /// The child of `parent` with this frame, made on first sight.
    std::uint32_t child(std::uint32_t parent, FrameId frame);
    FrameId frame(std::uint32_t node) const { return m_topology.frame(node); }
    /// Adds what node `n` of `tree` holds itself, in all metrics.
    void addSelf(std::uint32_t node, const CallTree& tree, NodeId n);
    /// Adds what node `n` of `tree` holds with its callees, in all metrics.
    void addTotal(std::uint32_t node, const CallTree& tree, NodeId n);
    /// `places`, if given, are nodes as child() returned them: they become those of the tree.
    CallTree build(std::vector<std::uint32_t>* places = nullptr) &&;

private:
    TreeTopologyBuilder m_topology;
    ChildIndex m_children;
    std::vector<std::uint32_t> m_pathHash{ChildIndex::kRootHash}; ///< By node.
    std::vector<std::vector<double>> m_self;                      ///< [metric][node]
};

} // namespace sundial
