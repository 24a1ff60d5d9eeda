// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_writer.h"

#include "model/json_text.h"
#include "model/units.h"

#include <cmath>

namespace sundial::cli
{

JsonWriter& JsonWriter::begin(char bracket, bool isInline)
{
    separate();
    m_text += bracket;
    m_levels.push_back({isInline || (!m_levels.empty() && m_levels.back().isInline), true});
    return *this;
}

JsonWriter& JsonWriter::end(char bracket)
{
    const Level level = m_levels.back();
    m_levels.pop_back();
    if (!level.isInline && !level.isEmpty)
        lineBreak();
    m_text += bracket;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    separate();
    appendJsonString(m_text, name);
    m_text += ": ";
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text)
{
    separate();
    appendJsonString(m_text, text);
    return *this;
}

JsonWriter& JsonWriter::value(double number)
{
    if (!std::isfinite(number))
        return null();
    separate();
    m_text += formatExact(number);
    return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number)
{
    separate();
    m_text += std::to_string(number);
    return *this;
}

JsonWriter& JsonWriter::value(bool truth)
{
    separate();
    m_text += truth ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null()
{
    separate();
    m_text += "null";
    return *this;
}

std::string JsonWriter::take() &&
{
    m_text += '\n';
    return std::move(m_text);
}

void JsonWriter::separate()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_levels.empty())
        return;
    Level& level = m_levels.back();
    if (!level.isEmpty)
        m_text += level.isInline ? ", " : ",";
    if (!level.isInline)
        lineBreak();
    level.isEmpty = false;
}

void JsonWriter::lineBreak()
{
    m_text += '\n';
    m_text.append(m_levels.size() * 2, ' ');
}

} // namespace sundial::cli
