// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/frame_lines.h"

namespace sundial::memray
{

const Code* FrameLines::codeOf(const StackNode& node) const
{
    const auto found = m_capture.codes.find(node.code);
    return found == m_capture.codes.end() ? nullptr : &found->second;
}

std::uint32_t FrameLines::lineOf(const StackNode& node)
{
    const Code* const code = codeOf(node);
    if (!code)
        return 0;
    const Header& header = m_capture.header;
    if (!header.hasCodeObjects())
        return code->line > 0 ? std::uint32_t(code->line) : 0;
    const auto [table, isNew] = m_tables.try_emplace(node.code);
    if (isNew)
        table.value() = LineTable(code->lineTable, code->line, {header.pythonMajor, header.pythonMinor});
    return table->second.lineAt(node.offset);
}

} // namespace sundial::memray
