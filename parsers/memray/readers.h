// SPDX-License-Identifier: GPL-3.0-or-later
// The encodings of memray captures, and what their readers share. A reader takes records up to the trailer or to the
// first one that cannot be read; everything before it counts.
#pragma once

#include "model/progress.h"
#include "parsers/memray/capture.h"

namespace sundial::memray
{

/// What became of one record.
enum class Step : std::uint8_t {
    Next,
    Done, ///< The trailer.
    Stop, ///< Padding: what follows was never written.
    Bad,  ///< Not readable, or CaptureBytes is not good any more.
};

/// Calls `next()`, which reads one record, until it says otherwise or the bytes end.
template <class Reader> Ending readAll(CaptureBytes& bytes, Reader& reader)
{
    for (;;) {
        const bool isThere = bytes.prepare();
        const std::uint64_t offset = bytes.offset();
        const Step step = isThere ? reader.next() : Step::Stop;
        if (step == Step::Next)
            continue;
        if (bytes.ending() == CaptureBytes::Ending::Cancelled)
            return {Ending::Kind::Cancelled, offset};
        if (step == Step::Done)
            return {Ending::Kind::Complete, offset};
        const bool isCut = bytes.overran() || (!isThere && bytes.ending() != CaptureBytes::Ending::End);
        if (isCut)
            return {Ending::Kind::Cut, offset};
        return {step == Step::Stop ? Ending::Kind::Open : Ending::Kind::Damaged, offset};
    }
}

/// Formats 12 and 13, records of single allocations.
Ending readStream(CaptureBytes& bytes, Capture& capture, Heap& heap);
/// Formats 7 to 11, records of single allocations.
Ending readOldStream(CaptureBytes& bytes, Capture& capture, Heap& heap);
/// Sums by stack, formats 10 to 13. Fills the capture's sums, of which it has no more than peak and leaked.
Ending readAggregated(CaptureBytes& bytes, Capture& capture);

/// The body of a SEGMENT_HEADER and its SEGMENT records. False if it is not all there.
bool readImage(CaptureBytes& bytes, Capture& capture);
/// The body of a CODE_OBJECT; `line` is the remembered first line.
bool readCode(CaptureBytes& bytes, Capture& capture, std::int32_t& line);
/// A function name and a file name, interned.
void readNames(CaptureBytes& bytes, Capture& capture, Code& code);
/// Whether a frame's code and offset are in the range in which frames have them.
bool isSaneFrame(std::uint64_t code, std::uint64_t offset);

/// What the two encodings of a stream say, in the same words. Functions return false for what cannot be.
class StreamRecorder
{
public:
    StreamRecorder(Capture& capture, Heap& heap);
    StreamRecorder(const StreamRecorder&) = delete;
    StreamRecorder& operator=(const StreamRecorder&) = delete;
    ~StreamRecorder() { flush(); }

    bool hasThread() const { return m_thread != kNoThread; }
    void switchTo(std::uint64_t threadId);
    void nameThread(std::string_view name) { m_capture.threads[m_thread].name = name; }

    /// `isEntry`: an evaluation loop was entered for it.
    bool push(std::uint64_t code, std::uint64_t offset, bool isEntry);
    bool pop(unsigned count)
    {
        if (count > m_stack.size())
            return false;
        m_stack.resize(m_stack.size() - count);
        return true;
    }

    /// `size` is ignored where the allocator has none; `native` is the innermost native node, 0: none.
    bool record(Allocator allocator, std::uint64_t address, std::uint64_t size, std::uint64_t native);
    bool measure(std::uint64_t resident, std::uint64_t milliseconds)
    {
        return add({resident, milliseconds, 0, 0, HeapEvent::Kind::Measure});
    }

private:
    static constexpr std::size_t kBatch = 256; // enough to hide the misses of the table of blocks, and fits the cache
    static constexpr std::uint32_t kNoThread = UINT32_MAX;

    bool add(const HeapEvent& event)
    {
        m_events.push_back(event);
        if (m_events.size() < kBatch)
            return true;
        flush();
        return !m_heap.isTangled();
    }
    void count(std::vector<AllocationSum>& sums, std::vector<std::uint32_t>& order, std::uint32_t i,
               std::uint64_t size);
    void flush();

    Capture& m_capture;
    Heap& m_heap;
    std::vector<HeapEvent> m_events;
    std::uint32_t m_thread = kNoThread;
    std::uint64_t m_framesToSkip = 0;
    std::vector<Thread::Level> m_stack; ///< Of the current thread, whose own is empty meanwhile.
};

/// The records that both encodings of a stream write alike, behind tokens of their own.
class StreamRecords
{
protected:
    StreamRecords(CaptureBytes& bytes, Capture& capture, Heap& heap)
        : m_bytes(bytes), m_capture(capture), m_recorder(capture, heap)
    {
    }

    static Step good(bool isGood) { return isGood ? Step::Next : Step::Bad; }
    Step measurement();
    Step nativeTrace();
    Step mapStart();
    Step image() { return good(readImage(m_bytes, m_capture)); }
    Step threadName();
    Step contextSwitch();

    CaptureBytes& m_bytes;
    Capture& m_capture;
    StreamRecorder m_recorder;
    std::uint64_t m_native = 0;        ///< The remembered native node.
    std::uint64_t m_returnAddress = 0; ///< Remembered, too.
};

} // namespace sundial::memray
