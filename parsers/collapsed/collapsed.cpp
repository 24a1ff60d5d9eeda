// SPDX-License-Identifier: GPL-3.0-or-later
// Collapsed ("folded") stacks: a line a stack, root first, "main;work;hash 42". Units: samples, or what Austin's header
// says. Errors: NoData if no line fits, Unsupported for Austin's binary format; single lines that do not fit are
// skipped and counted. Written by `py-spy record --format raw`, stackcollapse-*.pl, inferno, Austin up to 3.7 and
// Python's profiling.sampling. Described in the README of brendangregg/FlameGraph and in Austin's.
#include "model/stack_cursor.h"
#include "parsers/collapsed/dialect.h"
#include "parsers/collapsed/frame_text.h"
#include "parsers/collapsed/stack_line.h"
#include "parsers/formats.h"
#include "parsers/support/common_prefix.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>

namespace sundial
{

namespace collapsed
{
namespace
{

constexpr std::size_t kBytesPerProgress = 1 << 20;
constexpr double kLargestExact = 9007199254740992.0; // 2^53
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
    std::string first() const { return "(first: line " + std::to_string(firstLine) + ")"; }
};

class FileReader
{
public:
    FileReader(const Input& input, const ParseOptions& options, Progress& progress)
        : m_text(input.text), m_options(options), m_progress(progress), m_dialect(dialectOf(input.text))
    {
    }
    Result<Profile> read();

private:
    void readHeader(std::string_view line);
    void readLine(std::string_view line);
    std::optional<std::string_view> readCounts(std::string_view line);
    bool readAustinCounts(std::string_view word);
    std::optional<double> count(std::string_view word);
    void addMetrics(std::size_t values);
    void selectLane(std::string_view lane);
    std::uint32_t nodeOf(std::string_view stack);
    FrameId frameOf(std::string_view text);
    void describe(Profile& profile);

    std::string_view m_text;
    const ParseOptions& m_options;
    Progress& m_progress;
    Dialect m_dialect;
    ProfileBuilder m_builder{{}};
    StackCursor m_cursor{m_builder};
    std::string_view m_stackBefore;
    std::vector<std::size_t> m_frameEnds; ///< By frame of the stack before: where its text ends, semicolon included.
    std::vector<FrameId> m_newFrames;     ///< Of a stack, where it differs from the one before.
    tsl::robin_map<std::string_view, FrameId, TextHash, std::equal_to<>,
                   std::allocator<std::pair<std::string_view, FrameId>>, true>
        m_frames;
    tsl::robin_map<std::string_view, LaneId> m_lanes;
    std::string_view m_lane;
    std::vector<std::pair<std::string_view, std::string_view>> m_header; ///< Austin's "# key: value" lines.

    std::array<double, kMostMetrics> m_values{};
    std::size_t m_valueCount = 0;
    std::uint64_t m_line = 0;
    std::uint64_t m_lines = 0; ///< Neither blank nor comments.
    LineCount m_withoutCount, m_negative, m_tooLarge;
};

Result<Profile> FileReader::read()
{
    if (m_text.starts_with("MOJ"))
        return Error{ErrorKind::Unsupported, "This is Austin's binary format.", 0,
                     "Convert it with mojo2austin first."};
    std::size_t reported = 0;
    Lines lines(m_text);
    for (std::string_view line; lines.next(line);) {
        if (lines.offset() - reported >= kBytesPerProgress) {
            reported = lines.offset();
            if (!m_progress.advanceTo(reported))
                return Error{ErrorKind::Cancelled, {}, reported, {}};
        }
        ++m_line;
        if (!holdsNoStack(line))
            readLine(line);
        else if (m_dialect == Dialect::Austin && line.starts_with('#'))
            readHeader(line);
    }
    if (m_lines == 0)
        return Error{ErrorKind::NoData, "The file holds no stacks.", Error::kNoOffset,
                     "Check that the profiler took samples before it ended."};
    if (m_builder.isEmpty())
        return Error{ErrorKind::NoData, "No line ends in a count.", Error::kNoOffset,
                     "Collapsed stacks look like \"main;work;hash 42\"."};
    describe(m_builder.profile());
    Profile profile = std::move(m_builder).build();
    if (profile.total(MetricId{0}) > kLargestExact)
        profile.warnings.push_back("The total is too large to be exact.");
    return profile;
}

void FileReader::readHeader(std::string_view line)
{
    const std::size_t colon = line.find(": ");
    if (line.starts_with("# ") && colon != line.npos)
        m_header.emplace_back(line.substr(2, colon - 2), line.substr(colon + 2));
}

void FileReader::readLine(std::string_view line)
{
    ++m_lines;
    std::optional<std::string_view> stack = readCounts(line);
    if (!stack)
        return;
    const std::string_view lane = laneOf(*stack, m_dialect);
    selectLane(lane);
    stack->remove_prefix(std::min(stack->size(), lane.size() + !lane.empty()));
    const std::uint32_t node = nodeOf(*stack);
    if (m_valueCount == 1)
        m_builder.addSample(node, m_values[0]);
    else
        m_builder.addSample(node, std::span(m_values.data(), m_valueCount));
}

/// Takes the numbers off the end of a line, into m_values; what stays is the stack. Nothing if the line has to be
/// skipped.
std::optional<std::string_view> FileReader::readCounts(std::string_view line)
{
    const LastWord last = splitLastWord(line);
    std::string_view stack = last.before;
    bool isRead = false;
    if (m_dialect == Dialect::Austin) {
        isRead = readAustinCounts(last.word);
    } else if (m_dialect == Dialect::Difference) {
        const LastWord before = splitLastWord(last.before);
        stack = before.before;
        m_values = {count(before.word).value_or(0), count(last.word).value_or(0)};
        addMetrics(2);
        isRead = true;
    } else if (const std::optional<double> value = count(last.word)) {
        m_values[0] = *value;
        addMetrics(1);
        isRead = true;
    }
    if (isRead)
        return stack;
    const bool isNegative = last.word.starts_with('-') && countFrom(last.word.substr(1));
    (isNegative ? m_negative : m_withoutCount).add(m_line);
    return std::nullopt;
}

std::optional<double> FileReader::count(std::string_view word)
{
    const std::optional<double> value = countFrom(word);
    if (!value || std::isfinite(*value))
        return value;
    m_tooLarge.add(m_line);
    return kLargestCount;
}

/// "10149" in one unit, or "20350,1,4096" in full mode: microseconds, whether idle, bytes (negative: freed).
bool FileReader::readAustinCounts(std::string_view word)
{
    std::array<std::int64_t, kMostMetrics> numbers{};
    std::size_t values = 0;
    const char* p = word.data();
    const char* const end = word.data() + word.size();
    while (values < kMostMetrics) {
        const auto [stop, error] = std::from_chars(p, end, numbers[values]);
        if (error != std::errc())
            return false;
        ++values;
        p = stop;
        if (p == end || *p != ',')
            break;
        ++p;
    }
    if (p != end || values == 2 || (m_valueCount > 0 && values != m_valueCount))
        return false;
    addMetrics(values);
    const bool isIdle = numbers[1] != 0;
    m_values = {double(numbers[0]), isIdle ? 0 : double(numbers[0]), double(numbers[2])};
    return true;
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

void FileReader::selectLane(std::string_view lane)
{
    if (lane == m_lane)
        return;
    if (m_lanes.empty() && !m_builder.isEmpty()) { // stacks without a thread came first
        m_builder.profile().lanes.front().name = laneFrom({}, m_dialect).name;
        m_lanes.emplace(std::string_view(), LaneId{0});
    }
    m_lane = lane;
    if (const auto found = m_lanes.find(lane); found != m_lanes.end())
        m_builder.setLane(found->second);
    else
        m_lanes.emplace(lane, m_builder.addLane(laneFrom(lane, m_dialect)));
}

std::uint32_t FileReader::nodeOf(std::string_view stack)
{
    // What starts like the stack before is not looked up again.
    const std::size_t same = commonPrefix(m_stackBefore, stack);
    std::size_t kept = m_frameEnds.size();
    while (kept > 0 && m_frameEnds[kept - 1] > same)
        --kept;
    m_frameEnds.resize(kept);
    m_cursor.popTo(kept);
    m_stackBefore = stack;
    if (stack.empty())
        return 0;
    m_newFrames.clear();
    std::size_t at = kept > 0 ? m_frameEnds[kept - 1] : 0;
    while (true) {
        const std::size_t end = stack.find(';', at);
        m_newFrames.push_back(frameOf(stack.substr(at, end - at)));
        if (end == stack.npos)
            break;
        at = end + 1;
        m_frameEnds.push_back(at);
    }
    m_cursor.push(m_newFrames);
    return m_cursor.node();
}

FrameId FileReader::frameOf(std::string_view text)
{
    const auto [entry, isNew] = m_frames.try_emplace(text);
    if (!isNew)
        return entry->second;
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
    entry.value() = frame;
    return frame;
}

void FileReader::describe(Profile& profile)
{
    profile.formatId = "collapsed";
    for (const auto& [key, value] : m_header) {
        if (key == "austin")
            profile.producer = "austin " + std::string(value);
        else
            profile.meta.emplace_back(key, value);
    }
    if (m_dialect == Dialect::Austin)
        m_builder.setTimeOrder();
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

Result<Profile> parse(const Input& input, const ParseOptions& options, Progress& progress)
{
    return FileReader(input, options, progress).read();
}

/// What the first lines of a file are.
struct Look {
    std::size_t lines = 0;   ///< With text that is no comment.
    std::size_t counted = 0; ///< Of them, those that end in a count.
    bool hasSemicolon = false;
    bool hasPySpyPlace = false; ///< "(file.py:12)" before a count.
    bool isCutInFirstLine = false;
};

Look lookAt(std::string_view head)
{
    Look look;
    if (head.size() >= kHeadBytes) {
        const std::size_t lastEnd = head.rfind('\n');
        look.isCutInFirstLine = lastEnd == head.npos;
        head = head.substr(0, lastEnd == head.npos ? head.size() : lastEnd);
    }
    std::string_view line;
    for (Lines lines(head); lines.next(line);) {
        if (holdsNoStack(line))
            continue;
        ++look.lines;
        const LastWord last = splitLastWord(line);
        const bool isCounted = countFrom(last.word).has_value();
        look.counted += isCounted;
        look.hasSemicolon = look.hasSemicolon || last.before.find(';') != last.before.npos;
        look.hasPySpyPlace =
            look.hasPySpyPlace || (isCounted && last.before.ends_with(')') && splitFrame(last.before).line > 0);
    }
    return look;
}

bool hasOwnEnding(std::string_view name)
{
    for (const std::string_view ending : {".folded", ".collapsed", ".collapse", ".stacks", ".austin"}) {
        if (name.ends_with(ending))
            return true;
    }
    return false;
}

Match sniff(std::string_view head, std::string_view name)
{
    if (head.starts_with("MOJ") || head.starts_with("# austin:"))
        return Match::Certain;
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 && !std::strchr("\t\n\r\f\v", c); };
    const std::size_t controls = std::size_t(std::count_if(head.begin(), head.end(), isControl));
    constexpr std::size_t kBytesPerStray = 50; // a name may hold an odd byte; binary data hold one in ten
    if (controls > 1 + head.size() / kBytesPerStray)
        return Match::No;
    const Look look = lookAt(head);
    if (look.isCutInFirstLine) {
        const bool isPlain = look.hasSemicolon && head.find_first_of("{=") == head.npos;
        return hasOwnEnding(name) || isPlain ? Match::Weak : Match::No;
    }
    const bool isMostlyCounted = look.counted > 0 && look.counted * 5 >= look.lines * 4;
    if (isMostlyCounted && look.hasSemicolon)
        return hasOwnEnding(name) || look.hasPySpyPlace || dialectOf(head) >= Dialect::Austin ? Match::Strong
                                                                                              : Match::Weak;
    const bool mayBe = isMostlyCounted || look.hasSemicolon || look.lines == 0;
    return mayBe && hasOwnEnding(name) ? Match::Weak : Match::No;
}

} // namespace
} // namespace collapsed

extern const Format collapsedFormat{"collapsed", "Collapsed stacks", collapsed::sniff, collapsed::parse, true};

} // namespace sundial
