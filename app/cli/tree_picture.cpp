// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tree_picture.h"

#include "app/cli/headless.h"
#include "app/cli/output.h"
#include "model/estimate_tree.h"
#include "model/graph_prune.h"
#include "model/helper_thread.h"
#include "model/invert.h"
#include "model/lanes.h"
#include "views/icicle_paint.h"
#include "views/render.h"
#include "views/text_fit.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace sundial::cli
{

namespace
{

constexpr int kLongestSide = 32'000;
constexpr double kTimeWidth = 1600; // of a picture in time order whose size is not given

/// Puts a tree estimated from the arcs into `analysis`; below one function, if one is given.
std::optional<Error> estimate(const TreePictureOptions& options, Analysis& analysis, FrameId root)
{
    std::optional<Error> failure;
    runWithProgress(options.quiet, "Estimating the tree", [&](Progress& progress) {
        Result<EstimatedTreePtr> tree = estimateTree(*analysis.profile, {}, progress);
        if (tree && root)
            tree = (*tree)->rootedAt(root, progress);
        if (tree)
            analysis.tree = (*tree)->tree();
        else
            failure = tree.error();
    });
    return failure;
}

/// The part of an exact tree that the options ask for.
CallTree exactPart(const TreePictureOptions& options, const CallTree& tree, FrameId function)
{
    if (options.inverted)
        return function ? callersOf(tree, function) : invert(tree);
    return function ? calleesOf(tree, function) : tree;
}

ExitStatus write(const std::string& output, PictureFormat format, const QString& title, const QSizeF& size,
                 const std::function<void(QPainter&)>& paint)
{
    const QByteArray bytes = renderPicture({.format = format, .size = size, .title = title}, paint);
    return writeFile(output, {bytes.constData(), std::size_t(bytes.size())});
}

ExitStatus noTree(const std::string& file)
{
    return reportError(file, {.kind = ErrorKind::NoData,
                              .message = "It tells no callers, so there is no tree to draw.",
                              .cure = "'sundial top' shows its functions."});
}

} // namespace

std::optional<QSizeF> parseSize(const std::string& text)
{
    static const QRegularExpression pattern(QStringLiteral("^([1-9][0-9]{1,4})x([1-9][0-9]{1,4})$"));
    const QRegularExpressionMatch match = pattern.match(QString::fromStdString(text));
    if (!match.hasMatch())
        return {};
    const int width = match.captured(1).toInt();
    const int height = match.captured(2).toInt();
    return width <= kLongestSide && height <= kLongestSide ? std::optional(QSizeF(width, height)) : std::nullopt;
}

void addTreePictureOptions(CLI::App& app, TreePictureOptions& options)
{
    addFileOption(app, options.file);
    app.add_option("-o,--output", options.output, "Where to: a .png, .svg or .pdf file")->type_name("OUT")->required();
    app.add_option("--root", options.root, "Show what this function holds; a name or a pattern")->type_name("FUNCTION");
    app.add_flag("--inverted", options.inverted, "From where the weight is found up to its callers; files with paths");
    app.add_option("--depth", options.depth, "At most so many levels")->type_name("N")->check(numberFrom(1));
    app.add_option("--size", options.size, "Pixels, as 1600x900")->type_name("WxH");
    addThemeOption(app, options.theme);
    addCommonOptions(app, options, {.table = false, .json = false});
}

ExitStatus writeTreePicture(const TreePictureOptions& options, const TreeShape& shape)
{
    const std::optional<PictureFormat> format = pictureFormatOf(QString::fromStdString(options.output));
    if (!format)
        return reportUsage(options.output + " must end in .png, .svg or .pdf");
    const std::optional<QSizeF> asked = parseSize(options.size);
    if (!options.size.empty() && !asked)
        return reportUsage("--size wants pixels as 1600x900, at most 32000 a side");

    ExitStatus status = kOk;
    prepareHeadless();
    std::future<std::optional<Subject>> loading =
        std::async(kHelperThread, [&] { return loadSubject(options.file, options, status); });
    const auto application = headlessApplication(); // and its fonts, while the file is read
    const std::optional<Subject> subject = loading.get();
    if (!subject)
        return status;
    const Profile& profile = *subject->profile;
    FrameId function;
    if (!options.root.empty()) {
        const std::vector<FrameId> found = matchFunctions(profile.frames, options.root);
        if (found.size() != 1)
            return reportUsage((found.empty() ? "no function is called '" : "more than one function is called '") +
                               options.root + "': give a name or MODULE:LINE:NAME");
        function = found.front();
    }
    if (profile.origin == TreeOrigin::None)
        return noTree(options.file);
    if (options.inverted && profile.origin == TreeOrigin::Estimated)
        return reportError(options.file, {.kind = ErrorKind::NoData,
                                          .message = "It tells callers, not paths: a bottom-up tree would be a guess.",
                                          .cure = "'sundial callers' tells exactly who calls a function."});
    if (options.timeOrder && !profile.samples.inTimeOrder)
        return reportUsage(options.file + " does not tell when things happened: leave --time-order out");

    Analysis analysis;
    analysis.profile = subject->profile;
    analysis.metric = subject->metric;
    analysis.tree = subject->tree;
    analysis.total = subject->total;
    if (profile.origin == TreeOrigin::Estimated) {
        if (const std::optional<Error> error = estimate(options, analysis, function))
            return reportError(options.file, *error);
    } else {
        analysis.tree = exactPart(options, analysis.tree, function);
    }

    Progress unhurried;
    TimeLayoutPtr inTime;
    std::future<IcicleLayout> boxes; // while modules are told apart
    if (!options.timeOrder)
        boxes = std::async(kHelperThread, [&] { return IcicleLayout(analysis.tree, analysis.metric, unhurried); });
    analysis.graph = subject->rows();
    analysis.modules = moduleTable(profile.frames, analysis.functions());
    IcicleLayout layout;
    if (options.timeOrder) {
        analysis.options = subject->options;
        analysis.paths = chosenTree(profile, subject->metric, subject->options, &analysis.pathOf);
        inTime = layOutTime(analysis, unhurried);
    } else {
        layout = boxes.get();
    }
    if (inTime ? inTime->lanes.empty() : layout.isEmpty())
        return reportError(options.file, {.kind = ErrorKind::NoData,
                                          .message = analysis.metricInfo().title + " is 0: there is nothing to draw.",
                                          .cure = "Choose another --metric."});

    const Theme& theme = Theme::of(options.theme == "dark");
    const FramePalette palette(analysis, theme, ColorBy::Module);
    const SearchResult noSearch;
    const QString name = QFileInfo(QString::fromStdString(options.file)).fileName();
    const TreeScene scene{analysis, layout, palette, theme, noSearch, displayText(name.toStdString())};
    if (inTime) {
        const TimeScene timeScene{analysis, *inTime,  palette,
                                  theme,    noSearch, {inTime->scale.begin, inTime->scale.end}};
        const QSizeF size = asked.value_or(QSizeF(kTimeWidth, timePictureHeight(*inTime, shape.mostRows)));
        return write(options.output, *format, name, size, [&](QPainter& painter) {
            paintTimePicture(painter, timeScene, icicleViewport({}, false), size, shape.mostRows);
        });
    }
    const QSizeF size = asked.value_or(shape.usualSize(scene));
    return write(options.output, *format, name, size, [&](QPainter& painter) { shape.paint(painter, scene, size); });
}

} // namespace sundial::cli
