// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph_budget.h"

#include <queue>

#include <algorithm>
#include <numeric>

namespace sundial
{

namespace
{

/// Prim's algorithm on the heaviest edges, from the entries on.
class SpanningForest
{
public:
    SpanningForest(const CallGraph& graph, std::span<const double> edgeTotals, const std::vector<bool>& candidates)
        : mainCaller(candidates.size(), EdgeId{}), m_graph(graph), m_edgeTotals(edgeTotals), m_candidates(candidates),
          m_reached(candidates.size(), false)
    {
    }

    std::vector<FrameId> order; ///< Callers first.
    std::vector<EdgeId> mainCaller;

    void grow(std::span<const FrameId> entries)
    {
        for (const FrameId f : entries) {
            if (m_candidates[f.value])
                m_frontier.push({m_graph.functions().total[f.value], f, EdgeId{}});
        }
        while (!m_frontier.empty()) {
            const Step step = m_frontier.top();
            m_frontier.pop();
            if (m_reached[step.frame.value])
                continue;
            m_reached[step.frame.value] = true;
            mainCaller[step.frame.value] = step.edge;
            order.push_back(step.frame);
            for (const EdgeId e : m_graph.callees(step.frame)) {
                const Edge& edge = m_graph.edge(e);
                if (m_candidates[edge.callee.value] && !m_reached[edge.callee.value])
                    m_frontier.push({m_edgeTotals[e.value], edge.callee, e});
            }
        }
    }

    bool reached(FrameId f) const { return m_reached[f.value]; }

private:
    struct Step {
        double weight;
        FrameId frame;
        EdgeId edge;
        bool operator<(const Step& other) const // a tie goes to the earlier function
        {
            return weight != other.weight ? weight < other.weight : other.frame < frame;
        }
    };
    const CallGraph& m_graph;
    std::span<const double> m_edgeTotals;
    const std::vector<bool>& m_candidates;
    std::vector<bool> m_reached;
    std::priority_queue<Step> m_frontier;
};

std::vector<FrameId> uncalled(const CallGraph& graph, const std::vector<bool>& candidates)
{
    std::vector<FrameId> result;
    for (std::uint32_t f = 0; f < candidates.size(); ++f) {
        const auto callers = graph.callers(FrameId{f});
        const bool called = std::any_of(callers.begin(), callers.end(), [&](EdgeId e) {
            const FrameId caller = graph.edge(e).caller;
            return caller.value != f && candidates[caller.value];
        });
        if (candidates[f] && !called)
            result.push_back(FrameId{f});
    }
    return result;
}

/// Merges each block into its parent's, the densest first; what the root's block then holds, in order, is the ranking.
/// Block 0 is the root of the forest; the others are the functions of `forest.order`, shifted by one.
class DensestFirst
{
public:
    DensestFirst(const std::vector<std::uint32_t>& parent, std::vector<double> value)
        : m_parent(parent), m_value(std::move(value)), m_count(parent.size(), 1), m_owner(parent.size()),
          m_next(parent.size(), kEnd), m_last(parent.size()), m_version(parent.size(), 0)
    {
        std::iota(m_owner.begin(), m_owner.end(), 0u);
        std::iota(m_last.begin(), m_last.end(), 0u);
        for (std::uint32_t block = 1; block < parent.size(); ++block)
            push(block);
        while (!m_heap.empty()) {
            const Entry entry = m_heap.top();
            m_heap.pop();
            if (m_version[entry.block] == entry.version && owner(entry.block) == entry.block)
                mergeIntoParent(entry.block);
        }
    }

    template <class Fn> void forEach(Fn&& fn) const
    {
        for (std::uint32_t item = m_next[0]; item != kEnd; item = m_next[item])
            fn(item);
    }

private:
    static constexpr std::uint32_t kEnd = UINT32_MAX;
    struct Entry {
        double density;
        std::uint32_t block;
        std::uint32_t version;
        bool operator<(const Entry& other) const
        {
            return density != other.density ? density < other.density : other.block < block;
        }
    };

    void push(std::uint32_t block) { m_heap.push({m_value[block] / m_count[block], block, m_version[block]}); }

    std::uint32_t owner(std::uint32_t item)
    {
        while (m_owner[item] != item)
            item = m_owner[item] = m_owner[m_owner[item]];
        return item;
    }

    void mergeIntoParent(std::uint32_t block)
    {
        const std::uint32_t into = owner(m_parent[block]);
        m_owner[block] = into;
        m_next[m_last[into]] = block;
        m_last[into] = m_last[block];
        if (into == 0)
            return; // the root is never merged, so its density does not matter
        m_value[into] += m_value[block];
        m_count[into] += m_count[block];
        ++m_version[into];
        push(into);
    }

    const std::vector<std::uint32_t>& m_parent;
    std::vector<double> m_value;
    std::vector<double> m_count;
    std::vector<std::uint32_t> m_owner, m_next, m_last, m_version;
    std::priority_queue<Entry> m_heap;
};

} // namespace

ExplainOrder explainOrder(const CallGraph& graph, std::span<const double> edgeTotals,
                          const std::vector<bool>& candidates, std::span<const FrameId> entries)
{
    const FunctionTable& table = graph.functions();
    SpanningForest forest(graph, edgeTotals, candidates);
    if (!entries.empty()) {
        forest.grow(entries);
    } else {
        forest.grow(uncalled(graph, candidates));
        // Cycles that nothing outside calls (a server's loop, a file cut at its root): enter at the greatest total.
        std::vector<FrameId> rest;
        for (std::uint32_t f = 0; f < candidates.size(); ++f) {
            if (candidates[f] && !forest.reached(FrameId{f}))
                rest.push_back(FrameId{f});
        }
        std::stable_sort(rest.begin(), rest.end(),
                         [&](FrameId a, FrameId b) { return table.total[a.value] > table.total[b.value]; });
        for (const FrameId f : rest) {
            if (!forest.reached(f))
                forest.grow({&f, 1});
        }
    }

    const std::size_t count = forest.order.size();
    std::vector<std::uint32_t> blockOf(candidates.size(), 0);
    std::vector<std::uint32_t> parent(count + 1, 0);
    std::vector<double> value(count + 1, 0);
    double allSelf = 0;
    double allTotal = 0;
    for (const FrameId f : forest.order) {
        allSelf += std::max(0.0, table.self[f.value]);
        allTotal += std::max(0.0, table.total[f.value]);
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        const FrameId f = forest.order[i];
        blockOf[f.value] = i + 1;
        const EdgeId edge = forest.mainCaller[f.value];
        parent[i + 1] = edge ? blockOf[graph.edge(edge).caller.value] : 0;
        value[i + 1] = (allSelf > 0 ? std::max(0.0, table.self[f.value]) / allSelf : 0) +
                       (allTotal > 0 ? std::max(0.0, table.total[f.value]) / allTotal : 0);
    }

    ExplainOrder result;
    result.frames.reserve(count);
    DensestFirst(parent, std::move(value)).forEach([&](std::uint32_t block) {
        result.frames.push_back(forest.order[block - 1]);
    });
    result.mainCaller = std::move(forest.mainCaller);
    return result;
}

} // namespace sundial
