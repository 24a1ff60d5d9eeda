// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/decompress.h"

#include <algorithm>
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

Error tooLarge(std::uint64_t limit)
{
    return {ErrorKind::TooLarge,
            "The compressed file grows beyond " + std::to_string(limit >> 20) + " MiB, more than a profile should.",
            Error::kNoOffset, "If it is genuine, decompress it and open the result."};
}

} // namespace

bool isGzip(std::string_view head)
{
    return head.size() >= 3 && head[0] == '\x1f' && head[1] == '\x8b' && head[2] == 8;
}

Result<std::string> gunzip(std::string_view bytes, const DecompressLimits& limits, Progress& progress)
{
    Inflater inflater;
    if (!inflater.ok())
        return Error{ErrorKind::TooLarge, "There is not enough memory to decompress the file.", Error::kNoOffset, {}};
    progress.setTotal(bytes.size());
    const std::uint64_t limit = std::min(limits.maxBytes, std::max(limits.freeBytes, bytes.size() * limits.maxRatio));
    z_stream& stream = inflater.stream();
    std::string output(std::min<std::uint64_t>(kFirstOutput, limit), '\0');
    std::size_t written = 0;
    std::size_t consumed = 0;
    for (;;) {
        if (!progress.advanceTo(consumed))
            return Error{ErrorKind::Cancelled, {}};
        if (written == output.size()) {
            if (written >= limit)
                return tooLarge(limit);
            output.resize(std::size_t(std::min<std::uint64_t>(limit, written * 2)));
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
            return Error{
                ErrorKind::TooLarge, "There is not enough memory to decompress the file.", Error::kNoOffset, {}};
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

} // namespace sundial
