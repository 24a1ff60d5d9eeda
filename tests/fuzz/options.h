// SPDX-License-Identifier: GPL-3.0-or-later
// What a fuzzer does with one command line: it is parsed and run, on a few small files in a folder of its own.
#pragma once

#include <string_view>

namespace sundial::test
{

/// One argument a line. Runs in the current folder, which has to be one that may be littered: whatever an argument
/// names, it is reached from there only. Aborts if the exit status is none that the manual promises.
void runHostileArguments(std::string_view lines);
/// Rules of `sundial check`: the lines as rules, and all of it as a budget file.
void readHostileRules(std::string_view text);

} // namespace sundial::test
