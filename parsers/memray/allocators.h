// SPDX-License-Identifier: GPL-3.0-or-later
// memray's allocators, with the numbers of formats 12 and 13.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sundial::memray
{

enum class Allocator : std::uint8_t {
    None, ///< No allocator has this number.
    PymallocFree,
    PymallocMalloc,
    PymallocCalloc,
    PymallocRealloc,
    Free,
    Malloc,
    Realloc,
    Calloc,
    PosixMemalign,
    AlignedAlloc,
    Memalign,
    Valloc,
    Pvalloc,
    Mmap,
    Munmap,
};
inline constexpr std::size_t kAllocatorCount = 16;

/// Frees that name an address alone; munmap tells a size.
constexpr bool isSimpleFree(Allocator allocator)
{
    return allocator == Allocator::Free || allocator == Allocator::PymallocFree;
}

/// The names of memray's reports.
constexpr std::string_view allocatorName(Allocator allocator)
{
    constexpr std::array<std::string_view, kAllocatorCount> kNames = {
        "",        "PYMALLOC_FREE", "PYMALLOC_MALLOC", "PYMALLOC_CALLOC", "PYMALLOC_REALLOC", "FREE",   "MALLOC",
        "REALLOC", "CALLOC",        "POSIX_MEMALIGN",  "ALIGNED_ALLOC",   "MEMALIGN",         "VALLOC", "PVALLOC",
        "MMAP",    "MUNMAP"};
    return kNames[std::size_t(allocator)];
}

/// The allocator with this number; formats 7 to 11 had numbers of their own.
constexpr Allocator allocatorOf(std::uint64_t number, bool isOldNumbering)
{
    using enum Allocator;
    constexpr std::array<Allocator, kAllocatorCount> kOld = {
        None,   Malloc,  Free, Calloc, Realloc,        PosixMemalign,  AlignedAlloc,    Memalign,
        Valloc, Pvalloc, Mmap, Munmap, PymallocMalloc, PymallocCalloc, PymallocRealloc, PymallocFree};
    if (number >= kAllocatorCount)
        return None;
    return isOldNumbering ? kOld[number] : Allocator(number);
}

} // namespace sundial::memray
