// SPDX-License-Identifier: GPL-3.0-or-later
// What stands at the start of a memray capture, formats 7 to 13.
#pragma once

#include "model/result.h"
#include "parsers/memray/capture_bytes.h"

#include <string>
#include <vector>

namespace sundial::memray
{

inline constexpr std::string_view kMagic{"memray", 7}; // with its NUL
inline constexpr int kOldestFormat = 7;
inline constexpr int kNewestFormat = 13;

struct Header {
    int format = 0;
    unsigned pythonMajor = 0, pythonMinor = 0; ///< 0 where the format does not tell.
    bool hasNativeTraces = false;
    bool isAggregated = false;
    std::uint64_t records = 0;               ///< 0 if the process was killed: never sizes or stops anything.
    std::int64_t startTime = 0, endTime = 0; ///< Milliseconds since 1970 UTC.
    std::string commandLine;
    std::int32_t process = 0;
    std::uint64_t mainThread = 0;
    std::uint64_t framesToSkip = 0; ///< Outermost frames of the main thread that belong to memray itself.
    unsigned pythonAllocator = 0;
    bool tracesPythonAllocators = false;
    bool tracksObjects = false;
    std::string standardLibrary;
    std::vector<std::string> sitePackages;
    std::vector<std::string> searchPath;

    bool hasFolders() const { return format >= 13; }
    /// Formats 12 and 13 record code objects and offsets; older ones frames with their line.
    bool hasCodeObjects() const { return format >= 12; }
};

/// "pymalloc", "malloc"…
std::string_view pythonAllocatorName(unsigned number);

/// Reads the header and leaves `bytes` at the first record. Errors: Truncated, Unsupported (other formats, other
/// machines), Malformed.
Result<Header> readHeader(CaptureBytes& bytes);

} // namespace sundial::memray
