// SPDX-License-Identifier: GPL-3.0-or-later
// Bounds-checked reads of hostile bytes. The first failure sticks: read a whole record, then ask ok() once.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace sundial
{

/// Little-endian reads from a view that outlives the reader. After the first failure every read returns zeros, and
/// failedAt() is the offset of the read that did not fit.
class ByteReader
{
public:
    explicit ByteReader(std::string_view bytes) : m_bytes(bytes) {}

    bool ok() const { return !m_failed; }
    std::size_t offset() const { return m_at; }
    std::size_t failedAt() const { return m_failedAt; }
    std::size_t left() const { return m_bytes.size() - m_at; }
    bool atEnd() const { return m_at == m_bytes.size(); }
    void seek(std::size_t offset) { m_at = offset <= m_bytes.size() ? offset : fail(); }
    std::uint8_t peek() const { return m_at < m_bytes.size() ? std::uint8_t(m_bytes[m_at]) : std::uint8_t(0); }

    template <class T> T read()
    {
        static_assert(std::is_trivially_copyable_v<T> && std::endian::native == std::endian::little);
        T value{};
        if (m_failed || left() < sizeof(T)) {
            fail();
            return value;
        }
        std::memcpy(&value, m_bytes.data() + m_at, sizeof(T));
        m_at += sizeof(T);
        return value;
    }
    std::uint8_t u8() { return read<std::uint8_t>(); }
    std::int32_t i32() { return read<std::int32_t>(); }
    std::string_view bytes(std::size_t count)
    {
        if (m_failed || left() < count) {
            fail();
            return {};
        }
        const std::string_view view = m_bytes.substr(m_at, count);
        m_at += count;
        return view;
    }
    /// Unsigned LEB128, at most 64 bits.
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t byte = u8();
            value |= std::uint64_t(byte & 0x7f) << shift;
            if (!(byte & 0x80))
                return value;
        }
        fail();
        return 0;
    }

private:
    std::size_t fail()
    {
        if (!m_failed)
            m_failedAt = m_at;
        m_failed = true;
        return m_at;
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    std::size_t m_failedAt = 0;
    bool m_failed = false;
};

} // namespace sundial
