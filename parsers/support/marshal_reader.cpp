// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/marshal_reader.h"

#include <array>
#include <charconv>
#include <cmath>

namespace sundial
{

namespace
{

constexpr std::uint8_t kFlagRef = 0x80;
constexpr std::size_t kBitsPerDigit = 15;

bool isContainer(MarshalType type)
{
    return type == MarshalType::Tuple || type == MarshalType::List || type == MarshalType::Set ||
           type == MarshalType::Dict || type == MarshalType::Slice;
}

/// Types that never take a place in the table of references, whatever their flag says.
bool isSingleton(char code)
{
    return std::string_view("0NTF.SrR").find(code) != std::string_view::npos;
}

std::string describeCode(char code)
{
    if (code > ' ' && code < '\x7f')
        return {'\'', code, '\''};
    std::array<char, 8> hex;
    const auto end = std::to_chars(hex.data(), hex.data() + hex.size(), int(code), 16).ptr;
    return "0x" + std::string(code < 0x10 ? "0" : "") + std::string(hex.data(), end);
}

} // namespace

std::string_view describeType(MarshalType type)
{
    switch (type) {
    case MarshalType::None:
        return "None";
    case MarshalType::True:
    case MarshalType::False:
        return "a truth value";
    case MarshalType::Int:
    case MarshalType::Float:
        return "a number";
    case MarshalType::Bytes:
    case MarshalType::Text:
        return "text";
    case MarshalType::Tuple:
        return "a tuple";
    case MarshalType::List:
        return "a list";
    case MarshalType::Set:
        return "a set";
    case MarshalType::Dict:
        return "a dictionary";
    case MarshalType::Code:
        return "compiled code";
    default:
        return "another object";
    }
}

MarshalToken MarshalReader::fail(ErrorKind kind, std::string message, std::size_t offset)
{
    if (!m_failed) {
        m_failed = true;
        m_error = {kind, std::move(message), offset, {}};
        m_error.cure = kind == ErrorKind::Truncated
                           ? "It may not have been written or copied completely; save it again."
                           : "Save the profile again; if it was copied, check that the copy was made in binary mode.";
    }
    return {};
}

MarshalToken MarshalReader::failTruncated()
{
    return fail(ErrorKind::Truncated, "The profile ends too early.", m_bytes.size());
}

bool MarshalReader::chargeRereading(std::size_t bytes)
{
    // References can make a small file stand for a huge one. Real profiles read hardly anything twice.
    m_reread += bytes;
    if (m_reread <= 16 * m_bytes.size() + 65536)
        return true;
    fail(ErrorKind::Malformed, "The profile refers to the same objects too often to be real.", m_in.offset());
    return false;
}

void MarshalReader::setMemo(const MarshalToken& token, std::uint32_t value)
{
    if (token.slot == kNoMarshalSlot)
        return;
    Slot& slot = slotOf(token.slot);
    slot.value = value & kMaxValue;
    slot.held = std::uint32_t(isContainer(token.type) ? Held::ContainerMemo : Held::ScalarMemo);
}

std::uint32_t MarshalReader::takeMemo(bool ofContainer)
{
    const auto code = char(m_in.peek() & ~kFlagRef);
    if (m_failed || (code != 'r' && code != 'R'))
        return 0;
    const std::size_t start = m_in.offset();
    m_in.u8();
    const std::vector<Slot>& table = code == 'R' ? m_interned : m_references;
    const std::int32_t index = m_in.left() < sizeof(index) ? -1 : m_in.i32();
    if (index >= 0 && std::size_t(index) < table.size()) {
        const Slot& slot = table[std::size_t(index)];
        if (slot.value != 0 && slot.value != kOpen && slot.holds(ofContainer ? Held::ContainerMemo : Held::ScalarMemo))
            return slot.value;
    }
    m_in.seek(start);
    return 0;
}

MarshalToken MarshalReader::next()
{
    return read(m_depth);
}

void MarshalReader::skip(const MarshalToken& token)
{
    skipItems(token, m_depth);
}

MarshalToken MarshalReader::read(unsigned depth)
{
    if (m_failed)
        return {};
    if (m_in.atEnd())
        return failTruncated();
    if (depth > kMaxDepth)
        return fail(ErrorKind::Malformed, "The profile is nested too deep to be real.", m_in.offset());

    MarshalToken token;
    token.offset = std::uint32_t(m_in.offset());
    const std::uint8_t head = m_in.u8();
    const char code = char(head & ~kFlagRef);
    if (code == 'r' || code == 'R')
        return resolve(code == 'R', depth);
    const bool isFlagged = (head & kFlagRef) && !isSingleton(code);
    // While a reference is followed, its objects have their places already.
    if (m_openReferences == 0) {
        if (isFlagged) {
            token.slot = MarshalSlot(m_references.size());
            m_references.push_back({token.offset, 0, std::uint32_t(Held::Nothing)});
        } else if (code == 't') {
            token.slot = MarshalSlot(m_interned.size()) | kInternedSlot;
            m_interned.push_back({token.offset, 0, std::uint32_t(Held::Nothing)});
        }
    }
    token.isUnknownCoded = !isFlagged && code != 'u';
    readBody(token, code, depth);
    if (!m_failed && !m_in.ok())
        return failTruncated();
    // Small numbers are one object in all of Python: held here, so that their first places, all over the file, need not
    // stay in memory.
    if (code == 'i' && token.slot != kNoMarshalSlot && token.integer >= 0 && token.integer <= kMaxValue) {
        slotOf(token.slot).value = std::uint32_t(token.integer) & kMaxValue;
        slotOf(token.slot).held = std::uint32_t(Held::Number);
    }
    return m_failed ? MarshalToken{} : token;
}

void MarshalReader::readBody(MarshalToken& token, char code, unsigned depth)
{
    switch (code) {
    case '0':
        token.type = MarshalType::End;
        break;
    case 'N':
        token.type = MarshalType::None;
        break;
    case 'T':
        token.type = MarshalType::True;
        break;
    case 'F':
        token.type = MarshalType::False;
        break;
    case '.':
    case 'S':
        token.type = MarshalType::Other;
        break;
    case 'i':
        token.type = MarshalType::Int;
        token.integer = m_in.i32();
        break;
    case 'I':
        token.type = MarshalType::Int;
        token.integer = m_in.read<std::int64_t>();
        break;
    case 'l':
        readDigits(token);
        break;
    case 'g':
        token.type = MarshalType::Float;
        token.number = m_in.read<double>();
        break;
    case 'f':
        readFloatText(token);
        break;
    case 'y':
        token.type = MarshalType::Other;
        m_in.bytes(16);
        break;
    case 'x':
        readFloatText(token);
        readFloatText(token);
        token.type = MarshalType::Other;
        break;
    case 's':
        readText(token, MarshalType::Bytes, m_in.i32());
        break;
    case 't':
    case 'u':
    case 'a':
    case 'A':
        readText(token, MarshalType::Text, m_in.i32());
        break;
    case 'z':
    case 'Z':
        readText(token, MarshalType::Text, m_in.u8());
        break;
    case ')':
        token.type = MarshalType::Tuple;
        token.count = m_in.u8();
        break;
    case '(':
        readCount(token, MarshalType::Tuple);
        break;
    case '[':
        readCount(token, MarshalType::List);
        break;
    case '<':
    case '>':
        readCount(token, MarshalType::Set);
        break;
    case '{':
    case '}':
        token.type = MarshalType::Dict;
        break;
    case ':':
        token.type = MarshalType::Slice;
        token.count = 3;
        break;
    case 'c':
        readCode(token, depth);
        break;
    default:
        fail(ErrorKind::Malformed,
             "Type code " + describeCode(code) + " is unknown: the file is damaged or from a newer Python.",
             token.offset);
    }
}

MarshalToken MarshalReader::resolve(bool interned, unsigned depth)
{
    const std::size_t offset = m_in.offset() - 1;
    const std::int32_t index = m_in.i32();
    if (!m_in.ok())
        return failTruncated();
    const std::vector<Slot>& table = interned ? m_interned : m_references;
    if (index < 0 || std::size_t(index) >= table.size())
        return fail(ErrorKind::Malformed,
                    "The profile is damaged: reference " + std::to_string(index) + " does not exist.", offset);
    const Slot& slot = table[std::size_t(index)];
    if (slot.holds(Held::Number)) {
        MarshalToken token;
        token.type = MarshalType::Int;
        token.offset = slot.offset;
        token.integer = slot.value;
        return token;
    }
    if (slot.value == kOpen)
        return fail(ErrorKind::Malformed, "The profile is damaged: an object contains itself.", offset);

    const std::size_t back = m_in.offset();
    m_in.seek(slot.offset);
    ++m_openReferences;
    MarshalToken token = read(depth);
    --m_openReferences;
    if (token.type == MarshalType::Code || token.type == MarshalType::Int)
        chargeRereading(m_in.offset() - token.offset);
    if (m_failed)
        return {};
    m_in.seek(back);
    token.slot = MarshalSlot(index) | (interned ? kInternedSlot : 0);
    token.isReference = isContainer(token.type);
    return token;
}

void MarshalReader::readDigits(MarshalToken& token)
{
    token.type = MarshalType::Int;
    const std::size_t start = m_in.offset();
    const std::int64_t signedCount = m_in.i32();
    const auto count = std::size_t(std::abs(signedCount));
    if (!m_in.ok() || count > m_in.left() / 2) {
        failTruncated();
        return;
    }
    std::uint64_t magnitude = 0;
    std::uint16_t digit = 1;
    for (std::size_t i = 0; i < count; ++i) {
        digit = m_in.read<std::uint16_t>();
        if (digit > 0x7fff) {
            fail(ErrorKind::Malformed, "The profile is damaged: a digit of a whole number is too large.", start);
            return;
        }
        const std::size_t shift = i * kBitsPerDigit;
        token.isClamped |= shift >= 63 ? digit != 0 : std::uint64_t(digit) >> (63 - shift) != 0;
        magnitude |= shift < 63 ? std::uint64_t(digit) << shift : 0;
    }
    if (digit == 0) {
        fail(ErrorKind::Malformed, "The profile is damaged: a whole number begins with zeros.", start);
        return;
    }
    const bool isNegative = signedCount < 0;
    if (token.isClamped)
        token.integer = isNegative ? INT64_MIN : INT64_MAX;
    else
        token.integer = isNegative ? -std::int64_t(magnitude) : std::int64_t(magnitude);
}

void MarshalReader::readFloatText(MarshalToken& token)
{
    token.type = MarshalType::Float;
    const std::size_t start = m_in.offset();
    const std::string_view text = m_in.bytes(m_in.u8());
    if (!m_in.ok())
        return;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), token.number);
    if (error == std::errc::result_out_of_range)
        token.number = HUGE_VAL; // repr never writes one; `1e999` means infinity to Python
    else if (error != std::errc() || end != text.data() + text.size())
        fail(ErrorKind::Malformed, "The profile is damaged: a number is not readable.", start);
}

void MarshalReader::readText(MarshalToken& token, MarshalType type, std::int64_t length)
{
    token.type = type;
    if (!m_in.ok())
        return;
    if (length < 0) {
        fail(ErrorKind::Malformed, "The profile is damaged: a text has a negative length.", m_in.offset() - 4);
    } else if (std::size_t(length) > m_in.left()) {
        fail(ErrorKind::Truncated,
             "The profile ends too early: a text of " + std::to_string(length) + " bytes is announced, " +
                 std::to_string(m_in.left()) + " are left.",
             m_in.offset());
    } else {
        token.text = m_in.bytes(std::size_t(length));
    }
}

void MarshalReader::readCount(MarshalToken& token, MarshalType type)
{
    token.type = type;
    const std::size_t start = m_in.offset();
    const std::int32_t count = m_in.i32();
    // A count beyond what is left is either a lie or the mark of a cut file. Nothing is reserved by it, so only those
    // that no whole file of this size could hold are lies.
    if (count < 0 || std::size_t(count) > m_bytes.size())
        fail(ErrorKind::Malformed,
             "The profile is damaged: " + std::string(describeType(type)) + " of " + std::to_string(count) +
                 " items is announced.",
             start);
    token.count = std::uint32_t(count);
}

void MarshalReader::skipItems(const MarshalToken& token, unsigned depth)
{
    if (!isContainer(token.type) || token.isReference || m_failed)
        return;
    setMemo(token, kOpen);
    const bool isDict = token.type == MarshalType::Dict;
    for (std::uint32_t i = 0; (isDict || i < token.count) && !m_failed; ++i) {
        const MarshalToken item = read(depth + 1);
        if (item.type == MarshalType::End) {
            if (isDict && i % 2 == 0)
                break;
            fail(ErrorKind::Malformed, "The profile is damaged: an end mark stands where a value belongs.",
                 item.offset);
        }
        skipItems(item, depth + 1);
    }
    setMemo(token, 0);
}

/// Steps over a code object. The file does not say which Python wrote it, and the layouts differ in the number of
/// leading integers and in the parts, so each is tried; the first in which every part has the right type is taken.
void MarshalReader::readCode(MarshalToken& token, unsigned depth)
{
    const std::size_t start = m_in.offset();
    const std::size_t references = m_references.size();
    const std::size_t interned = m_interned.size();
    setMemo(token, kOpen);
    for (const unsigned leadingInts : {6U, 5U, 4U}) {
        if (tryCode(token, leadingInts, depth)) {
            token.type = MarshalType::Code;
            setMemo(token, 0);
            return;
        }
        const std::size_t reached = m_in.offset();
        m_in = ByteReader(m_bytes);
        m_in.seek(start);
        m_references.resize(references);
        m_interned.resize(interned);
        m_failed = false;
        if (!chargeRereading(reached - start))
            return;
    }
    fail(ErrorKind::Malformed, "The file ends inside compiled code, or is damaged there.", token.offset);
}

bool MarshalReader::tryCode(MarshalToken& token, unsigned leadingInts, unsigned depth)
{
    m_in.bytes(4 * leadingInts);
    std::string_view ignored;
    if (!readString(ignored, depth) || !skipTuple(depth) || !skipTuple(depth) || !skipTuple(depth)) // code … varnames
        return false;
    const MarshalToken fifth = read(depth + 1); // free variables, or since 3.11 the kinds of the local ones
    const bool isSince311 = fifth.type == MarshalType::Bytes && leadingInts == 5;
    if (!isSince311 && fifth.type != MarshalType::Tuple)
        return false;
    skipItems(fifth, depth + 1);
    if (!isSince311 && !skipTuple(depth)) // cell variables
        return false;
    if (!readString(token.file, depth) || !readString(token.text, depth))
        return false;
    if (isSince311 && !readString(ignored, depth)) // the qualified name, which no row of a profile has
        return false;
    token.integer = m_in.i32();
    return m_in.ok() && readString(ignored, depth) && (!isSince311 || readString(ignored, depth));
}

bool MarshalReader::skipTuple(unsigned depth)
{
    const MarshalToken token = read(depth + 1);
    if (token.type != MarshalType::Tuple)
        return false;
    skipItems(token, depth + 1);
    return !m_failed;
}

bool MarshalReader::readString(std::string_view& text, unsigned depth)
{
    const MarshalToken token = read(depth + 1);
    text = token.text;
    return token.type == MarshalType::Bytes || token.type == MarshalType::Text;
}

MarshalReader::Visit::Visit(MarshalReader& reader, const MarshalToken& container)
    : m_reader(reader), m_container(container), m_return(reader.m_in.offset())
{
    ++reader.m_depth;
    if (!container.isReference) {
        reader.setMemo(container, kOpen);
        return;
    }
    ++reader.m_openReferences;
    reader.m_in.seek(container.offset);
    const auto code = char(reader.m_in.u8() & ~kFlagRef);
    if (code == '(' || code == '[' || code == '<' || code == '>')
        reader.m_in.i32(); // the count, which the token has already
    else if (code == ')')
        reader.m_in.u8();
}

MarshalReader::Visit::~Visit()
{
    --m_reader.m_depth;
    if (!m_container.isReference) {
        m_reader.setMemo(m_container, 0);
        return;
    }
    --m_reader.m_openReferences;
    if (m_reader.ok() && m_reader.chargeRereading(m_reader.m_in.offset() - m_container.offset))
        m_reader.m_in.seek(m_return);
}

} // namespace sundial
