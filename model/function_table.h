// SPDX-License-Identifier: GPL-3.0-or-later
// The flat profile: what each function holds, whatever the path to it.
#pragma once

#include "model/call_tree.h"
#include "model/ids.h"

#include <cstdint>
#include <vector>

namespace sundial
{

constexpr std::int64_t kCallsUnknown = -1;

/// One row a frame, indexed by FrameId; rows of frames that the file only mentions as callers are not `listed`.
/// self is the sum over all nodes of a frame; total counts the outermost nodes only, so recursion is counted once and
/// nothing exceeds 100 % (PRODUCT semantics). Calls are kCallsUnknown where the format counts none.
struct FunctionTable {
    std::vector<double> self;
    std::vector<double> total;
    std::vector<std::int64_t> calls;
    std::vector<std::int64_t> primitiveCalls;
    std::vector<double> blocks; ///< Of bytes of memory: in how many blocks self lies. Empty otherwise.
    std::vector<bool> listed;
    double totalSelf = 0; ///< Σ self over the listed rows, in file order: what 100 % is.

    std::uint32_t size() const { return std::uint32_t(self.size()); }
};

/// Derives the table from an exact tree; `blocks` is the metric that counts the blocks of a metric of memory, if there
/// is one. O(nodes); one pass without a stack.
FunctionTable functionTable(const CallTree& tree, MetricId metric, std::uint32_t frameCount, MetricId blocks = {});

} // namespace sundial
