// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/memory_text.h"

#include "views/number_text.h"

#include <QCoreApplication>

namespace sundial
{

namespace
{

QString durationText(double milliseconds, const DisplayUnit& unit)
{
    DisplayUnit shown = unit;
    shown.decimals = unit.divisor > 1 ? 1 : 0;
    return QString::fromStdString(formatCell(milliseconds, shown, localeStyle()) + ' ' + shown.symbol);
}

} // namespace

std::uint32_t peakMeasurement(const Analysis& analysis)
{
    const MemoryTimeline& timeline = analysis.profile->memory->timeline;
    return largestMeasurement(
        timeline, memoryRange(analysis.options).value_or(MemoryRange{0, std::uint32_t(timeline.size()) - 1}));
}

bool hasTime(const MemoryCapture& capture)
{
    const std::vector<double>& time = capture.timeline.time;
    return time.size() > 1 && time.back() > time.front();
}

DisplayUnit timelineUnit(const MemoryTimeline& timeline)
{
    return columnUnit(timeline.time.back() - timeline.time.front(), Unit::Milliseconds);
}

QString momentText(const MemoryTimeline& timeline, std::uint32_t measurement)
{
    return durationText(timeline.time[measurement] - timeline.time.front(), timelineUnit(timeline));
}

QString rangeText(const MemoryTimeline& timeline, MemoryRange range)
{
    const DisplayUnit unit = timelineUnit(timeline);
    return QCoreApplication::translate("MemoryText", "%1 – %2  ·  %3 of %4")
        .arg(momentText(timeline, range.from), momentText(timeline, range.to),
             durationText(timeline.time[range.to] - timeline.time[range.from], unit),
             durationText(timeline.time.back() - timeline.time.front(), unit));
}

QString rangeMeaning(const Metric& metric)
{
    const std::string_view id = metric.id;
    if (id.starts_with("peak"))
        return QCoreApplication::translate("MemoryText", "high-water mark of this range");
    if (id.starts_with("leaked"))
        return QCoreApplication::translate("MemoryText", "allocated in this range, not freed by its end");
    if (id.starts_with("temporary"))
        return QCoreApplication::translate("MemoryText", "temporary in this range");
    return QCoreApplication::translate("MemoryText", "all allocations of this range");
}

QString whyNotOfAllocations(const MemoryCapture& memory)
{
    return memory.places ? QCoreApplication::translate("MemoryText", "Recorded with --aggregate, which keeps no single "
                                                                     "allocations: record without it.")
                         : QCoreApplication::translate("MemoryText", "Ready when the whole capture is read.");
}

} // namespace sundial
