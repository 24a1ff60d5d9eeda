// SPDX-License-Identifier: GPL-3.0-or-later
// What a file tells about itself, for a reader: "duration_ms" "73500" becomes "Duration" "1 min 14 s".
#pragma once

#include <QString>

#include <string>

namespace sundial
{

struct FactText {
    QString label;
    QString value;
};

/// One pair of Profile::meta. The unit at the end of its name (_ms, _bytes) decides how a number is written, and leaves
/// the label; "start_time_ms", since 1970, becomes a date in local time. What is no number stays as it is.
FactText factText(const std::string& key, const std::string& value);

} // namespace sundial
