// SPDX-License-Identifier: GPL-3.0-or-later
// Interned text: each distinct name once, in one arena.
#pragma once

#include "model/id_index.h"
#include "model/ids.h"

#include <memory>
#include <string_view>
#include <vector>

namespace sundial
{

/// Interned UTF-8 (invalid bytes stay as the file has them, so that two different names stay apart). Views into it hold
/// as long as the table. Interning is amortised O(length); lookups by id are O(1).
class StringTable
{
public:
    StringTable();
    StringTable(StringTable&&) noexcept = default;
    StringTable& operator=(StringTable&&) noexcept = default;

    /// The id of `text`, which is copied on first sight. The empty string is always id 0.
    StringId intern(std::string_view text);
    /// The id of `text`, or none if it was never interned.
    StringId find(std::string_view text) const;
    std::string_view text(StringId id) const { return id ? m_views[id.value] : std::string_view(); }
    std::size_t size() const { return m_views.size(); }
    std::size_t bytes() const { return m_bytes; }

private:
    static constexpr std::size_t kBlockBytes = 64 * 1024;

    std::uint32_t lookUp(std::string_view text, std::size_t hash) const;
    std::string_view store(std::string_view text);

    std::vector<std::unique_ptr<char[]>> m_blocks;
    std::size_t m_used = 0;
    std::size_t m_capacity = 0;
    std::size_t m_bytes = 0;
    std::vector<std::string_view> m_views;
    IdIndex m_ids;
};

} // namespace sundial
