// SPDX-License-Identifier: GPL-3.0-or-later
// Threads in time order, ready to be painted at any zoom: the boxes themselves, and coarser rows of them for zooms at
// which many share a pixel.
#pragma once

#include "model/analysis.h"
#include "model/time_order.h"

#include <memory>
#include <vector>

namespace sundial
{

/// The boxes of one depth, those that are narrower than `grain` gathered with their neighbours into one that is no
/// wider, with the frame of the widest: painting them needs no look into a tree, which may be larger than any cache.
/// 20 bytes a box.
struct CoarseRow {
    double grain = 0;
    std::vector<double> begins, ends;
    std::vector<FrameId> frames;

    std::size_t size() const { return frames.size(); }
    double begin(std::size_t box) const { return begins[box]; }
    double end(std::size_t box) const { return ends[box]; }
    FrameId frame(std::size_t box) const { return frames[box]; }
};

/// One depth as it is.
struct FineRow {
    const TimeOrder& order;
    const TimeRow& row;
    const CallTree& tree; ///< That the nodes are of.

    std::size_t size() const { return row.size(); }
    double begin(std::size_t box) const { return order.startOf(row, box); }
    double end(std::size_t box) const { return order.endOf(row, box); }
    NodeId node(std::size_t box) const { return NodeId{row.node[box]}; }
    FrameId frame(std::size_t box) const { return tree.frame(node(box)); }
};

/// The first box of a row that ends after `time`, looked for from `from` on in steps that double: near boxes are found
/// in few steps, however many there are.
template <class Row> std::size_t firstEndingAfter(const Row& row, double time, std::size_t from = 0)
{
    std::size_t low = from, high = from, step = 1;
    while (high < row.size() && row.end(high) <= time) {
        low = high + 1;
        high = row.size() - high > step ? high + step : row.size();
        step *= 2;
    }
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        row.end(middle) <= time ? low = middle + 1 : high = middle;
    }
    return low;
}

/// One thread. Row 0 holds the outermost frames.
struct TimeLane {
    LaneId id;
    TimeOrder order;
    CallTree tree;                              ///< That the order's nodes are of; shared with the analysis.
    std::vector<std::vector<CoarseRow>> coarse; ///< By depth, from fine to coarse; few boxes need none.

    std::uint32_t depth() const { return std::uint32_t(order.rows().size()); }
    FineRow fine(std::uint32_t row) const { return {order, order.rows()[row], tree}; }
    /// The coarsest row in which nothing that is as wide as `pixel` is gathered; null: only the boxes themselves do.
    const CoarseRow* coarseRow(std::uint32_t row, double pixel) const;
};

/// Immutable once built: any thread may read it.
struct TimeLayout {
    TimeScale scale; ///< With the lanes that are shown, in their order.
    std::vector<TimeLane> lanes;
};

using TimeLayoutPtr = std::shared_ptr<const TimeLayout>;

/// The chosen lanes of an analysis after its filters; of all time, so that another range needs no new one. For a
/// worker: O(samples + boxes). Null if `progress` is cancelled.
TimeLayoutPtr layOutTime(const Analysis& analysis, Progress& progress);

} // namespace sundial
