// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/function_groups.h"

namespace sundial
{

namespace
{

constexpr std::uint32_t kNoGroup = UINT32_MAX;

/// Adds the totals of each group's outermost nodes: those with no ancestor in the same group.
void addTreeTotals(const Analysis& analysis, std::span<const std::uint32_t> groupOfFrame,
                   std::vector<FunctionGroup>& groups)
{
    const CallTree& tree = analysis.tree;
    std::vector<std::uint32_t> openUntil(groups.size(), 0); // by group: the end of its outermost open node
    for (FunctionGroup& group : groups)
        group.total = 0;
    for (std::uint32_t n = 1; n < tree.size(); ++n) {
        const FrameId frame = tree.frame(NodeId{n});
        const std::uint32_t g = frame ? groupOfFrame[frame.value] : kNoGroup;
        if (g == kNoGroup || n < openUntil[g])
            continue;
        openUntil[g] = tree.subtreeEnd(NodeId{n}).value;
        *groups[g].total += tree.total(analysis.metric, NodeId{n});
    }
}

} // namespace

std::vector<FunctionGroup> groupFunctions(const Analysis& analysis, std::span<const std::uint32_t> frames,
                                          GroupBy groupBy)
{
    const FrameTable& table = analysis.frames();
    const FunctionTable& functions = analysis.functions();
    const bool byFile = groupBy == GroupBy::File;
    std::vector<std::uint32_t> groupOfKey(byFile ? table.strings().size() : analysis.modules.modules.size(), kNoGroup);
    std::vector<std::uint32_t> groupOfFrame(table.size(), kNoGroup);
    std::vector<FunctionGroup> groups;
    for (const std::uint32_t f : frames) {
        const std::uint32_t key = byFile ? table.key(FrameId{f}).file.value : analysis.modules.ofFrame[f].value;
        std::uint32_t& g = groupOfKey[key];
        if (g == kNoGroup) {
            g = std::uint32_t(groups.size());
            groups.emplace_back().name =
                byFile ? std::string(table.file(FrameId{f})) : analysis.modules.of(FrameId{f}).name;
        }
        groupOfFrame[f] = g;
        FunctionGroup& group = groups[g];
        group.members.push_back(f);
        if (!functions.listed[f])
            continue;
        group.self += functions.self[f];
        group.blocks += functions.blocks.empty() ? 0 : functions.blocks[f];
        if (functions.calls[f] >= 0)
            group.calls = std::max<std::int64_t>(group.calls, 0) + functions.calls[f];
    }
    if (analysis.profile->origin == TreeOrigin::Exact) {
        addTreeTotals(analysis, groupOfFrame, groups);
        return groups;
    }
    for (FunctionGroup& group : groups) {
        if (group.members.size() == 1 && functions.listed[group.members.front()])
            group.total = functions.total[group.members.front()];
    }
    return groups;
}

} // namespace sundial
