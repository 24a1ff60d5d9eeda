// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed input to bytes in memory. Nothing is written to disk, and a small file cannot become an endless one.
#pragma once

#include "model/progress.h"
#include "model/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sundial
{

/// Guards against decompression bombs.
struct DecompressLimits {
    std::uint64_t maxBytes = std::uint64_t(8) << 30;
    /// Output per input byte. Profiles repeat themselves, so this holds only for what is larger than `freeBytes`.
    std::uint64_t maxRatio = 300;
    std::uint64_t freeBytes = std::uint64_t(256) << 20;
};

bool isGzip(std::string_view head);

/// Inflates a gzip file of one or more members; what follows the last one is ignored, as gzip does. Progress counts
/// compressed bytes. Errors: Truncated, Malformed with the offset in the compressed bytes, TooLarge, Cancelled.
Result<std::string> gunzip(std::string_view bytes, const DecompressLimits& limits, Progress& progress);

} // namespace sundial
