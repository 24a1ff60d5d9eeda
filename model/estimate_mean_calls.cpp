// SPDX-License-Identifier: GPL-3.0-or-later
// The mean calls of recursive functions: mean(f) = (own time + calls to other components + Σ calls inside ·
// mean(callee)) / calls, and at most the function's total. Solved by sweeps over each component, back and forth, so
// that time travels along a chain of calls whichever way the file lists it. They converge because what circulates also
// leaves.
#include "model/estimate_arcs.h"

#include <algorithm>
#include <cmath>

namespace sundial::estimate
{

namespace
{

/// One component's equations, side by side: large ones are swept many times.
class MeanCalls
{
public:
    MeanCalls(const Arcs& arcs, const std::vector<std::uint32_t>& members, std::vector<std::uint32_t>& localOf)
    {
        for (std::uint32_t i = 0; i < members.size(); ++i)
            localOf[members[i]] = i;
        m_rows.reserve(members.size() + 1);
        m_mean.assign(members.size(), 0);
        for (const std::uint32_t member : members) {
            const Function& f = arcs.functions[member];
            Row row{f.self, f.calls, f.total, std::uint32_t(m_terms.size())};
            for (std::uint32_t e = f.firstEdge; e < f.endEdge; ++e) {
                const Arc& edge = arcs.edges[e];
                if (edge.pathKey == kNone)
                    row.outward += edge.total;
                else
                    m_terms.push_back({edge.calls, localOf[edge.callee]});
            }
            m_rows.push_back(row);
        }
        m_rows.push_back({0, 0, 0, std::uint32_t(m_terms.size())});
    }

    void solve()
    {
        constexpr std::size_t kRounds = 400, kTerms = 10'000'000; // a large component is as good as settled earlier
        const std::size_t rounds = std::min(kRounds, kTerms / (m_terms.size() + 1) + 10);
        bool changed = true;
        for (std::size_t round = 0; round < rounds && changed; ++round) {
            changed = false;
            for (std::size_t i = 0; i < m_mean.size(); ++i)
                changed |= improve(round % 2 == 0 ? m_mean.size() - 1 - i : i);
        }
    }

    double mean(std::size_t local) const { return m_mean[local]; }

private:
    struct Row {
        double outward, calls, most;
        std::uint32_t firstTerm;
    };
    struct Term {
        double calls;
        std::uint32_t callee;
    };

    /// False if the mean changed little.
    bool improve(std::size_t i)
    {
        constexpr double kPrecision = 1e-4;
        const Row& row = m_rows[i];
        double sum = row.outward;
        for (std::uint32_t t = row.firstTerm; t < m_rows[i + 1].firstTerm; ++t)
            sum += m_terms[t].calls * m_mean[m_terms[t].callee];
        const double mean = std::min(row.most, ratio(sum, row.calls));
        const bool changed = std::abs(mean - m_mean[i]) > kPrecision * mean;
        m_mean[i] = mean;
        return changed;
    }

    std::vector<Row> m_rows; ///< One more at the end, where the last one's terms stop.
    std::vector<Term> m_terms;
    std::vector<double> m_mean;
};

} // namespace

void solveMeanCalls(Arcs& arcs)
{
    std::vector<std::vector<std::uint32_t>> members(arcs.components.size());
    for (std::uint32_t i = 0; i < arcs.functions.size(); ++i) {
        if (arcs.functions[i].recursive)
            members[arcs.functions[i].component].push_back(i);
    }
    std::vector<std::uint32_t> localOf(arcs.functions.size());
    for (const std::vector<std::uint32_t>& component : members) {
        if (component.empty())
            continue;
        MeanCalls calls(arcs, component, localOf);
        calls.solve();
        for (std::size_t i = 0; i < component.size(); ++i)
            arcs.functions[component[i]].meanCall = calls.mean(i);
    }
}

} // namespace sundial::estimate
