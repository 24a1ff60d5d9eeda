// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/utf8.h"

#include <cstdint>

namespace sundial
{

bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = std::uint8_t(text[i]);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xc2 ? 0
                                   : lead < 0xe0 ? 2
                                   : lead < 0xf0 ? 3
                                   : lead < 0xf5 ? 4
                                                 : 0;
        if (length == 0 || length > text.size() - i)
            return false;
        std::uint32_t point = length == 1 ? lead : lead & (0x7fU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto byte = std::uint8_t(text[i + k]);
            if ((byte & 0xc0) != 0x80)
                return false;
            point = point << 6 | (byte & 0x3f);
        }
        if ((length == 3 && point < 0x800) || (length == 4 && (point < 0x10000 || point > 0x10ffff)))
            return false; // overlong, or beyond Unicode
        i += length;
    }
    return true;
}

std::string latin1ToUtf8(std::string_view text)
{
    std::string result;
    result.reserve(text.size() + 8);
    for (const char c : text) {
        const auto byte = std::uint8_t(c);
        if (byte < 0x80) {
            result += c;
        } else {
            result += char(0xc0 | byte >> 6);
            result += char(0x80 | (byte & 0x3f));
        }
    }
    return result;
}

void appendUtf8(std::string& text, char32_t code)
{
    constexpr char32_t kReplacement = 0xfffd;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        code = kReplacement;
    if (code < 0x80) {
        text += char(code);
    } else if (code < 0x800) {
        text += char(0xc0 | code >> 6);
        text += char(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        text += char(0xe0 | code >> 12);
        text += char(0x80 | (code >> 6 & 0x3f));
        text += char(0x80 | (code & 0x3f));
    } else {
        text += char(0xf0 | code >> 18);
        text += char(0x80 | (code >> 12 & 0x3f));
        text += char(0x80 | (code >> 6 & 0x3f));
        text += char(0x80 | (code & 0x3f));
    }
}

std::string_view withoutUtf8Mark(std::string_view text)
{
    if (text.starts_with(std::string_view("\xef\xbb\xbf")))
        text.remove_prefix(3);
    return text;
}

} // namespace sundial
