// SPDX-License-Identifier: GPL-3.0-or-later
// How the tree grows. What a node hands to its callees is in estimate_rules.cpp.
#include "model/estimate_expand.h"

#include <algorithm>
#include <cmath>

namespace sundial::estimate
{

namespace
{

/// What one call of grow() may look at and keep. Bounds time and memory where functions with thousands of callees are
/// entered thousands of times; real profiles stay far below.
constexpr std::size_t kVisitLimit = 10'000'000, kShareLimit = 2'000'000;

} // namespace

GrowingTree::GrowingTree(std::shared_ptr<const Arcs> arcs) : m_arcs(std::move(arcs))
{
    addRoot(m_arcs->entries, m_arcs->total, m_arcs->quantum);
}

GrowingTree::GrowingTree(std::shared_ptr<const Arcs> arcs, std::uint32_t function) : m_arcs(std::move(arcs))
{
    const Function& f = m_arcs->functions[function];
    const Entry whole{function, f.total, f.primitiveCalls, f.total, f.total};
    addRoot({&whole, 1}, f.total, quantumOf(f.total));
}

void GrowingTree::addRoot(std::span<const Entry> entries, double total, double quantum)
{
    m_quantum = quantum;
    m_budgets.reserve(m_arcs->edges.size());
    for (const Arc& e : m_arcs->edges)
        m_budgets.push_back({e.calls, e.primitiveCalls, e.calls - e.primitiveCalls});
    GrownNode root;
    root.time = root.lo = root.hi = total;
    root.expanded = true;
    for (const Entry& entry : entries) {
        Share share{.function = entry.function,
                    .time = entry.time,
                    .calls = entry.calls,
                    .lo = entry.lo,
                    .hi = std::min(total, entry.hi)};
        share.callsExact = isClosed(share.lo, share.hi);
        m_shares.push_back(share);
    }
    root.endShare = std::uint32_t(m_shares.size());
    m_nodes.push_back(root);
    roundShares(0);
}

bool GrowingTree::grow(std::uint32_t top, double cut, std::uint32_t nodeLimit, Progress& progress)
{
    const std::size_t lastNode = m_nodes.size() + nodeLimit;
    const std::size_t lastShare = m_shares.size() + kShareLimit;
    std::size_t visits = 0;
    reopen(top, cut);
    while (!m_open.empty() && m_open.front().time >= cut && m_nodes.size() < lastNode && m_shares.size() < lastShare &&
           visits < kVisitLimit) {
        if (!progress.advanceTo(m_nodes.size()))
            return false;
        const std::uint32_t node = m_open.front().node;
        visits += calleeCount(m_nodes[node]);
        std::pop_heap(m_open.begin(), m_open.end());
        m_open.pop_back();
        expand(node);
        addChildren(node, cut);
    }
    m_open.clear();
    return true;
}

/// Finds what a further growth of `top` starts with: shares that have no node yet, and nodes that were left aside.
void GrowingTree::reopen(std::uint32_t top, double cut)
{
    std::vector<bool> below(m_nodes.size(), false);
    for (std::uint32_t i = top; i < below.size(); ++i) { // parents come before their children
        below[i] = i == top || (i > 0 && below[m_nodes[i].parent]);
        if (!below[i])
            continue;
        if (m_nodes[i].expanded)
            addChildren(i, cut);
        else
            open(i);
    }
}

void GrowingTree::open(std::uint32_t node)
{
    m_open.push_back({m_nodes[node].time, node});
    std::push_heap(m_open.begin(), m_open.end());
}

void GrowingTree::addChildren(std::uint32_t node, double cut)
{
    for (std::uint32_t s = m_nodes[node].firstShare; s < m_nodes[node].endShare; ++s) {
        if (m_shares[s].node == kNone && m_shares[s].time >= cut)
            addNode(node, s);
    }
}

void GrowingTree::addNode(std::uint32_t parent, std::uint32_t share)
{
    Share& from = m_shares[share];
    const GrownNode& above = m_nodes[parent];
    const Function& f = m_arcs->functions[from.function];
    GrownNode node;
    node.function = from.function;
    node.parent = parent;
    node.edge = from.edge;
    node.directory = f.directory ? f.directory : above.directory;
    node.directoryIsPackage = f.directory ? f.isPackage : above.directoryIsPackage;
    node.callsExact = from.callsExact;
    node.time = from.time;
    node.calls = from.calls;
    node.lo = from.lo;
    node.hi = from.hi;
    if (f.recursive) {
        const std::uint32_t keys = m_arcs->components[f.component].pathKeys;
        if (from.edge != kNone && m_arcs->edges[from.edge].pathKey != kNone)
            node.path = m_paths.with(above.path, m_arcs->edges[from.edge].pathKey, keys);
        node.path = m_paths.with(node.path, f.pathKey, keys);
    }
    from.node = std::uint32_t(m_nodes.size());
    m_nodes.push_back(node);
    open(from.node);
}

void GrowingTree::expand(std::uint32_t node)
{
    const GrownNode& p = m_nodes[node];
    m_callees.clear();
    if (m_arcs->functions[p.function].recursive) {
        shareInCycle(p);
        charge();
    } else {
        sharePlain(p);
    }
    m_nodes[node].expanded = true;
    m_nodes[node].firstShare = std::uint32_t(m_shares.size());
    for (const Candidate& callee : m_callees) {
        if (callee.time > 0)
            m_shares.push_back(boundedShare(p, callee));
    }
    m_nodes[node].endShare = std::uint32_t(m_shares.size());
    liftToBounds(node);
    roundShares(node);
}

/// Takes from the edges' budgets what is given out, small shares too: that they are folded changes nothing elsewhere.
void GrowingTree::charge()
{
    for (Candidate& callee : m_callees) {
        if (callee.time <= 0)
            continue;
        Budget& budget = m_budgets[callee.edge];
        callee.time = std::min(callee.time, m_arcs->edges[callee.edge].total);
        callee.calls = std::min(callee.calls, budget.calls);
        budget.calls -= callee.calls;
        double& level = callee.onPath ? budget.nested : budget.outermost;
        level = std::max(0.0, level - callee.calls);
    }
}

/// The feasible interval. All visits of a path are disjoint and lie inside outermost entries of its last edge: hi. The
/// other visits of the caller can take at most its total less this visit of the edge's time: lo.
Share GrowingTree::boundedShare(const GrownNode& node, const Candidate& callee) const
{
    const Arc& e = m_arcs->edges[callee.edge];
    const Function& caller = m_arcs->functions[e.caller];
    Share share{.edge = callee.edge, .function = e.callee, .time = callee.time, .calls = callee.calls, .hi = node.hi};
    if (!m_arcs->hasBounds)
        return share;
    share.hi = std::min(node.hi, e.total);
    share.time = std::min(share.time, share.hi);
    const bool isSecondLevel = isFirstSelfCall(node, callee.edge);
    if (caller.balanced || isSecondLevel)
        share.lo = std::clamp(node.lo + e.total - caller.total, 0.0, share.hi);
    if (node.callsExact && isClosed(share.lo, share.hi)) {
        const bool isWhole = node.calls >= caller.calls && callee.calls == e.calls;
        share.callsExact = isWhole || (isSecondLevel && callee.calls == e.primitiveCalls);
    }
    return share;
}

bool GrowingTree::isClosed(double lo, double hi) const
{
    return hi - lo <= std::max(m_arcs->exactWithin, 1e-9 * hi);
}

/// Raises shares to what they have at least, as far as the node has time of its own to give.
void GrowingTree::liftToBounds(std::uint32_t node)
{
    double left = m_nodes[node].time;
    for (const Share& share : sharesOf(node))
        left -= share.time;
    for (Share& share : sharesOf(node)) {
        const double lift = std::min(share.lo - share.time, left);
        if (lift <= 0)
            continue;
        share.time += lift;
        left -= lift;
    }
}

double GrowingTree::rounded(double time) const
{
    return m_quantum > 0 ? std::floor(time / m_quantum + 0.5) * m_quantum : 0;
}

/// Makes the times multiples of the quantum: from here on all sums are exact. A remainder that is only rounding goes to
/// the largest share, so that a node without time of its own shows none.
void GrowingTree::roundShares(std::uint32_t node)
{
    constexpr double kRounding = 1e-12;
    GrownNode& p = m_nodes[node];
    double sum = 0;
    Share* largest = nullptr;
    for (Share& share : sharesOf(node)) {
        share.time = rounded(share.time);
        sum += share.time;
        if (!largest || share.time > largest->time)
            largest = &share;
    }
    if (largest && (sum > p.time || p.time - sum <= kRounding * p.time)) {
        largest->time += p.time - sum;
        sum = p.time;
    }
    p.self = p.time - sum;
}

} // namespace sundial::estimate
