// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/search.h"

#include <algorithm>
#include <cctype>

namespace sundial
{

namespace
{

char lower(char c)
{
    return char(std::tolower(static_cast<unsigned char>(c)));
}

/// Weight of the topmost matching nodes: each stack once, however many matches it holds.
double matchedTotal(const Analysis& analysis, const SearchResult& result)
{
    const CallTree& tree = analysis.tree;
    double total = 0;
    for (std::uint32_t n = 1; n < tree.size();) {
        if (result.contains(tree.frame(NodeId{n}))) {
            total += tree.total(analysis.metric, NodeId{n});
            n = tree.subtreeEnd(NodeId{n}).value;
        } else {
            ++n;
        }
    }
    return total;
}

/// Two letters in lower case as one number, which can be counted without a set of strings.
std::uint32_t letterPair(char first, char second)
{
    return std::uint32_t(static_cast<unsigned char>(lower(first))) << 8 | static_cast<unsigned char>(lower(second));
}

} // namespace

std::vector<bool> framesContaining(const Analysis& analysis, std::string_view text)
{
    return analysis.names ? analysis.names->containing(text) : NameIndex(analysis.frames()).containing(text);
}

SearchResult search(const Analysis& analysis, std::string_view text)
{
    SearchResult result;
    if (text.empty())
        return result;
    result.matches = framesContaining(analysis, text);
    result.count = std::uint32_t(std::count(result.matches.begin(), result.matches.end(), true));
    result.total = matchedTotal(analysis, result);
    return result;
}

FrameId nearestName(const Analysis& analysis, std::string_view text)
{
    // By letter pair: whether the text has it, and in which name it was last seen, so that each counts once a name.
    constexpr std::uint32_t kPairs = 1U << 16;
    constexpr std::uint32_t kNever = UINT32_MAX;
    std::vector<bool> wanted(kPairs);
    std::uint32_t wantedCount = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const std::uint32_t pair = letterPair(text[i], text[i + 1]);
        wantedCount += wanted[pair] ? 0 : 1;
        wanted[pair] = true;
    }
    FrameId best;
    double bestScore = 0.35; // below this a suggestion is noise
    std::vector<std::uint32_t> seenIn(kPairs, kNever);
    for (std::uint32_t f = 0; f < analysis.frames().size(); ++f) {
        const std::string_view name = analysis.frames().name(FrameId{f});
        std::uint32_t common = 0, distinct = 0;
        for (std::size_t i = 0; i + 1 < name.size(); ++i) {
            const std::uint32_t pair = letterPair(name[i], name[i + 1]);
            if (seenIn[pair] == f)
                continue;
            seenIn[pair] = f;
            ++distinct;
            common += wanted[pair] ? 1 : 0;
        }
        const double score = 2.0 * common / (distinct + wantedCount);
        if (score > bestScore) {
            bestScore = score;
            best = FrameId{f};
        }
    }
    return best;
}

} // namespace sundial
