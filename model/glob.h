// SPDX-License-Identifier: GPL-3.0-or-later
// Shell patterns, as Python's fnmatchcase understands them.
#pragma once

#include <string_view>

namespace sundial
{

/// Whether the whole of `text` fits `pattern`: `*` any run, `?` one character, `[a-z]` one of a set, `[!a-z]` one not
/// in it; a `[` without `]` stands for itself. Both are UTF-8; sets hold ASCII. O(pattern · text).
bool globMatches(std::string_view pattern, std::string_view text);

} // namespace sundial
