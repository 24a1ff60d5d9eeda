// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/units.h"

#include <array>
#include <charconv>
#include <cmath>

namespace sundial
{

namespace
{

constexpr std::string_view kMinus = "\u2212";
constexpr std::string_view kThinSpace = "\u202f";
constexpr std::string_view kAbsent = "—";

struct Scale {
    double factor; ///< Of the base unit: seconds or bytes.
    std::string_view symbol;
};
constexpr std::array<Scale, 4> kTimeScales{{{1, "s"}, {1e-3, "ms"}, {1e-6, "µs"}, {1e-9, "ns"}}};
constexpr double kKibi = 1024;
constexpr std::array<Scale, 5> kByteScales{{{kKibi * kKibi * kKibi * kKibi, "TiB"},
                                            {kKibi * kKibi * kKibi, "GiB"},
                                            {kKibi * kKibi, "MiB"},
                                            {kKibi, "KiB"},
                                            {1, "B"}}};

/// The digits of |value| with `decimals` decimals and grouped thousands.
std::string fixed(double value, int decimals, const NumberStyle& style)
{
    std::array<char, 400> buffer;
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value), std::chars_format::fixed, decimals)
            .ptr;
    const std::string_view digits(buffer.data(), std::size_t(end - buffer.data()));
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string text;
    for (std::size_t i = 0; i < point; ++i) {
        if (i > 0 && (point - i) % 3 == 0)
            text += style.groupSeparator;
        text += digits[i];
    }
    if (point < digits.size()) {
        text += style.decimalPoint;
        text += digits.substr(point + 1);
    }
    return text;
}

const Scale& timeScale(double seconds)
{
    for (const Scale& scale : kTimeScales) {
        if (std::abs(seconds) >= scale.factor)
            return scale;
    }
    return kTimeScales.back();
}

const Scale& byteScale(double bytes)
{
    for (const Scale& scale : kByteScales) {
        if (std::abs(bytes) >= scale.factor)
            return scale;
    }
    return kByteScales.back();
}

std::string magnitude(double value, Unit unit, const NumberStyle& style)
{
    if (value == 0)
        return "0";
    if (isTime(unit)) {
        const double seconds = std::abs(value) * secondsPer(unit);
        if (seconds >= 120) {
            const double whole = std::round(seconds);
            return fixed(std::floor(whole / 60), 0, style) + " min " + fixed(std::fmod(whole, 60), 0, style) + " s";
        }
        const Scale& scale = timeScale(seconds);
        const double shown = seconds / scale.factor;
        return fixed(shown, shown < 100 ? 2 : 1, style) + ' ' + std::string(scale.symbol);
    }
    if (unit == Unit::Bytes) {
        const Scale& scale = byteScale(value);
        const int decimals = scale.factor == 1 ? 0 : scale.factor >= kKibi * kKibi * kKibi ? 2 : 1;
        return fixed(value / scale.factor, decimals, style) + ' ' + std::string(scale.symbol);
    }
    const bool whole = value == std::floor(value);
    std::string text = fixed(value, whole ? 0 : 2, style);
    if (unit == Unit::Samples)
        text += std::abs(value) == 1 ? " sample" : " samples";
    return text;
}

} // namespace

std::string_view unitName(Unit unit)
{
    constexpr std::array<std::string_view, 9> kNames{"seconds", "milliseconds", "microseconds", "nanoseconds", "bytes",
                                                     "count",   "samples",      "events",       "none"};
    return kNames[std::size_t(unit)];
}

bool isTime(Unit unit)
{
    return unit <= Unit::Nanoseconds;
}

double secondsPer(Unit unit)
{
    switch (unit) {
    case Unit::Milliseconds:
        return 1e-3;
    case Unit::Microseconds:
        return 1e-6;
    case Unit::Nanoseconds:
        return 1e-9;
    default:
        return 1;
    }
}

std::string formatValue(double value, Unit unit, const NumberStyle& style)
{
    return (value < 0 ? std::string(kMinus) : std::string()) + magnitude(value, unit, style);
}

std::string formatDelta(double value, Unit unit, const NumberStyle& style)
{
    if (value == 0)
        return "0";
    return (value < 0 ? std::string(kMinus) : std::string("+")) + magnitude(value, unit, style);
}

std::string formatPercent(double fraction, const NumberStyle& style)
{
    const std::string sign = std::string(kThinSpace) + "%";
    if (fraction == 0 || !std::isfinite(fraction))
        return "0" + sign;
    const std::string minus = fraction < 0 ? std::string(kMinus) : std::string();
    const double percent = std::abs(fraction) * 100;
    if (percent < 0.1)
        return "< " + minus + fixed(0.1, 1, style) + sign;
    if (percent >= 99.95 && percent < 100.05)
        return minus + "100" + sign;
    return minus + fixed(percent, 1, style) + sign;
}

std::string formatPercentDelta(double fraction, const NumberStyle& style)
{
    if (fraction == 0 || !std::isfinite(fraction))
        return "0" + std::string(kThinSpace) + "%";
    return (fraction < 0 ? std::string(kMinus) : std::string("+")) + fixed(fraction * 100, 1, style) +
           std::string(kThinSpace) + "%";
}

std::string formatCount(double count, const NumberStyle& style)
{
    return magnitude(count, Unit::Count, style).insert(0, count < 0 ? kMinus : std::string_view());
}

std::string formatCalls(std::int64_t calls, std::int64_t primitiveCalls, const NumberStyle& style)
{
    if (calls < 0)
        return std::string(kAbsent);
    std::string text = formatCount(double(calls), style);
    if (calls != primitiveCalls && primitiveCalls >= 0)
        text += '/' + formatCount(double(primitiveCalls), style);
    return text;
}

DisplayUnit columnUnit(double largest, Unit unit)
{
    if (isTime(unit)) {
        const Scale& scale = timeScale(largest * secondsPer(unit));
        return {std::string(scale.symbol), scale.factor / secondsPer(unit), 2};
    }
    if (unit == Unit::Bytes) {
        const Scale& scale = byteScale(largest);
        return {std::string(scale.symbol), scale.factor, scale.factor == 1 ? 0 : 2};
    }
    return {};
}

std::string formatCell(double value, const DisplayUnit& unit, const NumberStyle& style)
{
    const double shown = value / unit.divisor;
    return (shown < 0 ? std::string(kMinus) : std::string()) + fixed(shown, unit.decimals, style);
}

std::string formatExact(double value)
{
    std::array<char, 32> buffer;
    if (value == std::floor(value) && std::abs(value) < 1e15) {
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::int64_t(value)).ptr;
        return {buffer.data(), end};
    }
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

} // namespace sundial
