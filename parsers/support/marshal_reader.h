// SPDX-License-Identifier: GPL-3.0-or-later
// Python's marshal encoding, versions 0 to 6 (Python 2.5 to 3.15), one token at a time: nothing is built, nothing is
// run, and no memory is taken because a count says so. Errors: Truncated, Malformed, with the byte.
// Source of knowledge: CPython's Python/marshal.c; the layouts of code objects are those of its releases.
#pragma once

#include "model/result.h"
#include "parsers/support/byte_reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

enum class MarshalType : std::uint8_t {
    Failed, ///< Nothing could be read: MarshalReader::error().
    End,    ///< The mark that closes a dictionary.
    None,
    True,
    False,
    Int,
    Float,
    Bytes, ///< Also Python 2's `str`, where it is not interned.
    Text,
    Tuple, ///< `count` items follow.
    List,  ///< `count` items follow.
    Set,   ///< `count` items follow.
    Dict,  ///< Pairs follow, then End.
    Code,  ///< Already stepped over.
    Other, ///< A scalar that no profile holds: complex, Ellipsis, StopIteration.
    Slice, ///< Three items follow.
};

/// The word for a type in an error message: "a list".
std::string_view describeType(MarshalType type);

/// Where a reader keeps what it made of an object that later bytes may refer to.
using MarshalSlot = std::uint32_t;
inline constexpr MarshalSlot kNoMarshalSlot = UINT32_MAX;

struct MarshalToken {
    MarshalType type = MarshalType::Failed;
    bool isReference = false;    ///< A container that stands elsewhere: read it inside a MarshalReader::Visit.
    bool isClamped = false;      ///< An Int beyond 64 bits; `integer` is the nearest value that fits.
    bool isUnknownCoded = false; ///< Text whose encoding the file does not promise: UTF-8, or else Latin-1.
    MarshalSlot slot = kNoMarshalSlot;
    std::uint32_t count = 0;  ///< Items of a Tuple, List or Set.
    std::uint32_t offset = 0; ///< Of the object's first byte; for a reference, that of the object it stands for.
    std::int64_t integer = 0; ///< Int; the first line of Code.
    double number = 0;        ///< Float.
    std::string_view text;    ///< Text; the name of Code.
    std::string_view file;    ///< Of Code.
};

class MarshalReader
{
public:
    static constexpr unsigned kMaxDepth = 100; ///< Profiles need 5, the code objects inside them about 20.

    /// `bytes` outlives the reader and is shorter than 4 GiB.
    explicit MarshalReader(std::string_view bytes) : m_bytes(bytes), m_in(bytes) {}

    /// The next object; of a container only its head. After a failure every token is Failed.
    MarshalToken next();
    /// Steps over the items of a container that next() has just returned; nothing to do for others.
    void skip(const MarshalToken& token);

    bool ok() const { return !m_failed; }
    const Error& error() const { return m_error; }
    std::size_t offset() const { return m_in.offset(); }
    std::size_t left() const { return m_in.left(); }
    bool codeFollows() const { return (m_in.peek() & 0x7f) == 'c'; } ///< The next object is compiled code.

    /// Keeps a value, not 0 and below 2^30 - 1, with an object, so that references to it need no second look. Not for
    /// numbers, whose values are kept anyway.
    void setMemo(const MarshalToken& token, std::uint32_t value);
    /// If a reference follows to a container (or else to a scalar) that has a memo, steps over it and returns the memo:
    /// the object, which may stand far back in the file, is not read again. Else 0, and nothing is read.
    std::uint32_t takeMemo(bool ofContainer);

    /// Reads the items of one container: goes to where they stand and, for a reference, comes back at the end. While
    /// the container is open, a reference to it is an error ("contains itself").
    class Visit
    {
    public:
        Visit(MarshalReader& reader, const MarshalToken& container);
        ~Visit();
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;

    private:
        MarshalReader& m_reader;
        const MarshalToken& m_container;
        std::size_t m_return = 0;
    };

private:
    /// What a slot holds beside the place of its object.
    enum class Held : std::uint32_t { Nothing, ScalarMemo, ContainerMemo, Number };
    struct Slot {
        std::uint32_t offset;
        std::uint32_t value : 30; ///< The memo, or the whole number itself.
        std::uint32_t held : 2;   ///< Held.

        bool holds(Held what) const { return held == std::uint32_t(what); }
    };
    static constexpr MarshalSlot kInternedSlot = MarshalSlot(1) << 31; ///< Set: of Python 2's table of strings.
    static constexpr std::uint32_t kMaxValue = (std::uint32_t(1) << 30) - 1;
    static constexpr std::uint32_t kOpen = kMaxValue; ///< Value of a container that is being read.

    MarshalToken read(unsigned depth);
    void readBody(MarshalToken& token, char code, unsigned depth);
    MarshalToken resolve(bool interned, unsigned depth);
    void readDigits(MarshalToken& token);
    void readFloatText(MarshalToken& token);
    void readText(MarshalToken& token, MarshalType type, std::int64_t length);
    void readCount(MarshalToken& token, MarshalType type);
    void skipItems(const MarshalToken& token, unsigned depth);
    void readCode(MarshalToken& token, unsigned depth);
    bool tryCode(MarshalToken& token, unsigned leadingInts, unsigned depth);
    bool skipTuple(unsigned depth);
    bool readString(std::string_view& text, unsigned depth);
    bool chargeRereading(std::size_t bytes);

    Slot& slotOf(MarshalSlot slot)
    {
        return slot & kInternedSlot ? m_interned[slot & ~kInternedSlot] : m_references[slot];
    }
    const Slot& slotOf(MarshalSlot slot) const { return const_cast<MarshalReader*>(this)->slotOf(slot); }
    MarshalToken fail(ErrorKind kind, std::string message, std::size_t offset);
    MarshalToken failTruncated();

    std::string_view m_bytes;
    ByteReader m_in;
    std::vector<Slot> m_references; ///< Objects with FLAG_REF, by the order of their first bytes.
    std::vector<Slot> m_interned;   ///< Python 2's interned strings.
    unsigned m_openReferences = 0;  ///< Visits of references that are open: their objects have their slots already.
    unsigned m_depth = 0;           ///< Visits that are open.
    std::size_t m_reread = 0;       ///< Bytes read more than once: references to containers, wrong guesses at code.
    Error m_error;
    bool m_failed = false;
};

} // namespace sundial
