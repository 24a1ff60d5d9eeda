// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/frame_table.h"

#include "model/hash.h"

#include <array>
#include <charconv>

namespace sundial
{

namespace
{

std::size_t hashOf(const FrameKey& key)
{
    const std::uint64_t place = packPair(key.line, key.variant) ^ std::uint64_t(key.kind) << 60;
    return std::size_t(mixBits(packPair(key.name.value, key.file.value)) ^ mixBits(place + 1));
}

} // namespace

std::uint32_t FrameTable::lookUp(const FrameKey& key, std::size_t hash) const
{
    return m_ids.find(hash, [&](std::uint32_t id) { return m_keys[id] == key; });
}

FrameId FrameTable::intern(const FrameKey& key)
{
    const std::size_t hash = hashOf(key);
    if (const std::uint32_t known = lookUp(key, hash); known != IdIndex::kNone)
        return {known};
    const FrameId id{size()};
    m_keys.push_back(key);
    m_ids.insert(hash, id.value);
    return id;
}

FrameId FrameTable::append(const FrameKey& key)
{
    const FrameId id{size()};
    m_keys.push_back(key);
    if (const std::size_t hash = hashOf(key); lookUp(key, hash) == IdIndex::kNone)
        m_ids.insert(hash, id.value);
    return id;
}

void FrameTable::reorder(std::span<const std::uint32_t> newId)
{
    std::vector<FrameKey> moved(m_keys.size());
    for (std::size_t i = 0; i < m_keys.size(); ++i)
        moved[newId[i]] = m_keys[i];
    m_keys.swap(moved);
    m_ids.renumber(newId);
}

std::string frameLabel(const FrameTable& frames, FrameId frame)
{
    std::string label(frames.name(frame));
    const std::string_view file = frames.file(frame);
    if (file.empty() || file == "~") // pstats' mark for C functions: no location
        return label;
    label.append(" (").append(file);
    if (frames.line(frame) != 0)
        label.append(":").append(std::to_string(frames.line(frame)));
    return label.append(")");
}

void appendStandardName(std::string& text, const FrameTable& frames, FrameId frame)
{
    const std::string_view name = frames.name(frame);
    const std::string_view file = frames.file(frame);
    if (file == "~" && frames.line(frame) == 0) {
        const bool isBracketed = name.size() >= 2 && name.front() == '<' && name.back() == '>';
        text += name;
        if (isBracketed) {
            text[text.size() - name.size()] = '{';
            text.back() = '}';
        }
        return;
    }
    std::array<char, 16> line;
    const auto end = std::to_chars(line.data(), line.data() + line.size(), frames.line(frame)).ptr;
    text.append(file).append(1, ':').append(line.data(), end).append(1, '(').append(name).append(1, ')');
}

std::string standardName(const FrameTable& frames, FrameId frame)
{
    std::string text;
    appendStandardName(text, frames, frame);
    return text;
}

std::string frameLocation(const FrameTable& frames, FrameId frame)
{
    const std::string_view file = frames.file(frame);
    if (frames.kind(frame) == FrameKind::Builtin || file == "~")
        return "built-in";
    std::string location(file);
    if (!file.empty() && frames.line(frame) != 0)
        location.append(":").append(std::to_string(frames.line(frame)));
    return location;
}

} // namespace sundial
