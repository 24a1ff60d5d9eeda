// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/diff_picture.h"

#include "app/cli/headless.h"
#include "app/cli/output.h"
#include "app/cli/tree_picture.h"
#include "model/compare_analysis.h"
#include "views/before_after_paint.h"
#include "views/callgraph_paint.h"
#include "views/render.h"
#include "views/sunburst_paint.h"
#include "views/text_fit.h"
#include "views/waterfall_paint.h"

#include <QFileInfo>

namespace sundial::cli
{

namespace
{

constexpr double kMargin = 16;
constexpr double kHeading = 40; ///< Above every picture: the verdict.
constexpr double kUsualWidth = 1600;
constexpr QSizeF kUsualSunburst(1200, 900);
constexpr double kUsualWaterfallWidth = 720;
constexpr std::uint32_t kMostRows = 60; ///< Of a side, unless the size is given.
constexpr int kSunburstDepth = 9;
constexpr std::uint32_t kMostNodes = 60;

/// What is painted below the heading, and how large it likes to be.
struct Picture {
    QSizeF usualSize;
    std::function<void(QPainter&, const QSizeF&)> paint;
};

std::string titleOf(const std::vector<std::string>& files)
{
    std::string title = QFileInfo(QString::fromStdString(files.front())).fileName().toStdString();
    if (files.size() > 1)
        title += " and " + std::to_string(files.size() - 1) + " more";
    return title;
}

Result<AnalysisPtr> joined(const LoadedSides& files, const ComparedSides& sides, bool isQuiet)
{
    Result<AnalysisPtr> result = Error{ErrorKind::Cancelled, {}};
    runWithProgress(isQuiet, "Joining the trees", [&](Progress& progress) {
        Result<SideTree> before = treeOf(sides.before, progress);
        Result<SideTree> after = treeOf(sides.after, progress);
        if (before && after)
            result = joinSides({.comparison = sides.comparison,
                                .noise = sides.noise,
                                .verdict = sides.verdict,
                                .options = sides.how,
                                .before = std::move(*before),
                                .after = std::move(*after),
                                .beforeName = titleOf(files.beforeNames),
                                .afterName = titleOf(files.afterNames)},
                               CompareWidth::Larger);
        else
            result = before ? after.error() : before.error();
    });
    return result;
}

/// What the pictures of trees refer to.
struct TreeData {
    TreeData(AnalysisPtr joinedSides, const Theme& itsTheme)
        : analysis(std::move(joinedSides)), theme(itsTheme), palette(*analysis, theme, ColorBy::Change),
          layout(analysis->tree, analysis->metric, unhurried), sides(sideLayouts(analysis->tree))
    {
    }
    TreeScene scene() const
    {
        return {.analysis = *analysis,
                .layout = layout,
                .palette = palette,
                .theme = theme,
                .search = noSearch,
                .rootName = {}};
    }

    Progress unhurried;
    AnalysisPtr analysis;
    const Theme& theme;
    FramePalette palette;
    IcicleLayout layout;
    SideLayouts sides;
    SearchResult noSearch;
};

Picture treePicture(const AnalysisPtr& analysis, const Theme& theme, bool isSunburst)
{
    const auto data = std::make_shared<const TreeData>(analysis, theme);
    if (isSunburst)
        return {kUsualSunburst, [data](QPainter& painter, const QSizeF& size) {
                    paintSunburstPicture(painter, data->scene(), NodeId{0}, kSunburstDepth, size);
                }};
    const std::uint32_t rows = std::max(data->sides[0].rowCount(), data->sides[1].rowCount());
    return {QSizeF(kUsualWidth, beforeAfterHeight(std::min(rows, kMostRows))),
            [data](QPainter& painter, const QSizeF& size) {
                const QRectF all = QRectF(QPointF(), size).adjusted(kMargin, 0, -kMargin, 0);
                paintBeforeAfter(painter, data->scene(), {data->analysis->tree, data->sides, all});
            }};
}

Result<Picture> graphPicture(const AnalysisPtr& analysis, const Theme& theme)
{
    const CompareAnalysis& info = *analysis->comparison;
    PrunedGraph pruned = pruneGraph(
        info.change, analysis->frames(),
        {.nodeThreshold = kUsualNodeThreshold, .edgeThreshold = kUsualEdgeThreshold, .maxNodes = kMostNodes});
    const auto picture =
        std::make_shared<CallGraphPicture>(describeGraph(std::move(pruned), analysis->frames(), {.comparison = &info}));
    Result<GraphLayout> layout = layoutGraph(layoutRequest(*picture), findLayoutHelper());
    if (!layout)
        return layout.error();
    takeLayout(*picture, std::move(*layout));
    const auto modules = std::make_shared<const FramePalette>(*analysis, theme, ColorBy::Module);
    return Picture{callGraphPictureSize(*picture),
                   [analysis, picture, modules, &theme](QPainter& painter, const QSizeF& size) {
                       const CallGraphLook look{.theme = &theme,
                                                .modules = modules.get(),
                                                .moduleTable = &analysis->modules,
                                                .comparison = analysis->comparison.get(),
                                                .heatByTotal = true};
                       paintWholeCallGraph(painter, *picture, look, size);
                   }};
}

Picture waterfallPicture(const AnalysisPtr& analysis, const Theme& theme)
{
    const auto bars =
        std::make_shared<const Waterfall>(waterfall(*analysis->comparison->comparison, WaterfallBy::Function));
    return {QSizeF(kUsualWaterfallWidth, waterfallHeight(*bars) + kMargin),
            [analysis, bars, &theme](QPainter& painter, const QSizeF& size) {
                painter.translate(kMargin, 0);
                paintWaterfall(painter, *analysis->comparison, *bars, theme, size.width() - 2 * kMargin);
            }};
}

void paintHeading(QPainter& painter, const Verdict& verdict, const Theme& theme, double width)
{
    painter.setFont(uiFont(14, QFont::DemiBold));
    painter.setPen(theme.text.primary);
    const QRectF line(kMargin, 0, width - 2 * kMargin, kHeading);
    painter.drawText(
        line, Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetricsF(painter.font()).elidedText(displayText(verdict.text()), Qt::ElideRight, line.width()));
}

} // namespace

void addDiffPictureOptions(CLI::App& app, DiffPictureOptions& picture)
{
    CLI::Option* const output =
        app.add_option("-o,--output", picture.output, "Write a picture of the change: a .png, .svg or .pdf file")
            ->type_name("OUT");
    app.add_option("--view", picture.view, "What the picture shows: flame, sunburst, graph or waterfall")
        ->check(oneOf({"flame", "sunburst", "graph", "waterfall"}))
        ->type_name("NAME")
        ->capture_default_str()
        ->needs(output);
    app.add_option("--size", picture.size, "Of the picture: pixels, as 1600x900")->type_name("WxH")->needs(output);
    app.add_option("--theme", picture.theme, "Of the picture: light or dark")
        ->check(oneOf({"light", "dark"}))
        ->type_name("NAME")
        ->capture_default_str()
        ->needs(output);
}

ExitStatus writeDiffPicture(const LoadedSides& files, const ComparedSides& sides, const ComparisonOptions& options,
                            const DiffPictureOptions& picture)
{
    const std::optional<PictureFormat> format = pictureFormatOf(QString::fromStdString(picture.output));
    if (!format)
        return reportUsage(picture.output + " must end in .png, .svg or .pdf");
    const std::optional<QSizeF> asked = parseSize(picture.size);
    if (!picture.size.empty() && !asked)
        return reportUsage("--size wants pixels as 1600x900, at most 32000 a side");
    if (options.lane != "all")
        return reportUsage("a picture shows all threads: leave --lane out");

    const Result<AnalysisPtr> analysis = joined(files, sides, options.quiet);
    if (!analysis)
        return reportError(files.afterNames.front(), analysis.error());
    const bool isTree = picture.view == "flame" || picture.view == "sunburst";
    if (isTree && !((*analysis)->total > 0))
        return reportError(files.afterNames.front(), {.kind = ErrorKind::NoData,
                                                      .message = "Neither side tells callers, or all weights are 0: "
                                                                 "there is no tree to draw.",
                                                      .cure = "'--view waterfall' shows the functions."});
    const auto application = headlessApplication();
    const Theme& theme = Theme::of(picture.theme == "dark");
    Picture body;
    if (isTree) {
        body = treePicture(*analysis, theme, picture.view == "sunburst");
    } else if (picture.view == "waterfall") {
        body = waterfallPicture(*analysis, theme);
    } else {
        Result<Picture> graph = graphPicture(*analysis, theme);
        if (!graph) {
            reportError(files.afterNames.front(), graph.error());
            return kOutputError; // nothing is wrong with the files
        }
        body = std::move(*graph);
    }
    const QSizeF size = asked.value_or(body.usualSize + QSizeF(0, kHeading));
    const QByteArray bytes = renderPicture(
        {.format = *format, .size = size, .title = displayText(sides.verdict.text())}, [&](QPainter& painter) {
            painter.fillRect(QRectF(QPointF(), size), theme.surface.panel);
            paintHeading(painter, sides.verdict, theme, size.width());
            painter.translate(0, kHeading);
            body.paint(painter, size - QSizeF(0, kHeading));
        });
    return writeFile(picture.output, {bytes.constData(), std::size_t(bytes.size())});
}

} // namespace sundial::cli
