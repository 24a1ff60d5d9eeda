// SPDX-License-Identifier: GPL-3.0-or-later
// Text as a JSON string.
#pragma once

#include <string>
#include <string_view>

namespace sundial
{

/// Appends `text` in quotes. Names may hold any bytes, JSON is UTF-8: what is none becomes U+FFFD.
void appendJsonString(std::string& json, std::string_view text);

} // namespace sundial
