// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/utf8_text.h"

#include <cstdint>

namespace sundial
{

Utf8Step utf8Step(std::string_view text)
{
    const auto byte = [text](std::size_t i) { return i < text.size() ? std::uint8_t(text[i]) : std::uint8_t(0); };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
    constexpr Utf8Step kBadByte{1, false};
    const std::uint8_t lead = byte(0);
    if (lead < 0x80)
        return {1, true};
    if (lead >= 0xc2 && lead < 0xe0)
        return continues(1) ? Utf8Step{2, true} : kBadByte;
    if (lead >= 0xe0 && lead < 0xf0) {
        const bool isOverlong = lead == 0xe0 && byte(1) < 0xa0;
        const bool isSurrogate = lead == 0xed && byte(1) >= 0xa0;
        return continues(1) && continues(2) && !isOverlong ? Utf8Step{3, !isSurrogate} : kBadByte;
    }
    if (lead >= 0xf0 && lead < 0xf5) {
        const bool isInRange = lead == 0xf0 ? byte(1) >= 0x90 : lead < 0xf4 || byte(1) < 0x90;
        return continues(1) && continues(2) && continues(3) && isInRange ? Utf8Step{4, true} : kBadByte;
    }
    return kBadByte;
}

std::string toValidUtf8(std::string_view text)
{
    std::string valid;
    while (!text.empty()) {
        const Utf8Step step = utf8Step(text);
        valid += step.isValid ? text.substr(0, step.length) : kReplacementCharacter;
        text.remove_prefix(step.length);
    }
    return valid;
}

} // namespace sundial
