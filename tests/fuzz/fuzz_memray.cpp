// SPDX-License-Identifier: GPL-3.0-or-later
// memray captures, changed record by record. See README.md in this folder.
#include "tests/fuzz/capture_mutator.h"
#include "tests/fuzz/hostile.h"
#include "tests/fuzz/libfuzzer.h"

using namespace sundial::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    openHostileAs("memray", asText(data, size));
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed)
{
    Choice choice(seed);
    return store(mutateCapture(asText(data, size), room, choice, mutateByFuzzer), data, room);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data, std::size_t size, const std::uint8_t* other,
                                                 std::size_t otherSize, std::uint8_t* out, std::size_t room,
                                                 unsigned seed)
{
    Choice choice(seed);
    return store(crossCapture(asText(data, size), asText(other, otherSize), room, choice), out, room);
}
