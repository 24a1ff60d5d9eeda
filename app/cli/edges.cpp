// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/edges.h"

#include "app/cli/function_output.h"
#include "app/cli/output.h"

#include <memory>

namespace sundial::cli
{

namespace
{

struct Options : CommonOptions {
    std::string file;
    SelectOptions select{.sort = "cumulative", .reverse = false, .patterns = {std::string()}, .count = 0};
    EdgeSide side = EdgeSide::Callers;
};

/// The edges of one function on the chosen side, and which of their ends to show.
struct Side {
    std::vector<EdgeId> edges;
    FrameId Edge::*otherEnd;
};

Side edgesOf(const StatsSource& source, FrameId frame, EdgeSide side)
{
    FrameId Edge::*const otherEnd = side == EdgeSide::Callers ? &Edge::caller : &Edge::callee;
    const auto edges = side == EdgeSide::Callers ? source.graph.callers(frame) : source.graph.callees(frame);
    return {sortedEdges(source, edges, otherEnd), otherEnd};
}

std::string toJson(const StatsSource& source, const Profile& profile, const Selection& selection, EdgeSide side)
{
    const CallGraph& graph = source.graph;
    const FunctionTable& table = graph.functions();
    JsonWriter json;
    json.beginObject();
    writeMetric(json, source.metric);
    json.key("functions").beginArray();
    for (const FrameId frame : selection.rows) {
        json.beginObject();
        writeFunction(json, profile, frame);
        json.member("self", table.self[frame.value])
            .member("total", table.total[frame.value])
            .key("edges")
            .beginArray();
        const Side chosen = edgesOf(source, frame, side);
        for (const EdgeId e : chosen.edges) {
            const Edge& edge = graph.edge(e);
            json.beginObject(true);
            writeFunction(json, profile, edge.*chosen.otherEnd);
            if (graph.dialect().edgeCounts) { // no times of its own
                json.member("calls", knownCalls(graph, edge.calls));
                json.member("primitive_calls", std::optional<std::int64_t>());
                json.member("self", std::optional<double>()).member("total", std::optional<double>());
            } else {
                writeCounts(json, graph, edge.calls, edge.primitiveCalls, edge.self, edge.total);
            }
            json.endObject();
        }
        json.endArray().endObject();
    }
    json.endArray().endObject();
    return std::move(json).take();
}

/// One line an edge: the function, then the other end and the edge's numbers.
std::vector<TableRow> toTable(const StatsSource& source, const Selection& selection, EdgeSide side)
{
    const CallGraph& graph = source.graph;
    const auto count = [&graph](std::int64_t calls) {
        const std::optional<std::int64_t> known = knownCalls(graph, calls);
        return known ? std::to_string(*known) : std::string();
    };
    const auto weight = [&graph](double value) {
        return graph.dialect().edgeCounts ? std::string() : formatExact(value);
    };
    std::vector<TableRow> rows{
        {"function", side == EdgeSide::Callers ? "caller" : "callee", "calls", "primitive_calls", "self", "total"}};
    for (const FrameId frame : selection.rows) {
        const Side chosen = edgesOf(source, frame, side);
        for (const EdgeId e : chosen.edges) {
            const Edge& edge = graph.edge(e);
            rows.push_back({standardName(source.frames, frame), standardName(source.frames, edge.*chosen.otherEnd),
                            count(edge.calls), count(edge.primitiveCalls), weight(edge.self), weight(edge.total)});
        }
    }
    return rows;
}

ExitStatus run(const Options& options)
{
    ExitStatus status = kOk;
    const std::optional<Subject> subject = loadSubject(options.file, options, status);
    if (!subject)
        return status;
    const CallGraph graph = subject->graph();
    const Result<Selection> selection = select(*subject, graph, options.select);
    if (!selection)
        return reportUsage(selection.error());
    if (selection->rows.empty())
        return reportUsage({ErrorKind::NoData,
                            options.file + ": no function matches '" + options.select.patterns.front() + "'",
                            Error::kNoOffset, "FUNCTION is a regular expression on file:line(name)."});
    const StatsSource source{subject->profile->frames, graph, subject->metricInfo()};
    if (options.json)
        return writeStdout(toJson(source, *subject->profile, *selection, options.side));
    if (options.csv)
        return writeStdout(toCsv(toTable(source, *selection, options.side)));
    if (options.markdown) {
        constexpr bool kRightAligned[] = {false, false, true, true, true, true};
        return writeStdout(toMarkdown(toTable(source, *selection, options.side), kRightAligned));
    }
    return writeStdout(options.side == EdgeSide::Callers ? callersText(source, *selection)
                                                         : calleesText(source, *selection));
}

} // namespace

std::function<ExitStatus()> setUpEdges(CLI::App& app, EdgeSide side)
{
    auto options = std::make_shared<Options>();
    options->side = side;
    addFileOption(app, options->file);
    app.add_option("FUNCTION", options->select.patterns.front(), "A regular expression on file:line(name)")
        ->type_name("")
        ->required();
    addCountOption(app, options->select.count, "functions");
    addCommonOptions(app, *options);
    return [options] { return run(*options); };
}

} // namespace sundial::cli
