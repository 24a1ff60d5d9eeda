// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of memray 1.1 and later (formats 7 to 13), raw or LZ4, complete or not. Metrics: bytes and numbers of blocks
// at the high-water mark, leaked, temporary, all. Errors: Truncated (no whole header), Unsupported (other formats,
// other machines), Malformed, Cancelled. Damage behind the header is a warning: what stands before it counts.
#include "model/snapshots.h"
#include "parsers/formats.h"
#include "parsers/memray/capture_profile.h"
#include "parsers/memray/readers.h"

#include <algorithm>
#include <optional>

namespace sundial
{

namespace
{

using namespace memray;

Match sniff(std::string_view head, std::string_view)
{
    if (head.substr(0, kMagic.size()) == kMagic)
        return Match::Certain;
    if (!CaptureBytes::isLz4(head))
        return Match::No;
    // The literals at the start of the first block are the mark itself, if the block is compressed or not.
    constexpr std::size_t kLargestFrameHeader = 32;
    return head.substr(0, kLargestFrameHeader + kMagic.size()).find(kMagic) != head.npos ? Match::Certain : Match::No;
}

void readRecords(CaptureBytes& bytes, Capture& capture, std::uint32_t temporaryThreshold)
{
    if (capture.header.isAggregated) {
        capture.ending = readAggregated(bytes, capture);
        return;
    }
    Heap heap(capture.stacks, std::min(temporaryThreshold, kMaxTemporaryThreshold));
    capture.ending =
        capture.header.hasCodeObjects() ? readStream(bytes, capture, heap) : readOldStream(bytes, capture, heap);
    capture.stacks.freeze();
    capture.sums = heap.finish();
    for (double& time : capture.sums.timeline.time)
        time += double(capture.header.startTime);
}

/// Hands what is read so far to whoever looks at it.
void showSoFar(Snapshots& snapshots, const Capture& capture, const Heap& heap, double share)
{
    if (!isSmallEnoughForParts(capture) || !snapshots.isWanted())
        return;
    std::vector<PlaceSum> peak, leaked;
    heap.addHeld(peak, leaked);
    const HeapSums& sums = heap.sumsSoFar();
    if (std::optional<Profile> part = partOf(capture, sums, {sums.index, peak, leaked}, NativeNames()))
        snapshots.publish(std::move(*part), share);
}

/// The whole, with libraries and offsets until native frames have their names.
void showUnnamed(Snapshots& snapshots, Capture& capture)
{
    if (!isSmallEnoughForParts(capture) || !snapshots.isWanted())
        return;
    const NativeNames names = NativeNames::unresolved(capture.native, capture.frames.strings());
    if (std::optional<Profile> part = partOf(capture, capture.sums, viewOf(capture.sums), names))
        snapshots.publish(std::move(*part), 1);
}

Result<Profile> parse(const Input& input, const ParseOptions& options, Progress& progress)
{
    CaptureBytes bytes(input.text, input.isMapped, progress);
    Result<Header> header = readHeader(bytes);
    if (bytes.ending() == CaptureBytes::Ending::Cancelled)
        return Error{ErrorKind::Cancelled, {}, Error::kNoOffset, {}};
    if (!header)
        return header.error();
    Capture capture(std::move(*header), options.byLine, options.nativeFrames);
    Snapshots* const snapshots = Snapshots::current();
    if (snapshots)
        capture.onRead = [&](const Heap& heap) { showSoFar(*snapshots, capture, heap, bytes.share()); };
    readRecords(bytes, capture, options.temporaryThreshold);
    if (capture.ending.kind == Ending::Kind::Cancelled)
        return Error{ErrorKind::Cancelled, {}, capture.ending.offset, {}};
    std::optional<NativeNames> names;
    if (capture.native.isKept()) {
        names = NativeNames::resolve(capture.native, capture.frames.strings(), progress, [&] {
            if (snapshots)
                showUnnamed(*snapshots, capture);
        });
        if (!names)
            return Error{ErrorKind::Cancelled, {}, Error::kNoOffset, {}};
    }
    if (progress.isCancelled())
        return Error{ErrorKind::Cancelled, {}, Error::kNoOffset, {}};
    Profile profile = profileOf(capture, names ? &*names : nullptr, bytes.isCompressed(), progress);
    if (progress.isCancelled())
        return Error{ErrorKind::Cancelled, {}, Error::kNoOffset, {}};
    return profile;
}

} // namespace

extern const Format memrayFormat;
const Format memrayFormat{"memray", "memray capture", sniff, parse};

} // namespace sundial
