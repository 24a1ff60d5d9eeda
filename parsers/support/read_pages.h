// SPDX-License-Identifier: GPL-3.0-or-later
// Lets go of the pages of a mapped file that a parser has read, so that the file does not lie in memory beside what is
// made of it.
#pragma once

#include <cstddef>
#include <string_view>

namespace sundial
{

/// For parsers that read from front to back. Bytes that were let go can still be read: they come from the file again.
class ReadPages
{
public:
    /// Without `isMapped` the bytes are no file's, and nothing is done.
    ReadPages(std::string_view text, bool isMapped) : m_text(isMapped ? text : std::string_view()) {}

    /// The bytes before `offset` are not needed soon. Cheap enough for every few kilobytes.
    void letGoBefore(std::size_t offset)
    {
        if (offset >= m_done + kStep && offset <= m_text.size())
            letGo(offset);
    }

private:
    /// The system is asked so seldom that it costs little: each time, it interrupts all other threads.
    static constexpr std::size_t kStep = std::size_t(4) << 20;

    void letGo(std::size_t offset);

    std::string_view m_text;
    std::size_t m_done = 0; ///< Bytes that have been let go.
};

} // namespace sundial
