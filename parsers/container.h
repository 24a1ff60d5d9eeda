// SPDX-License-Identifier: GPL-3.0-or-later
// What is inside a drop: archives (zip, tar), compressed or not, nested too, looked into from memory. Nothing is ever
// written to disk, no link is followed, and every size is bounded before memory is taken. Through libarchive.
#pragma once

#include "model/progress.h"
#include "model/result.h"
#include "parsers/formats.h"
#include "parsers/support/decompress.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

/// Bounds against hostile archives.
struct ContainerLimits {
    DecompressLimits unpack;         ///< Of each member.
    std::uint32_t members = 100'000; ///< Entries looked at in all.
    std::uint32_t nesting = 4;       ///< Archives within archives.
};

struct ContainerMember {
    std::string path;               ///< As the archive says; nested ones as "inner.tar!path".
    std::uint64_t size = 0;         ///< Decompressed bytes; 0 if not known without reading it.
    const Format* format = nullptr; ///< Null: not opened, and `skipped` says why.
    std::string skipped;            ///< A sentence with the cure.
    bool isUnreadable = false;      ///< Damaged, encrypted or beyond the limits: it may be a profile.
};

struct ContainerListing {
    std::vector<ContainerMember> members; ///< In the archive's order; folders are left out.
    std::vector<std::string> warnings;    ///< "The archive ends too early…"
};

/// By the first bytes. A compressed tar is one only after decompress().
bool isArchive(std::string_view head);

/// What an archive holds. One bad member spoils nothing: it is listed with its reason. Errors: Malformed if not even
/// the first entry can be read, Cancelled.
Result<ContainerListing> listArchive(std::string_view bytes, const ContainerLimits& limits, Progress& progress);

/// The content of one member, by the path that listArchive gave it. Errors: Io if there is none of that name,
/// TooLarge, Malformed, Cancelled.
Result<std::string> readMember(std::string_view bytes, std::string_view path, const ContainerLimits& limits,
                               Progress& progress);

/// Reads the members that `isWanted` one after another, decompressed, in one pass over the archive, and gives each to
/// `visit` with its path, until that returns false. Those that cannot be read are left out, and so are those of
/// archives within. Errors: Malformed, Cancelled.
std::optional<Error> forEachMember(std::string_view bytes, const std::function<bool(const std::string&)>& isWanted,
                                   const std::function<bool(const std::string&, std::string)>& visit,
                                   const ContainerLimits& limits, Progress& progress);

} // namespace sundial
