// SPDX-License-Identifier: GPL-3.0-or-later
// Names of profiles as text: a file may hold any bytes in them.
#pragma once

#include <string>
#include <string_view>

namespace sundial
{

/// What stands for bytes that are no text: U+FFFD.
inline constexpr std::string_view kReplacementCharacter = "\ufffd";

/// One character off the front of a text.
struct Utf8Step {
    std::size_t length = 0; ///< In bytes, at least 1.
    bool isValid = false;   ///< Else the bytes are no character; what stands for all of them is one replacement.
};

/// The character that `text`, which is not empty, begins with (RFC 3629). A lone surrogate, as Python writes it for a
/// byte of a path that it could not decode, is one invalid step of three bytes.
Utf8Step utf8Step(std::string_view text);

/// `text` as valid UTF-8; equal to it where it is valid already.
std::string toValidUtf8(std::string_view text);

} // namespace sundial
