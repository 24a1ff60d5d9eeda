// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a memray capture, decompressed while they are read: raw files are filled up with zeros, finished ones
// are one LZ4 frame. Sources: memray 1.20's record writer and reader; the LZ4 frame format 1.6.
#pragma once

#include "model/progress.h"
#include "parsers/support/read_pages.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

struct LZ4F_dctx_s;

namespace sundial::memray
{

/// A window that moves over the decompressed capture; memory does not grow with the file. Call prepare() before each
/// record: from then on kAhead bytes can be read without a check. Where the data end sooner they read as zeros, and
/// isGood() tells it afterwards: read a record, then ask once. Texts and blocks of any length check for themselves.
class CaptureBytes
{
public:
    static constexpr std::size_t kAhead = 128; ///< No record is longer, its texts apart.

    enum class Ending : std::uint8_t {
        Open,      ///< Not all is decompressed yet.
        End,       ///< The file, or its frame, ends in order.
        CutFrame,  ///< The file ends inside the LZ4 frame.
        BadFrame,  ///< The LZ4 frame is damaged here.
        Cancelled, ///< By the user.
    };

    /// `isMapped` as in Input.
    CaptureBytes(std::string_view file, bool isMapped, Progress& progress);
    CaptureBytes(const CaptureBytes&) = delete;
    CaptureBytes& operator=(const CaptureBytes&) = delete;
    ~CaptureBytes();

    static bool isLz4(std::string_view file);
    bool isCompressed() const { return m_decoder != nullptr; }

    /// Zeros at the end of a raw file are padding, and not data. For after the header, whose last bytes may be zeros.
    void dropPadding();
    /// Starts a record. Returns false at the end of the data.
    bool prepare()
    {
        if (std::size_t(m_end - m_at) < kAhead)
            refill(kAhead);
        return m_at < m_end;
    }

    std::uint8_t peek() const { return *m_at; }
    std::uint8_t u8() { return *m_at++; }
    std::uint32_t u32() { return read<std::uint32_t>(); }
    std::int32_t i32() { return read<std::int32_t>(); }
    std::uint64_t u64() { return read<std::uint64_t>(); }
    std::int64_t i64() { return read<std::int64_t>(); }
    /// Seven bits a byte, least significant first, at most 64 bits; a longer one is not isGood().
    std::uint64_t varint()
    {
        std::uint64_t value = *m_at++;
        if (value < 0x80)
            return value;
        value &= 0x7f;
        for (unsigned shift = 7; shift < 64; shift += 7) {
            const std::uint64_t byte = *m_at++;
            value |= (byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        m_isMalformed = true;
        return 0;
    }
    /// Zigzag: 0, -1, 1, -2… as a difference that wraps around.
    std::uint64_t svarint()
    {
        const std::uint64_t z = varint();
        return (z >> 1) ^ (0 - (z & 1));
    }
    /// Up to a NUL, which is skipped. The view holds until the next call of cstr(), bytes() or prepare().
    std::string_view cstr();
    std::string_view bytes(std::uint64_t count);

    bool overran() const { return m_at > m_end; }
    /// All that was read is there and makes sense.
    bool isGood() const { return m_at <= m_end && !m_isMalformed; }
    std::uint64_t offset() const { return m_base + std::uint64_t(m_at - m_buffer.data()); }
    Ending ending() const { return m_ending; }
    /// How much of the file has been read: of a compressed one, about so much.
    double share() const
    {
        const std::uint64_t decompressed = m_base + std::uint64_t(m_end - m_buffer.data());
        return double(m_fileAt) / double(m_file.size()) * double(offset()) / double(decompressed);
    }

private:
    template <class T> T read()
    {
        T value;
        std::memcpy(&value, m_at, sizeof value);
        m_at += sizeof value;
        return value;
    }
    /// Tries to have `count` bytes from m_at on; moves the window.
    void refill(std::size_t count);
    std::size_t pull(std::uint8_t* place, std::size_t room);
    std::size_t decompress(std::uint8_t* place, std::size_t room);
    void runOut();

    std::string_view m_file;
    ReadPages m_readPages;
    Progress& m_progress;
    LZ4F_dctx_s* m_decoder = nullptr;
    std::size_t m_fileAt = 0;
    std::vector<std::uint8_t> m_buffer;
    const std::uint8_t* m_at = nullptr;
    const std::uint8_t* m_end = nullptr;
    std::uint64_t m_base = 0; ///< Offset of the buffer in the decompressed data.
    Ending m_ending = Ending::Open;
    bool m_isMalformed = false;
};

} // namespace sundial::memray
