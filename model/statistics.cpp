// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sundial
{

namespace
{

/// The continued fraction of the incomplete beta function, by Lentz's method.
double betaFraction(double a, double b, double x)
{
    constexpr double kTiny = 1e-300, kEnough = 1e-12;
    constexpr int kMostTerms = 300;
    const auto away = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
    double c = 1, d = 1 / away(1 - (a + b) * x / (a + 1)), result = d;
    for (int m = 1; m <= kMostTerms; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / away(1 + even * d);
        c = away(1 + even / c);
        result *= c * d;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away(1 + odd * d);
        c = away(1 + odd / c);
        result *= c * d;
        if (std::abs(c * d - 1) < kEnough)
            break;
    }
    return result;
}

/// I_x(a, b), the regularised incomplete beta function.
double incompleteBeta(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    const double front =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    // The fraction converges fast on one side of the mean only; the function is symmetric.
    return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b;
}

} // namespace

MeanSpread meanAndSpread(std::span<const double> values)
{
    if (values.empty())
        return {};
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return {mean, values.size() > 1 ? std::sqrt(squares / double(values.size() - 1)) : 0};
}

double studentTwoSided(double t, double freedom)
{
    return std::isfinite(t) ? incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t)) : 0;
}

double normalTwoSided(double z)
{
    return std::erfc(std::abs(z) / std::sqrt(2.0));
}

std::vector<double> falseDiscoveryRates(std::span<const double> p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [p](std::size_t x, std::size_t y) { return p[x] < p[y]; });
    std::vector<double> q(p.size(), 1);
    double least = 1;
    for (std::size_t rank = order.size(); rank > 0; --rank) {
        const std::size_t i = order[rank - 1];
        least = std::min(least, p[i] * double(p.size()) / double(rank));
        q[i] = least;
    }
    return q;
}

} // namespace sundial
