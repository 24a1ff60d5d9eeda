// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of `memray run --aggregate`, formats 10 to 13: sums by stack, written when the program ended. Source:
// memray's AggregatingRecordWriter and its reader.
#include "parsers/memray/readers.h"

#include <algorithm>

namespace sundial::memray
{

namespace
{

class Reader
{
public:
    Reader(CaptureBytes& bytes, Capture& capture) : m_bytes(bytes), m_capture(capture), m_sums(capture.sums) {}

    Step next()
    {
        switch (m_bytes.u8()) {
        case Padding:
            return Step::Stop;
        case Snapshot: {
            const auto time = double(m_bytes.u64());
            const auto resident = double(m_bytes.u64());
            const auto heap = double(m_bytes.u64());
            if (!m_bytes.isGood())
                return Step::Bad;
            m_sums.timeline.time.push_back(time);
            m_sums.timeline.resident.push_back(resident);
            m_sums.timeline.heap.push_back(heap);
            return Step::Next;
        }
        case Allocation:
            return allocation();
        case TraceIndex: {
            Trace trace;
            trace.frame = hasCodeObjects() ? m_bytes.varint() : m_bytes.u64();
            const std::uint64_t parent = hasCodeObjects() ? m_bytes.varint() : m_bytes.u32();
            if (!m_bytes.isGood() || parent > m_traces.size() || m_traces.size() >= UINT32_MAX - 1)
                return Step::Bad;
            trace.parent = std::uint32_t(parent);
            trace.depth = parent == 0 ? 1 : m_traces[parent - 1].depth + 1;
            m_traces.push_back(trace);
            return Step::Next;
        }
        case FrameIndex:
            return frameIndex();
        case NativeTrace:
            m_returnAddress += m_bytes.svarint();
            m_native += m_bytes.svarint();
            return good(m_bytes.isGood() &&
                        m_capture.native.addNode(m_returnAddress, m_native, NativeTraces::Map::ToldLater));
        case MapStart:
            m_capture.native.startMap();
            return Step::Next;
        case SegmentHeader:
            return good(readImage(m_bytes, m_capture));
        case ThreadName: {
            const std::string_view name = m_bytes.cstr();
            if (!m_bytes.isGood() || m_capture.threads.empty())
                return Step::Bad;
            m_capture.threads[m_thread].name = name;
            return Step::Next;
        }
        case ContextSwitch: {
            const std::uint64_t thread = m_bytes.u64();
            if (!m_bytes.isGood())
                return Step::Bad;
            m_thread = m_capture.threadIndex(thread);
            return Step::Next;
        }
        case SurvivingObject: // an address and a stack without a size: no allocation
            m_bytes.varint();
            if (m_capture.header.hasNativeTraces)
                m_bytes.varint();
            return good(m_bytes.isGood());
        case CodeObject:
            return good(hasCodeObjects() && readCode(m_bytes, m_capture, m_line));
        case Trailer:
            return Step::Done;
        default:
            return Step::Bad;
        }
    }

    /// Frames and traces may come in any order, so stacks are made when all are there.
    bool finish()
    {
        for (const Row& row : m_rows) {
            std::uint32_t node = nodeOf(row.thread, row.trace);
            if (node != Stacks::kNone && row.native != 0)
                node = m_capture.stacks.child(node, row.native | Stacks::kNativeMark);
            const std::uint32_t place =
                node == Stacks::kNone ? node : m_capture.stacks.place(node, Owner::of(row.thread, row.allocator));
            if (place == Stacks::kNone)
                return false;
            m_sums.peak.push_back({place, row.peak});
            m_sums.leaked.push_back({place, row.leaked});
            m_sums.peakBytes += row.peak.bytes;
        }
        mergePlaces(m_sums.peak);
        mergePlaces(m_sums.leaked);
        m_sums.records = m_rows.size();
        return true;
    }

private:
    enum Type : std::uint8_t {
        Padding = 0,
        Snapshot = 1,
        Allocation = 2,
        TraceIndex = 3,
        FrameIndex = 4,
        NativeTrace = 5,
        MapStart = 6,
        SegmentHeader = 7,
        ThreadName = 10,
        ContextSwitch = 12,
        SurvivingObject = 13,
        CodeObject = 14,
        Trailer = 15,
    };
    struct Frame {
        std::uint32_t code = UINT32_MAX;
        std::int32_t offset = 0;
        bool isEntry = true;
    };
    struct Trace {
        std::uint64_t frame = 0;
        std::uint32_t parent = 0; ///< Number of the caller's trace, from 1; 0: none.
        std::uint32_t depth = 0;
    };
    struct Row {
        std::uint32_t thread = 0;
        std::uint32_t trace = 0;
        std::uint32_t native = 0; ///< 0: none, or not kept.
        Allocator allocator = Allocator::None;
        AllocationSum peak, leaked;
    };

    Step good(bool isGood) const { return isGood ? Step::Next : Step::Bad; }
    bool hasCodeObjects() const { return m_capture.header.hasCodeObjects(); }

    Step allocation()
    {
        constexpr std::size_t kAlignment = 7;
        Row row;
        const std::uint64_t thread = m_bytes.u64();
        row.allocator = allocatorOf(m_bytes.u8(), !hasCodeObjects());
        m_bytes.bytes(kAlignment);
        const std::uint64_t native = m_bytes.u64();
        const std::uint64_t trace = m_bytes.u64();
        const std::uint64_t map = m_bytes.u64();
        row.peak.count = m_bytes.u64();
        row.leaked.count = m_bytes.u64();
        row.peak.bytes = m_bytes.u64();
        row.leaked.bytes = m_bytes.u64();
        if (!m_bytes.isGood() || row.allocator == Allocator::None || trace > m_traces.size())
            return Step::Bad;
        row.thread = m_capture.threadIndex(thread);
        if (m_capture.threads.size() > Owner::kMaxThreads)
            return Step::Bad;
        row.trace = std::uint32_t(trace);
        if (m_capture.native.isKept()) {
            if (native > m_capture.native.size())
                return Step::Bad;
            row.native = std::uint32_t(native);
            m_capture.native.setMap(row.native, map);
        }
        m_rows.push_back(row);
        return Step::Next;
    }

    Step frameIndex()
    {
        Frame frame;
        const std::uint64_t id = hasCodeObjects() ? m_bytes.varint() : m_bytes.u64();
        if (hasCodeObjects()) {
            const std::uint64_t code = m_bytes.varint();
            const std::uint64_t offset = m_bytes.svarint();
            if (!isSaneFrame(code, offset))
                return Step::Bad;
            frame.code = std::uint32_t(code);
            frame.offset = std::int32_t(offset);
        } else {
            Code code;
            readNames(m_bytes, m_capture, code);
            code.line = m_bytes.i32();
            frame.code = std::uint32_t(m_frames.size());
            m_capture.frames.addCode(frame.code, std::move(code));
        }
        frame.isEntry = m_bytes.u8() != 0;
        if (!m_bytes.isGood())
            return Step::Bad;
        m_frames.try_emplace(id, frame);
        return Step::Next;
    }

    /// The stack of a trace in a thread; kNone if there are too many. Traces are shared by threads, stacks are not.
    std::uint32_t nodeOf(std::uint32_t thread, std::uint32_t trace)
    {
        m_path.clear();
        std::uint32_t node = Stacks::kRoot;
        for (; trace != 0; trace = m_traces[trace - 1].parent) {
            if (const auto known = m_nodeOfTrace.find(packPair(thread, trace)); known != m_nodeOfTrace.end()) {
                node = known->second;
                break;
            }
            m_path.push_back(trace);
        }
        for (auto it = m_path.rbegin(); it != m_path.rend() && node != Stacks::kNone; ++it) {
            const Trace& step = m_traces[*it - 1];
            if (!m_capture.native.isKept() && step.depth <= m_capture.threads[thread].framesToSkip)
                continue;
            const auto found = m_frames.find(step.frame);
            const Frame frame = found == m_frames.end() ? Frame() : found->second;
            const FrameIds& ids = m_capture.frames.resolve(frame.code, frame.offset);
            if (ids.frame >= Stacks::kMaxFrames)
                return Stacks::kNone;
            const std::uint32_t mark = frame.isEntry && m_capture.native.isKept() ? Stacks::kEntryMark : 0;
            node = m_nodeOfTrace[packPair(thread, *it)] = m_capture.stacks.child(node, ids.frame | mark);
        }
        return node;
    }

    CaptureBytes& m_bytes;
    Capture& m_capture;
    HeapSums& m_sums;
    std::uint32_t m_thread = 0;
    std::uint64_t m_native = 0;
    std::uint64_t m_returnAddress = 0;
    std::int32_t m_line = 0;
    tsl::robin_map<std::uint64_t, Frame, PairHash> m_frames;
    std::vector<Trace> m_traces;
    std::vector<Row> m_rows;
    tsl::robin_map<std::uint64_t, std::uint32_t, PairHash> m_nodeOfTrace; ///< By thread and trace.
    std::vector<std::uint32_t> m_path;
};

} // namespace

Ending readAggregated(CaptureBytes& bytes, Capture& capture)
{
    Reader reader(bytes, capture);
    Ending ending = readAll(bytes, reader);
    if (!reader.finish())
        ending.kind = Ending::Kind::Damaged;
    return ending;
}

} // namespace sundial::memray
