// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/json_text.h"

#include "model/utf8_text.h"

#include <cstdint>

namespace sundial
{

void appendJsonString(std::string& json, std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    json += '"';
    while (!text.empty()) {
        const Utf8Step step = utf8Step(text);
        const auto byte = std::uint8_t(text.front());
        if (!step.isValid) {
            json += kReplacementCharacter;
        } else if (byte == '"' || byte == '\\') {
            json += '\\';
            json += text.front();
        } else if (byte < 0x20) {
            json += "\\u00";
            json += kHex[byte >> 4];
            json += kHex[byte & 15];
        } else {
            json += text.substr(0, step.length);
        }
        text.remove_prefix(step.length);
    }
    json += '"';
}

} // namespace sundial
