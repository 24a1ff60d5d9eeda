// SPDX-License-Identifier: GPL-3.0-or-later
// What the fuzzers with a mutator of their own need of libFuzzer.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

namespace sundial::test
{

inline void mutateByFuzzer(std::string& bytes, std::size_t room)
{
    const std::size_t size = bytes.size();
    bytes.resize(std::max<std::size_t>({room, size, 1}));
    bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), size, bytes.size()));
}

inline std::size_t store(const std::string& bytes, std::uint8_t* place, std::size_t room)
{
    const std::size_t size = std::min(bytes.size(), room);
    std::memcpy(place, bytes.data(), size);
    return size;
}

} // namespace sundial::test
