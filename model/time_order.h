// SPDX-License-Identifier: GPL-3.0-or-later
// What a lane did one after another: the boxes of a flame chart, in rows by depth.
#pragma once

#include "model/node_map.h"
#include "model/profile.h"

#include <cstdint>
#include <vector>

namespace sundial
{

/// Boxes of one depth, from left to right; they do not overlap. A box spans the samples [first, end) of its lane.
struct TimeRow {
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> end;
    std::vector<std::uint32_t> node; ///< NodeId values of the tree.

    std::size_t size() const { return node.size(); }
};

/// A lane in time order. Consecutive samples share a box as long as they agree in it and in all frames outside it, and,
/// where the file tells calls, as long as it is the same call. 12 bytes a box and 8 a sample.
class TimeOrder
{
public:
    /// O(samples + boxes). The profile's samples must be in time order.
    TimeOrder(const Profile& profile, LaneId lane);
    /// The same after filters: as boxes of `tree`, in which `map` tells where the profile's stacks went. A stack that
    /// was left out is idle time.
    TimeOrder(const Profile& profile, LaneId lane, const CallTree& tree, const NodeMap& map);

    const std::vector<TimeRow>& rows() const { return m_rows; } ///< Row 0 holds the outermost frames.
    std::uint64_t boxCount() const { return m_boxCount; }
    double begin() const { return m_start.front(); }
    double end() const { return m_start.back(); }
    double startOf(const TimeRow& row, std::size_t box) const { return m_start[row.first[box]]; }
    double endOf(const TimeRow& row, std::size_t box) const { return endOfSample(row.end[box] - 1); }
    bool isEmpty() const { return m_boxCount == 0; }

    /// The first box of the row that ends behind `time`, or the row's size: where painting starts, and with startOf()
    /// what lies at a place. O(log boxes).
    std::size_t firstEndingAfter(const TimeRow& row, double time) const;
    /// The node at a depth (0: outermost) and time, or none.
    NodeId nodeAt(std::size_t depth, double time) const;

private:
    double endOfSample(std::uint32_t sample) const { return m_end.empty() ? m_start[sample + 1] : m_end[sample]; }

    std::vector<TimeRow> m_rows;
    std::vector<double> m_start; ///< By sample of the lane, and the end of the last one.
    std::vector<double> m_end;   ///< By sample; empty if each ends where the next one starts.
    std::uint64_t m_boxCount = 0;
};

} // namespace sundial
