// SPDX-License-Identifier: GPL-3.0-or-later
// How the lines of a file moved between two versions, as far as functions with unique names tell.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace sundial
{

/// A place that is known on both sides: what stands between two of them stayed between them.
struct Anchor {
    std::uint32_t before;
    std::uint32_t after;
    std::int64_t shift() const { return std::int64_t(after) - before; }
};
/// The anchors of one file, both lines strictly ascending.
using AnchorChain = std::vector<Anchor>;

/// The longest chain among `anchors` (in any order), without those that stand out: a function that moved far by itself
/// while its neighbours on both sides kept their distance is more likely another one of the same name. O(n log n).
AnchorChain longestChain(std::vector<Anchor> anchors);

/// Answers questions about lines from a chain, which has to outlive it. O(log anchors) each.
class LineMap
{
public:
    explicit LineMap(const AnchorChain& chain);

    /// Where `line` of the before side is expected after: moved as far as the nearest anchor.
    std::uint32_t predict(std::uint32_t line) const;
    /// Whether the text around `before` is the same on both sides: the anchors around it moved equally far. What stood
    /// there still exists, wherever else something of its name turns up.
    bool isUnchanged(std::uint32_t before) const;
    /// The same, asked from the after side.
    bool isUnchangedAfter(std::uint32_t after) const;
    /// Whether a function at `before` may be the one at `after` without passing an anchor.
    bool mayBeSame(std::uint32_t before, std::uint32_t after) const;
    /// As mayBeSame, for a unique name: it may pass anchors, if neither place is known to be unchanged.
    bool mayHaveMoved(std::uint32_t before, std::uint32_t after) const;

private:
    struct Shift {
        std::int64_t lines;
        std::int64_t tolerance; ///< A few lines are no move: text between two anchors may grow here and shrink there.
    };
    std::optional<Shift> agreedShift(std::uint32_t Anchor::*side, std::uint32_t line) const;

    const AnchorChain& m_chain;
    bool m_wholeFileUnchanged;
};

} // namespace sundial
