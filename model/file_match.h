// SPDX-License-Identifier: GPL-3.0-or-later
// Which source file of one profile is which of another, when the two lie in different checkouts, virtual environments
// and installations of Python.
#pragma once

#include "model/source_path.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sundial
{

constexpr std::uint32_t kNoFile = UINT32_MAX;

struct FileMatch {
    std::vector<std::uint32_t> ofBefore; ///< By index in `before`: the index in `after`, or kNoFile.
    std::vector<std::uint32_t> ofAfter;
    /// By index in `before`: partners below their roots have equal paths. False where only a shorter end of the path
    /// is equal, which is a file that moved.
    std::vector<bool> samePath;
};

/// Installed and generated files match by their whole normalised path. The user's own match by the longest common end
/// of their paths; where several would do, by the pair of folders in front of it that most other files agree on, which
/// is the pair of checkouts. An own file matches an installed one if one of the paths is an end of the other. Linear in
/// the number of path components.
FileMatch matchFiles(std::span<const SourcePath> before, std::span<const SourcePath> after);

} // namespace sundial
