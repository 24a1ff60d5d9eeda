// SPDX-License-Identifier: GPL-3.0-or-later
// A hub inside a cycle (exec, a hook caller, a visitor's dispatch) calls many functions, most of them once: which of
// those calls were made by *this* visit? Known are the budgets, how many calls are expected here and what they cost.
#pragma once

#include <cstdint>
#include <vector>

namespace sundial::estimate
{

/// One callee of the hub: what is known, then what the answer is.
struct HubCall {
    double budget = 0;   ///< Calls that are left for it anywhere.
    double callTime = 0; ///< Of one call, on average.
    double locality = 1; ///< How near its file is to the caller's, at most 1: a package imports its own modules first.
    bool isRare = false; ///< Called so seldom in all that a fraction of a call means nothing.
    double calls = 0, time = 0; ///< The answer.
};

/// Shares calls and time among the callees of one visit. Keeps its buffers between calls.
class HubSolver
{
public:
    /// `calls`: expected from this visit in all; `time`: what they took. Never gives a callee more than its budget, nor
    /// more than `time` in all. O(d log d) for d callees, and some 25 rounds of O(d).
    void share(std::vector<HubCall>& hub, double calls, double time);

private:
    bool fillIfForced(std::vector<HubCall>& hub, double calls, double time);
    void maximiseEntropy(std::vector<HubCall>& hub, double calls, double time);
    void makeWhole(std::vector<HubCall>& hub);

    std::vector<std::uint32_t> m_order;
    std::vector<double> m_key;
};

} // namespace sundial::estimate
