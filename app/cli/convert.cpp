// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial convert FILE -o OUT`: the profile in another format.
#include "app/cli/common.h"
#include "app/cli/output.h"
#include "model/collapsed_text.h"
#include "model/estimate_tree.h"
#include "model/lanes.h"
#include "model/speedscope_text.h"
#include "parsers/pstats/writer.h"

#include <memory>

namespace sundial::cli
{

namespace
{

struct Options : CommonOptions {
    std::string file;
    std::string output;
    std::string to;
    bool lanes = false;
};

Result<std::string> toPstats(const Subject& subject, const Options&)
{
    const Metric& metric = subject.metricInfo();
    if (!isTime(metric.unit))
        return Error{ErrorKind::Unsupported,
                     "pstats files hold times, and '" + metric.id + "' counts " + std::string(unitName(metric.unit)),
                     Error::kNoOffset, "Choose a time with --metric, or --to collapsed."};
    return writePstats(*subject.profile, subject.graph(), metric);
}

/// The tree to write: the file's own, or the estimate.
Result<CallTree> treeOf(const Subject& subject, bool quiet)
{
    if (!subject.tree.isEmpty())
        return subject.tree;
    std::optional<Result<EstimatedTreePtr>> estimate;
    runWithProgress(quiet, "estimating the tree",
                    [&](Progress& progress) { estimate = estimateTree(*subject.profile, {}, progress); });
    if (!*estimate)
        return estimate->error();
    return (**estimate)->tree();
}

Result<std::string> toCollapsed(const Subject& subject, const Options& options)
{
    const FrameTable& frames = subject.profile->frames;
    const std::vector<Lane>& lanes = subject.profile->lanes;
    if (!options.lanes || subject.profile->origin != TreeOrigin::Exact) {
        const Result<CallTree> tree = treeOf(subject, options.quiet);
        if (!tree)
            return tree.error();
        return collapsedText(*tree, subject.metric, frames);
    }
    std::string text;
    for (std::uint32_t lane = 0; lane < lanes.size(); ++lane) {
        AnalysisOptions ofLane = subject.options;
        if (lanes.size() > 1)
            ofLane.lanes = {LaneId{lane}};
        const CallTree tree = chosenTree(*subject.profile, subject.metric, ofLane);
        text += collapsedText(tree, subject.metric, frames, lanes[lane].name);
    }
    return text;
}

/// Lanes and time as far as the samples have them for the chosen metric, else the tree.
Result<std::string> toSpeedscope(const Subject& subject, const Options& options)
{
    const Profile& profile = *subject.profile;
    const std::string exporter = "sundial@" SUNDIAL_VERSION;
    const LaneId chosen = options.lane == "all" ? LaneId{} : findLane(profile, options.lane);
    std::vector<LaneId> lanes;
    bool areOfMetric = true; // what is written of samples is the weight that their lane counts in
    const bool hasLanes = profile.samples.size() > 0 || canChooseLanes(profile);
    for (std::uint32_t i = 0; hasLanes && i < profile.lanes.size(); ++i) {
        const bool isChosen = !chosen || chosen == LaneId{i};
        const bool hasMetric = lanesHaveAllMetrics(profile) || profile.lanes[i].metric == subject.metric;
        if (isChosen && (options.metric.empty() || hasMetric)) {
            lanes.push_back({i});
            areOfMetric &= options.metric.empty() || profile.lanes[i].metric == subject.metric;
        }
    }
    if (!lanes.empty() && areOfMetric && profile.samples.size() > 0 && subject.options.filters.empty())
        return speedscopeText(profile, lanes, exporter);
    std::vector<NamedTree> trees;
    for (const LaneId lane : lanes) {
        AnalysisOptions ofLane = subject.options;
        ofLane.lanes = {lane};
        const Lane& told = profile.lanes[lane.value];
        const MetricId metric = options.metric.empty() && !lanesHaveAllMetrics(profile) ? told.metric : subject.metric;
        trees.push_back({chosenTree(profile, metric, ofLane), told.name, metric});
    }
    if (!trees.empty())
        return speedscopeText(profile, trees, exporter);
    const Result<CallTree> tree = treeOf(subject, options.quiet);
    if (!tree)
        return tree.error();
    return speedscopeText(profile, *tree, subject.metric, exporter);
}

struct Target {
    std::string_view id;
    std::vector<std::string_view> extensions;
    bool isByLine; ///< Takes frames as the file gives them, one a line, and not merged into functions.
    Result<std::string> (*write)(const Subject&, const Options&);
};

const std::vector<Target>& targets()
{
    static const std::vector<Target> kTargets{
        {"collapsed", {".collapsed", ".folded", ".txt"}, true, toCollapsed},
        {"speedscope", {".json"}, true, toSpeedscope},
        {"pstats", {".prof", ".pstats", ".cprof"}, false, toPstats},
    };
    return kTargets;
}

/// By --to, else by the output's extension.
const Target* findTarget(const Options& options)
{
    for (const Target& target : targets()) {
        const bool fits = std::any_of(target.extensions.begin(), target.extensions.end(),
                                      [&](std::string_view ending) { return options.output.ends_with(ending); });
        if (options.to.empty() ? fits : target.id == options.to)
            return &target;
    }
    return nullptr;
}

ExitStatus run(Options options)
{
    const Target* const target = findTarget(options);
    if (!target) {
        std::string known;
        for (const Target& t : targets())
            known.append(known.empty() ? "" : " or ").append(t.id);
        return reportUsage((options.to.empty() ? "the format does not follow from '" + options.output + "'"
                                               : "there is no format '" + options.to + "' to convert to") +
                           ": use --to " + known);
    }
    options.load.parse.byLine |= target->isByLine;
    ExitStatus status = kOk;
    const std::optional<Subject> subject = loadSubject(options.file, options, status);
    if (!subject)
        return status;
    const Result<std::string> bytes = target->write(*subject, options);
    if (!bytes)
        return bytes.error().kind == ErrorKind::Unsupported ? reportUsage(bytes.error())
                                                            : reportError(options.file, bytes.error());
    return writeFile(options.output, *bytes);
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<Options>();
    addFileOption(app, options->file);
    app.add_option("-o,--output", options->output, "Where to write; - is standard output")
        ->type_name("OUT")
        ->required();
    app.add_option("--to", options->to, "collapsed, speedscope or pstats; without it the extension of OUT decides")
        ->type_name("FORMAT");
    app.add_flag("--lanes", options->lanes, "Collapsed stacks begin with the name of their thread or process");
    addByLineOption(app, *options);
    addCommonOptions(app, *options, {.table = false, .json = false});
    return [options] { return run(*options); };
}

} // namespace

extern const Command convertCommand{"convert", "Write the profile in another format", setUp};

} // namespace sundial::cli
