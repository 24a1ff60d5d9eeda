// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/readers.h"

namespace sundial::memray
{

bool readImage(CaptureBytes& bytes, Capture& capture)
{
    constexpr std::uint8_t kSegment = 8;
    Image image;
    image.file = capture.strings.intern(bytes.cstr());
    const std::uint64_t count = bytes.varint();
    image.load = bytes.u64();
    for (std::uint64_t i = 0; i < count && bytes.isGood(); ++i) {
        if (!bytes.prepare() || bytes.u8() != kSegment)
            return false;
        const std::uint64_t address = bytes.u64();
        image.segments.push_back({address, bytes.varint()});
    }
    if (!bytes.isGood())
        return false;
    capture.native.addImage(std::move(image));
    return true;
}

void readNames(CaptureBytes& bytes, Capture& capture, Code& code)
{
    code.function = capture.strings.intern(bytes.cstr());
    code.file = capture.strings.intern(bytes.cstr());
}

bool readCode(CaptureBytes& bytes, Capture& capture, std::int32_t& line)
{
    const std::uint64_t id = bytes.varint();
    Code code;
    readNames(bytes, capture, code);
    line = std::int32_t(std::uint32_t(line) + std::uint32_t(bytes.svarint()));
    code.line = line;
    code.lineTable = bytes.bytes(bytes.varint());
    if (!bytes.isGood() || id >= kUnknownCode)
        return false;
    capture.codes.try_emplace(std::uint32_t(id), std::move(code));
    return true;
}

bool isSaneOffset(std::uint64_t offset)
{
    constexpr std::int64_t kLimit = 1 << 30;
    const auto value = std::int64_t(offset);
    return value >= -kLimit && value < kLimit;
}

void StreamRecorder::switchTo(std::uint64_t threadId)
{
    if (hasThread())
        m_capture.threads[m_thread].top = m_top;
    m_thread = m_capture.threadIndex(threadId);
    m_top = m_capture.threads[m_thread].top;
}

bool StreamRecorder::record(Allocator allocator, std::uint64_t address, std::uint64_t size, std::uint64_t native)
{
    HeapEvent event{address, size, 0, m_thread, HeapEvent::Kind::Free};
    if (isSimpleFree(allocator))
        return add(event);
    if (allocator == Allocator::Munmap) {
        event.kind = HeapEvent::Kind::Unmap;
        return add(event);
    }
    if (native > UINT32_MAX)
        return false;
    event.kind = allocator == Allocator::Mmap ? HeapEvent::Kind::Map : HeapEvent::Kind::Allocate;
    event.group = m_capture.stacks.group(m_top, std::uint32_t(native), allocator, m_capture.native.generation());
    return add(event);
}

void StreamRecorder::flush()
{
    m_heap.apply(m_events, m_capture.stacks.groups().size());
    m_events.clear();
}

} // namespace sundial::memray
