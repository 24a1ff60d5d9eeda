// SPDX-License-Identifier: GPL-3.0-or-later
// Hashing of ids. libstdc++'s std::hash of an integer is the integer, and robin_map masks its low bits: a pair of ids
// packed into 64 bits would collide on everything but its second half.
#pragma once

#include "model/ids.h"

#include <cstddef>
#include <cstdint>

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

} // namespace sundial
