// SPDX-License-Identifier: GPL-3.0-or-later
// From a path to a profile: read, decompress, look into archives, detect, parse. Synchronous; the window runs it on a
// worker.
#pragma once

#include "model/profile.h"
#include "model/progress.h"
#include "model/result.h"
#include "parsers/container.h"
#include "parsers/formats.h"

#include <QString>

#include <string>

namespace sundial
{

struct LoadOptions {
    std::string format; ///< Id of the format to read it as; empty: by content.
    ParseOptions parse;
    bool stripDirectories = false; ///< See model/merge_frames.h.
    ContainerLimits limits;
};

/// Reads one profile: a file, compressed or not; an archive that holds one profile; or "ARCHIVE!member". "-" is
/// standard input. Errors: Io, Several if an archive leaves a choice, what decompressing says, what the parser says.
/// Progress counts bytes of the step that is running.
Result<ProfilePtr> loadFile(const QString& path, const LoadOptions& options, Progress& progress);

} // namespace sundial
