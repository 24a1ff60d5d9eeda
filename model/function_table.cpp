// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/function_table.h"

namespace sundial
{

FunctionTable functionTable(const CallTree& tree, MetricId metric, std::uint32_t frameCount, MetricId blocks)
{
    FunctionTable table;
    table.self.assign(frameCount, 0);
    table.total.assign(frameCount, 0);
    table.calls.assign(frameCount, kCallsUnknown);
    table.primitiveCalls.assign(frameCount, kCallsUnknown);
    table.listed.assign(frameCount, false);
    if (blocks)
        table.blocks.assign(frameCount, 0);
    // Depth-first order makes "has an ancestor of the same frame" a range check: n is inside the last outermost node of
    // its frame if that node's subtree has not ended.
    std::vector<std::uint32_t> outermostEnd(frameCount, 0);
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        const FrameId f = tree.frame(n);
        if (!f)
            continue;
        table.listed[f.value] = true;
        table.self[f.value] += tree.self(metric, n);
        if (blocks)
            table.blocks[f.value] += tree.self(blocks, n);
        if (i >= outermostEnd[f.value]) {
            table.total[f.value] += tree.total(metric, n);
            outermostEnd[f.value] = tree.subtreeEnd(n).value;
        }
    }
    for (const double self : table.self)
        table.totalSelf += self;
    return table;
}

} // namespace sundial
