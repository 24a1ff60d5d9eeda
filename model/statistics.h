// SPDX-License-Identifier: GPL-3.0-or-later
// The few distributions that telling change from noise takes.
#pragma once

#include <span>
#include <vector>

namespace sundial
{

struct MeanSpread {
    double mean = 0;
    double spread = 0; ///< Standard deviation with n − 1; 0 for a single value.
};
MeanSpread meanAndSpread(std::span<const double> values);

/// The probability that |t| is at least this large by chance, for Student's t with `freedom` degrees of freedom.
double studentTwoSided(double t, double freedom);
/// The same for a standard normal z.
double normalTwoSided(double z);

/// Benjamini and Hochberg: each p as the least false-discovery rate at which it would still be called a change.
/// O(n log n).
std::vector<double> falseDiscoveryRates(std::span<const double> p);

} // namespace sundial
