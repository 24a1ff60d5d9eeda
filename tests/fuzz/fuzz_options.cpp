// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: one argument a line; text that starts with "rules:" is read as rules of `sundial check` instead.
// Runs in the current folder, in which the files of corpus/options/ named file-* are worth having. See README.md.
#include "tests/fuzz/hostile.h"
#include "tests/fuzz/options.h"

using namespace sundial::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::string_view kRules = "rules:";
    const std::string_view text = asText(data, size);
    if (text.starts_with(kRules))
        readHostileRules(text.substr(kRules.size()));
    else
        runHostileArguments(text);
    return 0;
}
