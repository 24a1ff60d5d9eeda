// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/decompress.h"

#include "parsers/support/archive_stream.h"

#include <algorithm>
#include <array>
#include <limits>
#include <zlib.h>

namespace sundial
{

namespace
{

constexpr std::size_t kInputStep = std::size_t(1) << 20;
constexpr std::size_t kFirstOutput = std::size_t(1) << 16;
constexpr int kGzipOnly = 16; // added to the window size: expect gzip's header, not zlib's

/// zlib's state with its end.
class Inflater
{
public:
    Inflater() { m_ok = inflateInit2(&m_stream, MAX_WBITS + kGzipOnly) == Z_OK; }
    ~Inflater()
    {
        if (m_ok)
            inflateEnd(&m_stream);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    bool ok() const { return m_ok; }
    z_stream& stream() { return m_stream; }

private:
    z_stream m_stream{};
    bool m_ok = false;
};

using namespace std::string_view_literals;
constexpr std::string_view kGzipMark = "\x1f\x8b\x08"sv;
constexpr std::array kOtherMarks{"\x28\xb5\x2f\xfd"sv,
                                 "\xfd"
                                 "7zXZ"sv,
                                 "BZh"sv};

Error noMemory()
{
    return {ErrorKind::TooLarge, "There is not enough memory to decompress the file.", Error::kNoOffset, {}};
}

bool isGzip(std::string_view head)
{
    return head.substr(0, kGzipMark.size()) == kGzipMark;
}

std::uint64_t littleEndian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        number |= std::uint64_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return number;
}

/// What the last four bytes of a gzip file say that it holds.
std::uint64_t sizeInGzip(std::string_view bytes)
{
    constexpr std::size_t kSizeBytes = 4;
    return bytes.size() < kSizeBytes ? 0 : littleEndian(bytes.substr(bytes.size() - kSizeBytes));
}

/// What the head of a zstd frame says that it holds; 0 if it does not, or this is none.
std::uint64_t sizeInZstd(std::string_view bytes)
{
    constexpr std::size_t kMarkBytes = 4;
    if (bytes.size() <= kMarkBytes || bytes.substr(0, kMarkBytes) != kOtherMarks[0])
        return 0;
    const auto descriptor = static_cast<unsigned char>(bytes[kMarkBytes]);
    const bool isSingleSegment = descriptor & 0x20;
    constexpr std::size_t kDictionaryBytes[] = {0, 1, 2, 4};
    constexpr std::size_t kSizeBytes[] = {0, 2, 4, 8};
    const std::size_t at = kMarkBytes + 1 + !isSingleSegment + kDictionaryBytes[descriptor & 3];
    const std::size_t length = descriptor >> 6 == 0 ? isSingleSegment : kSizeBytes[descriptor >> 6];
    if (length == 0 || bytes.size() < at + length)
        return 0;
    return littleEndian(bytes.substr(at, length)) + (length == 2 ? 256 : 0);
}

/// By zlib itself: libarchive does not check gzip's checksums.
Result<std::string> gunzip(std::string_view bytes, const DecompressLimits& limits, Progress& progress)
{
    Inflater inflater;
    if (!inflater.ok())
        return noMemory();
    const std::uint64_t limit = limits.bytesFrom(bytes.size());
    z_stream& stream = inflater.stream();
    std::string output = roomFor(std::min(sizeInGzip(bytes), limit), bytes.size());
    output.resize(std::size_t(std::min<std::uint64_t>(kFirstOutput, limit)));
    std::size_t written = 0;
    std::size_t consumed = 0;
    for (;;) {
        if (!progress.advanceTo(consumed))
            return Error{ErrorKind::Cancelled, {}};
        if (written == output.size()) {
            if (written >= limit)
                return unpacksTooLarge(limit);
            const bool hasRoom = written < output.capacity();
            const std::uint64_t next =
                hasRoom ? std::min<std::uint64_t>(output.capacity(), written + kInputStep) : written * 2;
            output.resize(std::size_t(std::min(limit, next)));
        }
        const std::size_t input = std::min(kInputStep, bytes.size() - consumed);
        const auto space = uInt(std::min<std::size_t>(output.size() - written, std::numeric_limits<uInt>::max()));
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + consumed)); // zlib only reads
        stream.avail_in = uInt(input);
        stream.next_out = reinterpret_cast<Bytef*>(output.data() + written);
        stream.avail_out = space;
        const int state = inflate(&stream, Z_NO_FLUSH);
        consumed += input - stream.avail_in;
        written += space - stream.avail_out;
        if (state == Z_STREAM_END) {
            if (!isGzip(bytes.substr(consumed)))
                break;
            inflateReset(&stream); // the next member
        } else if (state == Z_MEM_ERROR) {
            return noMemory();
        } else if (state != Z_OK && state != Z_BUF_ERROR) {
            return Error{ErrorKind::Malformed, "The compressed file is damaged.", consumed,
                         "Copy or download it again."};
        } else if (consumed == bytes.size() && stream.avail_out > 0) {
            return Error{ErrorKind::Truncated, "The compressed file ends too early.", consumed,
                         "It may not have been written or copied completely; copy it again."};
        }
    }
    output.resize(written);
    return output;
}

} // namespace

bool isCompressed(std::string_view head)
{
    return isGzip(head) || std::any_of(kOtherMarks.begin(), kOtherMarks.end(),
                                       [head](std::string_view mark) { return head.substr(0, mark.size()) == mark; });
}

Result<std::string> decompress(std::string_view bytes, const DecompressLimits& limits, Progress& progress)
{
    progress.setTotal(bytes.size());
    if (isGzip(bytes))
        return gunzip(bytes, limits, progress);
    const ArchivePtr a = openArchive(bytes, ArchiveKind::Compressed);
    archive_entry* entry = nullptr;
    const bool isOpen = a && nextEntry(a.get(), entry);
    if (a && !isOpen)
        return archiveError(a.get());
    if (!isOpen || archive_filter_count(a.get()) < 2) // one: no compression was recognised
        return Error{ErrorKind::Malformed, "The compressed data is damaged.", 0, "Copy the file again."};
    const std::uint64_t expected = std::min(sizeInZstd(bytes), limits.bytesFrom(bytes.size()));
    return readEntry(a.get(), UINT64_MAX, limits, progress, roomFor(expected, bytes.size()));
}

} // namespace sundial
