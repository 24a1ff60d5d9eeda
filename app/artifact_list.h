// SPDX-License-Identifier: GPL-3.0-or-later
// What was found in a folder, an archive or several files, and which of it belongs together as before and after.
#pragma once

#include "app/compare_sides.h"
#include "model/progress.h"
#include "model/result.h"
#include "model/units.h"
#include "model/verdict.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace sundial
{

/// One file or member.
struct Artifact {
    QString path; ///< As loadFile() takes it.
    QString name; ///< Relative to the folder or archive that holds everything.
    QString kind; ///< The format's title; empty if it was skipped.
    std::uint64_t size = 0;
    QString skipped; ///< Why it cannot be opened, as a sentence.
};

/// What the table shows as one row: a pair, a profile alone, or what was skipped. Indices into `files`; −1: none.
struct ArtifactRow {
    QString folder, name;
    int before = -1, after = -1;
    bool isByHand = false; ///< A pair that the user has made.
    bool isSided = true;   ///< Of a profile alone: whether its path says a side; if not, it stands in `after`.

    bool isPair() const { return before >= 0 && after >= 0; }
};

/// The files of both sides as runs of one program; indices into `files`.
struct ArtifactSets {
    std::vector<int> before, after;
    QString beforeWord, afterWord;

    bool isEmpty() const { return before.empty() || after.empty(); }
};

struct ArtifactList {
    QString title;
    std::vector<Artifact> files;
    std::vector<ArtifactRow> rows; ///< Pairs by folder and name, then profiles alone, then skipped files.
    QString beforeWord, afterWord; ///< "base/", "head/": of the first pair; empty without pairs.
    ArtifactSets sets;             ///< Empty unless each side is several runs of one program.
    QStringList warnings;

    const Artifact& shown(const ArtifactRow& row) const
    {
        return files[std::size_t(row.after >= 0 ? row.after : row.before)];
    }
    bool isSkipped(const ArtifactRow& row) const { return !shown(row).skipped.isEmpty(); }
    int pairs() const;
};

/// Looks into folders and archives; links to folders are not followed. A file that cannot be read is listed as
/// skipped. Errors: Cancelled.
Result<ArtifactList> listArtifacts(const QStringList& paths, Progress& progress);

/// The numbers of a row, each in the file's first metric.
struct ArtifactNumbers {
    Unit unit = Unit::None;
    std::optional<double> before, after;
    std::optional<VerdictKind> verdict; ///< Of pairs.
    QString title, evidence;            ///< The verdict in words, or what could not be read.
};
/// Loads the files of a row. What cannot be read has its sentence in `evidence`. Nothing if cancelled.
std::optional<ArtifactNumbers> measureArtifact(const ArtifactList& list, const ArtifactRow& row, Progress& progress);
/// The same for many rows, in the order that takes least: the profiles of one archive are read in one pass over it.
/// `tell` gets each row's index into `rows` with its numbers. Ends early if cancelled.
void measureArtifacts(const ArtifactList& list, const std::vector<ArtifactRow>& rows, Progress& progress,
                      const std::function<void(std::size_t, ArtifactNumbers)>& tell);

} // namespace sundial
