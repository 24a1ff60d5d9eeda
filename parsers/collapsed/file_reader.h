// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of collapsed stacks to the stacks of a profile. Large files are read in pieces, by several readers at once:
// what they have read is put together in the order of the pieces, and is then what one reader would have made of the
// whole.
#pragma once

#include "model/profile_builder.h"
#include "parsers/collapsed/dialect.h"
#include "parsers/collapsed/known_stacks.h"
#include "parsers/formats.h"

#include <tsl/robin_map.h>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sundial::collapsed
{

constexpr std::size_t kMostMetrics = 3;

/// Lines that were left out or changed, for one sentence.
struct LineCount {
    std::uint64_t count = 0;
    std::uint64_t firstLine = 0;
    void add(std::uint64_t line)
    {
        if (count++ == 0)
            firstLine = line;
    }
    /// Adds those of lines that follow `linesBefore` others.
    void append(const LineCount& next, std::uint64_t linesBefore)
    {
        if (count == 0)
            firstLine = linesBefore + next.firstLine;
        count += next.count;
    }
    std::string first() const { return "(first: line " + std::to_string(firstLine) + ")"; }
};

class FileReader
{
public:
    /// Called every megabyte with the bytes that were read; false: stop.
    using GoesOn = std::function<bool(std::size_t)>;

    FileReader(const ParseOptions& options, Dialect dialect) : m_options(options), m_dialect(dialect) {}
    FileReader(const FileReader&) = delete;

    /// Reads whole lines of a text that outlives the reader. False if it was told to stop.
    bool read(std::string_view text, const GoesOn& goesOn);
    /// Takes what another reader has read of the text behind this one's. Not for Austin's files, whose header stands
    /// in the first piece, and not for frames by line.
    void append(const FileReader& next);
    /// What the lines so far say, if they say anything.
    std::optional<Profile> soFar() const;
    Result<Profile> finish();

private:
    struct Line {
        std::string_view lane;
        StackStarts stack;
        std::array<double, kMostMetrics> values{};
    };

    void readHeader(std::string_view line);
    void readLine(std::string_view line);
    std::optional<std::string_view> readCounts(std::string_view line);
    bool readAustinCounts(std::string_view word);
    std::optional<double> count(std::string_view word);
    void addMetrics(std::size_t values);
    void selectLane(std::string_view lane);
    LaneId laneFor(std::string_view lane);
    void addWaiting();
    std::uint32_t nodeOf(const StackStarts& stack);
    FrameId frameOf(std::string_view text);
    void describe(Profile& profile) const;

    const ParseOptions& m_options;
    Dialect m_dialect;
    ProfileBuilder m_builder{{}};
    KnownStacks m_known;
    std::array<Line, 16> m_waiting; ///< Read, while memory brings what their stacks are looked up in.
    std::size_t m_waitingCount = 0;
    tsl::robin_map<std::string_view, FrameId, TextHash, std::equal_to<>,
                   std::allocator<std::pair<std::string_view, FrameId>>, true>
        m_frames;
    tsl::robin_map<std::string_view, LaneId> m_lanes;
    std::vector<std::string_view> m_laneTexts; ///< By lane.
    std::string_view m_lane;
    std::vector<std::pair<std::string_view, std::string_view>> m_header; ///< Austin's "# key: value" lines.

    std::array<double, kMostMetrics> m_values{};
    std::size_t m_valueCount = 0;
    std::uint64_t m_line = 0;
    std::uint64_t m_lines = 0; ///< Neither blank nor comments.
    LineCount m_withoutCount, m_negative, m_tooLarge;
};

} // namespace sundial::collapsed
