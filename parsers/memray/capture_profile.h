// SPDX-License-Identifier: GPL-3.0-or-later
// From a capture to a Profile: eight metrics over one tree, a lane for each thread.
#pragma once

#include "model/profile.h"
#include "parsers/memray/capture.h"
#include "parsers/memray/native_names.h"

#include <optional>

namespace sundial::memray
{

/// Takes the capture's stacks and timeline with it. `names`: of native frames, null if it has none. `isCompressed`: the
/// file was one LZ4 frame. If cancelled, what it returns means nothing.
Profile profileOf(Capture& capture, const NativeNames* names, bool isCompressed, const Progress& progress);

/// Whether a part of it can be shown while it is read.
bool isSmallEnoughForParts(const Capture& capture);

/// A copy of what is there so far, to be looked at: without statistics, and without ranges, threads and allocators.
/// Nothing where that would cost too much. `held`: what counts now. `names` may be of no capture. O(nodes + rows).
std::optional<Profile> partOf(const Capture& capture, const HeapSums& sums, const HeapView& held,
                              const NativeNames& names);

} // namespace sundial::memray
