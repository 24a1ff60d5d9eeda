// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/archive_stream.h"

#include "model/units.h"

#include <algorithm>
#include <new>

#ifdef __linux__
#    include <sys/mman.h>
#endif

namespace sundial
{

namespace
{

constexpr std::size_t kChunkBytes = 1u << 20;

} // namespace

ArchivePtr openArchive(std::string_view bytes, ArchiveKind kind)
{
    ArchivePtr a(archive_read_new());
    archive_read_support_filter_gzip(a.get());
    archive_read_support_filter_bzip2(a.get());
    archive_read_support_filter_xz(a.get());
    archive_read_support_filter_zstd(a.get());
    if (kind == ArchiveKind::Members) {
        archive_read_support_format_zip(a.get());
        archive_read_support_format_tar(a.get());
    } else {
        archive_read_support_format_raw(a.get());
    }
    if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return {};
    return a;
}

bool nextEntry(archive* a, archive_entry*& entry)
{
    const int status = archive_read_next_header(a, &entry);
    return status == ARCHIVE_OK || status == ARCHIVE_WARN;
}

std::string roomFor(std::uint64_t expected, std::uint64_t compressedBytes)
{
    constexpr std::uint64_t kLikelyRatio = 64;
    std::string data;
    if (expected / kLikelyRatio > compressedBytes)
        return data;
    try {
        data.reserve(std::size_t(expected) + 1); // one more than it needs: room is left when it ends
    } catch (const std::bad_alloc&) {
        return data; // a damaged file may claim what it does not hold
    }
#ifdef MADV_HUGEPAGE
    constexpr std::uintptr_t kLarge = std::uintptr_t(2) << 20;
    const auto begin = (reinterpret_cast<std::uintptr_t>(data.data()) + kLarge - 1) / kLarge * kLarge;
    const auto end = (reinterpret_cast<std::uintptr_t>(data.data()) + data.capacity()) / kLarge * kLarge;
    if (begin < end)
        madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE); // a wish: it may be refused
#endif
    return data;
}

Result<std::string> readEntry(archive* a, std::uint64_t most, const DecompressLimits& limits, Progress& progress,
                              std::string data)
{
    while (data.size() < most) {
        const std::size_t before = data.size();
        const std::size_t room = data.capacity() - before; // to go beyond it copies all
        const std::size_t chunk = before > 0 && room > 0 ? std::min(kChunkBytes, room) : kChunkBytes;
        data.resize(before + std::size_t(std::min<std::uint64_t>(chunk, most - before)));
        const la_ssize_t size = archive_read_data(a, data.data() + before, data.size() - before);
        if (size < 0)
            return archiveError(a);
        data.resize(before + std::size_t(size));
        if (size == 0)
            break;
        const auto consumed = std::uint64_t(std::max<la_int64_t>(1, archive_filter_bytes(a, -1)));
        if (const std::uint64_t limit = limits.bytesFrom(consumed); data.size() > limit)
            return unpacksTooLarge(limit);
        if (!progress.advanceTo(consumed))
            return Error{ErrorKind::Cancelled, {}};
    }
    return data;
}

Error archiveError(archive* a)
{
    const std::string_view why = archive_error_string(a) ? archive_error_string(a) : "";
    // The words of zlib, zstd and bzip2, and liblzma's for the same.
    const bool isCut = why.find("runcated") != why.npos || why.find("No progress is possible") != why.npos;
    return {isCut ? ErrorKind::Truncated : ErrorKind::Malformed,
            isCut ? "The compressed data ends too early." : "The compressed data is damaged.",
            std::uint64_t(archive_filter_bytes(a, -1)), "Copy the file again."};
}

Error unpacksTooLarge(std::uint64_t limit)
{
    return {ErrorKind::TooLarge, "It would unpack to more than " + formatValue(double(limit), Unit::Bytes) + ".",
            Error::kNoOffset, "Unpack it by hand if you trust it."};
}

} // namespace sundial
