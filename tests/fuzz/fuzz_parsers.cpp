// SPDX-License-Identifier: GPL-3.0-or-later
// All formats, compressions and archives, by detection. See README.md in this folder.
#include "tests/fuzz/hostile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    sundial::test::openHostile(sundial::test::asText(data, size));
    return 0;
}
