// SPDX-License-Identifier: GPL-3.0-or-later
// From a capture to a Profile: eight metrics over one tree, a lane for each thread.
#pragma once

#include "model/profile.h"
#include "parsers/memray/capture.h"

namespace sundial::memray
{

/// Takes the capture's stacks and timeline with it. `isCompressed`: the file was one LZ4 frame.
Profile profileOf(Capture& capture, bool isCompressed);

} // namespace sundial::memray
