// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial top FILE`: the function table, as pstats' print_stats shows it.
#include "app/cli/function_output.h"
#include "app/cli/output.h"

#include <memory>

namespace sundial::cli
{

namespace
{

struct Options : CommonOptions {
    std::string file;
    SelectOptions select{.sort = "time", .reverse = false, .patterns = {}, .count = 20};
};

std::string toJson(const Options& options, const Subject& subject, const CallGraph& graph, const Selection& selection)
{
    const FunctionTable& table = graph.functions();
    const CallTotals totals = callTotals(graph);
    JsonWriter json;
    json.beginObject().member("file", options.file);
    writeMetric(json, subject.metricInfo());
    json.member("total", subject.total).member("calls", knownCalls(graph, totals.calls));
    json.member("primitive_calls", knownCalls(graph, totals.primitiveCalls)).key("rows").beginArray();
    for (const FrameId frame : selection.rows) {
        const std::uint32_t f = frame.value;
        json.beginObject(true);
        writeFunction(json, *subject.profile, frame);
        writeCounts(json, graph, table.calls[f], table.primitiveCalls[f], table.self[f], table.total[f]);
        json.endObject();
    }
    json.endArray().endObject();
    return std::move(json).take();
}

std::string numberText(std::optional<std::int64_t> number)
{
    return number ? std::to_string(*number) : std::string();
}

/// The members of the JSON rows as columns.
std::vector<TableRow> toTable(const Subject& subject, const CallGraph& graph, const Selection& selection)
{
    const FunctionTable& table = graph.functions();
    const FrameTable& frames = subject.profile->frames;
    std::vector<TableRow> rows{{"name", "file", "line", "calls", "primitive_calls", "self", "total"}};
    for (const FrameId frame : selection.rows) {
        const std::uint32_t f = frame.value;
        rows.push_back({std::string(frames.name(frame)), std::string(frames.file(frame)),
                        numberText(knownLine(*subject.profile, frame)), numberText(knownCalls(graph, table.calls[f])),
                        numberText(knownCalls(graph, table.primitiveCalls[f])), formatExact(table.self[f]),
                        formatExact(table.total[f])});
    }
    return rows;
}

ExitStatus run(const Options& options)
{
    ExitStatus status = kOk;
    const std::optional<Subject> subject = loadSubject(options.file, options, status);
    if (!subject)
        return status;
    const CallGraph graph = subject->rows();
    const Result<Selection> selection = select(*subject, graph, options.select);
    if (!selection)
        return reportUsage(selection.error());
    if (options.json)
        return writeStdout(toJson(options, *subject, graph, *selection));
    if (options.csv)
        return writeStdout(toCsv(toTable(*subject, graph, *selection)));
    if (options.markdown) {
        constexpr bool kRightAligned[] = {false, false, true, true, true, true, true};
        return writeStdout(toMarkdown(toTable(*subject, graph, *selection), kRightAligned));
    }
    return writeStdout(statsText({subject->profile->frames, graph, subject->metricInfo()}, *selection));
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<Options>();
    options->load.parse.edges = false; // a table has no use for them
    addFileOption(app, options->file);
    addCountOption(app, options->select.count, "rows");
    app.add_option("--sort", options->select.sort, "Sort keys of pstats, with commas (time,name), or self or total")
        ->type_name("KEYS")
        ->capture_default_str();
    app.add_flag("--reverse", options->select.reverse, "Turn the order round");
    addByLineOption(app, *options);
    app.add_option("--filter", options->select.patterns,
                   "Only functions whose file:line(name) matches this regular expression; may repeat")
        ->type_name("REGEX")
        ->allow_extra_args(false); // else "[a-z]" would be taken for a list
    app.add_flag("--strip-dirs", options->load.stripDirectories,
                 "Paths without their directories, as pstats' strip_dirs");
    addCommonOptions(app, *options);
    app.footer("The last lines of a long profile:\n  sundial top FILE -n 0 | tail\n"
               "The ten functions of one package that take most with all they call:\n"
               "  sundial top FILE --sort cumulative --filter /site-packages/django/ -n 10");
    return [options] { return run(*options); };
}

} // namespace

extern const Command topCommand{"top", "The function table, as pstats prints it", setUp};

} // namespace sundial::cli
