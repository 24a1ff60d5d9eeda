// SPDX-License-Identifier: GPL-3.0-or-later
// Typed indices into the columns of a profile. 32 bits: four billion nodes are beyond what any profiler writes.
#pragma once

#include <cstdint>

namespace sundial
{

/// An index into one table. The tag stops a NodeId from being passed where a FrameId is meant.
template <class Tag> struct Id {
    std::uint32_t value = UINT32_MAX; ///< UINT32_MAX: none.
    constexpr explicit operator bool() const { return value != UINT32_MAX; }
    friend constexpr bool operator==(Id, Id) = default; // no <=>: moc 6.4 cannot read libstdc++'s <compare>
    friend constexpr bool operator<(Id a, Id b) { return a.value < b.value; }
};

using StringId = Id<struct StringTag>; ///< Into a StringTable.
using FrameId = Id<struct FrameTag>;   ///< Into a FrameTable: a function as the file tells it.
using NodeId = Id<struct NodeTag>;     ///< Into a CallTree: a frame at one place.
using MetricId = Id<struct MetricTag>; ///< Into Profile::metrics.
using LaneId = Id<struct LaneTag>;     ///< Into Profile::lanes: a thread or a process.
using EdgeId = Id<struct EdgeTag>;     ///< Into a CallGraph: caller → callee.

} // namespace sundial
