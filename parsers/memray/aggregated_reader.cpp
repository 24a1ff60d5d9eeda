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
    Reader(CaptureBytes& bytes, Capture& capture) : m_bytes(bytes), m_capture(capture) {}

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
            m_capture.timeline.time.push_back(time);
            m_capture.timeline.resident.push_back(resident);
            m_capture.timeline.heap.push_back(heap);
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
            m_traces.push_back(trace);
            return Step::Next;
        }
        case FrameIndex:
            return frameIndex();
        case NativeTrace:
            m_ip += m_bytes.svarint();
            m_native += m_bytes.svarint();
            return good(m_bytes.isGood() && m_capture.native.addNode(m_ip, m_native));
        case MapStart:
            m_capture.native.beginGeneration();
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
            const std::uint32_t node = nodeOf(row.thread, row.trace);
            if (node == Stacks::kNone)
                return false;
            const std::uint32_t group =
                m_capture.stacks.group(node, row.native, row.allocator, std::uint32_t(row.generation));
            m_capture.sums.resize(std::max(m_capture.sums.size(), std::size_t(group) + 1));
            GroupSums& sums = m_capture.sums[group];
            sums.peak.count += row.peak.count;
            sums.peak.bytes += row.peak.bytes;
            sums.leaked.count += row.leaked.count;
            sums.leaked.bytes += row.leaked.bytes;
            m_capture.peakBytes += row.peak.bytes;
        }
        m_capture.records = m_rows.size();
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
        std::uint32_t code = 0;
        std::int32_t offset = 0;
        bool isEntry = true;
    };
    struct Trace {
        std::uint64_t frame = 0;
        std::uint32_t parent = 0; ///< Number of the caller's trace, from 1; 0: none.
    };
    struct Row {
        std::uint32_t thread = 0;
        std::uint32_t native = 0;
        std::uint32_t trace = 0;
        std::uint64_t generation = 0;
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
        row.generation = m_bytes.u64();
        row.peak.count = m_bytes.u64();
        row.leaked.count = m_bytes.u64();
        row.peak.bytes = m_bytes.u64();
        row.leaked.bytes = m_bytes.u64();
        if (!m_bytes.isGood() || row.allocator == Allocator::None || native > UINT32_MAX || trace > UINT32_MAX)
            return Step::Bad;
        row.thread = m_capture.threadIndex(thread);
        row.native = std::uint32_t(native);
        row.trace = std::uint32_t(trace);
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
            if (code >= kUnknownCode || !isSaneOffset(offset))
                return Step::Bad;
            frame.code = std::uint32_t(code);
            frame.offset = std::int32_t(offset);
            frame.isEntry = m_bytes.u8() != 0;
        } else {
            Code code;
            readNames(m_bytes, m_capture, code);
            code.line = m_bytes.i32();
            frame.isEntry = code.isEntry = m_bytes.u8() != 0;
            frame.code = std::uint32_t(m_capture.codes.size());
            m_capture.codes.try_emplace(frame.code, std::move(code));
        }
        if (!m_bytes.isGood())
            return Step::Bad;
        m_frames.try_emplace(id, frame);
        return Step::Next;
    }

    /// The stack of a trace in a thread; kNone if there are too many. Traces are shared by threads, stacks are not.
    std::uint32_t nodeOf(std::uint32_t thread, std::uint32_t trace)
    {
        m_path.clear();
        std::uint32_t node = m_capture.threads[thread].root;
        for (trace = trace <= m_traces.size() ? trace : 0; trace != 0; trace = m_traces[trace - 1].parent) {
            if (const auto known = m_nodeOfTrace.find(packPair(thread, trace)); known != m_nodeOfTrace.end()) {
                node = known->second;
                break;
            }
            m_path.push_back(trace);
        }
        for (auto it = m_path.rbegin(); it != m_path.rend() && node != Stacks::kNone; ++it) {
            const auto found = m_frames.find(m_traces[*it - 1].frame);
            const Frame frame = found == m_frames.end() ? Frame{kUnknownCode, 0, true} : found->second;
            node = m_capture.stacks.child(node, frame.code, frame.offset, frame.isEntry);
            m_nodeOfTrace[packPair(thread, *it)] = node;
        }
        return node;
    }

    CaptureBytes& m_bytes;
    Capture& m_capture;
    std::uint32_t m_thread = 0;
    std::uint64_t m_ip = 0;
    std::uint64_t m_native = 0;
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
