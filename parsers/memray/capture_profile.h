// SPDX-License-Identifier: GPL-3.0-or-later
// From a capture to a Profile: eight metrics over one tree, a lane for each thread.
#pragma once

#include "parsers/formats.h"
#include "parsers/memray/capture.h"

namespace sundial::memray
{

Profile profileOf(Capture&& capture, const ParseOptions& options, bool isCompressed);

} // namespace sundial::memray
