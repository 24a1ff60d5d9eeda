// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/fuzzy.h"

#include <algorithm>
#include <cctype>

namespace sundial
{

namespace
{

constexpr int kLetter = 1;
constexpr int kFollows = 5;   // right after the letter before
constexpr int kWordStart = 8; // after a separator, or a capital after a small letter
constexpr int kLongestPenalty = 20;

char lower(char c)
{
    return char(std::tolower(static_cast<unsigned char>(c)));
}

bool startsWord(std::string_view text, std::size_t at)
{
    if (at == 0)
        return true;
    const auto before = static_cast<unsigned char>(text[at - 1]);
    const auto here = static_cast<unsigned char>(text[at]);
    return !std::isalnum(before) || (std::isupper(here) && std::islower(before));
}

} // namespace

std::optional<int> fuzzyScore(std::string_view pattern, std::string_view text)
{
    int score = 0;
    std::size_t next = 0;
    std::size_t last = std::string_view::npos;
    for (std::size_t at = 0; at < text.size() && next < pattern.size(); ++at) {
        if (lower(text[at]) != lower(pattern[next]))
            continue;
        score += kLetter;
        if (startsWord(text, at))
            score += kWordStart;
        if (last != std::string_view::npos && last + 1 == at)
            score += kFollows;
        last = at;
        ++next;
    }
    if (next < pattern.size())
        return {};
    return score - int(std::min<std::size_t>(text.size() / 8, kLongestPenalty));
}

} // namespace sundial
