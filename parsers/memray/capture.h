// SPDX-License-Identifier: GPL-3.0-or-later
// A memray capture as read, before it becomes a Profile: names, stacks, threads, sums. The readers of the different
// encodings all fill this.
#pragma once

#include "parsers/memray/frames.h"
#include "parsers/memray/heap.h"
#include "parsers/memray/native_traces.h"

#include <functional>
#include <string>
#include <vector>

namespace sundial::memray
{

struct Thread {
    /// A frame of the stack as it is now.
    struct Level {
        std::uint32_t node = Stacks::kRoot; ///< The root, too, for frames that are not shown.
        std::uint32_t location = Frames::kUnknownLocation;
        std::uint32_t module = Frames::kNoModule;
    };

    std::uint64_t id = 0; ///< memray's number; an OS handle in formats 7 and 8.
    std::string name;
    std::vector<Level> stack;       ///< Outermost first.
    std::uint64_t framesToSkip = 0; ///< Outermost frames that are memray's own. With native frames they are in Stacks.
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
    Capture(Header header_, bool byLine, bool withNative)
        : header(std::move(header_)), frames(header, byLine), native(withNative && header.hasNativeTraces)
    {
    }
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;

    Header header;
    Frames frames;
    Stacks stacks;
    std::vector<Thread> threads; ///< In order of appearance.
    NativeTraces native;
    HeapSums sums;
    /// By location and by module of Frames, in order of their first allocation. Empty if aggregated.
    std::vector<AllocationSum> byLocation, byModule;
    std::vector<std::uint32_t> locationOrder, moduleOrder;
    Ending ending;
    /// Called now and then while a stream is read, for whoever wants to see what is there so far; may be empty.
    std::function<void(const Heap&)> onRead;

    /// The thread with this id, made on first sight.
    std::uint32_t threadIndex(std::uint64_t id);

private:
    tsl::robin_map<std::uint64_t, std::uint32_t, PairHash> m_threadById;
};

} // namespace sundial::memray
