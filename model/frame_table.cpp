// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/frame_table.h"

#include "model/hash.h"

namespace sundial
{

std::size_t FrameTable::KeyHash::operator()(const FrameKey& key) const
{
    const std::uint64_t place = packPair(key.line, key.variant) ^ std::uint64_t(key.kind) << 60;
    return std::size_t(mixBits(packPair(key.name.value, key.file.value)) ^ mixBits(place + 1));
}

FrameId FrameTable::intern(const FrameKey& key)
{
    const auto [entry, isNew] = m_ids.try_emplace(key, std::uint32_t(m_keys.size()));
    if (isNew)
        m_keys.push_back(key);
    return {entry->second};
}

FrameId FrameTable::append(const FrameKey& key)
{
    const FrameId id{std::uint32_t(m_keys.size())};
    m_keys.push_back(key);
    m_ids.try_emplace(key, id.value);
    return id;
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

std::string standardName(const FrameTable& frames, FrameId frame)
{
    const std::string_view name = frames.name(frame);
    if (frames.file(frame) == "~" && frames.line(frame) == 0) {
        if (name.size() >= 2 && name.front() == '<' && name.back() == '>')
            return '{' + std::string(name.substr(1, name.size() - 2)) + '}';
        return std::string(name);
    }
    return std::string(frames.file(frame)) + ':' + std::to_string(frames.line(frame)) + '(' + std::string(name) + ')';
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
