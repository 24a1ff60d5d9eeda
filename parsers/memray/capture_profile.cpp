// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/capture_profile.h"

#include "model/free_memory.h"
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

/// Writes the stacks of all threads into one tree, and what each thread held as a lane.
class TreeWriter
{
public:
    TreeWriter(const Capture& capture, const HeapView& heap, const NativeNames* names, ProfileBuilder& builder,
               MemoryPlaces& places)
        : m_capture(capture), m_heap(heap), m_builder(builder), m_places(places)
    {
        addFrames(names);
        if (names)
            m_hybrid.emplace(capture, *names);
        else
            addNodes();
        addLanes();
        for (const auto& [place, sum] : heap.peak) {
            if (sum.bytes > 0) // places that hold nothing have no lane
                builder.profile().lanes[places.lane[place]].total += double(sum.bytes);
        }
    }

private:
    void addFrames(const NativeNames* names);
    void addNodes();
    FrameId nativeFrame(std::uint32_t frame);
    void addLanes();
    std::vector<bool> usedPlaces() const;
    std::uint32_t nodeOf(std::uint32_t place);

    const Capture& m_capture;
    const HeapView& m_heap;
    ProfileBuilder& m_builder;
    MemoryPlaces& m_places; ///< It fills all but the sums, with the builder's nodes.
    std::vector<std::uint32_t>& m_node = m_places.node;
    std::vector<FrameId> m_python, m_native; ///< By frame of the capture; native ones once they are met.
    const NativeNames* m_names = nullptr;
    std::optional<HybridStacks> m_hybrid; ///< If there are native frames.
};

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

/// Those that count in some metric.
std::vector<bool> TreeWriter::usedPlaces() const
{
    std::vector<bool> isUsed(m_capture.stacks.size(), false);
    for (std::size_t i = 0; i < m_heap.index.rows.size(); ++i)
        isUsed[m_heap.index.rows[i].place] = true;
    for (const std::vector<PlaceSum>* const sums : {&m_heap.peak, &m_heap.leaked}) {
        for (const PlaceSum& held : *sums)
            isUsed[held.place] = isUsed[held.place] || held.sum.bytes > 0 || held.sum.count > 0;
    }
    return isUsed;
}

void TreeWriter::addLanes()
{
    // Places by thread, counted first.
    const Stacks& stacks = m_capture.stacks;
    const std::vector<bool> isUsed = usedPlaces();
    std::vector<std::size_t> end(m_capture.threads.size() + 1);
    for (std::uint32_t p = 0; p < stacks.size(); ++p)
        end[isUsed[p] ? Owner::thread(stacks[p].owner) + 1 : 0] += isUsed[p];
    for (std::size_t t = 1; t < end.size(); ++t)
        end[t] += end[t - 1];
    std::vector<std::uint32_t> places(end.back());
    std::vector<std::size_t> next(end.begin(), end.end() - 1);
    for (std::uint32_t p = 0; p < stacks.size(); ++p) {
        if (isUsed[p])
            places[next[Owner::thread(stacks[p].owner)]++] = p;
    }
    m_places.lane.resize(stacks.size());
    m_places.allocator.resize(stacks.size());
    const std::array<AllocatorSums, kAllocatorCount> byAllocator = allocatorSums(stacks, m_heap);
    std::array<std::uint8_t, kAllocatorCount> indexOfAllocator{}; // among those that occur
    for (std::size_t i = 0, index = 0; i < kAllocatorCount; ++i)
        indexOfAllocator[i] = std::uint8_t(byAllocator[i].occurs() ? index++ : 0);
    for (std::size_t t = 0; t < m_capture.threads.size(); ++t) {
        if (end[t] == end[t + 1])
            continue;
        const Thread& thread = m_capture.threads[t];
        char id[24];
        std::snprintf(id, sizeof id, "0x%llx", static_cast<unsigned long long>(thread.id));
        const LaneId lane =
            m_builder.addLane({.name = thread.name.empty() ? id : std::string(id) + " (" + thread.name + ")",
                               .process = m_capture.header.process,
                               .thread = std::int64_t(thread.id)});
        for (const std::uint32_t place : std::span(places).subspan(end[t], end[t + 1] - end[t])) {
            m_node[place] = nodeOf(place);
            m_places.lane[place] = lane.value;
            m_places.allocator[place] = indexOfAllocator[std::size_t(Owner::allocator(stacks[place].owner))];
        }
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

/// Adds up one metric of all places. `nodes` as in ProfileBuilder::Weigh.
void weigh(std::string_view metric, const HeapView& heap, const MemoryPlaces& places,
           std::span<const std::uint32_t> nodes, std::vector<double>& self)
{
    const bool inBytes = metric.ends_with("bytes");
    const auto add = [&](std::uint32_t place, std::uint64_t bytes, std::uint64_t count) {
        self[nodes[places.node[place]]] += double(inBytes ? bytes : count);
    };
    if (metric.starts_with("peak") || metric.starts_with("leaked")) {
        for (const auto& [place, sum] : metric.starts_with("peak") ? heap.peak : heap.leaked)
            add(place, sum.bytes, sum.count);
        return;
    }
    const bool isTemporary = metric.starts_with("temporary");
    for (std::size_t i = 0; i < heap.index.rows.size(); ++i) {
        const MemoryIndex::Row& row = heap.index.rows[i];
        isTemporary ? add(row.place, row.temporaryBytes, row.temporaryCount)
                    : add(row.place, row.totalBytes, row.totalCount);
    }
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

/// The metrics that the capture can answer.
std::vector<Metric> metricsOf(const Capture& capture)
{
    std::vector<Metric> metrics = allMetrics();
    metrics.resize(capture.header.isAggregated ? kAggregatedMetrics : metrics.size());
    return metrics;
}

void describe(const Capture& capture, Profile& profile)
{
    profile.formatId = "memray";
    profile.producer = "memray";
    profile.name = capture.header.commandLine;
    std::vector<Metric> metrics = allMetrics();
    for (std::size_t m = profile.metrics.size(); m < metrics.size(); ++m)
        profile.unavailable.push_back(
            {metrics[m].id, metrics[m].title, "Not kept by --aggregate. Record without --aggregate."});
}

void addWarnings(const Capture& capture, const NativeNames* names, bool isCompressed, Profile& profile)
{
    if (std::string warning = endingWarning(capture, isCompressed); !warning.empty())
        profile.warnings.push_back(std::move(warning));
    if (!names && capture.native.size() > 0)
        profile.warnings.push_back("Native frames are left out; --native shows them.");
    if (names && !names->knowsInterpreter() && capture.native.size() > 0)
        profile.warnings.push_back("The interpreter that ran the program is not on this machine, or is another build: "
                                   "only the native frames that it called last are shown, below the Python frames.");
}

/// MemoryCapture::allocatorsOf, from places whose nodes are the finished tree's.
std::vector<std::uint16_t> allocatorsByFrame(const HeapView& heap, const MemoryPlaces& places, const Profile& profile)
{
    static_assert(kAllocatorCount <= 16);
    std::vector<std::uint16_t> allocators(profile.frames.size());
    const auto add = [&](std::uint32_t place) {
        if (const FrameId frame = profile.tree.frame(NodeId{places.node[place]}))
            allocators[frame.value] |= std::uint16_t(1u << places.allocator[place]);
    };
    for (std::size_t i = 0; i < heap.index.rows.size(); ++i)
        add(heap.index.rows[i].place);
    for (const std::vector<PlaceSum>* const sums : {&heap.peak, &heap.leaked}) {
        for (const PlaceSum& held : *sums) {
            if (held.sum.count > 0)
                add(held.place);
        }
    }
    return allocators;
}

} // namespace

bool isSmallEnoughForParts(const Capture& capture)
{
    constexpr std::uint32_t kMostNodes = 400'000; // a larger tree would take too much time and memory twice
    return capture.stacks.size() <= kMostNodes;
}

std::optional<Profile> partOf(const Capture& capture, const HeapSums& sums, const HeapView& held,
                              const NativeNames& names)
{
    if (!isSmallEnoughForParts(capture))
        return {};
    ProfileBuilder builder(metricsOf(capture));
    Profile& profile = builder.profile();
    describe(capture, profile);
    MemoryPlaces places;
    TreeWriter(capture, held, capture.native.isKept() ? &names : nullptr, builder, places);
    auto memory = std::make_shared<MemoryCapture>();
    memory->timeline = sums.timeline;
    memory->records = sums.records;
    memory->peakBytes = double(sums.peakBytes);
    profile.memory = std::move(memory);
    builder.setWeights([&, metrics = profile.metrics](MetricId metric, std::span<const std::uint32_t> nodes,
                                                      std::vector<double>& self) {
        weigh(metrics[metric.value].id, held, places, nodes, self);
    });
    return std::move(builder).build();
}

Profile profileOf(Capture& capture, const NativeNames* names, bool isCompressed, const Progress& progress)
{
    ProfileBuilder builder(metricsOf(capture));
    Profile& profile = builder.profile();
    describe(capture, profile);
    addMeta(capture, profile);
    profile.isPartial = capture.ending.kind != Ending::Kind::Complete;
    addWarnings(capture, names, isCompressed, profile);
    auto memory = std::make_shared<MemoryCapture>();
    const auto places = std::make_shared<MemoryPlaces>();
    TreeWriter(capture, viewOf(capture.sums), names, builder, *places);
    memory->statistics = statisticsOf(capture, profile.frames.strings());
    capture.stacks = Stacks(); // wide trees are large, and the tree is next
    returnFreeMemory();
    memory->hasStatistics = !capture.header.isAggregated;
    memory->timeline = std::move(capture.sums.timeline);
    places->peak = std::move(capture.sums.peak);
    places->leaked = std::move(capture.sums.leaked);
    memory->places = places;
    const auto index = std::make_shared<const MemoryIndex>(std::move(capture.sums.index));
    if (memory->hasStatistics)
        memory->index = index;
    memory->records = capture.sums.records;
    memory->peakBytes = double(capture.sums.peakBytes);
    profile.memory = memory;
    std::vector<std::uint32_t> nodes;
    builder.tellNodes(&nodes);
    builder.setWeights([&, metrics = profile.metrics](MetricId metric, std::span<const std::uint32_t> newNodes,
                                                      std::vector<double>& self) {
        if (!progress.isCancelled())
            weigh(metrics[metric.value].id, {*index, places->peak, places->leaked}, *places, newNodes, self);
    });
    Profile result = std::move(builder).build();
    for (std::uint32_t& node : places->node)
        node = nodes[node];
    memory->allocatorsOf = allocatorsByFrame({*index, places->peak, places->leaked}, *places, result);
    return result;
}

} // namespace sundial::memray
