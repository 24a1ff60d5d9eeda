// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial diff BEFORE AFTER`: whether a change paid off, and where the cost went.
#include "app/cli/diff_output.h"
#include "app/cli/diff_picture.h"
#include "app/cli/output.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace sundial::cli
{

namespace
{

struct Options : ComparisonOptions {
    std::optional<std::size_t> count; ///< 0: all.
    std::string sort = "delta";
    double minPercent = 0;
    DiffPictureOptions picture;
};

DiffSort sortOf(const std::string& name)
{
    return name == "self"    ? DiffSort::Self
           : name == "total" ? DiffSort::Total
           : name == "ratio" ? DiffSort::Ratio
                             : DiffSort::Delta;
}

DiffRows chooseRows(const Comparison& comparison, const Options& options)
{
    constexpr std::size_t kRows = 20, kRowsInMarkdown = 10;
    DiffRows result;
    result.rows = sortedRows(comparison, sortOf(options.sort));
    const double least = options.minPercent / 100 * std::max(comparison.before.total, comparison.after.total);
    std::erase_if(result.rows, [&](FrameId row) { return std::abs(comparison.deltaSelf(row)) < least; });
    result.available = result.rows.size();
    const std::size_t count = options.count.value_or(options.markdown ? kRowsInMarkdown : kRows);
    if (count > 0 && count < result.rows.size())
        result.rows.resize(count);
    return result;
}

ExitStatus run(const Options& options)
{
    ExitStatus status = kOk;
    const std::optional<LoadedSides> files = loadSides(options, status);
    if (!files)
        return status;
    const Result<ComparedSides> sides = compareSides(*files, options, options.metric);
    if (!sides)
        return reportUsage(sides.error().message);
    if (!options.picture.output.empty())
        return writeDiffPicture(*files, *sides, options, options.picture);
    const DiffRows rows = chooseRows(*sides->comparison, options);
    if (options.json)
        return writeStdout(diffJson(*sides, rows));
    if (options.csv)
        return writeStdout(diffCsv(*sides, rows));
    return writeStdout(options.markdown ? diffMarkdown(*sides, rows, *files) : diffText(*sides, rows));
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<Options>();
    addComparisonOptions(app, *options, {});
    app.add_option("-n", options->count, "How many functions to show; 0: all (default 20, in Markdown 10)")
        ->type_name("N")
        ->check(numberFrom(0));
    app.add_option("--sort", options->sort, "delta, self, total or ratio")
        ->check(oneOf({"delta", "self", "total", "ratio"}))
        ->type_name("KEY")
        ->capture_default_str();
    app.add_option("--min-percent", options->minPercent, "Only changes of at least this percentage of the total")
        ->check(numberFrom(0))
        ->type_name("P");
    addDiffPictureOptions(app, options->picture);
    app.footer("A comment for a pull request, of five runs on each side:\n"
               "  sundial diff --before base/*.prof --after head/*.prof --markdown");
    return [options] { return run(*options); };
}

} // namespace

extern const Command diffCommand{"diff", "Before and after: the verdict, and which functions hold the change", setUp};

} // namespace sundial::cli
