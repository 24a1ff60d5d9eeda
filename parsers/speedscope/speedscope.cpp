// SPDX-License-Identifier: GPL-3.0-or-later
// speedscope's own file format: JSON with a shared list of frames and one profile a thread, sampled or evented.
// Written by `py-spy record -f speedscope`, `pyinstrument -r speedscope` and speedscope's export. Units: as each
// profile says. Errors: NoData and Malformed for files without profiles, Truncated and Malformed for broken JSON; a
// profile that contradicts itself is left out with a warning while others can be shown. Described by speedscope's
// file-format-spec and its importer (1.25), which the numbers reproduce.
#include "parsers/formats.h"
#include "parsers/speedscope/profile_reader.h"
#include "parsers/support/frame_kind.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sundial
{

namespace speedscope
{
namespace
{

constexpr std::string_view kSchema = "https://www.speedscope.app/file-format-schema.json";
constexpr std::string_view kNoName = "(no name)";
constexpr const char* kExportAgain = "Export the profile again, with the newest version of the tool that wrote it.";

/// Exporters whose frames say the line that was running, not the line of the function.
constexpr std::string_view kExportersByLine[] = {"py-spy", "austin"};

class FileReader
{
public:
    FileReader(const Input& input, const ParseOptions& options, Progress& progress)
        : m_json(input.text), m_options(options), m_progress(progress)
    {
    }
    Result<Profile> read();

private:
    void readMember(std::string_view key);
    void readShared();
    void readFrames();
    void readFrame();
    void readProfiles();
    void take(ReadProfile read);
    MetricId metricOf(const ReadProfile& read);
    void checkIndices();
    void nameFrames();
    std::string sentence(const Remark& remark) const;
    Profile finish();

    JsonReader m_json;
    const ParseOptions& m_options;
    Progress& m_progress;
    ProfileBuilder m_builder{{}};
    StringTable m_strings;
    std::vector<FrameKey> m_frames; ///< By the file's index; strings of m_strings.
    bool m_hasFrames = false, m_hasProfiles = false;
    bool m_hasUnusedStacks = false;
    std::size_t m_profileCount = 0;
    std::vector<std::vector<RisingIndex>> m_risingIndices; ///< By lane.
    std::vector<std::string> m_laneItem;                   ///< By lane: "Profile 2, sample ".
    std::vector<Remark> m_remarks;                         ///< Notes, and faults of profiles that were left out.
    std::string m_name, m_exporter;
    double m_activeIndex = 0;
};

Result<Profile> FileReader::read()
{
    if (m_json.peek() != JsonReader::Type::Object && m_json.ok())
        return Error{ErrorKind::Malformed, "This JSON is not a speedscope file: its top level is not an object.", 0,
                     kExportAgain};
    m_json.enter();
    for (std::string_view key; m_json.nextMember(key);) {
        readMember(key);
        if (m_progress.isCancelled())
            return Error{ErrorKind::Cancelled, {}, m_json.offset(), {}};
    }
    m_json.expectEnd();
    if (!m_json.ok())
        return m_json.error();
    if (!m_hasProfiles)
        return Error{ErrorKind::Malformed, "The file has no 'profiles'.", Error::kNoOffset, kExportAgain};
    if (m_profileCount == 0)
        return Error{ErrorKind::NoData, "The file holds no profiles.", Error::kNoOffset,
                     "Check that the profiler took samples before it ended."};
    if (!m_hasFrames)
        return Error{ErrorKind::Malformed, "The file has no 'shared.frames'.", Error::kNoOffset, kExportAgain};
    checkIndices();
    if (m_builder.laneCount() == 0)
        return Error{ErrorKind::Malformed, sentence(m_remarks.front()), Error::kNoOffset, kExportAgain};
    return finish();
}

void FileReader::readMember(std::string_view key)
{
    const JsonReader::Type type = m_json.peek();
    if (key == "shared" && type == JsonReader::Type::Object)
        readShared();
    else if (key == "profiles" && type == JsonReader::Type::Array)
        readProfiles();
    else if (key == "name")
        m_name = m_json.stringOrNothing();
    else if (key == "exporter")
        m_exporter = m_json.stringOrNothing();
    else if (key == "activeProfileIndex")
        m_activeIndex = m_json.numberOr(0);
    else
        m_json.skip();
}

void FileReader::readShared()
{
    m_json.enter();
    for (std::string_view key; m_json.nextMember(key);) {
        if (key == "frames" && m_json.peek() == JsonReader::Type::Array)
            readFrames();
        else
            m_json.skip();
    }
}

void FileReader::readFrames()
{
    m_hasFrames = true;
    m_frames.clear(); // of two members with the same name the last one counts, as in JavaScript
    m_json.enter();
    while (m_json.nextItem()) {
        readFrame();
        if (m_frames.size() % 4096 == 0 && !m_progress.advanceTo(m_json.offset()))
            return;
    }
}

void FileReader::readFrame()
{
    FrameKey key{.name = m_strings.intern(kNoName), .file = m_strings.intern({})};
    if (m_json.peek() != JsonReader::Type::Object) {
        m_json.skip();
        m_frames.push_back(key);
        return;
    }
    m_json.enter();
    for (std::string_view member; m_json.nextMember(member);) {
        if (member == "name" && m_json.peek() == JsonReader::Type::String) {
            key.name = m_strings.intern(m_json.string());
        } else if (member == "file") {
            key.file = m_strings.intern(m_json.stringOrNothing());
        } else if (member == "line") {
            const double line = m_json.numberOr(0);
            key.line = line > 0 && line < UINT32_MAX ? std::uint32_t(line) : 0;
        } else {
            m_json.skip();
        }
    }
    key.kind = guessFrameKind(m_strings.text(key.name), m_strings.text(key.file));
    m_frames.push_back(key);
}

void FileReader::readProfiles()
{
    m_hasProfiles = true;
    m_builder = ProfileBuilder({});
    m_remarks.clear();
    m_risingIndices.clear();
    m_laneItem.clear();
    m_profileCount = 0;
    m_json.enter();
    while (!m_progress.isCancelled() && m_json.nextItem()) {
        ++m_profileCount;
        ReadProfile profile = readProfile(m_json, m_builder, m_progress, m_profileCount);
        if (m_json.ok() && !m_progress.isCancelled())
            take(std::move(profile));
    }
}

/// "Process 12 Thread 34 "x"", as py-spy names its profiles: the number behind a word, or -1.
std::int64_t numberBehind(std::string_view name, std::string_view word)
{
    std::int64_t number = -1;
    const std::size_t at = name.find(word);
    if (at != name.npos)
        std::from_chars(name.data() + at + word.size(), name.data() + name.size(), number);
    return number;
}

void FileReader::take(ReadProfile read)
{
    m_hasUnusedStacks = m_hasUnusedStacks || read.fault || read.hasDroppedSamples;
    for (Remark& note : read.notes)
        m_remarks.push_back(std::move(note));
    if (read.fault) {
        m_remarks.push_back(std::move(*read.fault));
        return;
    }
    m_builder.addLane({.name = read.name,
                       .process = numberBehind(read.name, "Process "),
                       .thread = numberBehind(read.name, "Thread "),
                       .metric = metricOf(read),
                       .startValue = read.startValue});
    m_risingIndices.push_back(std::move(read.risingIndices));
    m_laneItem.push_back("Profile " + std::to_string(m_profileCount) + (read.isEvented ? ", event " : ", sample "));
    m_builder.addSamples(std::move(read.nodes), std::move(read.weights), std::move(read.continued));
}

/// The metric of a profile's unit: one a unit, the first is the file's main one.
MetricId FileReader::metricOf(const ReadProfile& read)
{
    constexpr Unit kUnits[] = {Unit::Nanoseconds, Unit::Microseconds, Unit::Milliseconds,
                               Unit::Seconds,     Unit::Bytes,        Unit::None};
    Metric metric{"weight", "Weight", Unit::None, read.isEvented ? NumberKind::Exact : NumberKind::Sampled, {}};
    const auto* const unit =
        std::find_if(std::begin(kUnits), std::end(kUnits), [&](Unit u) { return unitName(u) == read.unit; });
    if (unit != std::end(kUnits)) {
        metric.unit = *unit;
    } else if (!read.unit.empty()) {
        metric.unitText = read.unit;
        m_remarks.push_back({"Profile " + std::to_string(m_profileCount) + " has the unknown unit '" + read.unit +
                                 "'; its numbers stand without a unit.",
                             {},
                             {}});
    }
    if (isTime(metric.unit)) {
        metric.id = "time";
        metric.title = "Time";
    } else if (metric.unit == Unit::Bytes) {
        metric.id = "bytes";
        metric.title = "Bytes";
    }
    const std::vector<Metric>& known = m_builder.profile().metrics;
    for (std::uint32_t m = 0; m < known.size(); ++m) {
        if (known[m].unit == metric.unit && known[m].unitText == metric.unitText)
            return {m};
        if (known[m].id == metric.id) // milliseconds beside seconds, parsecs beside no unit
            metric.id += '-' + std::string(metric.unitText.empty() ? unitName(metric.unit) : metric.unitText);
    }
    return m_builder.addMetric(std::move(metric));
}

/// Leaves out the profiles that mention frames which the file does not have.
void FileReader::checkIndices()
{
    for (std::uint32_t lane = m_builder.laneCount(); lane-- > 0;) {
        const std::vector<RisingIndex>& rising = m_risingIndices[lane];
        const auto beyond = std::find_if(rising.begin(), rising.end(),
                                         [this](const RisingIndex& r) { return r.index >= m_frames.size(); });
        if (beyond == rising.end())
            continue;
        m_remarks.push_back({m_laneItem[lane] + std::to_string(beyond->item) + ": frame " +
                                 std::to_string(beyond->index) + " does not exist (" + std::to_string(m_frames.size()) +
                                 (m_frames.size() == 1 ? " frame)." : " frames)."),
                             {},
                             {}});
        m_builder.removeLane(LaneId{lane});
        m_hasUnusedStacks = true;
    }
}

std::string FileReader::sentence(const Remark& remark) const
{
    const auto nameOf = [this](FrameId frame) {
        return frame.value < m_frames.size() ? std::string(m_strings.text(m_frames[frame.value].name))
                                             : "frame " + std::to_string(frame.value);
    };
    std::string text = remark.text;
    if (const std::size_t at = text.find('\1'); remark.first && at != text.npos)
        text.replace(at, 1, nameOf(remark.first));
    if (const std::size_t at = text.find('\2'); remark.second && at != text.npos)
        text.replace(at, 1, nameOf(remark.second));
    return text;
}

/// Frames get ids in the order of their first use. A frame is its index in the file; asked for functions, entries that
/// differ only in the line that was running become one.
void FileReader::nameFrames()
{
    const bool isByLine = std::any_of(std::begin(kExportersByLine), std::end(kExportersByLine),
                                      [this](std::string_view exporter) { return m_exporter.starts_with(exporter); });
    FrameTable& frames = m_builder.frames();
    std::vector<FrameId> ids(m_frames.size());
    for (const FrameId index : m_builder.framesInUse()) {
        FrameKey key = m_frames[index.value];
        key.name = frames.strings().intern(m_strings.text(key.name));
        key.file = frames.strings().intern(m_strings.text(key.file));
        if (isByLine && !m_options.byLine)
            key.line = 0;
        const std::uint32_t known = frames.size();
        FrameId id = frames.intern(key);
        if (m_options.byLine && id.value < known) {
            key.variant = index.value + 1;
            id = frames.intern(key);
        }
        ids[index.value] = id;
    }
    m_builder.renameFrames(ids);
}

Profile FileReader::finish()
{
    if (m_hasUnusedStacks)
        m_builder.dropUnsampledNodes();
    nameFrames();
    Profile& profile = m_builder.profile();
    profile.formatId = "speedscope";
    profile.producer = m_exporter;
    std::replace(profile.producer.begin(), profile.producer.end(), '@', ' ');
    profile.name = m_name.empty() ? profile.lanes.front().name : m_name;
    for (const Remark& remark : m_remarks)
        profile.warnings.push_back(sentence(remark));
    if (!(m_activeIndex >= 0 && m_activeIndex < double(m_profileCount) && m_activeIndex == std::floor(m_activeIndex)))
        profile.warnings.push_back("The file asks for profile index " + formatExact(m_activeIndex) + " of " +
                                   std::to_string(m_profileCount) + "; the first one is shown.");
    if (m_exporter.starts_with("pyinstrument")) { // it writes events, but joins them from samples
        for (Metric& metric : profile.metrics)
            metric.kind = NumberKind::Sampled;
    }
    m_builder.setTimeOrder();
    return std::move(m_builder).build();
}

/// Whether the text is `"shared": {"frames"`: the list of frames may come first and be longer than the head.
bool beginsFrames(std::string_view text)
{
    for (const std::string_view part : {"\"shared\"", ":", "{", "\"frames\""}) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
        if (!text.starts_with(part))
            return false;
        text.remove_prefix(part.size());
    }
    return true;
}

Match sniff(std::string_view head, std::string_view name)
{
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first == head.npos || (head[first] != '{' && head[first] != '['))
        return Match::No;
    if (head.find(kSchema) != head.npos)
        return Match::Certain;
    if (head.find("\"profiles\"") != head.npos &&
        (head.find("\"evented\"") != head.npos || head.find("\"sampled\"") != head.npos))
        return Match::Strong;
    if (const std::size_t shared = head.find("\"shared\""); shared != head.npos && beginsFrames(head.substr(shared)))
        return Match::Strong;
    return name.ends_with(".speedscope.json") ? Match::Weak : Match::No;
}

Result<Profile> parse(const Input& input, const ParseOptions& options, Progress& progress)
{
    return FileReader(input, options, progress).read();
}

} // namespace
} // namespace speedscope

extern const Format speedscopeFormat{"speedscope", "speedscope JSON", speedscope::sniff, speedscope::parse, true};

} // namespace sundial
