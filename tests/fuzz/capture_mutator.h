// SPDX-License-Identifier: GPL-3.0-or-later
// Changes memray captures by their records, LZ4 or not, so that what comes out is mostly still a capture.
#pragma once

#include "tests/fuzz/mutation.h"

#include <string>
#include <string_view>
#include <vector>

namespace sundial::test
{

/// The content of an LZ4 frame, up to its first damage or `room` bytes; anything else as it is.
std::string unpackedCapture(std::string_view bytes, std::size_t room);
std::string packedCapture(std::string_view bytes);

/// Where the records of an unpacked capture start, the header's end first and the end of the last record last. Empty if
/// the header cannot be told. Knows formats 7 to 13, streams and sums.
std::vector<std::size_t> captureRecords(std::string_view bytes);

/// One change: a record left out, doubled, moved, replaced by one of another place or made up; a field of the header;
/// plain bytes of one record. Sometimes packed at the end.
std::string mutateCapture(std::string_view bytes, std::size_t room, Choice& choice, const MutateBytes& mutateBytes);
/// The start of one capture and the end of another, cut between records.
std::string crossCapture(std::string_view bytes, std::string_view other, std::size_t room, Choice& choice);

} // namespace sundial::test
