// SPDX-License-Identifier: GPL-3.0-or-later
// Wanted: calls m of each callee with 0 ≤ m ≤ budget, Σ m = calls and Σ m · callTime = time. Of all answers that with
// the greatest entropy assumes nothing else; it has the form m = budget / (1 + exp(−(a + b · callTime))), where a and b
// are the minimum of a convex function. b = 0 is the split in proportion; a visit that costs more than the average one
// gets the dear callees.
#include "model/estimate_hub.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace sundial::estimate
{

namespace
{

constexpr double kLargestExponent = 60;

/// First and second derivatives of the convex function. Times are fractions of the dearest call's.
struct Dual {
    double gradA = 0, gradB = 0;
    double hessAA = 0, hessAB = 0, hessBB = 0;
};

double exponent(double a, double b, double x)
{
    return std::clamp(a + b * x, -kLargestExponent, kLargestExponent);
}

Dual dualAt(const std::vector<HubCall>& hub, double dearest, double a, double b, double calls, double time)
{
    Dual d;
    for (const HubCall& call : hub) {
        const double x = call.callTime / dearest;
        const double z = std::exp(exponent(a, b, x));
        const double share = z / (1 + z);
        const double m = call.budget * share;
        const double spread = m * (1 - share);
        d.gradA += m;
        d.gradB += m * x;
        d.hessAA += spread;
        d.hessAB += spread * x;
        d.hessBB += spread * x * x;
    }
    d.gradA -= calls;
    d.gradB -= time / dearest;
    return d;
}

} // namespace

void HubSolver::share(std::vector<HubCall>& hub, double calls, double time)
{
    if (!fillIfForced(hub, calls, time))
        maximiseEntropy(hub, calls, time);
    makeWhole(hub);
}

/// Where even the dearest calls do not use the time up, or even the cheapest cost too much, there is no choice.
bool HubSolver::fillIfForced(std::vector<HubCall>& hub, double calls, double time)
{
    m_order.resize(hub.size());
    std::iota(m_order.begin(), m_order.end(), 0u);
    std::stable_sort(m_order.begin(), m_order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return hub[a].callTime > hub[b].callTime; });
    const auto cost = [&](auto begin, auto end) {
        double left = calls, sum = 0;
        for (auto i = begin; i != end && left > 0; ++i) {
            const double m = std::min(hub[*i].budget, left);
            left -= m;
            sum += m * hub[*i].callTime;
        }
        return sum;
    };
    if (cost(m_order.begin(), m_order.end()) <= time) {
        for (const std::uint32_t i : m_order) { // more calls than expected, until the time is used up
            hub[i].calls = hub[i].callTime > 0 ? std::min(hub[i].budget, time / hub[i].callTime) : 0;
            time -= hub[i].calls * hub[i].callTime;
        }
        return true;
    }
    const double cheapest = cost(m_order.rbegin(), m_order.rend());
    if (cheapest < time)
        return false;
    double left = calls;
    for (auto i = m_order.rbegin(); i != m_order.rend(); ++i) {
        const double m = std::min(hub[*i].budget, left);
        left -= m;
        hub[*i].calls = m * time / cheapest;
    }
    return true;
}

/// Damped Newton in two variables.
void HubSolver::maximiseEntropy(std::vector<HubCall>& hub, double calls, double time)
{
    constexpr int kRounds = 25, kHalvings = 12;
    constexpr double kLongestStep = 5; // beyond, the exponentials leave the range where the model of a round holds
    constexpr double kPrecision = 1e-7;
    const double dearest = hub[m_order.front()].callTime;
    double budgets = 0;
    for (const HubCall& call : hub)
        budgets += call.budget;
    const double share = std::clamp(calls / budgets, 1e-12, 1 - 1e-12);
    double a = std::log(share / (1 - share)), b = 0;
    Dual at = dualAt(hub, dearest, a, b, calls, time);
    for (int round = 0; round < kRounds; ++round) {
        if (std::abs(at.gradA) <= kPrecision * calls && std::abs(at.gradB) <= kPrecision * time / dearest)
            break;
        const double damping = 1e-12 * (at.hessAA + at.hessBB);
        const double aa = at.hessAA + damping, bb = at.hessBB + damping;
        const double det = aa * bb - at.hessAB * at.hessAB;
        if (!(det > 0))
            break;
        const double stepA = (at.hessAB * at.gradB - bb * at.gradA) / det;
        const double stepB = (at.hessAB * at.gradA - aa * at.gradB) / det;
        const double slope = at.gradA * stepA + at.gradB * stepB; // below 0: it goes down that way
        double length = std::min(1.0, kLongestStep / std::max(std::abs(stepA), std::abs(stepA + stepB)));
        for (int halving = 0; halving <= kHalvings; ++halving, length /= 2) {
            at = dualAt(hub, dearest, a + length * stepA, b + length * stepB, calls, time);
            if (at.gradA * stepA + at.gradB * stepB <= -slope / 2) // not far beyond the lowest point that way
                break;
        }
        a += length * stepA;
        b += length * stepB;
    }
    for (HubCall& call : hub) {
        const double m = call.budget / (1 + std::exp(-exponent(a, b, call.callTime / dearest)));
        call.calls = std::round(m * 1e6) / 1e6; // the last bits of exp() must decide nothing below
    }
}

/// A callee that is called once or twice in all was called here or elsewhere, not by halves. Such calls give their time
/// back, and it is spent on whole calls, dear and near ones first.
void HubSolver::makeWhole(std::vector<HubCall>& hub)
{
    constexpr double kTolerance = 1.03; // a call may be a little dearer than what is left
    const auto isDivided = [](const HubCall& call) {
        return (call.isRare && call.calls < call.budget) || call.calls < 1;
    };
    double left = 0;
    for (HubCall& call : hub) {
        call.time = call.calls * call.callTime;
        if (isDivided(call))
            left += std::exchange(call.time, 0);
    }
    const double negligible = 1e-9 * left;
    m_order.clear();
    m_key.resize(hub.size());
    for (std::uint32_t i = 0; i < hub.size(); ++i) {
        const HubCall& call = hub[i];
        m_key[i] = call.callTime * call.locality;
        if (isDivided(call) && m_key[i] > 0 && call.callTime * std::min(1.0, call.budget) <= kTolerance * left)
            m_order.push_back(i);
    }
    const auto later = [&](std::uint32_t a, std::uint32_t b) {
        return m_key[a] != m_key[b] ? m_key[a] < m_key[b] : a > b;
    };
    std::make_heap(m_order.begin(), m_order.end(), later); // few of many are taken: a heap spares the sort
    for (auto end = m_order.end(); end != m_order.begin() && left > negligible; --end) {
        std::pop_heap(m_order.begin(), end, later);
        HubCall& call = hub[*(end - 1)];
        const double affordable = kTolerance * left / call.callTime;
        const double count =
            call.budget < 1
                ? (call.budget <= affordable ? call.budget : 0)
                : std::min({std::floor(call.budget), std::floor(affordable), std::max(1.0, std::ceil(call.calls))});
        call.time = std::min(left, count * call.callTime);
        call.calls = count;
        left -= call.time;
    }
    for (HubCall& call : hub) {
        if (call.time <= 0)
            call.calls = 0;
    }
}

} // namespace sundial::estimate
