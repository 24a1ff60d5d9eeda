// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers between runs: one value, read once and written when it changes. Nobody below app/ sees it.
#pragma once

#include "app/match_memory.h"
#include "model/path_map.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace sundial
{

enum class ThemeChoice : std::uint8_t { System, Light, Dark };

/// A file that was opened, newest first, with what its row on the start page shows.
struct RecentFile {
    QString path;
    QString format;      ///< Format id, for the icon.
    QString summary;     ///< "2.32 s"
    qint64 openedMs = 0; ///< Since the epoch.
};

struct Settings {
    static constexpr qsizetype kMostRecent = 8;
    static constexpr int kMostMappings = 100;
    static constexpr int kMostBaselines = 200;

    ThemeChoice theme = ThemeChoice::System;
    QByteArray geometry, splitters, tableColumns;
    QString view;
    bool showCard = true;
    bool watch = false; ///< Read an open file again by itself when it was written anew.
    QList<RecentFile> recent;
    QMap<QString, QString> baselines; ///< By folder: the profile that others from there are compared with.
    PathMap pathMap;                  ///< Where source files of profiles are on this machine.
    MatchMemory matches;

    /// From the user's configuration file; garbage in it reads as defaults.
    static Settings load();
    /// Atomically, through QSettings.
    void save() const;
    void addRecent(RecentFile file);
};

} // namespace sundial
