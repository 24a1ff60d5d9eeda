// SPDX-License-Identifier: GPL-3.0-or-later
// Threads in time order as paint: a heading and rows of boxes for each, one below the other, over one axis of time.
#pragma once

#include "model/search.h"
#include "views/layout/time_layout.h"
#include "views/palette.h"
#include "views/viewport.h"

#include <QPainter>

#include <climits>

namespace sundial
{

/// A box of one thread.
struct TimePlace {
    std::uint32_t lane = UINT32_MAX; ///< Into TimeLayout::lanes; UINT32_MAX: none.
    std::uint32_t row = 0;
    std::size_t box = 0;

    explicit operator bool() const { return lane != UINT32_MAX; }
    bool operator==(const TimePlace&) const = default;
};

/// References to what must outlive the painting, and the marks.
struct TimeScene {
    const Analysis& analysis;
    const TimeLayout& layout;
    const FramePalette& palette;
    const Theme& theme;
    const SearchResult& search;
    TimeRange extent;       ///< What the viewport's fractions are of.
    FrameId selected = {};  ///< Outlined wherever it stands.
    TimePlace focused = {}; ///< With the focus ring.
    double labelOpacity = 1;

    double timeAt(double fraction) const { return extent.begin + fraction * (extent.end - extent.begin); }
    double fractionOf(double time) const { return (time - extent.begin) / (extent.end - extent.begin); }
};

/// Pixels from the top of all threads to the heading of each; one more for the end. A single thread has no heading.
std::vector<double> laneTops(const TimeLayout& layout);
/// Pixels from the top of a thread to its first row.
double laneHeading(const TimeLayout& layout);
/// What a viewport's area keeps free above it for the axis.
double timeAxisRoom();

/// Paints the axis above the viewport's area, and what the area shows. The cost is bounded by pixels, not by boxes.
void paintTime(QPainter& painter, const TimeScene& scene, const Viewport& viewport);
/// A note in the corner where threads or levels lie below what the area shows.
void paintTimeBelow(QPainter& painter, const TimeScene& scene, const Viewport& viewport);
/// The picture of a file, with axis and legend, in `size`; `viewport` says which part of it, `mostRows` how many rows
/// at most.
void paintTimePicture(QPainter& painter, const TimeScene& scene, Viewport viewport, const QSizeF& size,
                      int mostRows = INT_MAX);
/// The height at which it shows all rows, or so many.
double timePictureHeight(const TimeLayout& layout, int mostRows = INT_MAX);
/// What is under a point: the box at this very moment, or the first that the pixel touches. None beside the boxes.
TimePlace timePlaceAt(const TimeScene& scene, const Viewport& viewport, const QPointF& point);
/// Where a box stands, in full.
QRectF timeRectOf(const TimeScene& scene, const Viewport& viewport, const TimePlace& place);
NodeId timeNodeOf(const TimeLayout& layout, const TimePlace& place);
TimeRange timeOf(const TimeLayout& layout, const TimePlace& place);

} // namespace sundial
