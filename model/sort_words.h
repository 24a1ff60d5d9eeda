// SPDX-License-Identifier: GPL-3.0-or-later
// The words by which people name an order of the function table: those of pstats.Stats.sort_stats, and Sundial's own.
#pragma once

#include "model/function_order.h"
#include "model/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

struct SortOrder {
    std::vector<SortKey> keys;
    std::string title; ///< As pstats prints it: "internal time, function name".
};

/// Reads "time,name": words of pstats, unique beginnings of them, its numbers -1 to 2, or `self` and `total`. A
/// beginning is unique if all its words mean the same column: `cum` is fine here, though pstats refuses it because two
/// spellings of that column begin so. Errors: Malformed, with the words that exist.
Result<SortOrder> parseSortOrder(std::string_view words);

} // namespace sundial
