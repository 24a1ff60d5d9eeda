// SPDX-License-Identifier: GPL-3.0-or-later
// Where a change went: from the total before through the largest changes to the total after, without a gap.
#pragma once

#include "model/diff.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sundial
{

enum class WaterfallBy : std::uint8_t {
    Function,
    Module, ///< Packages, modules of the standard library, folders of own code.
    Owner,  ///< Own code, libraries, built-ins.
};

/// One bar. It starts where the one before it ended.
struct WaterfallStep {
    std::string label;            ///< Function or module; "9 smaller" for the rest.
    FrameId row;                  ///< For WaterfallBy::Function; none for the rest.
    std::size_t folded = 0;       ///< How many changes the rest stands for; 0 for a bar of its own.
    double before = 0, after = 0; ///< Self on both sides.
    double start = 0, end = 0;    ///< In the comparison's unit. end − start is the change.
    double delta() const { return end - start; }
};

/// Steps by |Δ| descending, the rest last. The first starts at `before`, the last ends at `after`: exactly.
struct Waterfall {
    double before = 0, after = 0;
    std::vector<WaterfallStep> steps;
};
/// At most `largest` bars and the rest. O(rows log rows).
Waterfall waterfall(const Comparison& comparison, WaterfallBy by, std::size_t largest = 8);

} // namespace sundial
