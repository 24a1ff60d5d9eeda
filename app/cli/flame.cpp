// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial flame FILE -o OUT`: the icicle as a picture, the root at the top.
#include "app/cli/tree_picture.h"
#include "views/icicle_paint.h"

#include <memory>

namespace sundial::cli
{

namespace
{

constexpr double kUsualWidth = 1600;
constexpr std::uint32_t kMostRows = 120; ///< Of a picture whose size is not given; the rest is told as a number.

ExitStatus run(const TreePictureOptions& options)
{
    const int mostRows = options.depth > 0 ? options.depth + 1 : INT_MAX;
    return writeTreePicture(
        options, {.usualSize =
                      [mostRows](const TreeScene& scene) {
                          const std::uint32_t rows = std::min(scene.layout.rowCount(), std::uint32_t(mostRows));
                          return QSizeF(kUsualWidth, icicleHeight(std::min(rows, kMostRows)));
                      },
                  .paint =
                      [mostRows](QPainter& painter, const TreeScene& scene, const QSizeF& size) {
                          paintIciclePicture(painter, scene, icicleViewport({}, false), size, mostRows);
                      },
                  .mostRows = std::min(options.depth > 0 ? options.depth : INT_MAX, int(kMostRows))});
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<TreePictureOptions>();
    addTreePictureOptions(app, *options);
    app.add_flag("--time-order", options->timeOrder, "Calls as they followed each other, thread by thread")
        ->excludes("--inverted")
        ->excludes("--root");
    return [options] { return run(*options); };
}

} // namespace

extern const Command flameCommand{"flame", "The icicle (flame graph) as a picture", setUp};

} // namespace sundial::cli
