// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/speedscope/frame_list.h"

#include "parsers/support/frame_kind.h"

#include <algorithm>

namespace sundial::speedscope
{

namespace
{

constexpr std::string_view kNoName = "(no name)";
constexpr std::size_t kFarthestEnd = std::size_t(16) << 20;

} // namespace

void FrameList::readShared(JsonReader& json, const Progress& progress)
{
    json.enter();
    for (std::string_view key; json.nextMember(key);) {
        if (key == "frames" && json.peek() == JsonReader::Type::Array)
            readFrames(json, progress);
        else
            json.skip();
    }
}

void FrameList::readFrames(JsonReader& json, const Progress& progress)
{
    m_isRead = true;
    m_keys.clear();
    json.enter();
    while (json.nextItem()) {
        readFrame(json);
        if (m_keys.size() % 4096 == 0 && progress.isCancelled())
            return;
    }
}

void FrameList::readFrame(JsonReader& json)
{
    FrameKey key{.name = m_strings.intern(kNoName), .file = m_strings.intern({})};
    if (json.peek() != JsonReader::Type::Object) {
        json.skip();
        m_keys.push_back(key);
        return;
    }
    json.enter();
    for (std::string_view member; json.nextMember(member);) {
        if (member == "name" && json.peek() == JsonReader::Type::String) {
            key.name = m_strings.intern(json.string());
        } else if (member == "file") {
            key.file = m_strings.intern(json.stringOrNothing());
        } else if (member == "line") {
            const double line = json.numberOr(0);
            key.line = line > 0 && line < UINT32_MAX ? std::uint32_t(line) : 0;
        } else {
            json.skip();
        }
    }
    key.kind = guessFrameKind(m_strings.text(key.name), m_strings.text(key.file));
    m_keys.push_back(key);
}

void FrameList::findAtEnd(std::string_view text, const Progress& progress)
{
    constexpr std::string_view kShared = "\"shared\"";
    text.remove_prefix(text.size() - std::min(text.size(), kFarthestEnd));
    const std::size_t key = text.rfind(kShared);
    const std::size_t colon = key == text.npos ? key : text.find_first_not_of(" \t\r\n", key + kShared.size());
    if (colon == text.npos || text[colon] != ':')
        return;
    JsonReader json(text.substr(colon + 1));
    FrameList found;
    if (json.peek() == JsonReader::Type::Object)
        found.readShared(json, progress);
    if (json.ok())
        *this = std::move(found);
}

std::string FrameList::nameOf(FrameId index) const
{
    return index.value < size() ? std::string(m_strings.text(m_keys[index.value].name))
                                : "frame " + std::to_string(index.value);
}

void FrameList::applyTo(ProfileBuilder& builder, bool isByLine, bool keepsAll) const
{
    FrameTable& frames = builder.frames();
    std::vector<FrameId> ids(size());
    for (const FrameId index : builder.framesInUse()) {
        FrameKey key = m_keys[index.value];
        key.name = frames.strings().intern(m_strings.text(key.name));
        key.file = frames.strings().intern(m_strings.text(key.file));
        if (isByLine && !keepsAll)
            key.line = 0;
        const std::uint32_t known = frames.size();
        FrameId id = frames.intern(key);
        if (keepsAll && id.value < known) {
            key.variant = index.value + 1;
            id = frames.intern(key);
        }
        ids[index.value] = id;
    }
    builder.renameFrames(ids);
}

} // namespace sundial::speedscope
