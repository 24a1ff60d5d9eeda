// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/collapsed/file_reader.h"

#include "parsers/collapsed/blocks_ahead.h"
#include "parsers/collapsed/frame_text.h"

#include <algorithm>
#include <charconv>

namespace sundial::collapsed
{

namespace
{

constexpr double kLargestExact = 9007199254740992.0; // 2^53

/// The first whole number in `text`, which may be hexadecimal behind "0x".
std::int64_t numberIn(std::string_view text)
{
    std::int64_t number = -1;
    text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
    const bool isHex = text.starts_with("0x");
    std::from_chars(text.data() + (isHex ? 2 : 0), text.data() + text.size(), number, isHex ? 16 : 10);
    return number;
}

Lane laneFrom(std::string_view text, Dialect dialect)
{
    Lane lane{.name = text.empty() ? "no thread" : std::string(text)};
    const std::size_t last = text.rfind(';') + 1; // npos + 1 is 0: the only part
    const std::string_view thread = text.substr(last);
    if (dialect == Dialect::Austin) {
        lane.process = numberIn(text);
        lane.thread = numberIn(thread.substr(std::min(thread.find(':') + 1, thread.size())));
    } else if (thread.starts_with("thread (") || dialect == Dialect::ThreadId) {
        lane.thread = numberIn(thread);
    }
    if (const std::size_t process = text.rfind("process "); process != text.npos)
        lane.process = numberIn(text.substr(process));
    return lane;
}

} // namespace

bool FileReader::read(std::string_view text, const GoesOn& goesOn, std::size_t threads, std::size_t blockBytes)
{
    BlocksAhead blocks(text, blockBytes, m_dialect, threads);
    while (const LineBlock* const block = blocks.next()) {
        add(*block);
        if (!goesOn(blocks.offset()))
            return false;
    }
    return true;
}

Result<Profile> FileReader::finish()
{
    if (m_lines == 0)
        return Error{ErrorKind::NoData, "The file holds no stacks.", Error::kNoOffset,
                     "Check that the profiler took samples before it ended."};
    if (m_builder.isEmpty())
        return Error{ErrorKind::NoData, "No line ends in a count.", Error::kNoOffset,
                     "Collapsed stacks look like \"main;work;hash 42\"."};
    describe(m_builder.profile());
    if (m_dialect == Dialect::Austin)
        m_builder.setTimeOrder();
    Profile profile = std::move(m_builder).build();
    if (profile.total(MetricId{0}) > kLargestExact)
        profile.warnings.push_back("The total is too large to be exact.");
    return profile;
}

std::optional<Profile> FileReader::soFar() const
{
    if (m_builder.isEmpty())
        return std::nullopt;
    ProfileBuilder builder = m_builder.condensed();
    describe(builder.profile());
    return std::move(builder).build();
}

void FileReader::add(const LineBlock& block)
{
    m_header.insert(m_header.end(), block.header.begin(), block.header.end());
    m_withoutCount.append(block.withoutCount, m_line);
    m_negative.append(block.negative, m_line);
    m_tooLarge.append(block.tooLarge, m_line);
    m_line += block.lines;
    m_lines += block.filledLines;
    const std::span<const StackLine> lines = block.stacks();
    if (lines.empty())
        return;
    addMetrics(block.valuesPerStack);
    constexpr std::size_t kAhead = 16;
    std::size_t asked = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (; asked < std::min(lines.size(), i + kAhead); ++asked)
            m_known.prefetch(lines[asked].stack);
        const StackLine& line = lines[i];
        selectLane(line.lane);
        const std::uint32_t node = nodeOf(line.stack);
        if (m_valueCount == 1)
            m_builder.addSample(node, line.values[0]);
        else
            m_builder.addSample(node, std::span(line.values.data(), m_valueCount));
    }
}

/// What is counted, known once the first line has been read.
void FileReader::addMetrics(std::size_t values)
{
    if (m_valueCount > 0)
        return;
    m_valueCount = values;
    const auto isMode = [this](std::string_view mode) {
        return std::find(m_header.begin(), m_header.end(), std::pair(std::string_view("mode"), mode)) != m_header.end();
    };
    const Metric memory{"memory", "Memory", Unit::Bytes, NumberKind::Sampled, {}};
    if (m_dialect == Dialect::Difference) {
        m_builder.addMetric({"before", "Before", Unit::Samples, NumberKind::Sampled, {}});
        m_builder.addMetric({"after", "After", Unit::Samples, NumberKind::Sampled, {}});
    } else if (m_dialect != Dialect::Austin) {
        m_builder.addMetric({"samples", "Samples", Unit::Samples, NumberKind::Sampled, {}});
    } else if (isMode("memory")) {
        m_builder.addMetric(memory);
    } else {
        m_builder.addMetric({"time", "Time", Unit::Microseconds, NumberKind::Sampled, {}});
    }
    if (values == kMostMetrics) {
        m_builder.addMetric({"cpu-time", "CPU time", Unit::Microseconds, NumberKind::Sampled, {}});
        m_builder.addMetric(memory);
    }
}

void FileReader::selectLane(std::string_view lane)
{
    if (lane == m_lane && !m_laneTexts.empty())
        return;
    m_builder.setLane(laneFor(lane));
    m_lane = lane;
}

/// The lane of a thread, made on first sight. Where no stack tells its thread, there is one lane for all.
LaneId FileReader::laneFor(std::string_view lane)
{
    if (const auto found = m_lanes.find(lane); found != m_lanes.end())
        return found->second;
    const bool isOnly = m_laneTexts.empty() && lane.empty();
    if (m_laneTexts.size() == 1 && m_laneTexts.front().empty()) // stacks without a thread came first
        m_builder.profile().lanes.front().name = laneFrom({}, m_dialect).name;
    const LaneId id = m_builder.addLane(isOnly ? Lane{.name = "all"} : laneFrom(lane, m_dialect));
    m_lanes.emplace(lane, id);
    m_laneTexts.push_back(lane);
    return id;
}

std::uint32_t FileReader::nodeOf(const StackStarts& stack)
{
    const std::string_view text = stack.text();
    if (text.empty())
        return 0;
    // From the whole stack inwards: what is known of it is mostly all, or all but its last frame.
    std::uint32_t node = 0;
    std::size_t start = 0; // of the frames that are left
    for (std::size_t end = text.size(); end != text.npos; end = stack.endBefore(end)) {
        if (const std::uint32_t known = m_known.find(stack, end); known != KnownStacks::kNone) {
            node = known;
            start = end + 1;
            break;
        }
    }
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(';', start), text.size());
        node = m_builder.child(node, frameOf(text.substr(start, end - start)));
        m_known.remember(stack, end, node);
        start = end + 1;
    }
    return node;
}

FrameId FileReader::frameOf(std::string_view text)
{
    const StringId id = m_frameTexts.intern(text);
    if (id.value >= m_frameOfText.size())
        m_frameOfText.resize(m_frameTexts.size());
    if (m_frameOfText[id.value])
        return m_frameOfText[id.value];
    const bool isFileFirst = m_dialect == Dialect::Austin || m_dialect == Dialect::ThreadId;
    const FrameText parts = isFileFirst ? splitFileNameLine(text) : splitFrame(text);
    FrameTable& frames = m_builder.frames();
    FrameKey key{.name = frames.strings().intern(parts.name),
                 .file = frames.strings().intern(parts.file),
                 .line = m_options.byLine ? parts.line : 0,
                 .kind = parts.kind};
    const std::uint32_t known = frames.size();
    FrameId frame = frames.intern(key);
    if (m_options.byLine && frame.value < known) { // two texts that mean the same are two frames, as the file has them
        key.variant = known + 1;
        frame = frames.intern(key);
    }
    return m_frameOfText[id.value] = frame;
}

void FileReader::describe(Profile& profile) const
{
    profile.formatId = "collapsed";
    for (const auto& [key, value] : m_header) {
        if (key == "austin")
            profile.producer = "austin " + std::string(value);
        else
            profile.meta.emplace_back(key, value);
    }
    const auto lines = [](std::uint64_t count) { return count == 1 ? std::string(" line") : std::string(" lines"); };
    if (m_withoutCount.count > 0)
        profile.warnings.push_back(std::to_string(m_withoutCount.count) + " of " + std::to_string(m_lines) +
                                   lines(m_lines) + (m_withoutCount.count == 1 ? " has" : " have") + " no count and " +
                                   (m_withoutCount.count == 1 ? "was" : "were") + " skipped " + m_withoutCount.first() +
                                   ".");
    if (m_negative.count > 0)
        profile.warnings.push_back(std::to_string(m_negative.count) + lines(m_negative.count) +
                                   (m_negative.count == 1 ? " has a negative count and was skipped "
                                                          : " have negative counts and were skipped ") +
                                   m_negative.first() + "; differences use two counts.");
    if (m_tooLarge.count > 0)
        profile.warnings.push_back(std::to_string(m_tooLarge.count) +
                                   (m_tooLarge.count == 1 ? " count is" : " counts are") +
                                   " too large and shown as the largest number, 2^64 - 1 " + m_tooLarge.first() + ".");
}

} // namespace sundial::collapsed
