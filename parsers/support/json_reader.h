// SPDX-License-Identifier: GPL-3.0-or-later
// A pull reader over JSON text, for files that are mostly numbers. It builds no index and no tree. simdjson's on-demand
// parser indexes the whole document before the first value is read: four bytes for each bracket, comma and number, and
// a padded copy of what is mapped. Of 134 MiB of samples (a million stacks) that is 380 MiB, 2.8 times the file before
// there is one node, where reading all of it here may take twice the file; and it stops at 4 GiB.
// tests/bench/bench_stacks.cpp runs both in turn. Grammar: RFC 8259.
#pragma once

#include "model/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sundial
{

/// Reads forwards through a text that outlives the reader. The first failure sticks: everything after it reads as
/// empty, and loops over members and items end. Nesting is bounded; nothing here recurses.
class JsonReader
{
public:
    enum class Type : std::uint8_t { Object, Array, String, Number, Literal, None };
    static constexpr unsigned kMaxDepth = 64;

    explicit JsonReader(std::string_view text) : m_text(text) {}

    bool ok() const { return !m_failed; }
    const Error& error() const { return m_error; } ///< Only if !ok().
    std::string_view text() const { return m_text; }
    std::size_t offset() const { return m_at; }
    /// What has not been read yet. Loops over very many numbers scan it themselves, and say with seek() how far.
    std::string_view rest() const { return m_text.substr(m_at); }
    /// Goes to a value's first byte, or just behind one, in the container that is being read.
    void seek(std::size_t offset) { m_at = offset; }

    /// A place to come back to, with the containers that are open there.
    struct Mark {
        std::size_t at;
        unsigned depth;
        bool first;
    };
    Mark mark() const { return {m_at, m_depth, m_first}; }
    /// Goes back, unless the reader has failed.
    void restore(const Mark& mark);

    /// The type of the next value. Fails at the end of the input and at what starts no value.
    Type peek();
    /// Opens the object or array that comes next.
    void enter();
    /// The next member's key, or false at the object's end, which is then consumed. The key holds until the next call.
    bool nextMember(std::string_view& key);
    /// Whether another item follows, or false at the array's end, which is then consumed.
    bool nextItem();
    /// The string that comes next, unescaped; holds until the next call. Bytes that are no UTF-8 stay as they are.
    std::string_view string();
    /// The number that comes next; infinite if it is beyond a double.
    double number();
    /// The text of the string that comes next, or nothing: any other value is skipped.
    std::string_view stringOrNothing();
    /// The number that comes next, or `otherwise`: any other value is skipped.
    double numberOr(double otherwise);
    void skip();
    /// Fails unless only white space is left.
    void expectEnd();

    /// Ends reading in the middle, with the error Cancelled: whatever is asked for then is not there.
    void stop() { fail({ErrorKind::Cancelled, {}}); }

    /// "line 3, column 17" of a byte, both from 1.
    std::string place(std::size_t offset) const;

private:
    void skipSpace();
    bool consume(char c);
    std::string_view readString(std::string& unescaped);
    bool unescape(std::string& text);
    bool skipString();
    void failHere();
    void fail(Error error);

    std::string_view m_text;
    std::size_t m_at = 0;
    unsigned m_depth = 0;
    bool m_first = false; ///< In the container just entered nothing has been read yet.
    bool m_failed = false;
    std::string m_key, m_string; ///< Where escaped text is unescaped to.
    Error m_error;
};

} // namespace sundial
