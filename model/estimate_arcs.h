// SPDX-License-Identifier: GPL-3.0-or-later
// The arcs of a profile as the tree estimate needs them: repaired, complete, with callees side by side. Everything here
// depends on the file alone; what changes while a tree grows is in estimate_expand.h. Times are in the file's unit.
#pragma once

#include "model/profile.h"

#include <cstdint>
#include <vector>

namespace sundial::estimate
{

constexpr std::uint32_t kNone = UINT32_MAX;

/// a / b, or 0 where b is 0: a share of nothing is nothing.
inline double ratio(double a, double b)
{
    return b > 0 ? a / b : 0;
}

struct Function {
    double calls = 0, primitiveCalls = 0;
    double self = 0, total = 0;
    double meanCall = 0;                      ///< Of a recursive function: mean time of a call over all its calls.
    std::uint32_t firstEdge = 0, endEdge = 0; ///< Its callees, in file order.
    std::uint32_t component = 0;
    std::uint32_t pathKey = kNone; ///< Of a recursive function: its number among the keys of its component.
    std::uint32_t directory = 0;   ///< In Arcs::directories; 0: no file.
    bool recursive = false;        ///< On a cycle of arcs. Says nothing about whether it ever nests:
    bool nests = false;            ///< primitiveCalls < calls: it was entered while it was running.
    bool balanced = false;         ///< Never nests, and self plus the edges make up its total, as they must.
    bool isPackage = false;        ///< Its file is an __init__.py: it stands for its directory.

    double callTime() const { return ratio(total, primitiveCalls); }
};

struct Arc {
    std::uint32_t caller = kNone, callee = kNone;
    double calls = 0, primitiveCalls = 0;
    double self = 0, total = 0;
    std::uint32_t pathKey = kNone; ///< Inside a component: its number among the keys of that component.

    double callTime() const { return total / (primitiveCalls > 1 ? primitiveCalls : 1); }
};

/// A function that was called from outside the profile.
struct Entry {
    std::uint32_t function = kNone;
    double time = 0, calls = 0;
    double lo = 0, hi = 0;
};

/// Directories as a tree of their parts, so that two files' common leading parts are found by walking up.
struct Directory {
    std::uint32_t parent = 0, depth = 0;
};

struct Component {
    std::uint32_t functions = 0;
    std::uint32_t pathKeys = 0; ///< Functions and inner edges, numbered from 0.
};

struct Arcs {
    std::vector<Function> functions; ///< By FrameId.
    std::vector<Arc> edges;          ///< By caller; in file order within one.
    std::vector<Component> components;
    std::vector<Directory> directories;
    std::vector<Entry> entries; ///< In file order.
    double total = 0;           ///< Σ self: the root.
    double quantum = 0;         ///< The last binary digit of `total`: every time of the tree is a multiple of it.
    double exactWithin = 0;     ///< An interval this narrow is closed: 1 ns where the unit is a time.
    bool hasBounds = true;      ///< False for dialects from which no bound of a path follows.

    /// The number of leading directory parts that two directories share.
    std::uint32_t commonParts(std::uint32_t a, std::uint32_t b) const;
};

/// O(functions + edges), but for the mean calls in large components, whose rounds are limited. `components` are those
/// of the profile's arcs.
Arcs prepareArcs(const Profile& profile, const Components& components);

/// Fills Function::meanCall: what a call of a recursive function takes on average, over all its calls and not only the
/// outermost ones. A part of prepareArcs().
void solveMeanCalls(Arcs& arcs);

/// The last binary digit of a total, with which sums of times below it are exact.
double quantumOf(double total);

} // namespace sundial::estimate
