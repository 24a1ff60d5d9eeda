// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/json_reader.h"

#include "parsers/support/utf8.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

namespace sundial
{

namespace
{

constexpr bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Powers of ten that a double holds exactly: a quotient of two exact numbers is rounded once, hence right.
constexpr std::array<double, 23> kPowersOfTen{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// The four hexadecimal digits at `at`, or -1.
int hexDigits(std::string_view text, std::size_t at)
{
    int value = 0;
    if (at + 4 > text.size())
        return -1;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 4, value, 16);
    return error == std::errc() && end == text.data() + at + 4 && text[at] != '-' ? value : -1;
}

char unescaped(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '"':
    case '\\':
    case '/':
        return c;
    default:
        return 0;
    }
}

/// The word or the sign that `text` begins with, as a sentence can name it.
std::string shownStart(std::string_view text)
{
    constexpr std::size_t kMost = 20;
    const auto first = static_cast<unsigned char>(text[0]);
    if (first == '\n' || first == '\r')
        return "a line break";
    if (!std::isprint(first)) {
        constexpr char kDigits[] = "0123456789abcdef";
        return std::string("byte 0x") + kDigits[first >> 4] + kDigits[first & 15];
    }
    std::size_t end = 1;
    while (end < std::min(text.size(), kMost) && std::isalnum(static_cast<unsigned char>(text[end])))
        ++end;
    return "'" + std::string(text.substr(0, end)) + "'";
}

} // namespace

std::string JsonReader::place(std::size_t offset) const
{
    const std::string_view before = m_text.substr(0, offset);
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0: the first line
    return "line " + std::to_string(std::count(before.begin(), before.end(), '\n') + 1) + ", column " +
           std::to_string(before.size() - lineStart + 1);
}

void JsonReader::fail(Error error)
{
    if (!m_failed)
        m_error = std::move(error);
    m_failed = true;
    m_at = m_text.size();
}

void JsonReader::failHere()
{
    if (m_failed)
        return;
    if (m_at >= m_text.size()) {
        fail({ErrorKind::Truncated, "The JSON ends too early (" + place(m_text.size()) + ").", m_text.size(),
              "Check that the profiler ran to its end and the file was copied whole."});
        return;
    }
    fail({ErrorKind::Malformed,
          "This is not valid JSON: " + shownStart(m_text.substr(m_at)) + " at " + place(m_at) + ".", m_at,
          "Export the profile again."});
}

void JsonReader::restore(const Mark& mark)
{
    if (m_failed)
        return;
    m_at = mark.at;
    m_depth = mark.depth;
    m_first = mark.first;
}

void JsonReader::skipSpace()
{
    while (m_at < m_text.size() && isSpace(m_text[m_at]))
        ++m_at;
}

bool JsonReader::consume(char c)
{
    skipSpace();
    if (m_at < m_text.size() && m_text[m_at] == c) {
        ++m_at;
        return true;
    }
    return false;
}

JsonReader::Type JsonReader::peek()
{
    skipSpace();
    if (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c == '{')
            return Type::Object;
        if (c == '[')
            return Type::Array;
        if (c == '"')
            return Type::String;
        if (isDigit(c) || c == '-')
            return Type::Number;
        for (const std::string_view literal : {"null", "true", "false"}) {
            if (m_text.substr(m_at, literal.size()) == literal)
                return Type::Literal;
        }
    }
    failHere();
    return Type::None;
}

void JsonReader::enter()
{
    if (m_depth == kMaxDepth) {
        fail({ErrorKind::Malformed, "The JSON is nested too deep.", m_at, "Export the profile again."});
        return;
    }
    if (!consume('{') && !consume('['))
        failHere();
    ++m_depth;
    m_first = true;
}

bool JsonReader::nextMember(std::string_view& key)
{
    const bool isFirst = m_first;
    m_first = false;
    if (m_failed)
        return false;
    if (consume('}')) {
        --m_depth;
        return false;
    }
    if (!isFirst && !consume(',')) {
        failHere();
        return false;
    }
    key = readString(m_key);
    if (!m_failed && !consume(':'))
        failHere();
    return !m_failed;
}

bool JsonReader::nextItem()
{
    const bool isFirst = m_first;
    m_first = false;
    if (m_failed)
        return false;
    if (consume(']')) {
        --m_depth;
        return false;
    }
    if (!isFirst && !consume(','))
        failHere();
    return !m_failed;
}

std::string_view JsonReader::readString(std::string& scratch)
{
    if (!consume('"')) {
        failHere();
        return {};
    }
    const auto plainEnd = [this](std::size_t at) {
        while (at < m_text.size() && m_text[at] != '"' && m_text[at] != '\\')
            ++at;
        return at;
    };
    const std::size_t start = m_at;
    m_at = plainEnd(start);
    if (m_at < m_text.size() && m_text[m_at] == '"') {
        ++m_at;
        return m_text.substr(start, m_at - 1 - start);
    }
    scratch.assign(m_text.substr(start, m_at - start));
    while (m_at + 1 < m_text.size() && m_text[m_at] == '\\') {
        if (!unescape(scratch)) {
            failHere();
            return {};
        }
        const std::size_t next = plainEnd(m_at);
        scratch.append(m_text.substr(m_at, next - m_at));
        m_at = next;
    }
    if (!consume('"')) {
        m_at = m_text.size();
        failHere();
        return {};
    }
    return scratch;
}

/// Decodes the escape that the reader stands at; a pair of surrogates is one.
bool JsonReader::unescape(std::string& text)
{
    const char escape = m_text[m_at + 1];
    if (escape != 'u') {
        const char plain = unescaped(escape);
        text += plain;
        m_at += 2;
        return plain != 0;
    }
    int code = hexDigits(m_text, m_at + 2);
    if (code < 0)
        return false;
    m_at += 6;
    if (code >= 0xd800 && code < 0xdc00 && m_text.substr(m_at, 2) == "\\u") {
        const int low = hexDigits(m_text, m_at + 2);
        if (low >= 0xdc00 && low < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            m_at += 6;
        }
    }
    appendUtf8(text, char32_t(code));
    return true;
}

std::string_view JsonReader::string()
{
    return readString(m_string);
}

std::string_view JsonReader::stringOrNothing()
{
    if (peek() == Type::String)
        return string();
    skip();
    return {};
}

double JsonReader::numberOr(double otherwise)
{
    if (peek() == Type::Number)
        return number();
    skip();
    return otherwise;
}

double JsonReader::number()
{
    skipSpace();
    const char* const start = m_text.data() + m_at;
    const char* const end = m_text.data() + m_text.size();
    const char* p = start;
    const bool isNegative = p < end && *p == '-';
    p += isNegative;
    const char* const digits = p;
    std::uint64_t mantissa = 0;
    for (; p < end && isDigit(*p); ++p)
        mantissa = mantissa * 10 + std::uint64_t(*p - '0');
    std::ptrdiff_t significant = p - digits;
    std::ptrdiff_t decimals = 0;
    bool isValid = significant > 0;
    if (p < end && *p == '.') {
        const char* const point = p++;
        for (; p < end && isDigit(*p); ++p)
            mantissa = mantissa * 10 + std::uint64_t(*p - '0');
        decimals = p - point - 1;
        significant += decimals;
        isValid = isValid && decimals > 0;
    }
    const bool hasExponent = p < end && (*p == 'e' || *p == 'E');
    if (isValid && !hasExponent && significant <= 15) { // the mantissa is below 2^53: exact
        m_at += std::size_t(p - start);
        const double value = double(mantissa) / kPowersOfTen[std::size_t(decimals)];
        return isNegative ? -value : value;
    }
    double value = 0;
    const auto [stop, error] = std::from_chars(digits, end, value);
    if (!isValid || error == std::errc::invalid_argument || std::isnan(value)) {
        m_at += std::size_t(p - start);
        failHere();
        return 0;
    }
    if (error == std::errc::result_out_of_range) { // from_chars does not tell too large from too small
        const std::string_view text(digits, std::size_t(stop - digits));
        const std::size_t e = text.find_first_of("eE");
        const bool isSmall = e != text.npos ? text.substr(e + 1).starts_with('-') : text.starts_with('0');
        value = isSmall ? 0 : std::numeric_limits<double>::infinity();
    }
    m_at += std::size_t(stop - start);
    return isNegative ? -value : value;
}

bool JsonReader::skipString()
{
    for (++m_at; m_at < m_text.size(); ++m_at) { // from behind the opening quote
        if (m_text[m_at] == '"') {
            ++m_at;
            return true;
        }
        m_at += m_text[m_at] == '\\';
    }
    m_at = m_text.size();
    failHere();
    return false;
}

void JsonReader::skip()
{
    std::uint64_t isObject = 0; // one bit an open container, the innermost lowest
    unsigned depth = 0;
    do {
        skipSpace();
        if (m_at >= m_text.size()) {
            failHere();
            return;
        }
        switch (const char c = m_text[m_at]) {
        case '"':
            if (!skipString())
                return;
            break;
        case '{':
        case '[':
            if (++depth + m_depth > kMaxDepth) {
                fail({ErrorKind::Malformed, "The JSON is nested too deep.", m_at, "Export the profile again."});
                return;
            }
            isObject = isObject << 1 | std::uint64_t(c == '{');
            ++m_at;
            break;
        case '}':
        case ']':
            if (depth == 0 || bool(isObject & 1) != (c == '}')) {
                failHere();
                return;
            }
            --depth;
            isObject >>= 1;
            ++m_at;
            break;
        case ',':
        case ':':
            if (depth == 0) {
                failHere();
                return;
            }
            ++m_at;
            break;
        default: {
            const std::size_t end = std::min(m_text.find_first_of(",:]} \t\r\n\"[{", m_at), m_text.size());
            if (!isDigit(c) && c != '-' && peek() != Type::Literal)
                return;
            m_at = end;
        }
        }
    } while (depth > 0);
}

void JsonReader::expectEnd()
{
    skipSpace();
    if (!m_failed && m_at < m_text.size())
        failHere();
}

} // namespace sundial
