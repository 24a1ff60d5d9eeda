// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial sunburst FILE -o OUT`: the sunburst as a picture.
#include "app/cli/tree_picture.h"
#include "views/sunburst_paint.h"

#include <memory>

namespace sundial::cli
{

namespace
{

constexpr QSizeF kUsualSize(1200, 900);

ExitStatus run(const TreePictureOptions& options)
{
    return writeTreePicture(options, {.usualSize = [](const TreeScene&) { return kUsualSize; },
                                      .paint =
                                          [depth = options.depth](QPainter& painter, const TreeScene& scene, const QSizeF& size) {
                                              paintSunburstPicture(painter, scene, NodeId{0}, depth, size);
                                          }});
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<TreePictureOptions>();
    addTreePictureOptions(app, *options);
    return [options] { return run(*options); };
}

} // namespace

extern const Command sunburstCommand{"sunburst", "The sunburst as a picture", setUp};

} // namespace sundial::cli
