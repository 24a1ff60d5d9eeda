// SPDX-License-Identifier: GPL-3.0-or-later
// What a node hands to its callees, rule by rule. Every rule fills m_callees with times and calls; what it leaves of
// the node's time is the node's own.
#include "model/estimate_expand.h"

#include <algorithm>
#include <cmath>

namespace sundial::estimate
{

namespace
{

constexpr double kFewestOutermost = 0.001; ///< Less of a budget than this is a rest of rounding.
constexpr double kFewestNested = 0.5;      ///< To enter an edge again takes half a call: this ends every recursion.

} // namespace

/// How the node's function behaves when it is reached as here: the last edge's numbers, or the function's own.
GrowingTree::Reach GrowingTree::reach(const GrownNode& node) const
{
    if (node.edge != kNone) {
        const Arc& e = m_arcs->edges[node.edge];
        return {e.calls, e.self, e.total};
    }
    const Function& f = m_arcs->functions[node.function];
    return {f.calls, f.self, f.total};
}

double GrowingTree::ownTime(const GrownNode& node) const
{
    const Reach in = reach(node);
    const bool recursive = m_arcs->functions[node.function].recursive;
    return std::min(node.time,
                    recursive ? node.calls * ratio(in.self, in.calls) : node.time * ratio(in.self, in.total));
}

std::uint32_t GrowingTree::calleeCount(const GrownNode& node) const
{
    const Function& f = m_arcs->functions[node.function];
    return f.endEdge - f.firstEdge;
}

double GrowingTree::unexpandedTime(const GrownNode& node) const
{
    return calleeCount(node) > 0 ? rounded(node.time - ownTime(node)) : 0;
}

bool GrowingTree::isOnPath(const GrownNode& node, std::uint32_t pathKey) const
{
    const Function& f = m_arcs->functions[node.function];
    return pathKey != kNone && m_paths.contains(node.path, pathKey, m_arcs->components[f.component].pathKeys);
}

/// A function outside cycles: its edges take what it does not spend itself, in proportion.
void GrowingTree::sharePlain(const GrownNode& node)
{
    const Function& f = m_arcs->functions[node.function];
    const double left = node.time - ownTime(node);
    double sum = 0;
    for (std::uint32_t e = f.firstEdge; e < f.endEdge; ++e)
        sum += m_arcs->edges[e].total;
    for (std::uint32_t e = f.firstEdge; e < f.endEdge; ++e) {
        const Arc& edge = m_arcs->edges[e];
        m_callees.push_back({e, false, left * ratio(edge.total, sum), node.calls * ratio(edge.calls, f.calls)});
    }
}

void GrowingTree::shareInCycle(const GrownNode& node)
{
    const Function& f = m_arcs->functions[node.function];
    const double left = node.time - ownTime(node);
    collectCallees(node);
    if (m_callees.empty())
        return;
    const auto selfCall = std::find_if(m_callees.begin(), m_callees.end(),
                                       [&](const Candidate& callee) { return isFirstSelfCall(node, callee.edge); });
    const bool entersAgain =
        std::any_of(m_callees.begin(), m_callees.end(), [](const Candidate& callee) { return callee.onPath; });
    if (selfCall != m_callees.end()) {
        shareSelfCall(node, *selfCall);
    } else if (node.calls >= f.calls) {
        shareAllCalls(left);
        limitTo(node.time);
    } else if (entersAgain) {
        shareRecursion(node, left);
        limitTo(left);
    } else if (m_callees.size() == 1) {
        Candidate& only = m_callees.front();
        only.time = left;
        only.calls = node.calls * ratio(m_arcs->edges[only.edge].calls, f.calls);
    } else {
        shareHub(node, left);
        limitTo(left);
    }
}

/// The callees that can be entered from here: new ones with calls left, and those on the path that may nest once more.
/// A function that never nests is never entered again inside itself.
void GrowingTree::collectCallees(const GrownNode& node)
{
    const Function& f = m_arcs->functions[node.function];
    for (std::uint32_t e = f.firstEdge; e < f.endEdge; ++e) {
        const Arc& edge = m_arcs->edges[e];
        const Function& callee = m_arcs->functions[edge.callee];
        const Budget& budget = m_budgets[e];
        if (edge.pathKey != kNone && !callee.nests && isOnPath(node, callee.pathKey))
            continue;
        const bool onPath = isOnPath(node, edge.pathKey);
        if (onPath ? edge.calls > edge.primitiveCalls && std::min(budget.calls, budget.nested) > kFewestNested
                   : budget.outermost > kFewestOutermost)
            m_callees.push_back({e, onPath, 0, 0});
    }
}

bool GrowingTree::isFirstSelfCall(const GrownNode& node, std::uint32_t edge) const
{
    const Arc& e = m_arcs->edges[edge];
    return e.caller == e.callee && m_arcs->components[m_arcs->functions[e.caller].component].functions == 1 &&
           !isOnPath(node, e.pathKey);
}

/// A function that calls itself, not yet inside itself: its second level is exact, as the outermost entries of its own
/// edge lie there. The rest goes to the other callees and the node in proportion to what they would take.
void GrowingTree::shareSelfCall(const GrownNode& node, Candidate& selfCall)
{
    const Function& f = m_arcs->functions[node.function];
    const Arc& inner = m_arcs->edges[selfCall.edge];
    const Reach in = reach(node);
    const double own = node.calls * ratio(in.self, in.calls);
    double sum = own;
    for (Candidate& callee : m_callees) {
        const Arc& edge = m_arcs->edges[callee.edge];
        callee.calls = node.calls * ratio(edge.calls, f.calls);
        callee.time = callee.calls * edge.callTime();
        if (&callee != &selfCall)
            sum += callee.time;
    }
    selfCall.time = std::min(node.time, node.time * ratio(inner.total, f.total));
    selfCall.calls = node.calls * ratio(inner.primitiveCalls, f.primitiveCalls);
    for (Candidate& callee : m_callees) {
        if (&callee != &selfCall)
            callee.time = (node.time - selfCall.time) * ratio(callee.time, sum);
    }
}

/// Every call of the function is here (the body of a module, a test): so is every call it makes.
void GrowingTree::shareAllCalls(double left)
{
    double weights = 0;
    for (Candidate& callee : m_callees) {
        const Arc& edge = m_arcs->edges[callee.edge];
        callee.calls = edge.calls;
        if (callee.onPath) {
            weights += edge.calls * m_arcs->functions[edge.callee].meanCall;
        } else {
            callee.time = edge.total;
            left -= edge.total;
        }
    }
    for (Candidate& callee : m_callees) {
        const Arc& edge = m_arcs->edges[callee.edge];
        if (callee.onPath && left > 0)
            callee.time = left * ratio(edge.calls * m_arcs->functions[edge.callee].meanCall, weights);
    }
}

void GrowingTree::shareHub(const GrownNode& node, double left)
{
    const Function& f = m_arcs->functions[node.function];
    constexpr double kRare = 4;
    double expected = 0, budgets = 0;
    m_hub.clear();
    for (const Candidate& callee : m_callees) {
        const Arc& edge = m_arcs->edges[callee.edge];
        const Budget& budget = m_budgets[callee.edge];
        HubCall call;
        call.budget = budget.calls > 0 ? std::min(budget.calls, budget.outermost) : budget.outermost;
        call.callTime = edge.callTime();
        call.locality = locality(node, m_arcs->functions[edge.callee]);
        call.isRare = edge.calls <= kRare;
        expected += std::min(budget.outermost, node.calls * ratio(edge.calls, f.calls));
        budgets += call.budget;
        m_hub.push_back(call);
    }
    m_solver.share(m_hub, std::min(expected, budgets), left);
    for (std::size_t i = 0; i < m_hub.size(); ++i) {
        m_callees[i].time = m_hub[i].time;
        m_callees[i].calls = m_hub[i].calls;
    }
}

/// Directory parts that a callee's file does not share with that of the path make it less likely to be called here.
double GrowingTree::locality(const GrownNode& node, const Function& callee) const
{
    constexpr double kElsewhere = 0.6;
    if (callee.directory == 0 || node.directory == 0)
        return 1;
    const Directory& own = m_arcs->directories[callee.directory];
    const std::uint32_t to = callee.isPackage && own.depth > 0 ? own.parent : callee.directory;
    const std::uint32_t common = m_arcs->commonParts(to, node.directory);
    const std::uint32_t here = m_arcs->directories[node.directory].depth;
    const double near = 1 / std::sqrt(1.0 + m_arcs->directories[to].depth - common);
    return common + (node.directoryIsPackage ? 1 : 0) < here ? near * kElsewhere : near;
}

/// Inside a recursion: new callees take their calls' time, dearest first; what is left goes round again.
void GrowingTree::shareRecursion(const GrownNode& node, double left)
{
    constexpr double kAllPasses = 0.8; // of the caller's total: all its time must pass this edge once
    const Function& f = m_arcs->functions[node.function];
    m_order.clear();
    for (std::uint32_t i = 0; i < m_callees.size(); ++i) {
        if (!m_callees[i].onPath)
            m_order.push_back(i);
    }
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return m_arcs->edges[m_callees[a].edge].total > m_arcs->edges[m_callees[b].edge].total;
    });
    for (const std::uint32_t i : m_order) {
        Candidate& callee = m_callees[i];
        const Arc& edge = m_arcs->edges[callee.edge];
        const double outermost = m_budgets[callee.edge].outermost;
        callee.calls = std::min(outermost, node.calls * ratio(edge.calls, f.calls));
        double wanted = callee.calls * edge.callTime();
        if (edge.calls > edge.primitiveCalls && edge.total >= kAllPasses * f.total)
            wanted = std::max(wanted, std::min(outermost * edge.callTime(), node.time * ratio(edge.total, f.total)));
        callee.time = std::min(left, wanted);
        left -= callee.time;
    }
    double weights = 0;
    for (Candidate& callee : m_callees) {
        if (!callee.onPath)
            continue;
        const Arc& edge = m_arcs->edges[callee.edge];
        const Budget& budget = m_budgets[callee.edge];
        const double fan = std::max(ratio(edge.calls, f.calls), ratio(edge.primitiveCalls, f.primitiveCalls));
        callee.calls = std::min({budget.calls, budget.nested, node.calls * fan});
        const double mean = std::min(m_arcs->functions[edge.callee].meanCall, ratio(left, callee.calls));
        callee.time = callee.calls * mean; // a weight for now
        weights += callee.time;
    }
    for (Candidate& callee : m_callees) {
        if (!callee.onPath)
            continue;
        const Budget& budget = m_budgets[callee.edge];
        const double most = std::min(budget.calls, budget.nested);
        // No inner call lasts longer than the call around it.
        callee.time = std::min(left * ratio(callee.time, weights), most * ratio(node.time, node.calls));
        callee.calls = std::min(most, std::max(callee.calls, callee.time * ratio(node.calls, node.time)));
    }
}

/// Scales the callees down if they take more than there is.
void GrowingTree::limitTo(double time)
{
    double sum = 0;
    for (const Candidate& callee : m_callees)
        sum += callee.time;
    if (sum <= time)
        return;
    for (Candidate& callee : m_callees)
        callee.time *= time / sum;
}

} // namespace sundial::estimate
