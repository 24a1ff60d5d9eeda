// SPDX-License-Identifier: GPL-3.0-or-later
// What structure-aware mutators share: a seeded choice, and the fuzzer's own mutation of plain bytes.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <random>
#include <string>

namespace sundial::test
{

/// Changes bytes as the fuzzer would, to at most `room` of them. A replay without a fuzzer flips bits.
using MutateBytes = std::function<void(std::string& bytes, std::size_t room)>;

class Choice
{
public:
    explicit Choice(unsigned seed) : m_random(seed) {}
    std::size_t below(std::size_t count) { return count < 2 ? 0 : std::size_t(m_random()) % count; }
    bool oneIn(std::size_t count) { return below(count) == 0; }
    /// A number at an edge of some type.
    std::uint64_t edge()
    {
        constexpr std::array<std::uint64_t, 12> kEdges = {
            0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, INT64_MAX, UINT64_MAX};
        return kEdges[below(kEdges.size())] + below(3) - 1;
    }

private:
    std::minstd_rand m_random;
};

} // namespace sundial::test
