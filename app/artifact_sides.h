// SPDX-License-Identifier: GPL-3.0-or-later
// Which of many files are before and which are after, and whether each side is several runs of one program.
#pragma once

#include "app/artifact_list.h"

namespace sundial
{

/// The side of each file of a list, by index; skipped files have none. By the two folders or archives that were
/// dropped, by words in the paths, or, where all names but their digits are one of two, by those two.
std::vector<SidedPath> sidesOf(const std::vector<Artifact>& files, const QStringList& dropped);

/// All files of each side, if they are runs of one program: profiles of one kind, whose names differ in nothing but
/// their digits, three or more in all. Else both sides are empty.
ArtifactSets runsOf(const std::vector<Artifact>& files, const std::vector<SidedPath>& sides);

} // namespace sundial
