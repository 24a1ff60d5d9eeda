// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/line_table.h"

#include <algorithm>

namespace sundial::memray
{

namespace
{

/// The varints of location tables: six bits a byte, least significant first.
class LocationReader
{
public:
    explicit LocationReader(std::string_view table) : m_table(table) {}
    bool atEnd() const { return m_at == m_table.size(); }
    std::uint8_t u8() { return atEnd() ? std::uint8_t(0) : std::uint8_t(m_table[m_at++]); }
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 6) {
            const std::uint8_t byte = u8();
            value |= std::uint64_t(byte & 0x3f) << shift;
            if (!(byte & 0x40))
                break;
        }
        return value;
    }
    std::int64_t svarint()
    {
        const std::uint64_t value = varint();
        const auto magnitude = std::int64_t(value >> 1);
        return value & 1 ? -magnitude : magnitude;
    }

private:
    std::string_view m_table;
    std::size_t m_at = 0;
};

/// Adds without overflow; what leaves the range of lines is no line any more.
std::int64_t movedLine(std::int64_t line, std::int64_t delta)
{
    return std::clamp<std::int64_t>(line + std::clamp<std::int64_t>(delta, INT32_MIN, INT32_MAX), INT32_MIN, INT32_MAX);
}

} // namespace

LineTable::LineTable(std::string_view table, std::int64_t firstLine, PythonVersion python)
{
    if (python.isAtLeast(3, 11)) {
        m_divide = 2;
        readLocations(table, firstLine);
    } else {
        const bool isOfPython310 = python.isAtLeast(3, 10);
        m_multiply = isOfPython310 ? 2 : 1;
        readPairs(table, firstLine, isOfPython310);
    }
}

void LineTable::readLocations(std::string_view table, std::int64_t line)
{
    constexpr unsigned kOneLine = 10, kNoColumns = 13, kLong = 14, kNone = 15;
    LocationReader reader(table);
    std::int64_t unit = 0;
    while (!reader.atEnd()) {
        const std::uint8_t head = reader.u8();
        if (head < 0x80)
            break;
        const unsigned kind = head >> 3 & 0xf;
        if (kind < kOneLine) {
            reader.u8();
        } else if (kind < kNoColumns) {
            line = movedLine(line, kind - kOneLine);
            reader.u8();
            reader.u8();
        } else if (kind < kNone) {
            line = movedLine(line, reader.svarint());
            for (int skipped = 0; kind == kLong && skipped < 3; ++skipped)
                reader.varint();
        }
        unit += (head & 7) + 1;
        m_runs.push_back({unit, line});
    }
}

void LineTable::readPairs(std::string_view table, std::int64_t line, bool isOfPython310)
{
    constexpr int kNoLine = -128; // 3.10: this range has no line; older tables use it as a number
    std::int64_t address = 0;
    for (std::size_t i = 0; i + 1 < table.size(); i += 2) {
        const auto step = std::int64_t(std::uint8_t(table[i]));
        const int delta = static_cast<signed char>(table[i + 1]);
        address += step;
        if (isOfPython310) {
            line = movedLine(line, delta == kNoLine ? 0 : delta);
            m_runs.push_back({address, line});
        } else {
            m_runs.push_back({address, line});
            line = movedLine(line, delta);
        }
    }
    m_lastLine = line;
}

std::uint32_t LineTable::lineAt(std::int64_t offset) const
{
    if (offset < 0)
        return 0;
    const std::int64_t place = offset * m_multiply / m_divide;
    const auto run =
        std::upper_bound(m_runs.begin(), m_runs.end(), place, [](std::int64_t at, const Run& r) { return at < r.end; });
    const std::int64_t line = run == m_runs.end() ? m_lastLine : run->line;
    return line > 0 ? std::uint32_t(line) : 0;
}

} // namespace sundial::memray
