// SPDX-License-Identifier: GPL-3.0-or-later
// What fuzzers do with one input: everything that opening a file does before a window sees it, and what is derived from
// it on a worker. Functions abort if a promise is broken; a refusal has to be a sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sundial::test
{

/// Decompresses, looks into archives and opens each member, detects and parses.
void openHostile(std::string_view bytes);
/// The same as one format, whatever the bytes look like.
void openHostileAs(std::string_view formatId, std::string_view bytes);

inline std::string_view asText(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

} // namespace sundial::test
