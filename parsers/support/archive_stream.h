// SPDX-License-Identifier: GPL-3.0-or-later
// libarchive over bytes in memory: opening, and reading an entry within limits. For decompress.cpp and container.cpp.
#pragma once

#include "parsers/support/decompress.h"

#include <archive.h>
#include <memory>

namespace sundial
{

struct ArchiveCloser {
    void operator()(archive* a) const { archive_read_free(a); }
};
using ArchivePtr = std::unique_ptr<archive, ArchiveCloser>;

enum class ArchiveKind : std::uint8_t {
    Members,    ///< zip or tar, compressed or not.
    Compressed, ///< One stream; its single entry is the content.
};
/// Null if the bytes cannot be opened as that.
ArchivePtr openArchive(std::string_view bytes, ArchiveKind kind);

/// Goes to the next entry; false at the end and at what cannot be read.
bool nextEntry(archive* a, archive_entry*& entry);

/// Up to `most` further bytes of the current entry, added to `data`. Progress counts bytes of the archive. Errors:
/// Truncated, Malformed, TooLarge, Cancelled.
Result<std::string> readEntry(archive* a, std::uint64_t most, const DecompressLimits& limits, Progress& progress,
                              std::string data = {});

/// Room for `expected` bytes, in large pages where the system has them, if that is likely of so many compressed ones:
/// then nothing is copied while it grows. A file may claim anything; what is unlikely grows as it comes.
std::string roomFor(std::uint64_t expected, std::uint64_t compressedBytes);

/// What to say after a read that failed: Truncated or Malformed.
Error archiveError(archive* a);
/// What to say of content that grows beyond `limit` bytes.
Error unpacksTooLarge(std::uint64_t limit);

} // namespace sundial
