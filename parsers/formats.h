// SPDX-License-Identifier: GPL-3.0-or-later
// The table of formats, and how a file finds its own: by content, never by extension alone.
#pragma once

#include "model/profile.h"
#include "model/progress.h"
#include "model/result.h"

#include <span>
#include <string_view>
#include <vector>

namespace sundial
{

struct Input {
    std::string_view text; ///< The whole input, decompressed; it outlives the call.
    std::string_view name; ///< File name. Only a hint: detection also works without it.
    bool isMapped = false; ///< `text` is a read-only mapping of a file; see support/read_pages.h.
};

/// Choices that change what a parser makes of the same bytes.
struct ParseOptions {
    bool byLine = false; ///< Keep frames as the file gives them, one a line, instead of merging lines into functions.
    /// pstats: keep who called whom, half of what a profile takes. Without, there is neither a graph nor an estimate.
    bool edges = true;
    /// memray: a block is temporary if its thread made at most this many others before it was freed. At most
    /// kMaxTemporaryThreshold.
    std::uint32_t temporaryThreshold = 1;
    /// memray: stacks with the native frames of captures that have them, named from the binaries on this machine.
    bool nativeFrames = false;
};

inline constexpr std::uint32_t kMaxTemporaryThreshold = 1000; // each free looks at as many allocations

enum class Match : std::uint8_t {
    No,
    Weak,    ///< Plausible.
    Strong,  ///< The right structure.
    Certain, ///< A signature.
};

struct Format {
    std::string_view id;    ///< Stable: `--format collapsed`, test rows, bug reports.
    std::string_view title; ///< What the reader sees.
    /// Looks at the first kHeadBytes. `name` is a hint that may raise Weak to Strong, never No to anything.
    Match (*sniff)(std::string_view head, std::string_view name);
    Result<Profile> (*parse)(const Input& input, const ParseOptions& options, Progress& progress);
    /// Text in any encoding: sniff and parse get it as UTF-8 without a mark, whatever the file has.
    bool isText = false;
};

inline constexpr std::size_t kHeadBytes = 4096;

std::span<const Format* const> formats();
/// The format with this id, or null.
const Format* findFormat(std::string_view id);
/// The best match, or null. Equal matches: the first in the table, whose order says nothing.
const Format* detect(std::string_view head, std::string_view name);

/// Detects (unless `forced` names a format) and parses. Compressed input must have been decompressed; see
/// support/decompress.h. Errors: UnknownFormat with what the input looks like, else what the parser says.
Result<Profile> parseAny(const Input& input, const ParseOptions& options, Progress& progress,
                         const Format* forced = nullptr);

/// What an unreadable input looks like, as the end of a sentence: "a pickle", "a PNG picture", "a Chrome trace"; for
/// messages. Looks at no more than its first 64 KiB.
std::string_view describeContent(std::string_view text);

} // namespace sundial
