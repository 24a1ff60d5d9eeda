// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote a file of collapsed stacks, as far as it decides how to read it.
#pragma once

#include <string_view>

namespace sundial::collapsed
{

enum class Dialect {
    Folded,     ///< "a;b 3": FlameGraph's scripts, inferno, py-spy.
    Difference, ///< "a;b 3 5": inferno-diff-folded, difffolded.pl. Every line has two counts, else it is Folded.
    Austin,     ///< "P1;T0:2;file:name:line 10149", with "# key: value" around.
    ThreadId,   ///< "tid:2;file:name:line 3": Python's profiling.sampling.
};

/// Looks at as many lines as it takes to be sure.
Dialect dialectOf(std::string_view text);

/// Whether this is Austin's binary form (MOJO), which no dialect is: "MOJ", then the version as a byte. A stack of text
/// may begin with these letters too.
bool isAustinBinary(std::string_view text);

/// The outer part of a stack that names its process and thread, without the `;` behind it: empty if there is none.
std::string_view laneOf(std::string_view stack, Dialect dialect);

} // namespace sundial::collapsed
