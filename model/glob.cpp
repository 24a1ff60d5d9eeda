// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/glob.h"

namespace sundial
{

namespace
{

/// Length of the character at `at`; a broken sequence counts byte by byte.
std::size_t characterLength(std::string_view text, std::size_t at)
{
    std::size_t length = 1;
    if (static_cast<unsigned char>(text[at]) >= 0xc0) {
        while (length < 4 && at + length < text.size() &&
               (static_cast<unsigned char>(text[at + length]) & 0xc0) == 0x80)
            ++length;
    }
    return length;
}

/// Where the set that opens at pattern[at] closes, or npos. A `]` right after the opening belongs to the set.
std::size_t setEnd(std::string_view pattern, std::size_t at)
{
    std::size_t first = at + 1;
    if (first < pattern.size() && pattern[first] == '!')
        ++first;
    return first < pattern.size() ? pattern.find(']', first + 1) : pattern.npos;
}

bool setContains(std::string_view set, char c)
{
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            if (set[i] <= c && c <= set[i + 2])
                return true;
            i += 2;
        } else if (set[i] == c) {
            return true;
        }
    }
    return false;
}

/// Tries one element of the pattern that is not `*`; moves both positions on if it fits.
bool step(std::string_view pattern, std::size_t& p, std::string_view text, std::size_t& t)
{
    if (pattern[p] == '?') {
        ++p;
        t += characterLength(text, t);
        return true;
    }
    if (const std::size_t end = pattern[p] == '[' ? setEnd(pattern, p) : pattern.npos; end != pattern.npos) {
        const bool negated = pattern[p + 1] == '!';
        const std::size_t first = p + (negated ? 2 : 1);
        if (setContains(pattern.substr(first, end - first), text[t]) == negated)
            return false;
        p = end + 1;
        t += characterLength(text, t);
        return true;
    }
    return pattern[p++] == text[t++];
}

} // namespace

bool globMatches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0, t = 0;
    std::size_t afterStar = pattern.npos; // where to begin again…
    std::size_t starText = 0;             // …with the last `*` one character longer
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            afterStar = ++p;
            starText = t;
        } else if (p < pattern.size() && step(pattern, p, text, t)) {
            continue;
        } else if (afterStar != pattern.npos) {
            p = afterStar;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

} // namespace sundial
