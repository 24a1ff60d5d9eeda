// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/json_text.h"

#include <cstdint>

namespace sundial
{

namespace
{

/// The length of the UTF-8 sequence at the start of `text` (RFC 3629), or 0.
std::size_t sequenceLength(std::string_view text)
{
    const auto byte = [text](std::size_t i) { return i < text.size() ? std::uint8_t(text[i]) : std::uint8_t(0); };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead < 0xe0)
        return continues(1) ? 2 : 0;
    if (lead >= 0xe0 && lead < 0xf0) {
        const bool isOverlong = lead == 0xe0 && byte(1) < 0xa0;
        const bool isSurrogate = lead == 0xed && byte(1) >= 0xa0;
        return continues(1) && continues(2) && !isOverlong && !isSurrogate ? 3 : 0;
    }
    if (lead >= 0xf0 && lead < 0xf5) {
        const bool isInRange = lead == 0xf0 ? byte(1) >= 0x90 : lead < 0xf4 || byte(1) < 0x90;
        return continues(1) && continues(2) && continues(3) && isInRange ? 4 : 0;
    }
    return 0;
}

} // namespace

void appendJsonString(std::string& json, std::string_view text)
{
    constexpr std::string_view kReplacement = "\ufffd";
    constexpr std::string_view kHex = "0123456789abcdef";
    json += '"';
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        const auto byte = std::uint8_t(text.front());
        if (length == 0) {
            json += kReplacement;
        } else if (byte == '"' || byte == '\\') {
            json += '\\';
            json += text.front();
        } else if (byte < 0x20) {
            json += "\\u00";
            json += kHex[byte >> 4];
            json += kHex[byte & 15];
        } else {
            json += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    json += '"';
}

} // namespace sundial
