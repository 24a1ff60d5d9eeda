// SPDX-License-Identifier: GPL-3.0-or-later
// From a path to a profile: read, decompress, detect, parse. Synchronous; the window runs it on a worker.
#pragma once

#include "model/profile.h"
#include "model/progress.h"
#include "model/result.h"
#include "parsers/formats.h"
#include "parsers/support/decompress.h"

#include <QString>

#include <string>

namespace sundial
{

struct LoadOptions {
    std::string format; ///< Id of the format to read it as; empty: by content.
    ParseOptions parse;
    bool stripDirectories = false; ///< See model/merge_frames.h.
    DecompressLimits limits;
};

/// Reads one file; "-" is standard input. A regular file is mapped, so that its bytes are in memory once. Errors: Io,
/// what decompressing says, what the parser says. Progress counts bytes of the step that is running.
Result<ProfilePtr> loadFile(const QString& path, const LoadOptions& options, Progress& progress);

} // namespace sundial
