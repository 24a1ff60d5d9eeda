// SPDX-License-Identifier: GPL-3.0-or-later
// What `sundial flame` and `sundial sunburst` share: their options, the tree they ask for, and the file that they
// write.
#pragma once

#include "app/cli/common.h"
#include "views/time_paint.h"
#include "views/tree_scene.h"

#include <functional>

namespace sundial::cli
{

struct TreePictureOptions : CommonOptions {
    std::string file;
    std::string output;
    std::string root;
    bool inverted = false;
    bool timeOrder = false;
    int depth = 0; ///< 0: as the shape likes.
    std::string size;
    std::string theme = "light";
};

void addTreePictureOptions(CLI::App& app, TreePictureOptions& options);

/// What --size gives: "1600x900". None if it is something else.
std::optional<QSizeF> parseSize(const std::string& text);

/// How one kind of picture is made of a scene.
struct TreeShape {
    /// How large the picture is unless the options say so.
    std::function<QSizeF(const TreeScene& scene)> usualSize;
    std::function<void(QPainter& painter, const TreeScene& scene, const QSizeF& size)> paint;
    int mostRows = INT_MAX; ///< Of a picture in time order.
};

ExitStatus writeTreePicture(const TreePictureOptions& options, const TreeShape& shape);

} // namespace sundial::cli
