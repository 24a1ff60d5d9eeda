// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/collapsed/stack_line.h"

#include <charconv>
#include <cstdint>
#include <limits>

namespace sundial::collapsed
{

namespace
{

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

} // namespace

std::optional<double> countFrom(std::string_view word)
{
    constexpr std::size_t kMostExactDigits = 15; // below 2^53
    std::uint64_t whole = 0;
    std::size_t digits = 0;
    while (digits < word.size() && isDigit(word[digits]) && digits < kMostExactDigits)
        whole = whole * 10 + std::uint64_t(word[digits++] - '0');
    if (digits == word.size() && digits > 0)
        return double(whole);
    const bool startsRight =
        !word.empty() && (isDigit(word[0]) || (word[0] == '.' && word.size() > 1 && isDigit(word[1])));
    if (!startsRight)
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (end != word.data() + word.size())
        return std::nullopt;
    if (error == std::errc::result_out_of_range)
        return word.find("e-") != word.npos || word.find("E-") != word.npos ? 0
                                                                            : std::numeric_limits<double>::infinity();
    return value > kLargestCount ? std::numeric_limits<double>::infinity() : value;
}

std::string_view trimRight(std::string_view text)
{
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

LastWord splitLastWord(std::string_view text)
{
    text = trimRight(text);
    std::size_t start = text.size();
    while (start > 0 && !isBlank(text[start - 1]))
        --start;
    if (start == 0)
        return {text, {}};
    return {trimRight(text.substr(0, start)), text.substr(start)};
}

bool holdsNoStack(std::string_view line)
{
    return line.empty() || line.front() == '#' || line.find_first_not_of(" \t\r\f\v") == line.npos;
}

bool Lines::next(std::string_view& line)
{
    if (m_at >= m_text.size())
        return false;
    const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
    line = m_text.substr(m_at, end - m_at);
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    m_at = end + 1;
    return true;
}

} // namespace sundial::collapsed
