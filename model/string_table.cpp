// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/string_table.h"

#include <cstring>

namespace sundial
{

StringTable::StringTable()
{
    intern({});
}

StringId StringTable::intern(std::string_view text)
{
    if (const auto found = m_ids.find(text); found != m_ids.end())
        return {found->second};
    const StringId id{std::uint32_t(m_views.size())};
    m_views.push_back(store(text));
    m_ids.emplace(m_views.back(), id.value);
    return id;
}

StringId StringTable::find(std::string_view text) const
{
    const auto found = m_ids.find(text);
    return found == m_ids.end() ? StringId{} : StringId{found->second};
}

std::string_view StringTable::store(std::string_view text)
{
    if (text.empty())
        return {};
    if (m_capacity - m_used < text.size()) {
        m_capacity = std::max(kBlockBytes, text.size());
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(m_capacity));
        m_bytes += m_capacity;
        m_used = 0;
    }
    char* const place = m_blocks.back().get() + m_used;
    std::memcpy(place, text.data(), text.size());
    m_used += text.size();
    return {place, text.size()};
}

} // namespace sundial
