// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/call_graph.h"
#include "model/hash.h"
#include "model/id_index.h"

#include <utility>
#include <vector>

namespace sundial
{

/// Finds edges by their ends while a list of them grows. The list may only grow through it.
class EdgeFinder
{
public:
    explicit EdgeFinder(std::vector<Edge>& edges) : m_edges(edges)
    {
        for (std::uint32_t e = 0; e < edges.size(); ++e) { // of edges with the same ends the first one is found
            const std::size_t hash = hashOf(edges[e].caller, edges[e].callee);
            if (find(hash, edges[e].caller, edges[e].callee) == IdIndex::kNone)
                m_index.insert(hash, e);
        }
    }
    /// The index of the edge, and whether it was added just now, without any numbers. Amortised O(1).
    std::pair<std::uint32_t, bool> findOrAdd(FrameId caller, FrameId callee)
    {
        const std::size_t hash = hashOf(caller, callee);
        if (const std::uint32_t known = find(hash, caller, callee); known != IdIndex::kNone)
            return {known, false};
        const auto added = std::uint32_t(m_edges.size());
        m_edges.push_back({.caller = caller, .callee = callee});
        m_index.insert(hash, added);
        return {added, true};
    }

private:
    static std::size_t hashOf(FrameId caller, FrameId callee)
    {
        return std::size_t(mixBits(packPair(caller.value, callee.value)));
    }
    std::uint32_t find(std::size_t hash, FrameId caller, FrameId callee) const
    {
        return m_index.find(
            hash, [&](std::uint32_t e) { return m_edges[e].caller == caller && m_edges[e].callee == callee; });
    }

    std::vector<Edge>& m_edges;
    IdIndex m_index;
};

} // namespace sundial
