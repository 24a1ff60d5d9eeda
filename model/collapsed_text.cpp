// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/collapsed_text.h"

#include "model/units.h"
#include "model/utf8_text.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace sundial
{

namespace
{

/// A name as no reader mistakes it: UTF-8 throughout, since the mark of UTF-16 may be what a name begins with, and
/// without zeros, which among plain characters would look like UTF-16 as well.
std::string clean(const std::string& text)
{
    std::string cleaned;
    cleaned.reserve(text.size());
    for (const char c : toValidUtf8(text)) {
        if (c == '\0')
            cleaned += kReplacementCharacter;
        else
            cleaned += c == ';' ? ':' : c == '\n' || c == '\r' ? ' ' : c;
    }
    return cleaned;
}

std::string nodeText(const CallTree& tree, NodeId n, const FrameTable& frames)
{
    switch (tree.kind(n)) {
    case NodeKind::Folded:
        return "(" + std::to_string(tree.estimate()->foldedCount[n.value]) + " smaller)";
    case NodeKind::Unattributed:
        return "(unattributed)";
    case NodeKind::Frame:
        break;
    }
    return clean(frameLabel(frames, tree.frame(n)));
}

} // namespace

std::string collapsedText(const CallTree& tree, MetricId metric, const FrameTable& frames, std::string_view prefix)
{
    std::vector<std::pair<std::string, double>> stacks;
    std::string path = clean(std::string(prefix));
    std::vector<std::size_t> ends{path.size()}; // by depth: where the path of that node ends
    if (const double idle = tree.self(metric, NodeId{0}); idle > 0)
        stacks.emplace_back(path, idle); // samples without a stack: they count in the total
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
        const NodeId n{i};
        ends.resize(tree.depth(n));
        path.resize(ends.back());
        if (tree.depth(n) > 1 || !prefix.empty()) // not by the path: a function may have no name
            path += ';';
        path += nodeText(tree, n, frames);
        ends.push_back(path.size());
        if (const double self = tree.self(metric, n); self > 0)
            stacks.emplace_back(path, self);
    }
    std::stable_sort(stacks.begin(), stacks.end(), [](const auto& a, const auto& b) { return a.first < b.first; });

    std::vector<std::string> lines;
    for (std::size_t i = 0; i < stacks.size();) {
        double sum = 0;
        const std::size_t first = i;
        for (; i < stacks.size() && stacks[i].first == stacks[first].first; ++i)
            sum += stacks[i].second;
        lines.push_back(std::move(stacks[first].first.append(" ").append(formatExact(sum)).append("\n")));
    }
    std::sort(lines.begin(), lines.end()); // whole lines, as `sort` compares them: a space comes before a `;`
    std::string text;
    for (const std::string& line : lines)
        text += line;
    return text;
}

} // namespace sundial
