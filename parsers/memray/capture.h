// SPDX-License-Identifier: GPL-3.0-or-later
// A memray capture as read, before it becomes a Profile: names, stacks, threads, native frames. The readers of the
// different encodings all fill this.
#pragma once

#include "model/string_table.h"
#include "parsers/memray/header.h"
#include "parsers/memray/heap.h"
#include "parsers/memray/native_trace.h"
#include "parsers/memray/stacks.h"

#include <string>
#include <vector>

namespace sundial::memray
{

/// Stands for code that a frame names and the capture does not have. Readers accept ids below it.
inline constexpr std::uint32_t kUnknownCode = UINT32_MAX;

/// A code object; in formats 7 to 11 a frame with its line.
struct Code {
    StringId function;
    StringId file;
    std::int32_t line = 0; ///< The first one; in formats 7 to 11 the one that ran.
    bool isEntry = true;   ///< See StackNode; told here in formats 7 to 11.
    std::string lineTable;
};

struct Thread {
    std::uint64_t id = 0; ///< memray's number; an OS handle in formats 7 and 8.
    std::string name;
    std::uint32_t root = 0; ///< Of its stacks.
    std::uint32_t top = 0;  ///< Where it is now.
};

/// How the reading of records came to its end.
struct Ending {
    enum class Kind : std::uint8_t {
        Complete,
        Open,    ///< No trailer, but no record is cut: killed, or still running.
        Cut,     ///< Inside a record or a compressed block.
        Damaged, ///< At a record that cannot be.
        Cancelled,
    };
    Kind kind = Kind::Complete;
    std::uint64_t offset = 0; ///< Of the first byte that was not used, decompressed.
};

struct Capture {
    Header header;
    StringTable strings;
    tsl::robin_map<std::uint32_t, Code> codes;
    Stacks stacks;
    std::vector<Thread> threads; ///< In order of appearance.
    NativeTraces native;
    std::vector<GroupSums> sums;                                      ///< One a group of `stacks`.
    MemoryTimeline timeline;                                          ///< Times in milliseconds since 1970.
    std::vector<std::pair<std::uint64_t, std::uint64_t>> countBySize; ///< Empty if aggregated.
    std::uint64_t records = 0;
    std::uint64_t peakBytes = 0;
    Ending ending;

    /// The thread with this id, made on first sight.
    std::uint32_t threadIndex(std::uint64_t id);

private:
    tsl::robin_map<std::uint64_t, std::uint32_t, PairHash> m_threadById;
};

} // namespace sundial::memray
