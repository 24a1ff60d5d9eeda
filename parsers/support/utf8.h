// SPDX-License-Identifier: GPL-3.0-or-later
// Text of unknown encoding: names in old profiles are whatever bytes the source file had.
#pragma once

#include <string>
#include <string_view>

namespace sundial
{

/// Whether `text` is UTF-8 throughout. Surrogates count as well-formed, since Python writes them ("surrogatepass").
bool isUtf8(std::string_view text);
/// Every byte as the character of that number.
std::string latin1ToUtf8(std::string_view text);
/// Appends one code point; a lone surrogate or what is beyond Unicode becomes U+FFFD.
void appendUtf8(std::string& text, char32_t code);
/// `text` without the mark that some editors put before UTF-8.
std::string_view withoutUtf8Mark(std::string_view text);

} // namespace sundial
