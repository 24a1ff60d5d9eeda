// SPDX-License-Identifier: GPL-3.0-or-later
// A record's body is written as a word with one letter a field: v varint, s text up to a NUL, b bytes behind their
// length, 1, 4 and 8 a number of so many bytes.
#include "tests/fuzz/capture_mutator.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <lz4frame.h>

namespace sundial::test
{

namespace
{

using namespace std::string_view_literals;

constexpr std::string_view kMagic = "memray\0"sv;
constexpr std::string_view kLz4Magic = "\x04\x22\x4d\x18"sv;
constexpr std::size_t kVersionAt = kMagic.size();

class Cursor
{
public:
    Cursor(std::string_view bytes, std::size_t at) : m_bytes(bytes), m_at(at) {}
    std::size_t at() const { return m_at; }
    bool isGood() const { return m_good; }
    bool atEnd() const { return m_at >= m_bytes.size(); }

    std::uint8_t byte()
    {
        skip(1);
        return m_good ? std::uint8_t(m_bytes[m_at - 1]) : std::uint8_t(0);
    }
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t next = byte();
            value |= std::uint64_t(next & 0x7f) << shift;
            if (next < 0x80)
                break;
        }
        return value;
    }
    std::string_view text()
    {
        const std::size_t end = m_bytes.find('\0', std::min(m_at, m_bytes.size()));
        const std::size_t start = m_at;
        skip(end == m_bytes.npos ? m_bytes.size() : end + 1 - m_at);
        return m_good ? m_bytes.substr(start, m_at - start - 1) : std::string_view();
    }
    void skip(std::uint64_t count)
    {
        m_good = m_good && count <= m_bytes.size() - m_at;
        m_at += m_good ? std::size_t(count) : 0;
    }
    void fields(std::string_view body)
    {
        for (const char field : body) {
            if (field == 'v')
                varint();
            else if (field == 's')
                text();
            else if (field == 'b')
                skip(varint());
            else
                skip(std::uint64_t(field - '0'));
        }
    }

private:
    std::string_view m_bytes;
    std::size_t m_at;
    bool m_good = true;
};

struct Layout {
    int format = 0;
    bool hasNativeTraces = false;
    bool isAggregated = false;
    std::size_t recordsAt = 0;
};

/// recordsAt stays 0 if the header is not whole.
Layout layoutOf(std::string_view bytes)
{
    Layout layout;
    if (!bytes.starts_with(kMagic))
        return layout;
    Cursor in(bytes, kVersionAt);
    layout.format = in.byte();
    in.skip(3);
    if (layout.format < 7 || layout.format > 13)
        return layout;
    if (layout.format >= 12)
        in.skip(4); // Python version
    layout.hasNativeTraces = in.byte() != 0;
    if (layout.format >= 10)
        layout.isAggregated = in.byte() != 0;
    in.fields("8888s4"); // counts, times, command line, process
    if (layout.format >= 9)
        in.fields("88");
    in.skip(layout.format == 7 ? 4 : 1);
    in.skip((layout.format >= 11 ? 1u : 0u) + (layout.format >= 12 ? 1u : 0u));
    if (layout.format >= 13) {
        in.text();
        for (int lists = 2; lists > 0 && in.isGood();)
            lists -= in.text().empty() ? 1 : 0;
    }
    layout.recordsAt = in.isGood() ? in.at() : 0;
    return layout;
}

void skipNewAllocation(Cursor& in, std::uint8_t token, bool hasNativeTraces)
{
    if ((token >> 3 & 0xf) == 0xf)
        in.varint();
    const unsigned allocator = (token & 7) != 0 ? token & 7u : in.byte();
    const bool isFree = allocator == 1 || allocator == 5;
    if (!isFree)
        in.fields(hasNativeTraces ? "vv" : "v");
}

void skipRecord(Cursor& in, const Layout& layout)
{
    constexpr std::array<std::string_view, 16> kNew = {"",   "", "vv", "", "",  "vv", "",      "sv8",
                                                       "8v", "", "s",  "", "8", "",   "vssvb", ""};
    constexpr std::array<std::string_view, 16> kOld = {"",   "v", "vvv", "vssv", "v", "vv", "", "sv8",
                                                       "8v", "",  "s",   "vv",   "8", "",   "", ""};
    constexpr std::array<std::string_view, 16> kNewSums = {"",   "888", "888888888", "vv", "vvv1", "vv", "",      "sv8",
                                                           "8v", "",    "s",         "",   "8",    "v",  "vssvb", ""};
    constexpr std::array<std::string_view, 16> kOldSums = {"",   "888", "888888888", "84", "8ss41", "vv", "", "sv8",
                                                           "8v", "",    "s",         "",   "8",     "",   "", ""};
    const std::uint8_t token = in.byte();
    if (layout.isAggregated) {
        in.fields((layout.format >= 12 ? kNewSums : kOldSums)[token & 0xf]);
        if (token == 13 && layout.hasNativeTraces)
            in.varint();
    } else if (layout.format < 12) {
        in.fields(kOld[token & 0xf]);
        const unsigned allocator = token >> 4;
        if ((token & 0xf) == 1 && allocator != 2 && allocator != 15)
            in.varint();
    } else if (token & 0x80) {
        skipNewAllocation(in, token, layout.hasNativeTraces);
    } else if (token & 0x40) {
        in.fields("vv");
    } else if (token & 0x20) {
        if ((token >> 1 & 0xf) == 0xf)
            in.varint();
        if (layout.hasNativeTraces && (token & 1))
            in.varint();
    } else if (token < 0x10) {
        in.fields(kNew[token]);
    }
}

void appendVarint(std::string& bytes, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        bytes += char(value | 0x80);
    bytes += char(value);
}

/// A record of random kind with small or extreme numbers.
std::string inventedRecord(Choice& choice)
{
    std::string record(1, char(choice.below(256)));
    for (std::size_t fields = choice.below(5); fields > 0; --fields) {
        if (choice.oneIn(4))
            record += "name\0"sv;
        else
            appendVarint(record, choice.oneIn(3) ? choice.edge() : choice.below(40));
    }
    return record;
}

std::string changedHeader(std::string bytes, std::size_t recordsAt, Choice& choice)
{
    if (choice.oneIn(3))
        bytes[kVersionAt] = char(6 + choice.below(9));
    else
        bytes[kVersionAt + choice.below(recordsAt - kVersionAt)] =
            char(choice.oneIn(2) ? choice.below(3) : choice.edge());
    return bytes;
}

} // namespace

std::string unpackedCapture(std::string_view bytes, std::size_t room)
{
    if (!bytes.starts_with(kLz4Magic))
        return std::string(bytes);
    std::string out(room, '\0');
    LZ4F_dctx* decoder = nullptr;
    LZ4F_createDecompressionContext(&decoder, LZ4F_VERSION);
    std::size_t written = 0;
    for (std::size_t hint = 1; hint != 0 && !bytes.empty() && written < room;) {
        std::size_t taken = bytes.size();
        std::size_t got = room - written;
        hint = LZ4F_decompress(decoder, out.data() + written, &got, bytes.data(), &taken, nullptr);
        if (LZ4F_isError(hint))
            break;
        written += got;
        bytes.remove_prefix(taken);
    }
    LZ4F_freeDecompressionContext(decoder);
    out.resize(written);
    return out;
}

std::string packedCapture(std::string_view bytes)
{
    std::string out(LZ4F_compressFrameBound(bytes.size(), nullptr), '\0');
    const std::size_t size = LZ4F_compressFrame(out.data(), out.size(), bytes.data(), bytes.size(), nullptr);
    out.resize(LZ4F_isError(size) ? 0 : size);
    return out;
}

std::vector<std::size_t> captureRecords(std::string_view bytes)
{
    const Layout layout = layoutOf(bytes);
    if (layout.recordsAt == 0)
        return {};
    std::vector<std::size_t> starts{layout.recordsAt};
    for (Cursor in(bytes, layout.recordsAt); !in.atEnd();) {
        skipRecord(in, layout);
        if (!in.isGood())
            break;
        starts.push_back(in.at());
    }
    return starts;
}

std::string mutateCapture(std::string_view bytes, std::size_t room, Choice& choice, const MutateBytes& mutateBytes)
{
    std::string raw = unpackedCapture(bytes, room);
    const std::vector<std::size_t> starts = captureRecords(raw);
    if (starts.size() < 2 || choice.oneIn(10)) {
        mutateBytes(raw, room);
        return raw;
    }
    const std::size_t records = starts.size() - 1;
    const auto record = [&](std::size_t i) {
        return std::string_view(raw).substr(starts[i], starts[i + 1] - starts[i]);
    };
    const std::size_t i = choice.below(records);
    const std::size_t from = choice.below(records);
    const std::string_view before = std::string_view(raw).substr(0, starts[i]);
    const std::string_view after = std::string_view(raw).substr(starts[i + 1]);
    std::string middle(record(i));
    switch (choice.below(6)) {
    case 0:
        middle.clear();
        break;
    case 1:
        middle += record(from);
        break;
    case 2:
        middle = record(from);
        break;
    case 3:
        middle += inventedRecord(choice);
        break;
    case 4:
        return changedHeader(raw, starts.front(), choice);
    default:
        mutateBytes(middle, middle.size() + 8);
    }
    std::string changed = std::string(before).append(middle).append(after);
    if (changed.size() > room)
        changed.resize(room);
    if (choice.oneIn(16)) {
        std::string packed = packedCapture(changed);
        if (packed.size() <= room)
            return packed;
    }
    return changed;
}

std::string crossCapture(std::string_view bytes, std::string_view other, std::size_t room, Choice& choice)
{
    const std::string first = unpackedCapture(bytes, room);
    const std::string second = unpackedCapture(other, room);
    const std::vector<std::size_t> mine = captureRecords(first);
    const std::vector<std::size_t> theirs = captureRecords(second);
    if (mine.empty() || theirs.empty())
        return first;
    std::string crossed =
        first.substr(0, mine[choice.below(mine.size())]) + second.substr(theirs[choice.below(theirs.size())]);
    if (crossed.size() > room)
        crossed.resize(room);
    return crossed;
}

} // namespace sundial::test
