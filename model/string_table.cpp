// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/string_table.h"

#include <cstring>
#include <functional>

namespace sundial
{

StringTable::StringTable()
{
    intern({});
}

std::uint32_t StringTable::lookUp(std::string_view text, std::size_t hash) const
{
    return m_ids.find(hash, [&](std::uint32_t id) { return m_views[id] == text; });
}

StringId StringTable::intern(std::string_view text)
{
    const std::size_t hash = std::hash<std::string_view>()(text);
    if (const std::uint32_t known = lookUp(text, hash); known != IdIndex::kNone)
        return {known};
    const StringId id{std::uint32_t(m_views.size())};
    m_views.push_back(store(text));
    m_ids.insert(hash, id.value);
    return id;
}

StringId StringTable::find(std::string_view text) const
{
    return {lookUp(text, std::hash<std::string_view>()(text))};
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
