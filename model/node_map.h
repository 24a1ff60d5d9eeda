// SPDX-License-Identifier: GPL-3.0-or-later
// Where the stacks of one tree stand in another that was made of it.
#pragma once

#include <cstdint>
#include <vector>

namespace sundial
{

constexpr std::uint32_t kNotShown = UINT32_MAX;

/// By node of the one tree: the node of the other in which its stack ends, or kNotShown where that was left out. Empty:
/// each where it was.
using NodeMap = std::vector<std::uint32_t>;

} // namespace sundial
