// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-16, as Windows' shells redirect text and some editors save it. Inside, text is UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sundial
{

/// `text` as UTF-8 if it is UTF-16: by its mark, or, without one, by the zero bytes between plain characters. The mark
/// is left out. Nothing for any other text.
std::optional<std::string> utf8FromUtf16(std::string_view text);

} // namespace sundial
