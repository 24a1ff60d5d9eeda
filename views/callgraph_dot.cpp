// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/callgraph_dot.h"

#include "model/graph_names.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace sundial
{

namespace
{

constexpr std::size_t kWrapAt = 32;

/// A quoted string of DOT. A backslash of the file's is doubled, since "\n" and "\l" mean line ends there.
QByteArray quoted(const std::string& text)
{
    QByteArray out("\"");
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + '"';
}

std::string wrapAtSpaces(const std::string& name)
{
    std::string out;
    std::size_t lineStart = 0;
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t space = std::min(name.find(' ', begin), name.size());
        if (out.size() > lineStart && out.size() - lineStart + 1 + (space - begin) > kWrapAt) {
            out += '\n';
            lineStart = out.size();
        } else if (begin > 0) {
            out += ' ';
        }
        out.append(name, begin, space - begin);
        begin = space + 1;
    }
    return out;
}

std::string percent(double share)
{
    return QByteArray::number(100 * share, 'f', 2).toStdString() + '%';
}

/// "\n25×", or nothing where calls are not counted.
std::string callsLine(std::int64_t calls)
{
    return calls < 0 ? std::string() : '\n' + std::to_string(calls) + "\u00d7";
}

QByteArray colour(const QColor& color)
{
    return quoted(color.name().toStdString());
}

} // namespace

QByteArray toDot(const PrunedGraph& pruned, const CallGraph& graph, const FrameTable& frames, const Theme& theme,
                 const DotOptions& options)
{
    QByteArray out("digraph {\n\tgraph [fontname=\"Arial\", nodesep=0.125, ranksep=0.25];\n"
                   "\tnode [fontcolor=" +
                   colour(theme.text.primary) + ", fontname=\"Arial\", fontsize=10, shape=box, style=filled, color=" +
                   colour(theme.line.strong) + "];\n\tedge [fontcolor=" + colour(theme.text.secondary) +
                   ", fontname=\"Arial\", fontsize=10, color=" + colour(theme.line.control) + "];\n");
    for (const GraphNode& node : pruned.nodes) {
        std::string name = graphLabel(frames, node.frame);
        if (options.strip)
            name = strippedName(name);
        if (options.wrap)
            name = wrapAtSpaces(name);
        const double heat = options.heatBySelf ? (pruned.maxSelf > 0 ? node.self / pruned.maxSelf : 0) : node.total;
        const std::int64_t calls = graph.functions().calls[node.frame.value];
        out += '\t' + QByteArray::number(node.frame.value) + " [fillcolor=" + colour(theme.heatAt(heat)) + ", label=" +
               quoted(name + '\n' + percent(node.total) + "\n(" + percent(node.self) + ')' + callsLine(calls)) + "];\n";
    }
    for (const GraphEdge& edge : pruned.edges) {
        out += '\t' + QByteArray::number(pruned.nodes[edge.caller].frame.value) + " -> " +
               QByteArray::number(pruned.nodes[edge.callee].frame.value) +
               " [label=" + quoted(percent(edge.total) + callsLine(graph.edge(edge.edge).calls)) +
               ", penwidth=" + QByteArray::number(std::max(0.5, 4 * edge.total), 'f', 2) +
               ", arrowsize=" + QByteArray::number(0.5 * std::sqrt(std::max(0.5, 4 * edge.total)), 'f', 2) +
               (edge.back ? ", style=dashed" : "") + "];\n";
    }
    return out + "}\n";
}

} // namespace sundial
