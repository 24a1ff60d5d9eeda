// SPDX-License-Identifier: GPL-3.0-or-later
// Names for addresses in programs and libraries, from the debug data or the symbols that lie on this machine. Nothing
// is fetched from elsewhere, and nothing is run.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sundial
{

/// A function at an address. Without debug data there is neither file nor line.
struct Symbol {
    std::string name; ///< Demangled.
    std::string file;
    std::uint32_t line = 0; ///< That runs; of an outer function the line of the call that was inlined. 0: not known.
};

/// A loadable part of an ELF file, in the file's own addresses.
struct LoadedSegment {
    std::uint64_t address = 0;
    std::uint64_t size = 0;
    bool operator==(const LoadedSegment&) const = default;
};

/// One ELF file, with its separate debug file if there is one of the same build id. Not thread-safe.
class SymbolFile
{
public:
    /// Null if there is no such ELF file, or if it is another build: its loadable segments are not `loaded`.
    static std::unique_ptr<SymbolFile> open(const std::string& path, std::span<const LoadedSegment> loaded);
    ~SymbolFile();

    /// The functions at an address of the file, the innermost inlined one first. Empty if it has no name. The first
    /// call in a compilation unit reads the unit; after that O(its functions).
    std::vector<Symbol> at(std::uint64_t address);

private:
    class Impl;
    explicit SymbolFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sundial
