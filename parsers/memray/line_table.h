// SPDX-License-Identifier: GPL-3.0-or-later
// From an instruction offset to its line: the tables that CPython keeps in code objects (co_lnotab of 3.7 to 3.9,
// co_linetable of 3.10, the location table of 3.11 and later). Source: CPython's Objects/lnotab_notes.txt,
// Objects/locations.md and InternalDocs/code_objects.md.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sundial::memray
{

struct PythonVersion {
    unsigned major = 0, minor = 0;
    bool isAtLeast(unsigned minMajor, unsigned minMinor) const
    {
        return major != minMajor ? major > minMajor : minor >= minMinor;
    }
};

/// A decoded table. A damaged one gives lines as far as it could be read.
class LineTable
{
public:
    LineTable() = default;
    /// O(table).
    LineTable(std::string_view table, std::int64_t firstLine, PythonVersion python);

    /// The line at an instruction offset as the capture has it, or 0 if there is none. O(log table).
    std::uint32_t lineAt(std::int64_t offset) const;

private:
    void readLocations(std::string_view table, std::int64_t line);
    void readPairs(std::string_view table, std::int64_t line, bool isOfPython310);

    struct Run {
        std::int64_t end; ///< One past its last offset, in the table's own unit.
        std::int64_t line;
    };
    std::vector<Run> m_runs;
    std::int64_t m_lastLine = 0;           ///< Behind the last run.
    unsigned m_multiply = 1, m_divide = 1; ///< From the capture's offsets to the table's unit.
};

} // namespace sundial::memray
