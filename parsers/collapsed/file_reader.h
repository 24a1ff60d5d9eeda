// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of collapsed stacks to the stacks of a profile.
#pragma once

#include "model/profile_builder.h"
#include "model/string_table.h"
#include "parsers/collapsed/line_block.h"
#include "parsers/formats.h"

#include <tsl/robin_map.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sundial::collapsed
{

class FileReader
{
public:
    /// Called after each block of lines with the bytes that were read; false: stop.
    using GoesOn = std::function<bool(std::size_t)>;

    FileReader(const ParseOptions& options, Dialect dialect) : m_options(options), m_dialect(dialect) {}
    FileReader(const FileReader&) = delete;

    /// Reads a text that outlives the reader. `threads` more take lines apart, ahead of this one (none for Austin's
    /// files): the profile is the same with any number. False if it was told to stop.
    bool read(std::string_view text, const GoesOn& goesOn, std::size_t threads = 0,
              std::size_t blockBytes = kBlockBytes);
    /// What the lines so far say, if they say anything.
    std::optional<Profile> soFar() const;
    Result<Profile> finish();

private:
    static constexpr std::size_t kBlockBytes = std::size_t(128) << 10;

    void add(const LineBlock& block);
    void addMetrics(std::size_t values);
    void selectLane(std::string_view lane);
    LaneId laneFor(std::string_view lane);
    std::uint32_t nodeOf(const StackStarts& stack);
    FrameId frameOf(std::string_view text);
    void describe(Profile& profile) const;

    const ParseOptions m_options;
    Dialect m_dialect;
    ProfileBuilder m_builder{{}};
    KnownStacks m_known;
    StringTable m_frameTexts; ///< As the file has them.
    std::vector<FrameId> m_frameOfText;
    tsl::robin_map<std::string_view, LaneId> m_lanes;
    std::vector<std::string_view> m_laneTexts; ///< By lane.
    std::string_view m_lane;
    std::vector<std::pair<std::string_view, std::string_view>> m_header; ///< Austin's "# key: value" lines.

    std::size_t m_valueCount = 0;
    std::uint64_t m_line = 0;
    std::uint64_t m_lines = 0; ///< Neither blank nor comments.
    LineCount m_withoutCount, m_negative, m_tooLarge;
};

} // namespace sundial::collapsed
