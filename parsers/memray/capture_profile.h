// SPDX-License-Identifier: GPL-3.0-or-later
// From a capture to a Profile: eight metrics over one tree, a lane for each thread.
#pragma once

#include "model/profile.h"
#include "parsers/memray/capture.h"
#include "parsers/memray/native_names.h"

namespace sundial::memray
{

/// Takes the capture's stacks and timeline with it. `names`: of native frames, null if it has none. `isCompressed`: the
/// file was one LZ4 frame.
Profile profileOf(Capture& capture, const NativeNames* names, bool isCompressed);

} // namespace sundial::memray
