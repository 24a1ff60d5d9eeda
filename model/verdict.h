// SPDX-License-Identifier: GPL-3.0-or-later
// One sentence about a comparison: did it get faster, by how much, and which functions hold the change.
#pragma once

#include "model/diff.h"
#include "model/noise.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sundial
{

enum class VerdictKind : std::uint8_t {
    Faster, ///< Less of the metric; for memory the words are "Less memory".
    Slower,
    Relocated, ///< Some functions fell, others rose as much: the total is where it was.
    Unchanged, ///< No change beyond the noise.
    Mixed,     ///< The total changed a little while much moved; or the target went one way and the total the other.
};

struct Verdict {
    VerdictKind kind = VerdictKind::Unchanged;
    std::string title;    ///< "Faster: 12.40 s → 3.10 s"
    std::string change;   ///< "−75.0 %, 4.00×"
    std::string evidence; ///< Sentences: which function holds how much of it, by fewer or by cheaper calls.
    FrameId target;       ///< The row that the sentence is about; none if it is about the whole.

    std::string text() const; ///< All in one line: "Faster: 12.40 s → 3.10 s (−75.0 %, 4.00×). …"
};

/// About the whole, or, if `target` is a row, about whether work on that function paid off.
Verdict judge(const Comparison& comparison, const Noise& noise, FrameId target = {}, const NumberStyle& style = {});

/// "faster", "slower", "relocated", "unchanged", "mixed": as in JSON.
std::string_view verdictKindName(VerdictKind kind);

/// A function as a sentence names it: "order_total", "dict.get" for a built-in method, "<lambda> (report.py:30)" where
/// the name alone tells nothing.
std::string sentenceName(const FrameTable& frames, FrameId row);
/// A weight in the comparison's unit: "1.24 ms", or "12.3 %" where shares are compared.
std::string comparedValue(const Comparison& comparison, double value, const NumberStyle& style = {});
/// The same with its sign.
std::string comparedDelta(const Comparison& comparison, double delta, const NumberStyle& style = {});

} // namespace sundial
