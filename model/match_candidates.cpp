// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/match_candidates.h"

#include "model/likeness.h"

#include <algorithm>

namespace sundial
{

namespace
{

/// Rows that are compared; beyond, the ones that weigh most.
constexpr std::size_t kMostCompared = 400;
constexpr std::size_t kMostNeighbours = 256;
/// What an equal name counts for in the order.
constexpr double kNameBonus = 0.3;

/// Matched functions share a row, so rows are labels. Functions that stand on one side only may be the other's.
Surroundings surroundingsOf(const Comparison& comparison, const ComparisonSide& side, FrameId row)
{
    Surroundings result;
    for (const bool callers : {true, false}) {
        NeighbourList& list = callers ? result.callers : result.callees;
        const auto edges = callers ? side.graph.callers(row) : side.graph.callees(row);
        for (const EdgeId e : edges.first(std::min(edges.size(), kMostNeighbours))) {
            const Edge& edge = side.graph.edge(e);
            const FrameId other = callers ? edge.caller : edge.callee;
            const FrameMatch& match = comparison.match(other);
            list.add(other == row ? UINT64_MAX : other.value, double(edge.calls), match.before && match.after);
        }
        list.sort();
    }
    result.calls = double(side.graph.functions().calls[row.value]);
    return result;
}

std::string_view nameOf(const Comparison& comparison, FrameId row, bool before)
{
    const FrameMatch& match = comparison.match(row);
    return before ? comparison.before.profile->frames.name(match.before)
                  : comparison.after.profile->frames.name(match.after);
}

} // namespace

std::vector<MatchCandidate> matchCandidates(const Comparison& comparison, FrameId row, bool isBefore, std::size_t most)
{
    const ComparisonSide& mine = isBefore ? comparison.before : comparison.after;
    const ComparisonSide& theirs = isBefore ? comparison.after : comparison.before;
    const FrameTable& frames = comparison.frames.frames;
    const std::string_view name = nameOf(comparison, row, isBefore);
    const auto hasSameName = [&](FrameId other) { return nameOf(comparison, other, !isBefore) == name; };

    std::vector<FrameId> rows;
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId other{i};
        const FrameMatch& match = comparison.match(other);
        const bool isThere = bool(isBefore ? match.after : match.before);
        const bool isFree = !(isBefore ? match.before : match.after);
        if (other != row && isThere && frames.kind(other) == frames.kind(row) && (isFree || hasSameName(other)))
            rows.push_back(other);
    }
    if (rows.size() > kMostCompared) {
        std::nth_element(rows.begin(), rows.begin() + kMostCompared, rows.end(),
                         [&](FrameId x, FrameId y) { return theirs.totalOf(x) > theirs.totalOf(y); });
        rows.resize(kMostCompared);
    }

    const Surroundings own = surroundingsOf(comparison, mine, row);
    std::vector<std::pair<double, MatchCandidate>> ranked;
    for (const FrameId other : rows) {
        const Likeness like = likeness(own, surroundingsOf(comparison, theirs, other));
        ranked.push_back({like.score + (hasSameName(other) ? kNameBonus : 0), {other, std::min(1.0, like.score)}});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
    std::vector<MatchCandidate> result;
    for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i)
        result.push_back(ranked[i].second);
    return result;
}

} // namespace sundial
