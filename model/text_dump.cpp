// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/text_dump.h"

#include <algorithm>

namespace sundial
{

std::string dumpTree(const Profile& profile, const CallTree& tree, MetricId metric)
{
    std::string text;
    std::vector<NodeId> open{NodeId{0}};
    while (!open.empty()) {
        const NodeId n = open.back();
        open.pop_back();
        if (n.value != 0) {
            text.append(tree.depth(n) - 1, ' ');
            const char* const special = tree.kind(n) == NodeKind::Folded ? "(smaller)" : "(unattributed)";
            text += tree.frame(n) ? std::string(profile.frames.name(tree.frame(n))) : std::string(special);
            text += ' ' + formatExact(tree.self(metric, n)) + '/' + formatExact(tree.total(metric, n)) + '\n';
        }
        const std::size_t first = open.size();
        tree.forEachChild(n, [&open](NodeId child) { open.push_back(child); });
        std::stable_sort(open.begin() + std::ptrdiff_t(first), open.end(),
                         [&](NodeId a, NodeId b) { return tree.total(metric, a) > tree.total(metric, b); });
        std::reverse(open.begin() + std::ptrdiff_t(first), open.end());
    }
    return text;
}

std::string dumpArcs(const Profile& profile)
{
    std::string text;
    const FunctionTable& table = profile.arcs.functions();
    const auto calls = [](std::int64_t all, std::int64_t primitive) {
        return std::to_string(all) + '/' + std::to_string(primitive);
    };
    for (std::uint32_t f = 0; f < table.size(); ++f) {
        if (table.listed[f])
            text += frameLabel(profile.frames, FrameId{f}) + ' ' + calls(table.calls[f], table.primitiveCalls[f]) +
                    ' ' + formatExact(table.self[f]) + ' ' + formatExact(table.total[f]) + '\n';
    }
    for (const Edge& e : profile.arcs.edges())
        text += frameLabel(profile.frames, e.caller) + " > " + frameLabel(profile.frames, e.callee) + ' ' +
                calls(e.calls, e.primitiveCalls) + ' ' + formatExact(e.self) + ' ' + formatExact(e.total) + '\n';
    return text;
}

} // namespace sundial
