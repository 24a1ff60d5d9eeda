// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/utf16.h"

#include "parsers/support/utf8.h"

#include <algorithm>

namespace sundial
{

namespace
{

using namespace std::string_view_literals;

enum class Order { None, LittleEndian, BigEndian };

/// Without a mark: text that starts with plain characters has a zero in every second byte, and nowhere else.
Order orderWithoutMark(std::string_view text)
{
    constexpr std::size_t kLooked = 16;
    const std::string_view start = text.substr(0, kLooked);
    if (start.size() < 4 || start.size() % 2 != 0)
        return Order::None;
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < start.size(); ++i)
        zeros[i % 2] += start[i] == 0;
    if (zeros[0] == 0 && zeros[1] == start.size() / 2)
        return Order::LittleEndian;
    return zeros[1] == 0 && zeros[0] == start.size() / 2 ? Order::BigEndian : Order::None;
}

} // namespace

std::optional<std::string> utf8FromUtf16(std::string_view text)
{
    Order order = Order::None;
    if (text.starts_with("\xff\xfe"sv) || text.starts_with("\xfe\xff"sv)) {
        order = text[0] == '\xff' ? Order::LittleEndian : Order::BigEndian;
        text.remove_prefix(2);
    } else {
        order = orderWithoutMark(text);
    }
    if (order == Order::None)
        return std::nullopt;
    const std::size_t high = order == Order::LittleEndian ? 1 : 0;
    const auto unitAt = [&](std::size_t i) {
        return char32_t(static_cast<unsigned char>(text[i + high]) << 8 |
                        static_cast<unsigned char>(text[i + 1 - high]));
    };
    std::string utf8;
    utf8.reserve(text.size() / 2 + text.size() / 8);
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        char32_t code = unitAt(i);
        if (code >= 0xd800 && code < 0xdc00 && i + 3 < text.size()) {
            const char32_t low = unitAt(i + 2);
            if (low >= 0xdc00 && low < 0xe000) {
                code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        appendUtf8(utf8, code);
    }
    return utf8;
}

} // namespace sundial
