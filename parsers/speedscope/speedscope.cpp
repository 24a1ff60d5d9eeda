// SPDX-License-Identifier: GPL-3.0-or-later
// speedscope's own file format: JSON with a shared list of frames and one profile a thread, sampled or evented.
// Written by `py-spy record -f speedscope`, `pyinstrument -r speedscope` and speedscope's export. Units: as each
// profile says. Errors: NoData and Malformed for files without profiles, Truncated and Malformed for broken JSON; a
// profile that contradicts itself is left out with a warning while others can be shown. Described by speedscope's
// file-format-spec and its importer (1.25), which the numbers reproduce.
#include "model/snapshots.h"
#include "parsers/formats.h"
#include "parsers/speedscope/frame_list.h"
#include "parsers/speedscope/profile_reader.h"

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
constexpr const char* kExportAgain = "Export the profile again, with the newest version of the tool that wrote it.";

Metric metricFor(std::string_view unit, bool isEvented)
{
    constexpr Unit kUnits[] = {Unit::Nanoseconds, Unit::Microseconds, Unit::Milliseconds,
                               Unit::Seconds,     Unit::Bytes,        Unit::None};
    Metric metric{"weight", "Weight", Unit::None, isEvented ? NumberKind::Exact : NumberKind::Sampled, {}};
    const auto* const known =
        std::find_if(std::begin(kUnits), std::end(kUnits), [unit](Unit u) { return unitName(u) == unit; });
    if (known != std::end(kUnits))
        metric.unit = *known;
    else
        metric.unitText = unit;
    if (isTime(metric.unit)) {
        metric.id = "time";
        metric.title = "Time";
    } else if (metric.unit == Unit::Bytes) {
        metric.id = "bytes";
        metric.title = "Bytes";
    }
    return metric;
}

/// The one with the same unit, or none.
MetricId findMetric(const std::vector<Metric>& metrics, const Metric& wanted)
{
    for (std::uint32_t m = 0; m < metrics.size(); ++m) {
        if (metrics[m].unit == wanted.unit && metrics[m].unitText == wanted.unitText)
            return {m};
    }
    return {};
}

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
    void readProfiles();
    void showSoFar(const ProfileSoFar& current);
    void take(ReadProfile read);
    MetricId metricOf(const ReadProfile& read);
    void checkIndices();
    void nameFrames(ProfileBuilder& builder, const FrameList& frames) const;
    std::string sentence(const Remark& remark) const;
    void describe(Profile& profile) const;
    Profile finish();

    JsonReader m_json;
    const ParseOptions& m_options;
    Progress& m_progress;
    ProfileBuilder m_builder{{}};
    FrameList m_frames;
    FrameList m_framesAhead; ///< For snapshots, where the profiles come before the frames.
    bool m_hasLookedAhead = false;
    bool m_hasProfiles = false;
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
    if (!m_frames.isRead())
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
        m_frames.readShared(m_json, m_progress);
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

void FileReader::readProfiles()
{
    m_hasProfiles = true;
    m_builder = ProfileBuilder({});
    m_remarks.clear();
    m_risingIndices.clear();
    m_laneItem.clear();
    m_profileCount = 0;
    ShowSoFar show;
    if (Snapshots::current())
        show = [this](const ProfileSoFar& current) { showSoFar(current); };
    m_json.enter();
    while (!m_progress.isCancelled() && m_json.nextItem()) {
        ++m_profileCount;
        ReadProfile profile = readProfile(m_json, m_builder, m_progress, m_profileCount, show);
        if (m_json.ok() && !m_progress.isCancelled())
            take(std::move(profile));
    }
}

/// Publishes the profiles that are complete, and the one that is being read as far as its numbers are there. Of samples
/// without weights as yet, the number is shown.
void FileReader::showSoFar(const ProfileSoFar& current)
{
    Snapshots& snapshots = *Snapshots::current();
    if (!snapshots.isWanted())
        return;
    if (!m_frames.isRead() && !m_hasLookedAhead) {
        m_framesAhead.findAtEnd(m_json.text(), m_progress);
        m_hasLookedAhead = true;
    }
    const FrameList& frames = m_frames.isRead() ? m_frames : m_framesAhead;
    if (!frames.isRead())
        return;
    ProfileBuilder builder = m_builder.condensed();
    const bool hasWeights = current.weights.size() >= current.nodes.size();
    MetricId metric;
    if (hasWeights)
        metric = findMetric(builder.profile().metrics, metricFor(current.unit, current.isEvented));
    if (!metric && m_builder.laneCount() == 0)
        metric = builder.addMetric(hasWeights ? metricFor(current.unit, current.isEvented)
                                              : Metric{"samples", "Samples", Unit::Samples, NumberKind::Sampled, {}});
    for (std::size_t i = 0; metric && i < current.nodes.size(); ++i)
        builder.addWeight(metric, current.nodes[i], hasWeights ? current.weights[i] : 1);
    const auto isBeyond = [&](FrameId frame) { return frame.value >= frames.size(); };
    const std::vector<FrameId> inUse = builder.framesInUse();
    if (builder.isEmpty() || std::any_of(inUse.begin(), inUse.end(), isBeyond))
        return;
    nameFrames(builder, frames);
    describe(builder.profile());
    snapshots.publish(std::move(builder).build(), double(m_json.offset()) / double(m_json.text().size()));
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
    Metric metric = metricFor(read.unit, read.isEvented);
    if (!metric.unitText.empty())
        m_remarks.push_back({"Profile " + std::to_string(m_profileCount) + " has the unknown unit '" + read.unit +
                                 "'; its numbers stand without a unit.",
                             {},
                             {}});
    const std::vector<Metric>& known = m_builder.profile().metrics;
    if (const MetricId same = findMetric(known, metric))
        return same;
    for (const Metric& other : known) {
        if (other.id == metric.id) // milliseconds beside seconds, parsecs beside no unit
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
    std::string text = remark.text;
    if (const std::size_t at = text.find('\1'); remark.first && at != text.npos)
        text.replace(at, 1, m_frames.nameOf(remark.first));
    if (const std::size_t at = text.find('\2'); remark.second && at != text.npos)
        text.replace(at, 1, m_frames.nameOf(remark.second));
    return text;
}

/// A frame is its index in the file; asked for functions, entries that differ only in the line that was running become
/// one.
void FileReader::nameFrames(ProfileBuilder& builder, const FrameList& frames) const
{
    const bool isByLine = std::any_of(std::begin(kExportersByLine), std::end(kExportersByLine),
                                      [this](std::string_view exporter) { return m_exporter.starts_with(exporter); });
    frames.applyTo(builder, isByLine, m_options.byLine);
}

/// What the file says of itself.
void FileReader::describe(Profile& profile) const
{
    profile.formatId = "speedscope";
    profile.producer = m_exporter;
    std::replace(profile.producer.begin(), profile.producer.end(), '@', ' ');
    profile.name = m_name;
    if (m_exporter.starts_with("pyinstrument")) { // it writes events, but joins them from samples
        for (Metric& metric : profile.metrics)
            metric.kind = NumberKind::Sampled;
    }
}

Profile FileReader::finish()
{
    if (m_hasUnusedStacks)
        m_builder.dropUnsampledNodes();
    nameFrames(m_builder, m_frames);
    Profile& profile = m_builder.profile();
    describe(profile);
    if (profile.name.empty())
        profile.name = profile.lanes.front().name;
    for (const Remark& remark : m_remarks)
        profile.warnings.push_back(sentence(remark));
    if (!(m_activeIndex >= 0 && m_activeIndex < double(m_profileCount) && m_activeIndex == std::floor(m_activeIndex)))
        profile.warnings.push_back("The file asks for profile index " + formatExact(m_activeIndex) + " of " +
                                   std::to_string(m_profileCount) + "; the first one is shown.");
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
