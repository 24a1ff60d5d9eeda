// SPDX-License-Identifier: GPL-3.0-or-later
// Changes marshalled data by its objects, so that what comes out is mostly still marshalled data.
#pragma once

#include "tests/fuzz/mutation.h"

#include <string>
#include <string_view>
#include <vector>

namespace sundial::test
{

/// One object and all that is in it: the bytes [begin, end).
struct MarshalSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
    unsigned depth = 0;
};

/// The objects of marshalled data in file order, up to the first byte that is none.
std::vector<MarshalSpan> marshalSpans(std::string_view bytes);

/// One change: an object replaced by another one, left out, doubled or turned into a reference, a number at an edge, a
/// wrong count, another type, or plain bytes changed.
std::string mutateMarshal(std::string bytes, std::size_t room, Choice& choice, const MutateBytes& mutateBytes);
/// `bytes` with one object replaced by one of `other`.
std::string crossMarshal(std::string bytes, std::string_view other, Choice& choice);

} // namespace sundial::test
