// SPDX-License-Identifier: GPL-3.0-or-later
// Large files of collapsed stacks, read by all processors.
#pragma once

#include "model/progress.h"
#include "model/snapshots.h"
#include "parsers/collapsed/file_reader.h"

namespace sundial::collapsed
{

constexpr std::size_t kPieceBytes = std::size_t(8) << 20;

/// Publishes what the reader has, if that is anything and is wanted.
void showSoFar(const FileReader& reader, double readShare);

/// The same profile as of one reader, whatever the number of threads. Only for what FileReader::append() can do. A few
/// pieces are in memory at a time. Errors: those of FileReader, Cancelled.
Result<Profile> readInPieces(const Input& input, const ParseOptions& options, Dialect dialect, Progress& progress,
                             std::size_t pieceBytes = kPieceBytes);

} // namespace sundial::collapsed
