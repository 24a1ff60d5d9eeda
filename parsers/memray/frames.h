// SPDX-License-Identifier: GPL-3.0-or-later
// The frames of a capture: from code objects and instruction offsets to functions, lines and modules, once each.
#pragma once

#include "model/string_table.h"
#include "parsers/memray/header.h"
#include "parsers/memray/index_table.h"
#include "parsers/memray/line_table.h"

#include <tsl/robin_map.h>

#include <string>

namespace sundial::memray
{

/// A code object; in formats 7 to 11 a frame with its line.
struct Code {
    StringId function;
    StringId file;
    std::int32_t line = 0; ///< The first one; in formats 7 to 11 the one that ran.
    std::string lineTable;
};

/// A function, at the line that ran or at that of its definition.
struct FrameName {
    StringId function;
    StringId file;
    std::uint32_t line = 0; ///< 0: not known.
};

/// What a frame of the stream is.
struct FrameIds {
    std::uint32_t frame = 0;    ///< In shown(): what the tree shows.
    std::uint32_t location = 0; ///< In locations(): with the line that ran.
    std::uint32_t module = 0;   ///< In modules(); kStandardLibrary: look at the caller.
};

class Frames
{
public:
    static constexpr std::uint32_t kUnknownLocation = 0; ///< Of an empty stack.
    static constexpr std::uint32_t kNoModule = 0;        ///< "<root>".
    static constexpr std::uint32_t kStandardLibrary = UINT32_MAX;

    /// `byLine` as in ParseOptions. The header must outlive the frames.
    Frames(const Header& header, bool byLine);

    bool isByLine() const { return m_byLine; }
    StringTable& strings() { return m_strings; }
    const StringTable& strings() const { return m_strings; }
    /// The same id comes again only with the same content.
    void addCode(std::uint32_t id, Code code) { m_codes.try_emplace(id, std::move(code)); }

    /// The frame of a code object at an instruction offset. Code that the capture does not have is called "?".
    const FrameIds& resolve(std::uint32_t code, std::int32_t offset)
    {
        const auto next = std::uint32_t(m_resolved.size());
        const std::uint32_t i = m_resolvedIndex.findOrAdd(code, std::uint32_t(offset), 0, next);
        if (i == next)
            m_resolved.push_back(makeFrame(code, offset));
        return m_resolved[i];
    }

    const std::vector<FrameName>& shown() const { return m_shown; }
    const std::vector<FrameName>& locations() const { return m_locations; }
    /// Top-level names, "<root>" first. Empty if the header does not list folders.
    const std::vector<std::string>& modules() const { return m_modules; }

private:
    FrameIds makeFrame(std::uint32_t code, std::int32_t offset);
    std::uint32_t lineOf(std::uint32_t id, const Code& code, std::int32_t offset);
    std::uint32_t moduleOf(StringId file);

    const Header& m_header;
    bool m_byLine;
    StringTable m_strings;
    tsl::robin_map<std::uint32_t, Code> m_codes;
    tsl::robin_map<std::uint32_t, LineTable> m_lineTables;
    IndexTable m_resolvedIndex, m_shownIndex, m_locationIndex;
    std::vector<FrameIds> m_resolved;
    std::vector<FrameName> m_shown, m_locations;
    std::vector<std::string> m_modules;
    tsl::robin_map<std::string, std::uint32_t> m_moduleIndex;
    tsl::robin_map<std::uint32_t, std::uint32_t> m_moduleByFile;
};

} // namespace sundial::memray
