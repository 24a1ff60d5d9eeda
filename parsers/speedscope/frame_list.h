// SPDX-License-Identifier: GPL-3.0-or-later
// "shared.frames" of a speedscope file: what the frame indices of its profiles mean.
#pragma once

#include "model/profile_builder.h"
#include "model/progress.h"
#include "parsers/support/json_reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace sundial::speedscope
{

class FrameList
{
public:
    /// Reads the object "shared" that comes next. Of two lists the last one counts, as in JavaScript.
    void readShared(JsonReader& json, const Progress& progress);
    /// Looks for the list behind the profiles, where py-spy writes it, for a picture before they are read. Looks at the
    /// last 16 MiB of `text` only.
    void findAtEnd(std::string_view text, const Progress& progress);

    bool isRead() const { return m_isRead; }
    std::size_t size() const { return m_keys.size(); }
    /// The name of a frame, or "frame 7" if there is no such one.
    std::string nameOf(FrameId index) const;
    /// Gives the builder's nodes, whose frames are indices, ids in the order of their first use. With `isByLine`,
    /// frames that differ only in their line become one. With `keepsAll`, each index is a frame of its own.
    void applyTo(ProfileBuilder& builder, bool isByLine, bool keepsAll) const;

private:
    void readFrames(JsonReader& json, const Progress& progress);
    void readFrame(JsonReader& json);

    StringTable m_strings;
    std::vector<FrameKey> m_keys; ///< By the file's index; strings of m_strings.
    bool m_isRead = false;
};

} // namespace sundial::speedscope
