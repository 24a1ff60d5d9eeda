// SPDX-License-Identifier: GPL-3.0-or-later
// What was dropped or copied: files, a path as text, or the text of a profile itself.
#pragma once

#include <QByteArray>
#include <QLatin1String>
#include <QStringList>

class QMimeData;

namespace sundial
{

/// Stands for the path of what was pasted; no file can be called so.
constexpr QLatin1String kPastedText(":pasted");

/// The files that a drag or a copy from a file manager names; URLs of other machines are left out.
QStringList localFiles(const QMimeData& data);

/// Whether it is worth opening: a folder, an archive, something compressed, or a profile by the looks of its start.
bool mayHoldProfile(const QString& path);

/// What a paste means. One of the three is set.
struct Clipping {
    QStringList paths;
    QByteArray profile; ///< Text that one of the formats reads.
    QString refusal;    ///< Why there is nothing to open, as a sentence.
};

/// Copied files; else the text of a profile, by content; else lines that are paths, in quotes or as URLs, too.
Clipping clippingOf(const QMimeData& data);

} // namespace sundial
