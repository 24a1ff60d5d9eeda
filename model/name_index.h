// SPDX-License-Identifier: GPL-3.0-or-later
// The standard names of all functions in one arena, so that a filter can search them while its text is being typed.
#pragma once

#include "model/frame_table.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

/// "file:line(name)" of every frame, in lower case, one a line. O(bytes) to make; keeps a reference to the frames.
class NameIndex
{
public:
    explicit NameIndex(const FrameTable& frames);

    /// Frames whose standard name contains `text`; letter case is ignored for ASCII unless `text` has a capital. All
    /// frames if `text` is empty. One pass over the arena, whatever the number of frames.
    std::vector<bool> containing(std::string_view text) const;

private:
    const FrameTable& m_frames;
    std::string m_lower;
    std::vector<std::size_t> m_end; ///< By FrameId: one past its name's last byte, where the line ends.
};

} // namespace sundial
