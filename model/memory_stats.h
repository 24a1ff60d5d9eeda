// SPDX-License-Identifier: GPL-3.0-or-later
// What a memory capture tells beside its tree: memory over time, and statistics over all of its allocations. Bytes are
// bytes; a time is in milliseconds since 1970 UTC.
#pragma once

#include "model/ids.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sundial
{

/// Columns of equal length, in file order.
struct MemoryTimeline {
    std::vector<double> time;
    std::vector<double> resident; ///< Of the whole process, as the system counts it.
    std::vector<double> heap;     ///< What the profiler saw allocated and not yet freed.

    std::size_t size() const { return time.size(); }
};

/// A number of allocations and their bytes.
struct AllocationSum {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
};

struct MemoryStatistics {
    /// The innermost frame of allocations, with the line that ran.
    struct Location {
        StringId function; ///< Into Profile::frames.strings(). None: allocations without a stack.
        StringId file;
        std::uint32_t line = 0; ///< 0: not known.
        AllocationSum sum;
    };
    struct Allocator {
        std::string name; ///< "malloc", "mmap", "pymalloc_realloc"…
        AllocationSum total;
        AllocationSum peak;   ///< Of the blocks that lived at the high-water mark.
        AllocationSum leaked; ///< Of those that lived at the end.
    };
    /// Allocations by the top-level module of the innermost frame that is not the standard library's.
    struct Module {
        std::string name;
        AllocationSum sum;
    };
    struct Bin {
        std::uint64_t upperBound = 0; ///< Exclusive, but inclusive for the last one.
        std::uint64_t count = 0;
    };

    AllocationSum total;
    std::uint64_t distinctSizes = 0;
    std::vector<Bin> histogram; ///< Of sizes, ten bins of equal width in the logarithm; empty if all sizes are 0.
    std::vector<Allocator> allocators; ///< Those that occur.
    std::vector<Location> locations;   ///< In order of their first allocation.
    std::vector<Module> modules;       ///< In order of their first allocation; empty where the file tells no folders.
};

enum class LocationOrder : std::uint8_t { Bytes, Count };

/// Indices of the `limit` largest locations, descending; equal ones in the order of `memray stats`: the one that was
/// first seen later comes first, and allocations without a stack last.
std::vector<std::uint32_t> largestLocations(const MemoryStatistics& statistics, LocationOrder order, std::size_t limit);

struct MemoryIndex;  // memory_range.h
struct MemoryPlaces; // memory_range.h

struct MemoryCapture {
    MemoryTimeline timeline;
    std::shared_ptr<const MemoryPlaces> places; ///< For threads and allocators; null while a file is read.
    std::shared_ptr<const MemoryIndex> index;   ///< For ranges of time; null for aggregated captures.
    /// If `hasStatistics` is false, of an aggregated capture, only the sums by allocator: it keeps no single ones.
    MemoryStatistics statistics;
    bool hasStatistics = false;
    /// By FrameId: bit i stands if statistics.allocators[i] gave blocks to the function itself, at any time. Empty
    /// while a file is read.
    std::vector<std::uint16_t> allocatorsOf;
    std::uint64_t records = 0; ///< Allocations and deallocations together; rows of an aggregated capture.
    double peakBytes = 0;      ///< The highest level of the heap. Odd captures reach more than the tree's sum.
};

} // namespace sundial
