// SPDX-License-Identifier: GPL-3.0-or-later
// The record stream of formats 12 and 13 (memray 1.19 and later). One token byte tells the record; numbers are mostly
// differences to a remembered value, of which there is one set for the whole file. Source: memray 1.20's
// record_writer.cpp, record_reader.cpp.
#include "parsers/memray/readers.h"

#include <array>

namespace sundial::memray
{

namespace
{

class Reader : StreamRecords
{
public:
    Reader(CaptureBytes& bytes, Capture& capture, Heap& heap)
        : StreamRecords(bytes, capture, heap), m_hasNativeTraces(capture.header.hasNativeTraces)
    {
    }

    Step next()
    {
        const std::uint8_t token = m_bytes.u8();
        if (token & 0x80)
            return allocation(token);
        if (token & 0x40)
            return framePush(token & 1);
        if (token & 0x20)
            return object(token);
        if (token & 0x10)
            return good(m_recorder.hasThread() && m_recorder.pop((token & 0xfu) + 1));
        return other(token);
    }

private:
    enum Type : std::uint8_t {
        Padding = 0,
        Trailer = 1,
        Memory = 2,
        NativeTrace = 5,
        MapStart = 6,
        SegmentHeader = 7,
        ThreadName = 10,
        ContextSwitch = 12,
        CodeObject = 14,
    };

    Step allocation(std::uint8_t token)
    {
        const std::uint64_t address = pointer(token >> 3 & 0xf);
        const unsigned number = token & 7u;
        const Allocator allocator = allocatorOf(number != 0 ? number : m_bytes.u8(), false);
        std::uint64_t size = 0;
        if (!isSimpleFree(allocator)) {
            if (m_hasNativeTraces)
                m_native += m_bytes.svarint();
            size = m_bytes.varint();
        }
        return good(m_bytes.isGood() && allocator != Allocator::None && m_recorder.hasThread() &&
                    m_recorder.record(allocator, address, size, m_native));
    }

    Step framePush(bool isEntry)
    {
        const std::uint64_t code = m_bytes.varint();
        const std::uint64_t offset = m_bytes.svarint();
        return good(m_bytes.isGood() && m_recorder.hasThread() && m_recorder.push(code, offset, isEntry));
    }

    /// Objects have an address and a stack, but no size: they are no allocations. Only what they do to the remembered
    /// values matters.
    Step object(std::uint8_t token)
    {
        pointer(token >> 1 & 0xf);
        if (m_hasNativeTraces && (token & 1))
            m_native += m_bytes.svarint();
        return good(m_bytes.isGood());
    }

    Step other(std::uint8_t token)
    {
        switch (token) {
        case Padding:
            return Step::Stop;
        case Trailer:
            return Step::Done;
        case Memory:
            return measurement();
        case NativeTrace:
            return nativeTrace();
        case MapStart:
            return mapStart();
        case SegmentHeader:
            return image();
        case ThreadName:
            return threadName();
        case ContextSwitch:
            return contextSwitch();
        case CodeObject:
            return good(readCode(m_bytes, m_capture, m_line));
        default:
            return Step::Bad;
        }
    }

    /// The address that a slot of the cache holds, or a new one, which goes into the first slot and moves the others
    /// up. A hit moves nothing.
    std::uint64_t pointer(unsigned slot)
    {
        constexpr unsigned kMiss = 15;
        if (slot != kMiss)
            return m_pointers[(m_firstPointer + slot) & kRingMask];
        m_pointer += m_bytes.svarint();
        m_firstPointer = (m_firstPointer - 1) & kRingMask;
        return m_pointers[m_firstPointer] = m_pointer << 3;
    }

    bool m_hasNativeTraces;
    static constexpr unsigned kRingMask = 15;
    std::array<std::uint64_t, kRingMask + 1> m_pointers{}; ///< A ring; 15 slots can be named.
    unsigned m_firstPointer = 0;
    std::uint64_t m_pointer = 0; ///< Without its three lowest bits.
    std::int32_t m_line = 0;
};

} // namespace

Ending readStream(CaptureBytes& bytes, Capture& capture, Heap& heap)
{
    Reader reader(bytes, capture, heap);
    return readAll(bytes, reader);
}

} // namespace sundial::memray
