// SPDX-License-Identifier: GPL-3.0-or-later
// The record stream of formats 7 to 11 (memray 1.1 to 1.18): the low half of a token is the type, the high half flags.
// Frames come with their line. Source: memray 1.17's record_writer.cpp, record_reader.cpp.
#include "parsers/memray/readers.h"

#include <tsl/robin_set.h>

namespace sundial::memray
{

namespace
{

class Reader : StreamRecords
{
public:
    Reader(CaptureBytes& bytes, Capture& capture, Heap& heap) : StreamRecords(bytes, capture, heap)
    {
        m_recorder.switchTo(0);
    }

    Step next()
    {
        const std::uint8_t token = m_bytes.u8();
        const unsigned flags = token >> 4;
        switch (token & 0xf) {
        case Other:
            if (flags == 0)
                return m_capture.header.format == 7 ? Step::Done : Step::Stop;
            return flags == 1 && m_capture.header.format > 7 ? Step::Done : Step::Bad;
        case Allocation:
        case NativeAllocation:
            return allocation(flags, (token & 0xf) == NativeAllocation);
        case FrameIndex:
            return frameIndex(flags & 1);
        case FramePush:
            m_frame += m_bytes.svarint();
            return good(m_bytes.isGood() && m_recorder.push(m_frame, 0, !m_innerFrames.contains(m_frame)));
        case NativeTrace:
            return nativeTrace();
        case MapStart:
            return mapStart();
        case SegmentHeader:
            return image();
        case FramePop:
            return good(m_recorder.pop(flags + 1));
        case ThreadName:
            return threadName();
        case Memory:
            return measurement();
        case ContextSwitch:
            return contextSwitch();
        default:
            return Step::Bad;
        }
    }

private:
    enum Type : std::uint8_t {
        Other = 0,
        Allocation = 1,
        NativeAllocation = 2,
        FrameIndex = 3,
        FramePush = 4,
        NativeTrace = 5,
        MapStart = 6,
        SegmentHeader = 7,
        FramePop = 9,
        ThreadName = 10,
        Memory = 11,
        ContextSwitch = 12,
    };

    Step allocation(unsigned number, bool isNative)
    {
        const Allocator allocator = allocatorOf(number, true);
        m_pointer += m_bytes.svarint();
        const std::uint64_t size = isNative || !isSimpleFree(allocator) ? m_bytes.varint() : 0;
        if (isNative)
            m_native += m_bytes.svarint();
        return good(m_bytes.isGood() && allocator != Allocator::None &&
                    m_recorder.record(allocator, m_pointer, size, isNative ? m_native : 0));
    }

    /// `isInner`: it runs in its caller's evaluation loop.
    Step frameIndex(bool isInner)
    {
        m_frame += m_bytes.svarint();
        Code code;
        readNames(m_bytes, m_capture, code);
        m_line = std::int32_t(std::uint32_t(m_line) + std::uint32_t(m_bytes.svarint()));
        code.line = m_line;
        if (!m_bytes.isGood() || !isSaneFrame(m_frame, 0))
            return Step::Bad;
        m_capture.frames.addCode(std::uint32_t(m_frame), std::move(code));
        if (isInner)
            m_innerFrames.insert(m_frame);
        return Step::Next;
    }

    std::uint64_t m_pointer = 0;
    std::uint64_t m_frame = 0;
    tsl::robin_set<std::uint64_t> m_innerFrames;
    std::int32_t m_line = 0;
};

} // namespace

Ending readOldStream(CaptureBytes& bytes, Capture& capture, Heap& heap)
{
    Reader reader(bytes, capture, heap);
    return readAll(bytes, reader);
}

} // namespace sundial::memray
