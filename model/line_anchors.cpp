// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/line_anchors.h"

#include <algorithm>
#include <cstdlib>

namespace sundial
{

namespace
{

/// Beyond the last anchor, a file counts as unchanged if at least this many anchors agree on no change at all.
constexpr std::size_t kSureOfWholeFile = 3;

/// The first anchor whose `line` member is above `line`.
AnchorChain::const_iterator firstAbove(const AnchorChain& chain, std::uint32_t Anchor::*side, std::uint32_t line)
{
    return std::upper_bound(chain.begin(), chain.end(), line,
                            [side](std::uint32_t value, const Anchor& anchor) { return value < anchor.*side; });
}

/// Text between two anchors that moved equally far may still have grown here and shrunk there, by this many lines.
std::int64_t tolerance(const Anchor& above, const Anchor& below)
{
    return std::max<std::int64_t>(8, (below.before - above.before) / 16);
}

} // namespace

AnchorChain longestChain(std::vector<Anchor> anchors)
{
    std::sort(anchors.begin(), anchors.end(), [](const Anchor& x, const Anchor& y) {
        return x.before != y.before ? x.before < y.before : x.after > y.after; // equal lines: only one can be taken
    });
    std::vector<std::size_t> tails; // index of the anchor that ends the best chain of each length
    std::vector<std::size_t> previous(anchors.size(), SIZE_MAX);
    for (std::size_t i = 0; i < anchors.size(); ++i) {
        const auto at =
            std::lower_bound(tails.begin(), tails.end(), anchors[i].after,
                             [&](std::size_t tail, std::uint32_t line) { return anchors[tail].after < line; });
        if (at != tails.begin())
            previous[i] = *(at - 1);
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
    }
    AnchorChain chain;
    for (std::size_t i = tails.empty() ? SIZE_MAX : tails.back(); i != SIZE_MAX; i = previous[i])
        chain.push_back(anchors[i]);
    std::reverse(chain.begin(), chain.end());

    AnchorChain kept;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const bool standsOut =
            i > 0 && i + 1 < chain.size() && chain[i - 1].shift() == chain[i + 1].shift() &&
            std::abs(chain[i].shift() - chain[i - 1].shift()) > tolerance(chain[i - 1], chain[i + 1]);
        if (!standsOut)
            kept.push_back(chain[i]);
    }
    return kept;
}

LineMap::LineMap(const AnchorChain& chain)
    : m_chain(chain),
      m_wholeFileUnchanged(chain.size() >= kSureOfWholeFile &&
                           std::all_of(chain.begin(), chain.end(), [](const Anchor& a) { return a.shift() == 0; }))
{
}

/// The shift around `line` where the anchors on both sides of it agree.
std::optional<LineMap::Shift> LineMap::agreedShift(std::uint32_t Anchor::*side, std::uint32_t line) const
{
    if (m_wholeFileUnchanged)
        return Shift{0, 0};
    const auto above = firstAbove(m_chain, side, line);
    if (above == m_chain.begin() || above == m_chain.end() || (above - 1)->shift() != above->shift())
        return {};
    return Shift{above->shift(), tolerance(*(above - 1), *above)};
}

std::uint32_t LineMap::predict(std::uint32_t line) const
{
    if (m_chain.empty())
        return line;
    auto nearest = firstAbove(m_chain, &Anchor::before, line);
    if (nearest == m_chain.end() ||
        (nearest != m_chain.begin() && line - (nearest - 1)->before <= nearest->before - line))
        --nearest;
    return std::uint32_t(std::max<std::int64_t>(0, line + nearest->shift()));
}

bool LineMap::isUnchanged(std::uint32_t before) const
{
    return agreedShift(&Anchor::before, before).has_value();
}

bool LineMap::isUnchangedAfter(std::uint32_t after) const
{
    return agreedShift(&Anchor::after, after).has_value();
}

bool LineMap::mayBeSame(std::uint32_t before, std::uint32_t after) const
{
    if (before == 0 || after == 0)
        return true; // lines that the file does not tell
    return mayHaveMoved(before, after) && firstAbove(m_chain, &Anchor::before, before) - m_chain.begin() ==
                                              firstAbove(m_chain, &Anchor::after, after) - m_chain.begin();
}

bool LineMap::mayHaveMoved(std::uint32_t before, std::uint32_t after) const
{
    if (before == 0 || after == 0)
        return true;
    const std::int64_t lines = std::int64_t(after) - before;
    const auto fits = [lines](const std::optional<Shift>& shift) {
        return !shift || std::abs(lines - shift->lines) <= shift->tolerance;
    };
    return fits(agreedShift(&Anchor::before, before)) && fits(agreedShift(&Anchor::after, after));
}

} // namespace sundial
