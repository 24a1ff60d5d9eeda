// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/likeness.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace sundial
{

namespace
{

/// How much a neighbour counts of which nothing is known yet.
constexpr double kUnknownWeight = 0.7;
/// How much of the score is the function's own calls.
constexpr double kCallsShare = 0.2;

double ratio(double x, double y)
{
    if (x < 0 || y < 0)
        return 1; // calls that the format does not count
    const double larger = std::max(x, y);
    return larger > 0 ? std::min(x, y) / larger : 1;
}

} // namespace

void NeighbourList::sort()
{
    std::sort(m_list.begin(), m_list.end());
}

double NeighbourList::compare(const NeighbourList& other, Likeness& like) const
{
    double agreement = 0;
    std::uint32_t shared = 0;
    std::vector<double> unknown, otherUnknown;
    const auto alone = [](const Neighbour& n, std::vector<double>& calls) {
        if (!n.isKnown)
            calls.push_back(n.calls);
    };
    auto x = m_list.begin(), y = other.m_list.begin();
    while (x != m_list.end() && y != other.m_list.end()) {
        if (*x < *y) {
            alone(*x++, unknown);
        } else if (*y < *x) {
            alone(*y++, otherUnknown);
        } else {
            agreement += 0.5 + 0.5 * ratio((x++)->calls, (y++)->calls);
            ++shared;
        }
    }
    std::for_each(x, m_list.end(), [&](const Neighbour& n) { alone(n, unknown); });
    std::for_each(y, other.m_list.end(), [&](const Neighbour& n) { alone(n, otherUnknown); });
    std::sort(unknown.begin(), unknown.end(), std::greater<>());
    std::sort(otherUnknown.begin(), otherUnknown.end(), std::greater<>());
    const std::size_t possible = std::min(unknown.size(), otherUnknown.size());
    for (std::size_t i = 0; i < possible; ++i) {
        agreement += kUnknownWeight * ratio(unknown[i], otherUnknown[i]);
        like.evidence += unknown[i] == otherUnknown[i] && unknown[i] > 1 ? 0.5 : 0;
    }
    const std::uint32_t all = std::uint32_t(m_list.size() + other.m_list.size() - possible) - shared;
    like.shared += shared;
    like.comparable += std::uint32_t(std::min(m_list.size(), other.m_list.size()));
    like.evidence += shared;
    return all > 0 ? agreement / all : -1;
}

Likeness likeness(const Surroundings& x, const Surroundings& y)
{
    Likeness like;
    double sum = 0;
    int directions = 0;
    for (const auto& [mine, theirs] : {std::pair(&x.callers, &y.callers), std::pair(&x.callees, &y.callees)}) {
        if (const double alike = mine->compare(*theirs, like); alike >= 0) {
            sum += alike;
            ++directions;
        }
    }
    const bool counted = x.calls >= 0 && y.calls >= 0;
    like.evidence += counted && x.calls == y.calls && x.calls > 1 ? 0.5 : 0;
    const double surroundings = directions > 0 ? sum / directions : 0;
    like.score = counted ? (1 - kCallsShare) * surroundings + kCallsShare * ratio(x.calls, y.calls) : surroundings;
    return like;
}

} // namespace sundial
