// SPDX-License-Identifier: GPL-3.0-or-later
// pstats files, changed object by object. See README.md in this folder.
#include "tests/fuzz/hostile.h"
#include "tests/fuzz/libfuzzer.h"
#include "tests/fuzz/marshal_mutator.h"

using namespace sundial::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    openHostileAs("pstats", asText(data, size));
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed)
{
    Choice choice(seed);
    return store(mutateMarshal(std::string(asText(data, size)), room, choice, mutateByFuzzer), data, room);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data, std::size_t size, const std::uint8_t* other,
                                                 std::size_t otherSize, std::uint8_t* out, std::size_t room,
                                                 unsigned seed)
{
    Choice choice(seed);
    return store(crossMarshal(std::string(asText(data, size)), asText(other, otherSize), choice), out, room);
}
