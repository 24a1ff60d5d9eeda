// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial graph FILE -o OUT`: the call graph as a picture, or as a DOT file. The options are those that users of
// gprof2dot know, with its defaults where a DOT file is written; a picture that is not told otherwise shows the
// functions that explain most, so that it can be read.
#include "app/cli/common.h"
#include "app/cli/headless.h"
#include "app/cli/output.h"
#include "model/analysis.h"
#include "model/graph_prune.h"
#include "views/callgraph_dot.h"
#include "views/callgraph_paint.h"
#include "views/render.h"

#include <QFileInfo>

#include <memory>
#include <optional>

namespace sundial::cli
{

namespace
{

constexpr std::uint32_t kUsualNodes = 60;
constexpr double kPercent = 0.01;

struct Options : CommonOptions {
    std::string file;
    std::string output;
    std::optional<double> nodeThreshold, edgeThreshold; ///< In percent.
    std::optional<std::uint32_t> maxNodes;
    std::string root, leaf;
    int depth = -1;
    std::vector<std::string> paths;
    bool colorBySelf = false;
    bool strip = false;
    bool wrap = false;
    int width = 0;
    std::string theme = "light";
};

/// The functions that `pattern` means. With none, `status` is set.
std::vector<FrameId> findFunctions(const Profile& profile, const std::string& pattern, ExitStatus& status)
{
    std::vector<FrameId> found;
    if (pattern.empty())
        return found;
    found = matchFunctions(profile.frames, pattern);
    if (found.empty())
        status = reportUsage("no function is called '" + pattern +
                             "': give a name or MODULE:LINE:NAME, with * and ? for what you do not know");
    return found;
}

PruneOptions pruneOptions(const Options& options, const Profile& profile, bool isPicture, ExitStatus& status)
{
    PruneOptions prune;
    const bool isFree = !options.nodeThreshold && !options.maxNodes;
    prune.maxNodes = options.maxNodes.value_or(isFree && isPicture ? kUsualNodes : 0);
    prune.nodeThreshold = options.nodeThreshold ? *options.nodeThreshold * kPercent
                          : prune.maxNodes > 0  ? 0
                                                : kUsualNodeThreshold;
    prune.edgeThreshold = options.edgeThreshold ? *options.edgeThreshold * kPercent : kUsualEdgeThreshold;
    prune.paths = options.paths;
    prune.depth = options.depth;
    prune.roots = findFunctions(profile, options.root, status);
    if (status == kOk)
        prune.leaves = findFunctions(profile, options.leaf, status);
    return prune;
}

Analysis analysisOf(const Subject& subject)
{
    Analysis analysis;
    analysis.profile = subject.profile;
    analysis.metric = subject.metric;
    analysis.graph = subject.graph();
    analysis.modules = moduleTable(subject.profile->frames, analysis.graph.functions());
    analysis.total = subject.total;
    return analysis;
}

ExitStatus writePicture(const Options& options, PictureFormat format, const Analysis& analysis, PrunedGraph pruned)
{
    const auto application = headlessApplication();
    CallGraphPicture picture =
        describeGraph(std::move(pruned), analysis.frames(), {.strip = options.strip, .wrap = options.wrap});
    Result<GraphLayout> layout = layoutGraph(layoutRequest(picture), findLayoutHelper());
    if (!layout) {
        reportError(options.file, layout.error());
        return kOutputError; // nothing is wrong with the file
    }
    takeLayout(picture, std::move(*layout));

    const Theme& theme = Theme::of(options.theme == "dark");
    const FramePalette modules(analysis, theme, ColorBy::Module);
    const CallGraphLook look{
        .theme = &theme, .modules = &modules, .moduleTable = &analysis.modules, .heatByTotal = !options.colorBySelf};
    const QSizeF size = callGraphPictureSize(picture);
    const PictureRequest request{.format = format,
                                 .size = size,
                                 .scale = options.width > 0 ? options.width / size.width() : 1,
                                 .title = QFileInfo(QString::fromStdString(options.file)).fileName()};
    const QByteArray bytes =
        renderPicture(request, [&](QPainter& painter) { paintWholeCallGraph(painter, picture, look, size); });
    return writeFile(options.output, {bytes.constData(), std::size_t(bytes.size())});
}

ExitStatus run(const Options& options)
{
    const QString output = QString::fromStdString(options.output);
    const std::optional<PictureFormat> format = pictureFormatOf(output);
    if (!format && !output.endsWith(QLatin1String(".dot"), Qt::CaseInsensitive) && output != u'-')
        return reportUsage(options.output + " must end in .png, .svg, .pdf or .dot");
    ExitStatus status = kOk;
    const std::optional<Subject> subject = loadSubject(options.file, options, status);
    if (!subject)
        return status;
    const PruneOptions prune = pruneOptions(options, *subject->profile, format.has_value(), status);
    if (status != kOk)
        return status;
    const Analysis analysis = analysisOf(*subject);
    PrunedGraph pruned = pruneGraph(analysis.graph, analysis.frames(), prune);
    if (pruned.nodes.empty())
        return reportError(options.file, {.kind = ErrorKind::NoData,
                                          .message = "No function is left to draw.",
                                          .cure = "Lower --node-thres, or use --max-nodes instead."});
    if (format)
        return writePicture(options, *format, analysis, std::move(pruned));
    const QByteArray dot = toDot(pruned, analysis.graph, analysis.frames(), Theme::of(options.theme == "dark"),
                                 {.heatBySelf = options.colorBySelf, .strip = options.strip, .wrap = options.wrap});
    return writeFile(options.output, {dot.constData(), std::size_t(dot.size())});
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<Options>();
    addFileOption(app, options->file);
    app.add_option("-o,--output", options->output, "Where to: a .png, .svg, .pdf or .dot file; - prints DOT")
        ->type_name("OUT")
        ->required();
    app.add_option("-n,--node-thres", options->nodeThreshold, "Leave out functions below this percentage of the total")
        ->type_name("PERCENT")
        ->check(numberFrom(0));
    app.add_option("-e,--edge-thres", options->edgeThreshold,
                   "Leave out calls below this percentage of the total (0.1)")
        ->type_name("PERCENT")
        ->check(numberFrom(0));
    app.add_option("--max-nodes", options->maxNodes,
                   "Show the N functions that explain most (60, unless --node-thres is given or DOT is written)")
        ->type_name("N")
        ->check(numberFrom(1));
    app.add_option("-z,--root", options->root, "Show only what these functions call; a name or a pattern")
        ->type_name("FUNCTION");
    app.add_option("-l,--leaf", options->leaf, "Show only what calls these functions; a name or a pattern")
        ->type_name("FUNCTION");
    app.add_option("--depth", options->depth, "At most so many calls from --root or --leaf")
        ->type_name("N")
        ->check(numberFrom(0));
    app.add_option("-p,--path", options->paths, "Show only functions whose file begins so; may be repeated")
        ->type_name("PREFIX")
        ->allow_extra_args(false);
    app.add_flag("--color-nodes-by-selftime,--colour-nodes-by-selftime", options->colorBySelf,
                 "Fill boxes by their own share instead of their total");
    app.add_flag("-s,--strip", options->strip, "Names without C++ parameters and template arguments");
    app.add_flag("-w,--wrap", options->wrap, "Long names over several lines");
    app.add_option("--width", options->width, "Width of the picture in pixels")->type_name("PX")->check(numberFrom(1));
    addThemeOption(app, options->theme);
    addCommonOptions(app, *options, {.table = false, .json = false});
    app.footer("A function is named as gprof2dot does, MODULE:LINE:NAME, or by its name; * and ? stand for any text.\n"
               "What gprof2dot -f pstats FILE | dot -Tpng draws:\n"
               "  sundial graph FILE -o graph.png --node-thres 0.5");
    return [options] { return run(*options); };
}

} // namespace

extern const Command graphCommand{"graph", "The call graph as a picture or a DOT file", setUp};

} // namespace sundial::cli
