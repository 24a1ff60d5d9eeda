// SPDX-License-Identifier: GPL-3.0-or-later
// The record stream of formats 7 to 11 (memray 1.1 to 1.18): the low half of a token is the type, the high half flags.
// Frames come with their line. Source: memray 1.17's record_writer.cpp, record_reader.cpp.
#include "parsers/memray/readers.h"

namespace sundial::memray
{

namespace
{

class Reader
{
public:
    Reader(CaptureBytes& bytes, Capture& capture, Heap& heap)
        : m_bytes(bytes), m_capture(capture), m_recorder(capture, heap)
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
            return frameIndex();
        case FramePush:
            m_frame += m_bytes.svarint();
            return good(m_bytes.isGood() && m_recorder.push(m_frame, 0));
        case NativeTrace:
            m_bytes.svarint(); // return address
            m_native += m_bytes.svarint();
            return good(m_bytes.isGood() && m_capture.addNativeNode(m_native));
        case MapStart:
            return Step::Next;
        case SegmentHeader:
            return good(skipImage(m_bytes));
        case FramePop:
            return good(m_recorder.pop(flags + 1));
        case ThreadName: {
            const std::string_view name = m_bytes.cstr();
            if (!m_bytes.isGood())
                return Step::Bad;
            m_recorder.nameThread(name);
            return Step::Next;
        }
        case Memory: {
            const std::uint64_t resident = m_bytes.varint();
            const std::uint64_t milliseconds = m_bytes.varint();
            return good(m_bytes.isGood() && m_recorder.measure(resident, milliseconds));
        }
        case ContextSwitch: {
            const std::uint64_t thread = m_bytes.u64();
            if (!m_bytes.isGood())
                return Step::Bad;
            m_recorder.switchTo(thread);
            return Step::Next;
        }
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

    Step good(bool isGood) const { return isGood ? Step::Next : Step::Bad; }

    Step allocation(unsigned number, bool isNative)
    {
        const Allocator allocator = allocatorOf(number, true);
        m_pointer += m_bytes.svarint();
        const std::uint64_t size = isNative || !isSimpleFree(allocator) ? m_bytes.varint() : 0;
        if (isNative)
            m_native += m_bytes.svarint();
        return good(m_bytes.isGood() && allocator != Allocator::None && m_recorder.record(allocator, m_pointer, size));
    }

    Step frameIndex()
    {
        m_frame += m_bytes.svarint();
        Code code;
        readNames(m_bytes, m_capture, code);
        m_line = std::int32_t(std::uint32_t(m_line) + std::uint32_t(m_bytes.svarint()));
        code.line = m_line;
        if (!m_bytes.isGood() || !isSaneFrame(m_frame, 0))
            return Step::Bad;
        m_capture.frames.addCode(std::uint32_t(m_frame), std::move(code));
        return Step::Next;
    }

    CaptureBytes& m_bytes;
    Capture& m_capture;
    StreamRecorder m_recorder;
    std::uint64_t m_pointer = 0;
    std::uint64_t m_native = 0;
    std::uint64_t m_frame = 0;
    std::int32_t m_line = 0;
};

} // namespace

Ending readOldStream(CaptureBytes& bytes, Capture& capture, Heap& heap)
{
    Reader reader(bytes, capture, heap);
    return readAll(bytes, reader);
}

} // namespace sundial::memray
