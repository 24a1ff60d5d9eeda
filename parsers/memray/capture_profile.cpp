// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/capture_profile.h"

#include "model/profile_builder.h"
#include "parsers/memray/frame_lines.h"
#include "parsers/memray/statistics.h"

#include <algorithm>
#include <cstdio>

namespace sundial::memray
{

namespace
{

constexpr std::size_t kAggregatedMetrics = 4; // the first ones: peak and leaked

std::vector<Metric> allMetrics()
{
    return {{"peak-bytes", "High-water mark", Unit::Bytes, NumberKind::Exact, {}},
            {"peak-count", "High-water mark, blocks", Unit::Count, NumberKind::Exact, {}},
            {"leaked-bytes", "Leaked at exit", Unit::Bytes, NumberKind::Exact, {}},
            {"leaked-count", "Leaked at exit, blocks", Unit::Count, NumberKind::Exact, {}},
            {"temporary-bytes", "Temporary", Unit::Bytes, NumberKind::Exact, {}},
            {"temporary-count", "Temporary, blocks", Unit::Count, NumberKind::Exact, {}},
            {"total-bytes", "All allocations", Unit::Bytes, NumberKind::Exact, {}},
            {"total-count", "All allocations, blocks", Unit::Count, NumberKind::Exact, {}}};
}

std::array<double, 8> weightsOf(const GroupSums& sums)
{
    std::array<double, 8> weights;
    std::size_t i = 0;
    for (const AllocationSum& sum : {sums.peak, sums.leaked, sums.temporary, sums.total}) {
        weights[i++] = double(sum.bytes);
        weights[i++] = double(sum.count);
    }
    return weights;
}

/// Writes the threads' stacks into one tree. Frames of memray itself, at the outer end of the main thread's stacks, are
/// left out.
class TreeWriter
{
public:
    TreeWriter(const Capture& capture, FrameLines& lines, ProfileBuilder& builder, bool byLine)
        : m_capture(capture), m_lines(lines), m_builder(builder), m_byLine(byLine)
    {
        placeNodes();
    }

    void addLanes()
    {
        const std::vector<Group>& groups = m_capture.stacks.groups();
        std::vector<std::vector<std::uint32_t>> groupsOf(m_capture.threads.size());
        for (std::uint32_t g = 0; g < m_capture.sums.size(); ++g)
            groupsOf[m_threadOf[groups[g].node]].push_back(g);
        for (std::size_t t = 0; t < groupsOf.size(); ++t) {
            if (!groupsOf[t].empty())
                addLane(m_capture.threads[t], groupsOf[t]);
        }
    }

private:
    void placeNodes();
    FrameId frameOf(const StackNode& node);
    void addLane(const Thread& thread, const std::vector<std::uint32_t>& groups);

    const Capture& m_capture;
    FrameLines& m_lines;
    ProfileBuilder& m_builder;
    bool m_byLine;
    std::vector<std::uint32_t> m_threadOf; ///< By stack node.
    std::vector<std::uint32_t> m_place;    ///< By stack node: its node in the builder.
};

void TreeWriter::placeNodes()
{
    const Stacks& stacks = m_capture.stacks;
    const std::vector<StackNode>& nodes = stacks.nodes();
    std::vector<bool> isUsed(nodes.size());
    for (const Group& group : stacks.groups())
        isUsed[group.node] = true;
    for (std::size_t n = nodes.size(); n-- > 0;) {
        if (isUsed[n])
            isUsed[nodes[n].parent] = true;
    }
    m_threadOf.resize(nodes.size());
    for (std::uint32_t t = 0; t < m_capture.threads.size(); ++t)
        m_threadOf[m_capture.threads[t].root] = t;

    m_place.resize(nodes.size(), 0);
    std::vector<std::uint32_t> depth(nodes.size());
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
        if (!isUsed[n] || stacks.isRoot(n))
            continue;
        const std::uint32_t parent = nodes[n].parent;
        m_threadOf[n] = m_threadOf[parent];
        depth[n] = depth[parent] + 1;
        const bool isMain = m_capture.threads[m_threadOf[n]].id == m_capture.header.mainThread;
        if (!isMain || depth[n] > m_capture.header.framesToSkip)
            m_place[n] = m_builder.child(m_place[parent], frameOf(nodes[n]));
    }
}

FrameId TreeWriter::frameOf(const StackNode& node)
{
    const Code* const code = m_lines.codeOf(node);
    if (!code)
        return m_builder.internFrame("?");
    std::uint32_t line = 0;
    if (m_byLine)
        line = m_lines.lineOf(node);
    else if (m_capture.header.hasCodeObjects())
        line = std::uint32_t(std::max(code->line, 0));
    return m_builder.internFrame(m_capture.strings.text(code->function), m_capture.strings.text(code->file), line);
}

void TreeWriter::addLane(const Thread& thread, const std::vector<std::uint32_t>& groups)
{
    char id[24];
    std::snprintf(id, sizeof id, "0x%llx", static_cast<unsigned long long>(thread.id));
    m_builder.addLane({.name = thread.name.empty() ? id : std::string(id) + " (" + thread.name + ")",
                       .process = m_capture.header.process,
                       .thread = std::int64_t(thread.id)});
    // One sample a node: groups that differ in allocator or native stack come together.
    std::vector<std::uint32_t> order;
    tsl::robin_map<std::uint32_t, std::array<double, 8>> sums;
    for (const std::uint32_t g : groups) {
        const std::array<double, 8> weights = weightsOf(m_capture.sums[g]);
        if (std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; }))
            continue;
        std::uint32_t place = m_place[m_capture.stacks.groups()[g].node];
        if (place == 0)
            place = m_builder.child(0, m_builder.internFrame("no Python stack", {}, 0, FrameKind::Other));
        const auto [entry, isNew] = sums.try_emplace(place);
        if (isNew)
            order.push_back(place);
        for (std::size_t i = 0; i < weights.size(); ++i)
            entry.value()[i] += weights[i];
    }
    const std::size_t count = m_builder.profile().metrics.size();
    for (const std::uint32_t place : order)
        m_builder.addSample(place, std::span(sums.at(place)).first(count));
}

std::string counted(std::uint64_t count)
{
    return formatCount(double(count)) + (count == 1 ? " allocation record" : " allocation records");
}

/// What is missing at the end, as a sentence; empty if the capture is complete.
std::string endingWarning(const Capture& capture, bool isCompressed)
{
    const Ending& ending = capture.ending;
    const bool wasNeverFinished = !isCompressed && capture.header.records == 0 && !capture.header.isAggregated;
    switch (ending.kind) {
    case Ending::Kind::Complete:
    case Ending::Kind::Cancelled:
        return {};
    case Ending::Kind::Damaged:
        return "The capture is damaged at byte " + formatCount(double(ending.offset)) +
               " of its decompressed data; what stands before is shown, " + counted(capture.records) + ".";
    case Ending::Kind::Open:
    case Ending::Kind::Cut:
        break;
    }
    if (wasNeverFinished)
        return "The program was killed or is still running: the capture has no end.";
    return "The capture is cut off after " + counted(capture.records) + "; what followed is missing.";
}

/// Until the header's end time, or, if it was never written, until the last measurement.
std::int64_t durationMs(const Capture& capture)
{
    const Header& header = capture.header;
    if (header.endTime > header.startTime && capture.ending.kind == Ending::Kind::Complete)
        return header.endTime - header.startTime;
    const double last = capture.timeline.time.empty() ? 0 : capture.timeline.time.back() - double(header.startTime);
    return std::max<std::int64_t>(0, std::int64_t(last));
}

void addMeta(const Capture& capture, Profile& profile)
{
    const Header& header = capture.header;
    const auto yesNo = [](bool value) { return std::string(value ? "yes" : "no"); };
    auto& meta = profile.meta;
    meta.emplace_back("capture_format", std::to_string(header.format));
    if (header.pythonMajor != 0)
        meta.emplace_back("python", std::to_string(header.pythonMajor) + '.' + std::to_string(header.pythonMinor));
    meta.emplace_back("command_line", header.commandLine);
    meta.emplace_back("process", std::to_string(header.process));
    meta.emplace_back("start_time_ms", std::to_string(header.startTime));
    meta.emplace_back("duration_ms", std::to_string(durationMs(capture)));
    meta.emplace_back("allocation_records", std::to_string(capture.records));
    meta.emplace_back("peak_bytes", std::to_string(capture.peakBytes));
    meta.emplace_back("python_allocator", pythonAllocatorName(header.pythonAllocator));
    if (header.format >= 11)
        meta.emplace_back("traces_python_allocators", yesNo(header.tracesPythonAllocators));
    meta.emplace_back("native_traces", yesNo(header.hasNativeTraces));
    meta.emplace_back("aggregated", yesNo(header.isAggregated));
}

} // namespace

Profile profileOf(Capture&& capture, const ParseOptions& options, bool isCompressed)
{
    std::vector<Metric> metrics = allMetrics();
    std::vector<UnavailableMetric> unavailable;
    if (capture.header.isAggregated) {
        for (std::size_t m = kAggregatedMetrics; m < metrics.size(); ++m)
            unavailable.push_back({metrics[m].id, metrics[m].title,
                                   "The capture was made with --aggregate, which keeps no single allocations."});
        metrics.resize(kAggregatedMetrics);
    }
    ProfileBuilder builder(std::move(metrics));
    Profile& profile = builder.profile();
    profile.formatId = "memray";
    profile.producer = "memray";
    profile.name = capture.header.commandLine;
    profile.unavailable = std::move(unavailable);
    addMeta(capture, profile);
    if (std::string warning = endingWarning(capture, isCompressed); !warning.empty())
        profile.warnings.push_back(std::move(warning));
    if (!capture.native.isEmpty())
        profile.warnings.push_back("Native frames are not shown: the capture tells addresses, and no names for them.");

    FrameLines lines(capture);
    TreeWriter(capture, lines, builder, options.byLine).addLanes();
    auto memory = std::make_shared<MemoryCapture>();
    memory->statistics = statisticsOf(capture, lines, profile.frames.strings());
    memory->hasStatistics = !capture.header.isAggregated;
    memory->timeline = std::move(capture.timeline);
    memory->records = capture.records;
    memory->peakBytes = double(capture.peakBytes);
    profile.memory = std::move(memory);
    return std::move(builder).build();
}

} // namespace sundial::memray
