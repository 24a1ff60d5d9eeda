// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/frames.h"

#include "parsers/memray/modules.h"

#include <algorithm>

namespace sundial::memray
{

namespace
{

std::uint32_t number(IndexTable& index, std::vector<FrameName>& names, const FrameName& name)
{
    const auto next = std::uint32_t(names.size());
    const std::uint32_t i = index.findOrAdd(name.function.value, name.file.value, name.line, next);
    if (i == next)
        names.push_back(name);
    return i;
}

std::uint32_t positive(std::int32_t line)
{
    return std::uint32_t(std::max(line, 0));
}

} // namespace

Frames::Frames(const Header& header, bool byLine) : m_header(header), m_byLine(byLine)
{
    number(m_locationIndex, m_locations, {}); // kUnknownLocation
    if (m_header.hasFolders()) {
        m_modules.push_back("<root>");
        m_moduleIndex["memray"] = kNoModule; // memray's own allocations are nobody's
    }
}

FrameIds Frames::makeFrame(std::uint32_t id, std::int32_t offset)
{
    const auto found = m_codes.find(id);
    const bool isKnown = found != m_codes.end();
    FrameName name{m_strings.intern("?"), {}, 0};
    FrameIds ids;
    if (isKnown) {
        const Code& code = found->second;
        name = {code.function, code.file, lineOf(id, code, offset)};
    }
    ids.location = number(m_locationIndex, m_locations, name);
    if (isKnown && !m_byLine) // formats 7 to 11 do not tell where a function is defined
        name.line = m_header.hasCodeObjects() ? positive(found->second.line) : 0;
    ids.frame = number(m_shownIndex, m_shown, name);
    ids.module = moduleOf(name.file);
    return ids;
}

std::uint32_t Frames::lineOf(std::uint32_t id, const Code& code, std::int32_t offset)
{
    if (!m_header.hasCodeObjects())
        return positive(code.line);
    const auto [table, isNew] = m_lineTables.try_emplace(id);
    if (isNew)
        table.value() = LineTable(code.lineTable, code.line, {m_header.pythonMajor, m_header.pythonMinor});
    return table->second.lineAt(offset);
}

std::uint32_t Frames::moduleOf(StringId file)
{
    if (!m_header.hasFolders())
        return kNoModule;
    const auto [entry, isNew] = m_moduleByFile.try_emplace(file.value, kStandardLibrary);
    if (!isNew)
        return entry->second;
    FileModule module = moduleOfFile(m_header, m_strings.text(file));
    if (module.isStandardLibrary)
        return kStandardLibrary;
    const auto [known, isFirst] = m_moduleIndex.try_emplace(module.name, std::uint32_t(m_modules.size()));
    if (isFirst)
        m_modules.push_back(std::move(module.name));
    return entry.value() = known->second;
}

} // namespace sundial::memray
