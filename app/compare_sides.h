// SPDX-License-Identifier: GPL-3.0-or-later
// Which of two files is before and which is after, told from their names.
#pragma once

#include <QString>

#include <cstdint>

namespace sundial
{

/// How sure a guess is: by words or numbers in the names, or by the files' dates alone.
enum class SideHint : std::uint8_t { Name, Date };

struct ComparedPaths {
    QString before, after;
    SideHint hint = SideHint::Name;
};

/// By before/after, baseline, old/new, base/head, main/pr and other such words in the file's or its folders' names, by
/// numbers that count up, else by the time of last change.
ComparedPaths guessSides(const QString& first, const QString& second);

enum class Side : std::uint8_t { None, Before, After };

/// Where a path says which side it is of: "base/unit/a.prof" is Before by "base", and the rest, "/unit/a.prof", is what
/// its counterpart has in common with it.
struct SidedPath {
    Side side = Side::None;
    QString word; ///< As the path spells it, with a "/" where it is a whole folder.
    QString rest;
};
SidedPath sidedPath(const QString& path);

} // namespace sundial
