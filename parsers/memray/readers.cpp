// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/readers.h"

namespace sundial::memray
{

bool readImage(CaptureBytes& bytes, Capture& capture)
{
    constexpr std::uint8_t kSegment = 8;
    NativeImage image;
    image.file = bytes.cstr();
    const std::uint64_t count = bytes.varint();
    image.load = bytes.u64();
    for (std::uint64_t i = 0; i < count && bytes.isGood(); ++i) {
        if (!bytes.prepare() || bytes.u8() != kSegment)
            return false;
        NativeImage::Segment segment;
        segment.address = bytes.u64();
        segment.size = bytes.varint();
        image.segments.push_back(segment);
    }
    if (!bytes.isGood())
        return false;
    capture.native.addImage(std::move(image));
    return true;
}

void readNames(CaptureBytes& bytes, Capture& capture, Code& code)
{
    code.function = capture.frames.strings().intern(bytes.cstr());
    code.file = capture.frames.strings().intern(bytes.cstr());
}

bool readCode(CaptureBytes& bytes, Capture& capture, std::int32_t& line)
{
    const std::uint64_t id = bytes.varint();
    Code code;
    readNames(bytes, capture, code);
    line = std::int32_t(std::uint32_t(line) + std::uint32_t(bytes.svarint()));
    code.line = line;
    code.lineTable = bytes.bytes(bytes.varint());
    if (!bytes.isGood() || !isSaneFrame(id, 0))
        return false;
    capture.frames.addCode(std::uint32_t(id), std::move(code));
    return true;
}

bool isSaneFrame(std::uint64_t code, std::uint64_t offset)
{
    const auto value = std::int64_t(offset);
    return code <= UINT32_MAX && value >= INT32_MIN && value <= INT32_MAX;
}

StreamRecorder::StreamRecorder(Capture& capture, Heap& heap) : m_capture(capture), m_heap(heap)
{
    m_events.reserve(kBatch);
}

void StreamRecorder::switchTo(std::uint64_t threadId)
{
    if (hasThread())
        m_stack.swap(m_capture.threads[m_thread].stack);
    m_thread = m_capture.threadIndex(threadId);
    // Native frames pair with all Python frames, so there they are skipped later.
    m_framesToSkip = m_capture.native.isKept() ? 0 : m_capture.threads[m_thread].framesToSkip;
    m_stack.swap(m_capture.threads[m_thread].stack);
}

bool StreamRecorder::push(std::uint64_t code, std::uint64_t offset, bool isEntry)
{
    if (!isSaneFrame(code, offset))
        return false;
    const FrameIds& ids = m_capture.frames.resolve(std::uint32_t(code), std::int32_t(offset));
    Thread::Level level = m_stack.empty() ? Thread::Level() : m_stack.back();
    level.location = ids.location;
    if (ids.module != Frames::kStandardLibrary)
        level.module = ids.module;
    if (ids.frame >= Stacks::kMaxFrames)
        return false;
    if (m_stack.size() >= m_framesToSkip) {
        const std::uint32_t mark = isEntry && m_capture.native.isKept() ? Stacks::kEntryMark : 0;
        level.node = m_capture.stacks.child(level.node, ids.frame | mark);
        if (level.node == Stacks::kNone)
            return false;
    }
    m_stack.push_back(level);
    return true;
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
    event.kind = allocator == Allocator::Mmap ? HeapEvent::Kind::Map : HeapEvent::Kind::Allocate;
    Thread::Level level = m_stack.empty() ? Thread::Level() : m_stack.back();
    if (native != 0 && m_capture.native.isKept()) {
        if (native > m_capture.native.size())
            return false;
        level.node = m_capture.stacks.child(level.node, std::uint32_t(native) | Stacks::kNativeMark);
        if (level.node == Stacks::kNone)
            return false;
    }
    event.place = m_capture.stacks.place(level.node, Owner::of(m_thread, allocator));
    count(m_capture.byLocation, m_capture.locationOrder, level.location, size);
    count(m_capture.byModule, m_capture.moduleOrder, level.module, size);
    return event.place != Stacks::kNone && add(event);
}

void StreamRecorder::count(std::vector<AllocationSum>& sums, std::vector<std::uint32_t>& order, std::uint32_t i,
                           std::uint64_t size)
{
    if (sums.size() <= i)
        sums.resize(i + 1);
    if (sums[i].count++ == 0)
        order.push_back(i);
    sums[i].bytes += size;
}

void StreamRecorder::flush()
{
    m_heap.apply(m_events);
    m_events.clear();
    if (m_capture.onRead)
        m_capture.onRead(m_heap);
}

Step StreamRecords::measurement()
{
    const std::uint64_t resident = m_bytes.varint();
    const std::uint64_t milliseconds = m_bytes.varint();
    return good(m_bytes.isGood() && m_recorder.measure(resident, milliseconds));
}

Step StreamRecords::nativeTrace()
{
    m_returnAddress += m_bytes.svarint();
    m_native += m_bytes.svarint();
    return good(m_bytes.isGood() && m_capture.native.addNode(m_returnAddress, m_native));
}

Step StreamRecords::mapStart()
{
    m_capture.native.startMap();
    return Step::Next;
}

Step StreamRecords::threadName()
{
    const std::string_view name = m_bytes.cstr();
    if (!m_bytes.isGood() || !m_recorder.hasThread())
        return Step::Bad;
    m_recorder.nameThread(name);
    return Step::Next;
}

Step StreamRecords::contextSwitch()
{
    const std::uint64_t thread = m_bytes.u64();
    if (!m_bytes.isGood())
        return Step::Bad;
    m_recorder.switchTo(thread);
    return good(m_capture.threads.size() <= Owner::kMaxThreads);
}

} // namespace sundial::memray
