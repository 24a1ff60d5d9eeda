// SPDX-License-Identifier: GPL-3.0-or-later
// What a fuzzer does with one input: everything that opening a file does before a window sees it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sundial::test
{

/// Detects and parses, looks into archives, and checks every promise of a profile that comes out. Aborts if one is
/// broken; a refusal has to be a sentence.
void openHostile(const std::uint8_t* data, std::size_t size);

} // namespace sundial::test
