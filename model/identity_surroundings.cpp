// SPDX-License-Identifier: GPL-3.0-or-later
// Functions that went to another file or got another name, told by who calls them and whom they call. A function that
// merely ran on one side only must not be joined with another one: so a match needs the evidence of several
// neighbours, must be clearly the best for both, and neither place may be known to be unchanged.
#include "model/identity_state.h"

#include <tsl/robin_map.h>

#include <algorithm>

namespace sundial
{

namespace
{

/// Of a function with more neighbours, these many stand for all.
constexpr std::size_t kMostNeighbours = 256;
/// Free neighbours of one matched function that are compared pairwise; beyond, they tell little.
constexpr std::size_t kMostFree = 32;
/// Functions of one name that are compared pairwise.
constexpr std::size_t kMostOfOneName = 8;
constexpr int kMostRounds = 8;

/// What two functions are compared by. Neighbours are labelled by what is known of them: a match, or else a name.
Surroundings surroundingsOf(const IdentitySide& side, bool isAfter, FrameId f)
{
    enum : std::uint32_t { Itself, Matched, Named };
    const auto label = [&](FrameId other) {
        if (other == f)
            return packPair(Itself, 0);
        if (const FrameId partner = side.partner[other.value])
            return packPair(Matched, isAfter ? other.value : partner.value);
        return packPair(Named, side.name[other.value].value);
    };
    Surroundings result;
    for (const bool callers : {true, false}) {
        NeighbourList& list = callers ? result.callers : result.callees;
        const auto edges = callers ? side.graph->callers(f) : side.graph->callees(f);
        for (const EdgeId e : edges.first(std::min(edges.size(), kMostNeighbours))) {
            const Edge& edge = side.graph->edge(e);
            const FrameId other = callers ? edge.caller : edge.callee;
            list.add(label(other), double(edge.calls), bool(side.partner[other.value]));
        }
        list.sort();
    }
    result.calls = side.calls(f);
    return result;
}

struct Candidate {
    FrameId before, after;
    double score; ///< With a bonus for equal names: what candidates are ranked by.
    Likeness like;
};

/// The best and the second-best score of one function.
struct TopTwo {
    double best = 0, second = 0;
    void add(double score)
    {
        second = std::max(second, std::min(score, best));
        best = std::max(best, score);
    }
    double next(double score) const { return score < best ? best : second; }
};

/// One pass: collects pairs that might be one function, and records those that clearly are.
class SurroundingsRound
{
public:
    explicit SurroundingsRound(IdentityState& state) : m_state(state) {}

    /// Returns the number of new matches.
    std::size_t run()
    {
        collectByName();
        collectByNeighbours();
        return accept();
    }

private:
    bool sameName(FrameId b, FrameId a) const { return m_state.before.name[b.value] == m_state.after.name[a.value]; }
    bool samePlainName(FrameId b, FrameId a) const
    {
        return m_state.before.plain[b.value] == m_state.after.plain[a.value];
    }

    /// Libraries don't swap functions with each other; within one, a module may become a package.
    bool sameScope(FrameId b, FrameId a) const
    {
        const SourcePath& x = m_state.before.files[m_state.before.file[b.value]];
        const SourcePath& y = m_state.after.files[m_state.after.file[a.value]];
        const auto top = [](const SourcePath& path) {
            const std::string_view first = std::string_view(path.path).substr(0, path.path.find('/'));
            return first.substr(0, first.find('.'));
        };
        if (x.root == SourceRoot::Project || y.root == SourceRoot::Project)
            return x.root == y.root;
        return x.root == y.root && top(x) == top(y);
    }

    /// False if one of the two is known to exist, unchanged, on the other side, though it did not run there.
    bool placesAllow(FrameId b, FrameId a) const
    {
        const std::uint32_t fileB = m_state.before.file[b.value], fileA = m_state.after.file[a.value];
        const std::uint32_t lineB = m_state.before.line(b), lineA = m_state.after.line(a);
        if (m_state.filesCorrespond(b, a))
            return LineMap(m_state.anchors[fileB]).mayHaveMoved(lineB, lineA);
        if (LineMap(m_state.anchors[fileB]).isUnchanged(lineB))
            return false;
        const std::uint32_t origin = m_state.files.ofAfter[fileA];
        return origin == kNoFile || !LineMap(m_state.anchors[origin]).isUnchangedAfter(lineA);
    }

    bool mayPair(FrameId b, FrameId a) const
    {
        const IdentitySide& before = m_state.before;
        const IdentitySide& after = m_state.after;
        if (before.file[b.value] == kNoFile || after.file[a.value] == kNoFile || !m_state.mayMatch(b, a))
            return false;
        if ((before.common[b.value] || after.common[a.value]) && !sameName(b, a))
            return false;
        return before.frames->name(b) != "<module>" && sameScope(b, a) && placesAllow(b, a);
    }

    void consider(FrameId b, FrameId a)
    {
        if (!mayPair(b, a) || !m_seen.insert(packPair(b.value, a.value)).second)
            return;
        const Likeness like = likeness(m_state, b, a);
        constexpr double kNameBonus = 0.3;
        const bool named = samePlainName(b, a) && !m_state.before.common[b.value];
        m_candidates.push_back({b, a, like.score + (named ? kNameBonus : 0), like});
    }

    void collectByName()
    {
        tsl::robin_map<std::uint32_t, std::vector<FrameId>> byName;
        for (std::uint32_t i = 0; i < m_state.after.size(); ++i) {
            if (!m_state.after.partner[i] && m_state.after.file[i] != kNoFile)
                byName[m_state.after.plain[i].value].push_back(FrameId{i});
        }
        for (std::uint32_t i = 0; i < m_state.before.size(); ++i) {
            if (m_state.before.partner[i] || m_state.before.file[i] == kNoFile)
                continue;
            const auto found = byName.find(m_state.before.plain[i].value);
            if (found == byName.end() || found->second.size() > kMostOfOneName)
                continue;
            for (const FrameId a : found->second)
                consider(FrameId{i}, a);
        }
    }

    std::vector<FrameId> freeNeighbours(const IdentitySide& side, FrameId f, bool callers) const
    {
        std::vector<FrameId> result;
        for (const EdgeId e : callers ? side.graph->callers(f) : side.graph->callees(f)) {
            const FrameId other = callers ? side.graph->edge(e).caller : side.graph->edge(e).callee;
            if (!side.partner[other.value] && side.file[other.value] != kNoFile)
                result.push_back(other);
            if (result.size() > kMostFree)
                return {};
        }
        return result;
    }

    void collectByNeighbours()
    {
        const std::size_t matched = m_state.matches.size();
        for (std::size_t i = 0; i < matched; ++i) {
            for (const bool callers : {false, true}) {
                const std::vector<FrameId> b = freeNeighbours(m_state.before, m_state.matches[i].before, callers);
                if (b.empty())
                    continue;
                for (const FrameId y : freeNeighbours(m_state.after, m_state.matches[i].after, callers)) {
                    for (const FrameId x : b)
                        consider(x, y);
                }
            }
        }
    }

    bool isConvincing(const Candidate& candidate) const
    {
        const Likeness& like = candidate.like;
        if (m_state.before.common[candidate.before.value])
            return like.score >= 0.6 && like.shared >= 1;
        if (samePlainName(candidate.before, candidate.after))
            return like.score >= 0.35;
        return like.score >= 0.75 && like.shared >= 1 && like.evidence >= 1.5;
    }

    std::size_t accept()
    {
        std::vector<TopTwo> before(m_state.before.size()), after(m_state.after.size());
        for (const Candidate& candidate : m_candidates) {
            before[candidate.before.value].add(candidate.score);
            after[candidate.after.value].add(candidate.score);
        }
        std::stable_sort(m_candidates.begin(), m_candidates.end(),
                         [](const Candidate& x, const Candidate& y) { return x.score > y.score; });
        constexpr double kMargin = 0.05;
        std::size_t count = 0;
        for (const Candidate& candidate : m_candidates) {
            const double next = std::max(before[candidate.before.value].next(candidate.score),
                                         after[candidate.after.value].next(candidate.score));
            if (candidate.score < next + kMargin || !isConvincing(candidate) ||
                !m_state.isFree(candidate.before, candidate.after))
                continue;
            m_state.match(candidate.before, candidate.after, MatchReason::Surroundings, candidate.like.score);
            ++count;
        }
        return count;
    }

    IdentityState& m_state;
    std::vector<Candidate> m_candidates;
    tsl::robin_set<std::uint64_t, PairHash> m_seen;
};

} // namespace

Likeness likeness(const IdentityState& state, FrameId b, FrameId a)
{
    return likeness(surroundingsOf(state.before, false, b), surroundingsOf(state.after, true, a));
}

void matchBySurroundings(IdentityState& state)
{
    for (int round = 0; round < kMostRounds; ++round) {
        if (SurroundingsRound(state).run() == 0)
            return;
    }
}

} // namespace sundial
