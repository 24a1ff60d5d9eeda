// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/capture_profile.h"

#include "model/profile_builder.h"
#include "parsers/memray/hybrid_stack.h"
#include "parsers/memray/statistics.h"

#include <algorithm>
#include <cstdio>
#include <optional>

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

using Weights = std::array<double, 8>; // in the order of allMetrics()

/// Writes the stacks of all threads into one tree, and what each thread allocated as a lane.
class TreeWriter
{
public:
    /// `sampleAllocators` are as in MemoryCapture.
    TreeWriter(Capture& capture, const NativeNames* names, ProfileBuilder& builder,
               std::vector<std::uint8_t>& sampleAllocators)
        : m_capture(capture), m_builder(builder), m_sampleAllocators(sampleAllocators)
    {
        std::uint8_t next = 0;
        const std::array<AllocatorSums, kAllocatorCount> byAllocator = allocatorSums(capture);
        for (std::size_t i = 0; i < kAllocatorCount; ++i) {
            if (byAllocator[i].occurs())
                m_indexOfAllocator[i] = next++;
        }
        sumRows();
        addFrames(names);
        if (names)
            m_hybrid.emplace(capture, *names);
        else
            addNodes();
        addLanes();
    }

private:
    void sumRows();
    void addFrames(const NativeNames* names);
    void addNodes();
    FrameId nativeFrame(std::uint32_t frame);
    void addLanes();
    void addLane(const Thread& thread, std::span<const std::uint32_t> places);
    std::uint32_t nodeOf(std::uint32_t place);
    Weights weightsOf(std::uint32_t place) const;

    struct Totals {
        AllocationSum total, temporary;
    };

    Capture& m_capture; ///< Of which it fills the index's places, with the builder's nodes.
    ProfileBuilder& m_builder;
    std::vector<std::uint8_t>& m_sampleAllocators;
    std::vector<std::uint32_t>& m_node = m_capture.sums.index.node;
    std::vector<Totals> m_totals;            ///< By place.
    std::vector<FrameId> m_python, m_native; ///< By frame of the capture; native ones once they are met.
    const NativeNames* m_names = nullptr;
    std::optional<HybridStacks> m_hybrid;                           ///< If there are native frames.
    std::array<std::uint8_t, kAllocatorCount> m_indexOfAllocator{}; ///< Its place among those that occur.
};

/// The sum of a place, if it has one.
AllocationSum sumAt(const std::vector<PlaceSum>& sums, std::uint32_t place)
{
    const auto found = std::lower_bound(sums.begin(), sums.end(), place,
                                        [](const PlaceSum& sum, std::uint32_t p) { return sum.place < p; });
    return found != sums.end() && found->place == place ? found->sum : AllocationSum();
}

void TreeWriter::sumRows()
{
    m_totals.resize(m_capture.stacks.size());
    for (std::size_t i = 0; i < m_capture.sums.index.rows.size(); ++i) {
        const MemoryIndex::Row& row = m_capture.sums.index.rows[i];
        Totals& totals = m_totals[row.place];
        totals.total.bytes += row.totalBytes;
        totals.total.count += row.totalCount;
        totals.temporary.bytes += row.temporaryBytes;
        totals.temporary.count += row.temporaryCount;
    }
}

void TreeWriter::addFrames(const NativeNames* names)
{
    m_node.resize(m_capture.stacks.size());
    const StringTable& strings = m_capture.frames.strings();
    for (const FrameName& name : m_capture.frames.shown())
        m_python.push_back(m_builder.internFrame(strings.text(name.function), strings.text(name.file), name.line));
    m_names = names;
    m_native.resize(names ? names->frames().size() : 0);
}

FrameId TreeWriter::nativeFrame(std::uint32_t frame)
{
    if (!m_native[frame]) {
        const StringTable& strings = m_capture.frames.strings();
        const NativeFrame& name = m_names->frames()[frame];
        m_native[frame] = m_builder.internFrame(strings.text(name.function), strings.text(name.file),
                                                m_capture.frames.isByLine() ? name.line : 0, FrameKind::Native);
    }
    return m_native[frame];
}

void TreeWriter::addNodes()
{
    const Stacks& stacks = m_capture.stacks;
    for (std::uint32_t n = 1; n < stacks.size(); ++n) {
        const std::uint32_t parent = m_node[stacks[n].parent];
        m_node[n] = stacks.isOwner(n) ? parent : m_builder.addChild(parent, m_python[stacks[n].frame]);
    }
}

void TreeWriter::addLanes()
{
    // Places by thread, counted first. A place without an owner has no allocations.
    const Stacks& stacks = m_capture.stacks;
    std::vector<std::size_t> end(m_capture.threads.size() + 1);
    const auto forEachPlace = [&stacks](auto&& fn) {
        for (std::uint32_t p = 0; p < stacks.size(); ++p) {
            if (stacks[p].owner != Owner::kNobody)
                fn(p, Owner::thread(stacks[p].owner));
        }
    };
    forEachPlace([&end](std::uint32_t, std::uint32_t thread) { ++end[thread + 1]; });
    for (std::size_t t = 1; t < end.size(); ++t)
        end[t] += end[t - 1];
    std::vector<std::uint32_t> places(end.back());
    std::vector<std::size_t> next(end.begin(), end.end() - 1);
    forEachPlace([&](std::uint32_t place, std::uint32_t thread) { places[next[thread]++] = place; });
    m_builder.keepSamples(); // by allocator
    m_builder.reserveSamples(places.size());
    m_sampleAllocators.reserve(places.size());
    m_capture.sums.index.lane.resize(stacks.size());
    m_capture.sums.index.allocator.resize(stacks.size());
    for (std::size_t t = 0; t < m_capture.threads.size(); ++t)
        addLane(m_capture.threads[t], std::span(places).subspan(end[t], end[t + 1] - end[t]));
}

void TreeWriter::addLane(const Thread& thread, std::span<const std::uint32_t> places)
{
    const std::size_t count = m_builder.profile().metrics.size();
    bool isAdded = false;
    for (const std::uint32_t place : places) {
        const Weights weights = weightsOf(place);
        if (std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; }))
            continue;
        if (!isAdded) {
            char id[24];
            std::snprintf(id, sizeof id, "0x%llx", static_cast<unsigned long long>(thread.id));
            m_builder.addLane({.name = thread.name.empty() ? id : std::string(id) + " (" + thread.name + ")",
                               .process = m_capture.header.process,
                               .thread = std::int64_t(thread.id)});
            isAdded = true;
        }
        m_node[place] = nodeOf(place);
        m_capture.sums.index.lane[place] = m_builder.laneCount() - 1;
        m_builder.addSample(m_node[place], std::span(weights).first(count));
        const std::size_t allocator = std::size_t(Owner::allocator(m_capture.stacks[place].owner));
        m_sampleAllocators.push_back(m_indexOfAllocator[allocator]);
        m_capture.sums.index.allocator[place] = m_indexOfAllocator[allocator];
    }
}

std::uint32_t TreeWriter::nodeOf(std::uint32_t place)
{
    std::uint32_t node = m_node[place];
    if (m_hybrid) {
        for (const StackFrame& frame : m_hybrid->at(place))
            node = m_builder.child(node, frame.isNative ? nativeFrame(frame.frame) : m_python[frame.frame]);
    }
    return node != 0 ? node : m_builder.child(0, m_builder.internFrame("no Python stack", {}, 0, FrameKind::Other));
}

Weights TreeWriter::weightsOf(std::uint32_t place) const
{
    const auto& [total, temporary] = m_totals[place];
    const AllocationSum peak = sumAt(m_capture.sums.peak, place), leaked = sumAt(m_capture.sums.leaked, place);
    return {double(peak.bytes),      double(peak.count),      double(leaked.bytes), double(leaked.count),
            double(temporary.bytes), double(temporary.count), double(total.bytes),  double(total.count)};
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
               " of its decompressed data; what stands before is shown, " + counted(capture.sums.records) + ".";
    case Ending::Kind::Open:
    case Ending::Kind::Cut:
        break;
    }
    if (wasNeverFinished)
        return "The program was killed or is still running: the capture has no end.";
    return "The capture is cut off after " + counted(capture.sums.records) + "; what followed is missing.";
}

/// Until the header's end time, or, if it was never written, until the last measurement.
std::int64_t durationMs(const Capture& capture)
{
    const Header& header = capture.header;
    if (header.endTime > header.startTime && capture.ending.kind == Ending::Kind::Complete)
        return header.endTime - header.startTime;
    const double last =
        capture.sums.timeline.time.empty() ? 0 : capture.sums.timeline.time.back() - double(header.startTime);
    constexpr double kLongest = 1e15; // a damaged time may be beyond what 64 bits hold
    return std::int64_t(std::clamp(last, 0.0, kLongest));
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
    meta.emplace_back("allocation_records", std::to_string(capture.sums.records));
    meta.emplace_back("peak_bytes", std::to_string(capture.sums.peakBytes));
    meta.emplace_back("python_allocator", pythonAllocatorName(header.pythonAllocator));
    if (header.format >= 11)
        meta.emplace_back("traces_python_allocators", yesNo(header.tracesPythonAllocators));
    meta.emplace_back("native_traces", yesNo(header.hasNativeTraces));
    meta.emplace_back("aggregated", yesNo(header.isAggregated));
}

} // namespace

Profile profileOf(Capture& capture, const NativeNames* names, bool isCompressed)
{
    std::vector<Metric> metrics = allMetrics();
    std::vector<UnavailableMetric> unavailable;
    if (capture.header.isAggregated) {
        for (std::size_t m = kAggregatedMetrics; m < metrics.size(); ++m)
            unavailable.push_back(
                {metrics[m].id, metrics[m].title,
                 "The capture was made with --aggregate, which keeps no single allocations. Record without "
                 "--aggregate to see them."});
        metrics.resize(kAggregatedMetrics);
    }
    ProfileBuilder builder(std::move(metrics));
    Profile& profile = builder.profile();
    profile.formatId = "memray";
    profile.producer = "memray";
    profile.name = capture.header.commandLine;
    profile.unavailable = std::move(unavailable);
    addMeta(capture, profile);
    profile.isPartial = capture.ending.kind != Ending::Kind::Complete;
    if (std::string warning = endingWarning(capture, isCompressed); !warning.empty())
        profile.warnings.push_back(std::move(warning));
    if (!names && capture.native.size() > 0)
        profile.warnings.push_back("Native frames are left out; --native shows them.");
    if (names && !names->knowsInterpreter() && capture.native.size() > 0)
        profile.warnings.push_back("Native frames are not shown: the interpreter that ran the program is not on this "
                                   "machine, or is another build.");

    auto memory = std::make_shared<MemoryCapture>();
    TreeWriter(capture, names, builder, memory->sampleAllocator);
    memory->statistics = statisticsOf(capture, profile.frames.strings());
    capture.stacks = Stacks(); // wide trees are large, and the tree is next
    memory->hasStatistics = !capture.header.isAggregated;
    memory->timeline = std::move(capture.sums.timeline);
    const auto index = std::make_shared<MemoryIndex>(std::move(capture.sums.index));
    if (memory->hasStatistics)
        memory->index = index;
    memory->records = capture.sums.records;
    memory->peakBytes = double(capture.sums.peakBytes);
    profile.memory = std::move(memory);
    std::vector<std::uint32_t> nodes;
    builder.tellNodes(&nodes);
    Profile result = std::move(builder).build();
    for (std::uint32_t& node : index->node)
        node = nodes[node];
    return result;
}

} // namespace sundial::memray
