// SPDX-License-Identifier: GPL-3.0-or-later
// Which changes of a comparison lie outside the noise, and how that is known.
#pragma once

#include "model/diff.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sundial
{

enum class NoiseBasis : std::uint8_t {
    None,    ///< One exact run a side: nothing tells the noise; a threshold stands in for it.
    /// Several runs on at least one side: Welch's t of each function. One that is called as often in all runs of a side,
    /// and otherwise on the other, has changed whatever the times say, unless these overlap.
    Runs,
    Samples, ///< One sampled run a side: the counts of samples are binomial.
    /// Calls traced on one side, samples on the other: what tracing adds to each call, and the binomial band.
    Profilers,
};

/// A change is called one if its false-discovery rate over all functions is below this…
constexpr double kFalseDiscoveryRate = 0.05;
/// …and a change of the whole if chance alone would make one as large this rarely.
constexpr double kTotalChance = 0.01;
/// …or this rarely, or no run of one side reaches into the other's range, where functions that surely changed explain
/// most of it.
constexpr double kCarriedTotalChance = 0.05;

/// By row of the comparison. O(rows · runs + rows log rows).
struct Noise {
    NoiseBasis basis = NoiseBasis::None;
    std::vector<double> spreadBefore, spreadAfter; ///< Standard deviation of self over the runs; 0 for one run.
    std::vector<double> q;                         ///< False-discovery rate; 1 where the basis is None.
    std::vector<bool> beyond;                      ///< Δself is worth a colour and a word: outside the noise.
    double totalSpreadBefore = 0, totalSpreadAfter = 0;
    /// With one exact run a side: all functions are called as often and cost this much more alike (0.13: 13 %), as on a
    /// slower machine. What they change beside it is judged.
    std::optional<double> evenShift;
    double totalP = 1;        ///< Chance of a change of the total as large as this one; 1 where the basis is None.
    bool totalBeyond = false; ///< The total changed.

    bool isBeyond(FrameId row) const { return beyond[row.value]; }
    /// Nothing where the noise is not known.
    std::optional<bool> significant(FrameId row) const
    {
        return basis == NoiseBasis::None ? std::nullopt : std::optional(bool(beyond[row.value]));
    }
};
Noise measureNoise(const Comparison& comparison);

/// The change of a total, as a fraction of the larger side, that is always called "unchanged": what a second run of the
/// same program may differ by.
double leastTotalChange(const Comparison& comparison, NoiseBasis basis);

/// Whether the change of a function's total is worth a colour and a word. The noise of totals is not measured: what is
/// told by its self is believed, else what the change of the whole could not explain.
bool isTotalBeyond(const Comparison& comparison, const Noise& noise, FrameId row);

} // namespace sundial
