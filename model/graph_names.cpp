// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph_names.h"

#include "model/frame_name.h"

#include <unordered_map>

namespace sundial
{

namespace
{

/// Removes every balanced pair of brackets with what it holds; an unmatched bracket stays. O(length).
std::string withoutBrackets(std::string_view text, char open, char close)
{
    std::string result;
    std::vector<std::size_t> openAt;
    for (const char c : text) {
        if (c == close && !openAt.empty()) {
            result.resize(openAt.back());
            openAt.pop_back();
            continue;
        }
        if (c == open)
            openAt.push_back(result.size());
        result += c;
    }
    return result;
}

/// "config" for …/config.py, "pluggy" for …/pluggy/__init__.py, "_bootstrap" for <frozen importlib._bootstrap>.
std::string_view moduleStem(std::string_view file)
{
    const std::string_view frozen = "<frozen ";
    if (file.starts_with(frozen) && file.ends_with('>')) {
        const std::string_view name = file.substr(frozen.size(), file.size() - frozen.size() - 1);
        return name.substr(name.rfind('.') + 1); // npos + 1 is 0
    }
    const auto stem = [](std::string_view path) {
        path.remove_prefix(path.find_last_of("/\\") + 1); // npos + 1 is 0
        const std::size_t dot = path.rfind('.');
        return dot == 0 ? path : path.substr(0, dot); // .profile is a name; npos takes all
    };
    const std::string_view own = stem(file);
    const std::size_t slash = file.find_last_of("/\\");
    return own == "__init__" && slash != file.npos && slash > 0 ? stem(file.substr(0, slash)) : own;
}

} // namespace

std::string strippedName(std::string_view name)
{
    std::string result = withoutBrackets(name, '(', ')');
    if (result.ends_with(" const"))
        result.resize(result.size() - std::string_view(" const").size());
    result = withoutBrackets(result, '<', '>');
    return result.find_first_not_of(' ') == result.npos ? std::string(name) : result;
}

std::vector<std::string> graphNames(const PrunedGraph& graph, const FrameTable& frames, bool strip)
{
    std::vector<std::string> names;
    std::unordered_map<std::string, int> uses;
    names.reserve(graph.nodes.size());
    for (const GraphNode& node : graph.nodes) {
        const std::string name = frameName(frames, node.frame);
        names.push_back(strip ? strippedName(name) : name);
        ++uses[names.back()];
    }
    const auto extend = [&](auto&& longer) {
        std::unordered_map<std::string, int> next;
        for (std::size_t n = 0; n < names.size(); ++n) {
            if (uses[names[n]] > 1)
                names[n] = longer(graph.nodes[n].frame, names[n]);
            ++next[names[n]];
        }
        uses = std::move(next);
    };
    extend([&](FrameId f, const std::string& name) {
        const std::string_view module = moduleStem(frames.file(f));
        return module.empty() ? name : std::string(module) + '.' + name;
    });
    extend([&](FrameId f, const std::string& name) {
        return frames.line(f) > 0 ? name + ':' + std::to_string(frames.line(f)) : name;
    });
    return names;
}

} // namespace sundial
