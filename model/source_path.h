// SPDX-License-Identifier: GPL-3.0-or-later
// Paths and names without what differs from machine to machine and from run to run, so that two profiles of one
// program can be laid side by side: checkout and installation roots, drive letters, addresses, thread ids, counters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sundial
{

/// Where a source file lies; decides what its path is relative to.
enum class SourceRoot : std::uint8_t {
    Project,         ///< The user's own code. The path is whole: where the checkout begins, one file alone cannot tell.
    Packages,        ///< Relative to site-packages or dist-packages.
    StandardLibrary, ///< Relative to lib/pythonX.Y. "<frozen os>" counts as "os.py".
    Generated,       ///< No file: "<string>", "<template>", a notebook's cell.
    None,            ///< Built-in and native code; the path is empty.
};

struct SourcePath {
    SourceRoot root = SourceRoot::None;
    std::string path; ///< With / as the separator, without a drive letter.
    friend bool operator==(const SourcePath&, const SourcePath&) = default;
};

/// O(length).
SourcePath normalisedPath(std::string_view file);

/// The name without addresses ("object at 0x7f…"), thread ids ("tid=1234") and counters of lambdas ("$$Lambda$7").
std::string normalisedName(std::string_view name);
/// As normalisedName, and every run of digits dropped: for names and files that a program makes up while it runs
/// ("argmap_triangles_14", "<ipython-input-3-…>").
std::string withoutCounters(std::string_view name);
/// The last part of a qualified name: "__init__" of "LogRecord.__init__". Samplers and profilers of Python from 3.11 on
/// write qualified names, cProfile never does.
std::string_view withoutQualifier(std::string_view name);
/// Lower case and without underscores, so that asList and as_list are equal; the last part of a qualified name.
std::string plainName(std::string_view name);

/// "<lambda>", "<genexpr>", "<module>": named by the compiler, so that the name tells nothing.
bool isSyntheticName(std::string_view name);
/// A name that many functions of one file share: a synthetic one, or "__init__" and its like.
bool isCommonName(std::string_view name);

} // namespace sundial
