// SPDX-License-Identifier: GPL-3.0-or-later
// Functions put together by source file or by module, with sums that are true.
#pragma once

#include "model/analysis.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sundial
{

enum class GroupBy : std::uint8_t { None, File, Module };

struct FunctionGroup {
    std::string name;                   ///< The module's name, or the file as the profile tells it.
    std::vector<std::uint32_t> members; ///< FrameIds, in the order in which they were given.
    double self = 0;
    /// Weight of all stacks with a member in them, each counted once; from an exact tree. Without paths the totals of
    /// functions that call each other cannot be added up, so it is known for groups of one alone.
    std::optional<double> total;
    std::int64_t calls = kCallsUnknown;
    double blocks = 0; ///< Of memory, where the table counts them.
};

/// Groups `frames`, in the order of their first member. O(frames), and O(nodes) for totals from an exact tree.
std::vector<FunctionGroup> groupFunctions(const Analysis& analysis, std::span<const std::uint32_t> frames,
                                          GroupBy groupBy);

} // namespace sundial
