// SPDX-License-Identifier: GPL-3.0-or-later
// Moments and ranges of a memory capture in words. A moment is the time since the first measurement.
#pragma once

#include "model/analysis.h"

#include <QString>

namespace sundial
{

/// Where the heap was largest in the analysis's range. Needs a timeline that is not empty.
std::uint32_t peakMeasurement(const Analysis& analysis);
/// Whether the capture says what was when: at least two measurements at different times.
bool hasTime(const MemoryCapture& capture);
/// "31.4 s"; all moments of one capture in one unit.
QString momentText(const MemoryTimeline& timeline, std::uint32_t measurement);
/// "18.0 s – 36.5 s · 18.5 s of 48.2 s"
QString rangeText(const MemoryTimeline& timeline, MemoryRange range);
/// What a metric is in a range of time: "high-water mark of this range".
QString rangeMeaning(const Metric& metric);

/// The unit in which a whole capture's time reads best: "s" or "ms".
DisplayUnit timelineUnit(const MemoryTimeline& timeline);

/// Why a capture has no single allocations, nor ranges of time, and what would have recorded them.
QString whyNotOfAllocations(const MemoryCapture& memory);

} // namespace sundial
