// SPDX-License-Identifier: GPL-3.0-or-later
// Which of two files is before and which is after, told from their names.
#pragma once

#include <QString>

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

} // namespace sundial
