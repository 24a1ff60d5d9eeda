// SPDX-License-Identifier: GPL-3.0-or-later
// Frames: functions as a file tells them.
#pragma once

#include "model/id_index.h"
#include "model/ids.h"
#include "model/string_table.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

enum class FrameKind : std::uint8_t {
    Python,  ///< Or whatever language the profile is of: code with a source file.
    Builtin, ///< C functions of the interpreter and of extension modules, as Python sees them.
    Native,  ///< Machine code, by symbol or module and offset.
    Kernel,  ///< Names that perf annotates with _[k].
    Idle,    ///< Waiting, as the file says so.
    Other,   ///< Entries that are no code: GC, truncated stacks.
};

/// What makes a frame: two with equal parts are one. Text is what the file says, unchanged; line 0: not told.
struct FrameKey {
    StringId name;
    StringId file;
    std::uint32_t line = 0; ///< Of the definition where the format tells it, from 1.
    FrameKind kind = FrameKind::Python;
    std::uint32_t variant = 0; ///< Keeps frames apart that a format counts as different though all else is equal.
    friend bool operator==(const FrameKey&, const FrameKey&) = default;
};

/// Frames as columns, in order of first mention in the file ("file order", the tie-break of every sort).
class FrameTable
{
public:
    /// The id of the frame with these parts. Amortised O(1).
    FrameId intern(const FrameKey& key);
    /// Appends a frame even if one with equal parts exists; for formats whose frames have an identity of their own.
    FrameId append(const FrameKey& key);
    /// Renumbers: frame i becomes newId[i], a permutation. For formats whose file order is not that of first mention.
    void reorder(std::span<const std::uint32_t> newId);

    std::uint32_t size() const { return std::uint32_t(m_keys.size()); }
    const FrameKey& key(FrameId f) const { return m_keys[f.value]; }
    std::string_view name(FrameId f) const { return m_strings.text(m_keys[f.value].name); }
    std::string_view file(FrameId f) const { return m_strings.text(m_keys[f.value].file); }
    std::uint32_t line(FrameId f) const { return m_keys[f.value].line; }
    FrameKind kind(FrameId f) const { return m_keys[f.value].kind; }

    StringTable& strings() { return m_strings; }
    const StringTable& strings() const { return m_strings; }

private:
    std::uint32_t lookUp(const FrameKey& key, std::size_t hash) const;

    StringTable m_strings;
    std::vector<FrameKey> m_keys;
    IdIndex m_ids;
};

/// "name (file:line)", the parts in brackets as far as they are known: how a frame stands in collapsed stacks.
std::string frameLabel(const FrameTable& frames, FrameId frame);
/// "file:line(name)", or "{built-in …}" for pstats' C functions: pstats' standard name (formats: pstats, section 4.2).
std::string standardName(const FrameTable& frames, FrameId frame);
/// The same, at the end of `text`: for many names in one arena.
void appendStandardName(std::string& text, const FrameTable& frames, FrameId frame);
/// "file:line", "file" or "built-in": what a location column shows.
std::string frameLocation(const FrameTable& frames, FrameId frame);

} // namespace sundial
