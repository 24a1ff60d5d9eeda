// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the source file that a profile names. It is shown and never run.
#pragma once

#include "model/path_map.h"

#include <QByteArray>
#include <QString>

#include <string>

namespace sundial
{

constexpr qint64 kLargestSource = 16 << 20; ///< Bytes.

struct SourceFile {
    enum class State : std::uint8_t { Read, NotHere, TooLarge, NotText, Unreadable };

    State state = State::NotHere;
    QString path;    ///< Where it is on this machine.
    QByteArray text; ///< If Read: UTF-8, where the file is.
};

/// The first of the places of `file` that is a regular file. Blocks while it reads: for workers.
SourceFile readSource(const std::string& file, const PathMap& map);

} // namespace sundial
