// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sandwich.h"

#include "model/invert.h"

#include <algorithm>

namespace sundial
{

namespace
{

constexpr std::uint64_t kMostCallers = 20'000'000; // nodes

/// How many levels of callers there is room for.
std::uint32_t callerDepth(const CallTree& tree, FrameId function)
{
    std::uint64_t calls = 0, frames = 0;
    for (std::uint32_t i = 1; i < tree.size();) {
        const NodeId n{i};
        if (!(tree.frame(n) == function)) {
            ++i;
            continue;
        }
        ++calls;
        frames += tree.depth(n);
        i = tree.subtreeEnd(n).value;
    }
    return frames <= kMostCallers ? UINT32_MAX : std::uint32_t(std::max<std::uint64_t>(kMostCallers / calls, 2));
}

AnalysisPtr side(const Analysis& analysis, CallTree tree)
{
    auto result = std::make_shared<Analysis>();
    result->profile = analysis.profile;
    result->metric = analysis.metric;
    result->options = analysis.options;
    result->total = analysis.total;
    result->tree = std::move(tree);
    return result;
}

} // namespace

Sandwich sandwich(const Analysis& analysis, FrameId function)
{
    const CallTree& tree = analysis.paths;
    CallTree callers = callersOf(tree, function, callerDepth(tree, function));
    return {function, side(analysis, std::move(callers)), side(analysis, calleesOf(tree, function))};
}

} // namespace sundial
