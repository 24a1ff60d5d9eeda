// SPDX-License-Identifier: GPL-3.0-or-later
// Errors as values: one type that knows the place. Bad input is a Result; a broken promise between our own functions
// is an assert. No exception leaves a folder.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace sundial
{

enum class ErrorKind : std::uint8_t {
    Io,            ///< The bytes could not be had: missing, unreadable, vanished.
    UnknownFormat, ///< Another kind of file. The message names it if it is known.
    NoData,        ///< Understood, but there is nothing to show.
    Truncated,     ///< Ends too early.
    Malformed,     ///< Contradicts its format, or holds something that is no profile.
    Unsupported,   ///< Known, but not readable: too new, or a variant.
    TooLarge,      ///< Beyond a stated limit.
    Several,       ///< An archive of several profiles where one is wanted; the cure says how to name it.
    Cancelled,     ///< By the user; nothing is shown.
};

struct Error {
    static constexpr std::uint64_t kNoOffset = UINT64_MAX;

    ErrorKind kind = ErrorKind::Malformed;
    std::string message = {};         ///< One sentence for the reader: what was expected, what was there.
    std::uint64_t offset = kNoOffset; ///< Byte in the decompressed input, where one place can be named.
    std::string cure = {};            ///< What to do about it, as a sentence; may be empty.
};

/// A value or an Error, spelled like std::expected so that C++23 can replace it by an alias.
template <class T> class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    T& operator*()
    {
        assert(*this);
        return *std::get_if<0>(&m_state);
    }
    const T& operator*() const
    {
        assert(*this);
        return *std::get_if<0>(&m_state);
    }
    T* operator->() { return &**this; }
    const T* operator->() const { return &**this; }
    const Error& error() const
    {
        assert(!*this);
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<T, Error> m_state;
};

} // namespace sundial
