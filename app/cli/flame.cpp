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
    const auto rowsBelow = [](const TreeScene& scene, NodeId root) {
        const std::uint32_t box = scene.layout.boxOf(root);
        return scene.layout.deepestRow(scene.layout.begin(box), scene.layout.end(box)) - scene.tree().depth(root) + 1;
    };
    return writeTreePicture(
        options, {.usualSize =
                      [&](const TreeScene& scene, NodeId root) {
                          const std::uint32_t rows = std::min(rowsBelow(scene, root), std::uint32_t(mostRows));
                          return QSizeF(kUsualWidth, icicleHeight(std::min(rows, kMostRows)));
                      },
                  .paint =
                      [&](QPainter& painter, const TreeScene& scene, NodeId root, const QSizeF& size) {
                          Viewport viewport = icicleViewport({}, false);
                          viewport.begin = scene.layout.begin(scene.layout.boxOf(root));
                          viewport.end = scene.layout.end(scene.layout.boxOf(root));
                          viewport.scroll = scene.tree().depth(root) * viewport.rowHeight;
                          paintIciclePicture(painter, scene, viewport, size, mostRows);
                      }});
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<TreePictureOptions>();
    addTreePictureOptions(app, *options);
    app.add_flag("--time-order", options->timeOrder, "Calls as they followed each other, not merged");
    return [options] { return run(*options); };
}

} // namespace

extern const Command flameCommand{"flame", "The icicle (flame graph) as a picture", setUp};

} // namespace sundial::cli
