// SPDX-License-Identifier: GPL-3.0-or-later
// The order of the function table: by every key of pstats.Stats.sort_stats, with its tie-break.
#pragma once

#include "model/frame_table.h"
#include "model/function_table.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sundial
{

/// Numbers sort from the largest down, text and lines upwards.
enum class SortKey : std::uint8_t {
    Calls,
    PrimitiveCalls,
    Self,
    Total,
    SelfPerCall,  ///< self / calls; rows without calls last.
    TotalPerCall, ///< total / primitive calls; rows without calls last.
    Blocks,       ///< Of memory; only where the table counts them.
    Allocators,   ///< As the capture lists them; rows without one last. Only where there are some.
    File,
    Line,
    Name,
    StandardName, ///< "file:line(name)" as one text.
};

/// Sorts the rows of one table again and again; what texts need for it is computed once, on first use. Keeps references
/// to both tables.
class FunctionOrder
{
public:
    /// `allocators` as in MemoryCapture::allocatorsOf; must outlive the order.
    FunctionOrder(const FrameTable& frames, const FunctionTable& functions,
                  std::span<const std::uint16_t> allocators = {})
        : m_frames(frames), m_functions(functions), m_allocators(allocators)
    {
    }

    /// FrameIds of all rows, by the first key, then the second… Ties keep file order, in descending keys too: that is
    /// how pstats breaks them. `reversed` turns the finished list round, ties included (reverse_order). Text compares
    /// by code point. Rows that are not listed stand at the end either way. O(rows) a key, once texts are ranked.
    std::vector<std::uint32_t> sorted(std::span<const SortKey> keys, bool reversed = false);

private:
    std::uint64_t keyOf(SortKey key, std::uint32_t frame) const;
    void rankTexts(std::vector<std::uint32_t>& rank, StringId FrameKey::*field) const;
    void rankStandardNames();

    const FrameTable& m_frames;
    const FunctionTable& m_functions;
    std::span<const std::uint16_t> m_allocators;
    std::vector<std::uint32_t> m_nameRank, m_fileRank; ///< By StringId.
    std::vector<std::uint32_t> m_standardNameRank;     ///< By FrameId.
};

} // namespace sundial
