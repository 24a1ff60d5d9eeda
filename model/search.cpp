// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/search.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace sundial
{

namespace
{

char lower(char c)
{
    return char(std::tolower(static_cast<unsigned char>(c)));
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
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

std::set<std::string> letterPairs(std::string_view text)
{
    std::set<std::string> pairs;
    const std::string small = lowered(text);
    for (std::size_t i = 0; i + 1 < small.size(); ++i)
        pairs.insert(small.substr(i, 2));
    return pairs;
}

} // namespace

SearchResult search(const Analysis& analysis, std::string_view text)
{
    SearchResult result;
    if (text.empty())
        return result;
    const bool ignoreCase =
        std::none_of(text.begin(), text.end(), [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; });
    const FrameTable& frames = analysis.frames();
    result.matches.assign(frames.size(), false);
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        std::string name = standardName(frames, FrameId{f});
        if (ignoreCase)
            std::transform(name.begin(), name.end(), name.begin(), lower);
        if (name.find(text) == name.npos)
            continue;
        result.matches[f] = true;
        ++result.count;
    }
    result.total = matchedTotal(analysis, result);
    return result;
}

FrameId nearestName(const Analysis& analysis, std::string_view text)
{
    const std::set<std::string> wanted = letterPairs(text);
    if (wanted.empty())
        return {};
    FrameId best;
    double bestScore = 0.35; // below this a suggestion is noise
    for (std::uint32_t f = 0; f < analysis.frames().size(); ++f) {
        const std::set<std::string> pairs = letterPairs(analysis.frames().name(FrameId{f}));
        const auto common = double(
            std::count_if(pairs.begin(), pairs.end(), [&wanted](const std::string& p) { return wanted.contains(p); }));
        const double score = 2 * common / double(pairs.size() + wanted.size());
        if (score > bestScore) {
            bestScore = score;
            best = FrameId{f};
        }
    }
    return best;
}

} // namespace sundial
