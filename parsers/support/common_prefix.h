// SPDX-License-Identifier: GPL-3.0-or-later
// How far two texts agree: stacks that follow each other in a file mostly start alike, and what is alike needs no
// parsing.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sundial
{

/// The number of leading bytes that are equal in both. Eight at a time.
inline std::size_t commonPrefix(std::string_view a, std::string_view b)
{
    static_assert(std::endian::native == std::endian::little);
    const std::size_t size = std::min(a.size(), b.size());
    std::size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        std::uint64_t x, y;
        std::memcpy(&x, a.data() + i, 8);
        std::memcpy(&y, b.data() + i, 8);
        if (x != y)
            return i + std::size_t(std::countr_zero(x ^ y)) / 8;
    }
    while (i < size && a[i] == b[i])
        ++i;
    return i;
}

} // namespace sundial
