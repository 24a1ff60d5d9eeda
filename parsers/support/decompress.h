// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed input (gzip, zstd, xz, bzip2) to bytes in memory. Nothing is written to disk, and a small file cannot
// become an endless one.
#pragma once

#include "model/progress.h"
#include "model/result.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace sundial
{

/// Guards against decompression bombs.
struct DecompressLimits {
    std::uint64_t maxBytes = std::uint64_t(8) << 30;
    /// Output per input byte. Profiles repeat themselves, so this holds only for what is larger than `freeBytes`.
    std::uint64_t maxRatio = 2'000;
    std::uint64_t freeBytes = std::uint64_t(64) << 20;

    /// The most that this many compressed bytes may become.
    std::uint64_t bytesFrom(std::uint64_t compressed) const
    {
        return std::min(maxBytes, std::max(freeBytes, compressed * maxRatio));
    }
};

/// By the first bytes.
bool isCompressed(std::string_view head);

/// The content of a compressed file, of all its members if it is gzip. gzip's checksums are checked, and what follows
/// its last member is ignored, as gzip itself does. Progress counts compressed bytes. Errors: Truncated, Malformed with
/// the offset in the compressed bytes, TooLarge, Cancelled.
Result<std::string> decompress(std::string_view bytes, const DecompressLimits& limits, Progress& progress);

} // namespace sundial
