// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of one file and its counterpart: unique names first; they are the anchors between which functions that
// share a name ("__init__", "<lambda>") are laid side by side in order.
#include "model/identity_state.h"
#include "model/line_anchors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>
#include <utility>

namespace sundial
{

namespace
{

/// Beyond this many pairs of one name in one file, only functions that stand exactly where the anchors say match.
constexpr std::size_t kMostPairs = 40000;

using Frames = std::vector<FrameId>;

std::vector<Frames> framesByFile(const IdentitySide& side)
{
    std::vector<Frames> result(side.files.size());
    for (std::uint32_t i = 0; i < side.size(); ++i) {
        if (side.file[i] != kNoFile)
            result[side.file[i]].push_back(FrameId{i});
    }
    return result;
}

/// Sorted by name, then line, then file order, so that one name is one run.
void sortByNameAndLine(Frames& frames, const IdentitySide& side)
{
    std::sort(frames.begin(), frames.end(), [&side](FrameId x, FrameId y) {
        const auto key = [&side](FrameId f) { return std::tuple(side.name[f.value].value, side.line(f), f.value); };
        return key(x) < key(y);
    });
}

/// Calls fn with the runs of equal names that stand in both lists.
template <class Fn> void forEachName(const IdentityState& state, const Frames& b, const Frames& a, Fn&& fn)
{
    const auto endOfRun = [](const IdentitySide& side, const Frames& frames, std::size_t from) {
        std::size_t end = from;
        while (end < frames.size() && side.name[frames[end].value] == side.name[frames[from].value])
            ++end;
        return end;
    };
    for (std::size_t i = 0, j = 0; i < b.size() && j < a.size();) {
        const StringId nameB = state.before.name[b[i].value], nameA = state.after.name[a[j].value];
        const std::size_t endB = endOfRun(state.before, b, i), endA = endOfRun(state.after, a, j);
        if (nameB == nameA)
            fn(std::span(b).subspan(i, endB - i), std::span(a).subspan(j, endA - j));
        i = nameA < nameB ? i : endB;
        j = nameB < nameA ? j : endA;
    }
}

/// Dynamic programming over one name: the alignment in order with the highest sum of scores.
class GroupAlignment
{
public:
    GroupAlignment(IdentityState& state, const LineMap& lines, std::span<const FrameId> b, std::span<const FrameId> a)
        : m_state(state), m_lines(lines), m_before(b), m_after(a)
    {
    }

    void run()
    {
        if (m_before.size() * m_after.size() > kMostPairs)
            matchExactPlaces();
        else
            alignInOrder();
    }

private:
    /// 0 if the two can't be one function, else how likely they are.
    double score(FrameId b, FrameId a) const
    {
        const std::uint32_t lineB = m_state.before.line(b), lineA = m_state.after.line(a);
        if (!m_state.mayMatch(b, a) || !m_lines.mayBeSame(lineB, lineA))
            return 0;
        const Likeness like = likeness(m_state, b, a);
        const double distance = std::abs(double(lineA) - double(m_lines.predict(lineB)));
        if (distance > 0 && like.comparable > 0 && like.shared == 0)
            return 0;
        constexpr double kLinesToHalf = 20;
        const double sureOfPlace = distance == 0 && m_lines.isUnchanged(lineB) ? 1 : 0;
        return sureOfPlace + 0.2 + 0.5 * kLinesToHalf / (kLinesToHalf + distance) + like.score;
    }

    void alignInOrder()
    {
        const std::size_t rows = m_before.size() + 1, columns = m_after.size() + 1;
        std::vector<double> best(rows * columns, 0);
        std::vector<double> scores(rows * columns, 0);
        for (std::size_t i = 1; i < rows; ++i) {
            for (std::size_t j = 1; j < columns; ++j) {
                const double s = score(m_before[i - 1], m_after[j - 1]);
                scores[i * columns + j] = s;
                best[i * columns + j] = std::max({best[(i - 1) * columns + j], best[i * columns + j - 1],
                                                  s > 0 ? best[(i - 1) * columns + j - 1] + s : 0.0});
            }
        }
        const MatchReason reason = rows == 2 && columns == 2 ? MatchReason::SameName : MatchReason::Order;
        for (std::size_t i = rows - 1, j = columns - 1; i > 0 && j > 0;) {
            const std::size_t at = i * columns + j;
            if (best[at] == best[at - columns])
                --i;
            else if (best[at] == best[at - 1])
                --j;
            else
                m_state.match(m_before[--i], m_after[--j], reason);
        }
    }

    void matchExactPlaces()
    {
        for (std::size_t i = 0, j = 0; i < m_before.size(); ++i) {
            const std::uint32_t place = m_lines.predict(m_state.before.line(m_before[i]));
            while (j < m_after.size() && m_state.after.line(m_after[j]) < place)
                ++j;
            if (j < m_after.size() && m_state.after.line(m_after[j]) == place &&
                m_state.mayMatch(m_before[i], m_after[j]))
                m_state.match(m_before[i], m_after[j++], MatchReason::Order);
        }
    }

    IdentityState& m_state;
    const LineMap& m_lines;
    std::span<const FrameId> m_before, m_after;
};

/// Functions of one name where only one side tells lines: by their surroundings, the most alike first.
void matchWithoutLines(IdentityState& state, std::span<const FrameId> b, std::span<const FrameId> a)
{
    struct Pair {
        double score;
        FrameId before, after;
    };
    if (b.size() * a.size() > kMostPairs)
        return;
    std::vector<Pair> pairs;
    constexpr double kLeastAlike = 0.3;
    for (const FrameId x : b) {
        for (const FrameId y : a) {
            const Likeness like = likeness(state, x, y);
            const bool isOnlyOne = b.size() == 1 && a.size() == 1 && (like.comparable == 0 || like.shared > 0);
            if (state.mayMatch(x, y) && (isOnlyOne || (like.score >= kLeastAlike && like.shared > 0)))
                pairs.push_back({like.score, x, y});
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return x.score > y.score; });
    for (const Pair& pair : pairs) {
        if (state.isFree(pair.before, pair.after))
            state.match(pair.before, pair.after,
                        b.size() == 1 && a.size() == 1 ? MatchReason::SameName : MatchReason::Surroundings, pair.score);
    }
}

bool tellLines(const IdentitySide& side, std::span<const FrameId> frames)
{
    return std::all_of(frames.begin(), frames.end(), [&side](FrameId f) { return side.line(f) > 0; });
}

void matchFile(IdentityState& state, Frames b, Frames a, AnchorChain& chain)
{
    sortByNameAndLine(b, state.before);
    sortByNameAndLine(a, state.after);
    std::vector<Anchor> unique;
    const auto isUnique = [&state](std::span<const FrameId> x, std::span<const FrameId> y) {
        return x.size() == 1 && y.size() == 1 && !state.before.common[x[0].value];
    };
    forEachName(state, b, a, [&](std::span<const FrameId> x, std::span<const FrameId> y) {
        if (isUnique(x, y) && state.mayMatch(x[0], y[0]) && state.before.line(x[0]) > 0 && state.after.line(y[0]) > 0)
            unique.push_back({state.before.line(x[0]), state.after.line(y[0])});
    });
    chain = longestChain(std::move(unique));
    const LineMap lines(chain);
    std::vector<std::pair<std::span<const FrameId>, std::span<const FrameId>>> withoutLines;
    forEachName(state, b, a, [&](std::span<const FrameId> x, std::span<const FrameId> y) {
        if (!isUnique(x, y) && tellLines(state.before, x) != tellLines(state.after, y))
            withoutLines.emplace_back(x, y);
        else if (!isUnique(x, y))
            GroupAlignment(state, lines, x, y).run();
        else if (state.mayMatch(x[0], y[0]) && lines.mayHaveMoved(state.before.line(x[0]), state.after.line(y[0])))
            state.match(x[0], y[0], MatchReason::SameName);
    });
    for (const auto& [x, y] : withoutLines) // once the functions around them are known
        matchWithoutLines(state, x, y);
}

/// Which after file the code around each place of a before file went to, as far as matches tell.
class Destinations
{
public:
    Destinations(const IdentitySide& side, const IdentitySide& other) : m_places(side.files.size())
    {
        for (std::uint32_t i = 0; i < side.size(); ++i) {
            const FrameId partner = side.partner[i];
            if (partner && side.file[i] != kNoFile && side.line(FrameId{i}) > 0)
                m_places[side.file[i]].emplace_back(side.line(FrameId{i}), other.file[partner.value]);
        }
        for (auto& places : m_places)
            std::sort(places.begin(), places.end());
    }

    /// Whether the next match above or below `line` went to `destination`.
    bool suggest(std::uint32_t file, std::uint32_t line, std::uint32_t destination) const
    {
        const auto& places = m_places[file];
        const auto below = std::lower_bound(places.begin(), places.end(), std::pair(line, 0u));
        return (below != places.end() && below->second == destination) ||
               (below != places.begin() && (below - 1)->second == destination);
    }

private:
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> m_places; ///< By file: line, destination.
};

} // namespace

void matchAlongMovedCode(IdentityState& state)
{
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Anchor>> moves;
    for (const FrameMatch& match : state.matches) {
        const std::uint32_t file = state.before.file[match.before.value];
        if (file != kNoFile && !state.filesCorrespond(match.before, match.after))
            moves[{file, state.after.file[match.after.value]}].push_back(
                {state.before.line(match.before), state.after.line(match.after)});
    }
    const std::vector<Frames> before = framesByFile(state.before), after = framesByFile(state.after);
    const Destinations there(state.before, state.after), back(state.after, state.before);
    for (auto& [move, anchors] : moves) {
        const auto [from, to] = move;
        const auto freeOnes = [](const IdentitySide& side, const Frames& frames, const Destinations& destinations,
                                 std::uint32_t file, std::uint32_t other) {
            Frames result;
            for (const FrameId f : frames) {
                if (!side.partner[f.value] && destinations.suggest(file, side.line(f), other))
                    result.push_back(f);
            }
            sortByNameAndLine(result, side);
            return result;
        };
        const Frames b = freeOnes(state.before, before[from], there, from, to);
        const Frames a = freeOnes(state.after, after[to], back, to, from);
        const AnchorChain chain = longestChain(std::move(anchors));
        const LineMap lines(chain);
        forEachName(state, b, a, [&](std::span<const FrameId> x, std::span<const FrameId> y) {
            GroupAlignment(state, lines, x, y).run();
        });
    }
}

void matchWithinFiles(IdentityState& state)
{
    std::vector<Frames> before = framesByFile(state.before), after = framesByFile(state.after);
    for (std::uint32_t file = 0; file < state.before.files.size(); ++file) {
        if (const std::uint32_t partner = state.files.ofBefore[file]; partner != kNoFile)
            matchFile(state, std::move(before[file]), std::move(after[partner]), state.anchors[file]);
    }
}

} // namespace sundial
