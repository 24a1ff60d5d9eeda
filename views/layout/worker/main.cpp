// SPDX-License-Identifier: MIT
// sundial-layout: reads one graph on stdin, lays it out with Graphviz' dot, writes its geometry on stdout.
//
// A program of its own, because Graphviz keeps global state, cannot be interrupted (its caller kills the process) and
// is under the EPL. It knows nothing of profiles: nodes are boxes whose sizes the caller has measured.
//
// Protocol, version 1: lines of ASCII, numbers in C notation, lengths in the caller's pixels, y downwards.
//   in   graph 1 NODES EDGES CLUSTERS RANKSEP NODESEP
//        n WIDTH HEIGHT                     one line a node; a node's number is its place, from 0
//        e FROM TO WEIGHT KIND              one line an edge; WEIGHT 1…1000 pulls its ends together; KIND f: downwards,
//                                           b: a back edge, which runs upwards
//        c COUNT NODE…                      one line a cluster; no node in two
//        end
//   out  graph WIDTH HEIGHT
//        n X Y                              centre
//        e COUNT X Y …                      control points of a cubic Bézier path, in the edge's direction: 1 + 3k;
//                                           COUNT 0 if the edge could not be routed
//        c X0 Y0 X1 Y1                      the cluster's box
//        end
// Exit status: 0; 1 after one line on stderr, if the input is not as above or Graphviz gives up.

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <algorithm>
#include <clocale>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace
{

constexpr double kPointsPerInch = 72;
constexpr std::size_t kManyNodes = 100;         ///< Up to here dot takes some 10 ms, whatever its effort.
constexpr std::uint32_t kMostItems = 1'000'000; ///< Of each kind; far beyond what dot can lay out.

struct Node {
    double width, height;
};
struct EdgeLine {
    std::uint32_t from, to, weight;
    bool back;
};
struct Input {
    double rankSep = 0, nodeSep = 0;
    std::vector<Node> nodes;
    std::vector<EdgeLine> edges;
    std::vector<std::vector<std::uint32_t>> clusters;
};

[[noreturn]] void fail(const char* message)
{
    std::fprintf(stderr, "sundial-layout: %s\n", message);
    std::exit(1);
}

bool isLength(double value)
{
    return value >= 0 && value < 1e6; // false for NaN
}

Input readInput()
{
    Input input;
    unsigned version = 0;
    std::uint32_t nodes = 0, edges = 0, clusters = 0;
    if (std::scanf(" graph %u %u %u %u %lf %lf", &version, &nodes, &edges, &clusters, &input.rankSep, &input.nodeSep) !=
            6 ||
        version != 1 || nodes > kMostItems || edges > kMostItems || clusters > nodes || !isLength(input.rankSep) ||
        !isLength(input.nodeSep))
        fail("the input does not begin with a graph of version 1");
    for (std::uint32_t i = 0; i < nodes; ++i) {
        Node node{};
        if (std::scanf(" n %lf %lf", &node.width, &node.height) != 2 || !isLength(node.width) || !isLength(node.height))
            fail("a node is not as expected");
        input.nodes.push_back(node);
    }
    for (std::uint32_t i = 0; i < edges; ++i) {
        EdgeLine edge{};
        char kind = 0;
        if (std::scanf(" e %u %u %u %c", &edge.from, &edge.to, &edge.weight, &kind) != 4 || edge.from >= nodes ||
            edge.to >= nodes || (kind != 'f' && kind != 'b'))
            fail("an edge is not as expected");
        edge.weight = std::clamp(edge.weight, 1u, 1000u);
        edge.back = kind == 'b';
        input.edges.push_back(edge);
    }
    std::vector<bool> clustered(nodes, false);
    for (std::uint32_t i = 0; i < clusters; ++i) {
        std::uint32_t count = 0;
        if (std::scanf(" c %u", &count) != 1 || count > nodes)
            fail("a cluster is not as expected");
        std::vector<std::uint32_t> members(count);
        for (std::uint32_t& node : members) {
            if (std::scanf("%u", &node) != 1 || node >= nodes || clustered[node])
                fail("a cluster's node is not as expected");
            clustered[node] = true;
        }
        input.clusters.push_back(std::move(members));
    }
    char end[4] = {};
    if (std::scanf(" %3s", end) != 1 || std::strcmp(end, "end") != 0)
        fail("the input has no end");
    return input;
}

/// cgraph takes `char*` for what it only reads.
char* text(const char* constant)
{
    return const_cast<char*>(constant);
}

void set(void* object, const char* name, const std::string& value)
{
    agsafeset(object, text(name), text(value.c_str()), text(""));
}

void set(void* object, const char* name, double value)
{
    set(object, name, std::to_string(value));
}

struct Drawing {
    Agraph_t* graph;
    std::vector<Agnode_t*> nodes;
    std::vector<Agedge_t*> edges;
    std::vector<Agraph_t*> clusters;
};

Drawing build(const Input& input)
{
    Drawing drawing;
    Agraph_t* graph = drawing.graph = agopen(text("g"), Agdirected, nullptr);
    set(graph, "ranksep", input.rankSep / kPointsPerInch);
    set(graph, "nodesep", input.nodeSep / kPointsPerInch);
    if (input.nodes.size() > kManyNodes) {
        // A bound on the network simplex halves the time of 300 nodes and more, and makes the picture narrower.
        set(graph, "nslimit", 2);
        set(graph, "nslimit1", 2);
    }
    // No labels and no arrows: text is the caller's, and without it Graphviz loads neither fonts nor Pango.
    agattr(graph, AGNODE, text("shape"), text("box"));
    agattr(graph, AGNODE, text("label"), text(""));
    agattr(graph, AGNODE, text("fixedsize"), text("true"));
    agattr(graph, AGEDGE, text("arrowhead"), text("none"));

    for (std::size_t i = 0; i < input.nodes.size(); ++i) {
        Agnode_t* node = agnode(graph, text(std::to_string(i).c_str()), 1);
        set(node, "width", input.nodes[i].width / kPointsPerInch);
        set(node, "height", input.nodes[i].height / kPointsPerInch);
        drawing.nodes.push_back(node);
    }
    for (std::size_t i = 0; i < input.clusters.size(); ++i) {
        Agraph_t* cluster = agsubg(graph, text(("cluster" + std::to_string(i)).c_str()), 1);
        for (const std::uint32_t node : input.clusters[i])
            agsubnode(cluster, drawing.nodes[node], 1);
        set(cluster, "margin", input.nodeSep / 2);
        drawing.clusters.push_back(cluster);
    }
    for (std::size_t i = 0; i < input.edges.size(); ++i) {
        const EdgeLine& line = input.edges[i];
        // A back edge is given to dot upside down, so that its own search for cycles finds none and the ranks follow
        // the caller's choice. Its path is turned round again when it is written.
        Agnode_t* tail = drawing.nodes[line.back ? line.to : line.from];
        Agnode_t* head = drawing.nodes[line.back ? line.from : line.to];
        Agedge_t* edge = agedge(graph, tail, head, text(std::to_string(i).c_str()), 1);
        set(edge, "weight", std::to_string(line.weight));
        drawing.edges.push_back(edge);
    }
    return drawing;
}

void write(const Input& input, const Drawing& drawing)
{
    const boxf box = GD_bb(drawing.graph);
    const auto x = [&](double value) { return value - box.LL.x; };
    const auto y = [&](double value) { return box.UR.y - value; };
    std::printf("graph %.2f %.2f\n", box.UR.x - box.LL.x, box.UR.y - box.LL.y);
    for (Agnode_t* node : drawing.nodes)
        std::printf("n %.2f %.2f\n", x(ND_coord(node).x), y(ND_coord(node).y));
    for (std::size_t i = 0; i < drawing.edges.size(); ++i) {
        const splines* path = ED_spl(drawing.edges[i]);
        if (!path || path->size < 1) {
            std::printf("e 0\n");
            continue;
        }
        const bezier& curve = path->list[0];
        std::printf("e %d", curve.size);
        for (int k = 0; k < curve.size; ++k) {
            const pointf& point = curve.list[input.edges[i].back ? curve.size - 1 - k : k];
            std::printf(" %.2f %.2f", x(point.x), y(point.y));
        }
        std::printf("\n");
    }
    for (Agraph_t* cluster : drawing.clusters) {
        const boxf bounds = GD_bb(cluster);
        std::printf("c %.2f %.2f %.2f %.2f\n", x(bounds.LL.x), y(bounds.UR.y), x(bounds.UR.x), y(bounds.LL.y));
    }
    std::printf("end\n");
}

} // namespace

int main()
{
    std::setlocale(LC_ALL, "C");
    const Input input = readInput();
    GVC_t* context = gvContext();
    const Drawing drawing = build(input);
    if (gvLayout(context, drawing.graph, "dot") != 0)
        fail("Graphviz could not lay out the graph");
    write(input, drawing);
    // Freeing a large drawing takes longer than the kernel does.
    std::_Exit(std::fflush(stdout) == 0 ? 0 : 1);
}
