// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/header.h"

namespace sundial::memray
{

namespace
{

constexpr std::int64_t kYear2000 = 946'684'800'000;
constexpr std::int64_t kYear2100 = 4'102'444'800'000;

Error foreignMachine()
{
    return {ErrorKind::Unsupported,
            "This capture seems to come from a 32-bit or big-endian machine; that is not supported.", Error::kNoOffset,
            "Record it on a 64-bit little-endian machine."};
}

Error unknownFormat(int format)
{
    const std::string number = " (format " + std::to_string(format) + ")";
    if (format > kNewestFormat)
        return {ErrorKind::Unsupported,
                "This capture was written by a newer memray" + number + " than this version of Sundial knows (up to " +
                    std::to_string(kNewestFormat) + ").",
                Error::kNoOffset, "Look for a newer Sundial."};
    return {ErrorKind::Unsupported,
            "This capture was written by " + std::string(format == 6 ? "memray 1.0" : "a very old memray") + number +
                ". Sundial reads formats 7 to 13 (memray 1.1 and later).",
            Error::kNoOffset, "Record it again with a newer memray."};
}

/// The version, or why it is none that can be read.
Result<int> checkFormat(std::int32_t version)
{
    if (version >= kOldestFormat && version <= kNewestFormat)
        return int(version);
    if (version >= 1 && version <= 1000)
        return unknownFormat(version);
    const auto swapped = std::int32_t(__builtin_bswap32(std::uint32_t(version)));
    if (swapped >= 1 && swapped <= 1000)
        return foreignMachine();
    return Error{ErrorKind::Malformed, "The capture is damaged: its format version makes no sense.", kMagic.size(), {}};
}

std::vector<std::string> readList(CaptureBytes& bytes)
{
    std::vector<std::string> list;
    for (std::string entry(bytes.cstr()); !entry.empty(); entry = bytes.cstr())
        list.push_back(std::move(entry));
    return list;
}

/// A flag is 0 or 1; anything else shows that the fields do not lie where they should.
struct Flags {
    bool areSane = true;
    bool read(CaptureBytes& bytes)
    {
        const std::uint8_t value = bytes.u8();
        areSane = areSane && value <= 1;
        return value == 1;
    }
};

} // namespace

std::string_view pythonAllocatorName(unsigned number)
{
    constexpr std::string_view kNames[] = {"unknown", "pymalloc", "pymalloc debug", "malloc",
                                           "unknown", "mimalloc", "mimalloc debug"};
    return number < std::size(kNames) ? kNames[number] : kNames[0];
}

Result<Header> readHeader(CaptureBytes& bytes)
{
    const Error cut{ErrorKind::Truncated, "The capture is cut off: not even its header is complete.", Error::kNoOffset,
                    "Copy the file again, or record it again."};
    bytes.prepare();
    const std::string_view magic = bytes.bytes(kMagic.size());
    if (bytes.overran())
        return cut;
    if (magic != kMagic)
        return Error{ErrorKind::Malformed, "This is no memray capture: it does not start with memray's mark.", 0, {}};
    const std::int32_t version = bytes.i32();
    if (bytes.overran())
        return cut;
    const Result<int> format = checkFormat(version);
    if (!format)
        return format.error();

    Header header;
    header.format = *format;
    Flags flags;
    if (header.format >= 12) {
        const auto python = std::uint32_t(bytes.i32());
        header.pythonMajor = python >> 24;
        header.pythonMinor = python >> 16 & 0xff;
    }
    header.hasNativeTraces = flags.read(bytes);
    const std::uint8_t kind = header.format >= 10 ? bytes.u8() : std::uint8_t(0);
    header.isAggregated = kind == 1;
    header.records = bytes.u64();
    bytes.u64(); // number of frames
    header.startTime = bytes.i64();
    header.endTime = bytes.i64();
    header.commandLine = bytes.cstr();
    header.process = bytes.i32();
    if (header.format >= 9) {
        header.mainThread = bytes.u64();
        header.framesToSkip = bytes.u64();
    }
    header.pythonAllocator = header.format == 7 ? bytes.u32() : bytes.u8();
    if (header.format >= 11)
        header.tracesPythonAllocators = flags.read(bytes);
    if (header.format >= 12)
        header.tracksObjects = flags.read(bytes);
    if (header.hasFolders()) {
        header.standardLibrary = bytes.cstr();
        header.sitePackages = readList(bytes);
        header.searchPath = readList(bytes);
    }
    if (bytes.overran())
        return cut;
    if (kind > 1)
        return Error{
            ErrorKind::Unsupported,
            "This capture was written by a newer memray than this version of Sundial knows (contents of kind " +
                std::to_string(kind) + ").",
            Error::kNoOffset, "Look for a newer Sundial."};
    const bool isTimeSane = header.startTime >= kYear2000 && header.startTime < kYear2100;
    if (!flags.areSane || !isTimeSane || header.pythonAllocator < 1 || header.pythonAllocator > 6)
        return foreignMachine();
    bytes.dropPadding();
    return header;
}

} // namespace sundial::memray
