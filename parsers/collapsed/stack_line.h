// SPDX-License-Identifier: GPL-3.0-or-later
// One line of collapsed stacks: "frame;frame;frame COUNT".
#pragma once

#include <optional>
#include <string_view>

namespace sundial::collapsed
{

constexpr double kLargestCount = 18446744073709551615.0; ///< What a larger count is shown as: 2^64 − 1.

/// Digits, perhaps with a fraction and an exponent: "3", "0.25", "2.", ".5", "1e-3". No sign, no "inf", no hex. A
/// number beyond kLargestCount becomes infinite.
std::optional<double> countFrom(std::string_view word);

/// A text without its last word, and that word. The text loses the white space next to it.
struct LastWord {
    std::string_view before;
    std::string_view word; ///< Empty if there is no white space before the last word.
};
LastWord splitLastWord(std::string_view text);

std::string_view trimRight(std::string_view text);

/// Blank, or a comment.
bool holdsNoStack(std::string_view line);

/// Lines one after another, without their ends.
class Lines
{
public:
    explicit Lines(std::string_view text) : m_text(text) {}
    bool next(std::string_view& line);
    std::size_t offset() const { return m_at; } ///< Of what has not been read.

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace sundial::collapsed
