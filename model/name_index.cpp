// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/name_index.h"

#include <algorithm>

namespace sundial
{

namespace
{

constexpr char kSeparator = '\n';
constexpr std::size_t kLineAndBrackets = 14;

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

char lower(char c)
{
    return isCapital(c) ? char(c - 'A' + 'a') : c;
}

} // namespace

NameIndex::NameIndex(const FrameTable& frames) : m_frames(frames)
{
    std::size_t bytes = 0;
    for (std::uint32_t f = 0; f < frames.size(); ++f)
        bytes += frames.file(FrameId{f}).size() + frames.name(FrameId{f}).size() + kLineAndBrackets;
    m_lower.reserve(bytes);
    m_end.reserve(frames.size());
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        appendStandardName(m_lower, frames, FrameId{f});
        m_end.push_back(m_lower.size());
        m_lower += kSeparator;
    }
    std::transform(m_lower.begin(), m_lower.end(), m_lower.begin(), lower);
}

std::vector<bool> NameIndex::containing(std::string_view text) const
{
    if (text.empty())
        return std::vector<bool>(m_end.size(), true);
    std::vector<bool> found(m_end.size());
    std::string wanted(text);
    std::transform(wanted.begin(), wanted.end(), wanted.begin(), lower);
    const bool exactCase = std::any_of(text.begin(), text.end(), isCapital);
    std::size_t at = m_lower.find(wanted);
    for (auto end = m_end.begin(); at != m_lower.npos; at = m_lower.find(wanted, at)) {
        end = std::upper_bound(end, m_end.end(), at);
        if (end == m_end.end())
            break;
        const auto frame = std::uint32_t(end - m_end.begin());
        found[frame] = !exactCase || standardName(m_frames, FrameId{frame}).find(text) != std::string::npos;
        at = *end; // one hit is enough: go on with the next name
    }
    return found;
}

} // namespace sundial
