// SPDX-License-Identifier: GPL-3.0-or-later
// The unit of a metric, as the file states it, and how numbers become text. Weights are never converted for storing or
// computing, only here, for display. All text is UTF-8; separators are passed in, since model/ knows no locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sundial
{

enum class Unit : std::uint8_t {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Bytes,
    Count,
    Samples,
    Events,
    None
};

/// The unit's name in JSON and in speedscope files: "seconds", "bytes"…
std::string_view unitName(Unit unit);
bool isTime(Unit unit);
/// How many seconds one unit of a time is; 1 for what is no time.
double secondsPer(Unit unit);

/// Separators of the reader's language. The default is that of files and the command line's JSON; the window passes
/// its locale's.
struct NumberStyle {
    std::string decimalPoint = ".";
    std::string groupSeparator = ",";
};

/// One unit that a whole table column uses, so that its cells can be compared by eye.
struct DisplayUnit {
    std::string symbol; ///< "ms", "MiB"; empty for plain counts.
    double divisor = 1; ///< In the file's unit: value / divisor is the number shown.
    int decimals = 0;
};

/// 1.24 ms · 24.31 ms · 251.0 ms · 92.40 s · 2 min 14 s · 812 B · 3.1 MiB · 1,234 · 0
std::string formatValue(double value, Unit unit, const NumberStyle& style = {});
/// As formatValue, with a sign always: +4.10 ms, −1.92 s (U+2212), ±0 as "0".
std::string formatDelta(double value, Unit unit, const NumberStyle& style = {});
/// 12.3 % · 100 % · < 0.1 % · 0 %, of a fraction, with U+202F before the sign.
std::string formatPercent(double fraction, const NumberStyle& style = {});
/// −27.3 % or +4.1 %.
std::string formatPercentDelta(double fraction, const NumberStyle& style = {});
/// 266,822
std::string formatCount(double count, const NumberStyle& style = {});
/// pstats' ncalls: "25/1" if the two differ, else "25"; "—" where calls are unknown (negative).
std::string formatCalls(std::int64_t calls, std::int64_t primitiveCalls, const NumberStyle& style = {});
/// The unit in which the largest of a column's values reads best.
DisplayUnit columnUnit(double largest, Unit unit);
/// A cell of such a column, without its unit.
std::string formatCell(double value, const DisplayUnit& unit, const NumberStyle& style = {});
/// The shortest text that reads back as the same double: 1.25, 1e-09, 40. For JSON and collapsed files.
std::string formatExact(double value);

} // namespace sundial
