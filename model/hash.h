// SPDX-License-Identifier: GPL-3.0-or-later
// Hashing of ids. libstdc++'s std::hash of an integer is the integer, and robin_map masks its low bits: a pair of ids
// packed into 64 bits would collide on everything but its second half.
#pragma once

#include "model/ids.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sundial
{

/// Spreads every bit of `key` over the whole word (the finalizer of SplitMix64).
constexpr std::uint64_t mixBits(std::uint64_t key)
{
    key = (key ^ key >> 30) * 0xbf58476d1ce4e5b9u;
    key = (key ^ key >> 27) * 0x94d049bb133111ebu;
    return key ^ key >> 31;
}

/// Two ids in one word, as the key of a hash table.
constexpr std::uint64_t packPair(std::uint32_t first, std::uint32_t second)
{
    return std::uint64_t(first) << 32 | second;
}

struct PairHash {
    std::size_t operator()(std::uint64_t pair) const { return std::size_t(mixBits(pair)); }
};

/// Text, eight bytes at a time: names of frames are some thirty bytes, and a file has a million of them.
struct TextHash {
    std::size_t operator()(std::string_view text) const
    {
        constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15u;
        std::uint64_t hash = text.size();
        const char* p = text.data();
        std::size_t left = text.size();
        for (; left >= 8; p += 8, left -= 8) {
            std::uint64_t word;
            std::memcpy(&word, p, 8);
            hash = (hash ^ word) * kFactor;
            hash ^= hash >> 32;
        }
        std::uint64_t rest = 0;
        std::memcpy(&rest, p, left);
        return std::size_t(mixBits(hash ^ rest));
    }
};

} // namespace sundial
