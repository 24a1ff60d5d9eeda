// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison as a picture, painted as the window paints it, with the verdict on top.
#pragma once

#include "app/cli/comparison.h"

namespace sundial::cli
{

struct DiffPictureOptions {
    std::string output; ///< Empty: text is written instead.
    std::string view = "flame";
    std::string size;
    std::string theme = "light";
};
void addDiffPictureOptions(CLI::App& app, DiffPictureOptions& picture);

/// Writes the picture; `options` are those that `sides` were compared by. Prints what is wrong.
ExitStatus writeDiffPicture(const LoadedSides& files, const ComparedSides& sides, const ComparisonOptions& options,
                            const DiffPictureOptions& picture);

} // namespace sundial::cli
