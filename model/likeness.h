// SPDX-License-Identifier: GPL-3.0-or-later
// How alike the surroundings of two functions are: who calls them, whom they call, and how often.
#pragma once

#include <cstdint>
#include <vector>

namespace sundial
{

struct Likeness {
    double score = 0;             ///< 0…1: shared callers and callees, and how nearly calls agree.
    std::uint32_t shared = 0;     ///< Neighbours that both have.
    std::uint32_t comparable = 0; ///< Neighbours of the one that has fewer.
    double evidence = 0;          ///< Facts that would be a coincidence otherwise; a shared neighbour is one.
};

/// The callers or the callees of one function.
class NeighbourList
{
public:
    /// `label` is equal on both sides for the same function; `isKnown`: it is known to be, or not to be, on the other
    /// side. Calls below 0 are not counted.
    void add(std::uint64_t label, double calls, bool isKnown) { m_list.push_back({label, calls, isKnown}); }
    void sort();

    /// Adds to `like` and returns 0…1, or −1 if neither has neighbours. Both lists are sorted. Neighbours that nothing
    /// is known about yet are laid side by side by their calls: they may turn out to be the same.
    double compare(const NeighbourList& other, Likeness& like) const;

private:
    struct Neighbour {
        std::uint64_t label;
        double calls;
        bool isKnown;
        friend bool operator<(const Neighbour& x, const Neighbour& y) { return x.label < y.label; }
    };
    std::vector<Neighbour> m_list;
};

/// What is around one function.
struct Surroundings {
    NeighbourList callers, callees; ///< Sorted.
    double calls = 0;               ///< Of the function itself; below 0: not counted.
};
Likeness likeness(const Surroundings& x, const Surroundings& y);

} // namespace sundial
