// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of the boxes a picture shows, and the only place that converts between fractions and pixels.
#pragma once

#include <QRectF>

#include <climits>

namespace sundial
{

/// A window onto rows of boxes: `begin`…`end` in fractions of the root fill `area` from left to right; rows of
/// `rowHeight` follow each other from its top, or from its bottom where `upward` (a flame).
struct Viewport {
    QRectF area;
    double begin = 0;
    double end = 1;
    double scroll = 0; ///< Pixels of rows that are beyond the edge at which the root stands.
    double rowHeight = 25;
    int rowLimit = INT_MAX; ///< Rows from this one on are not shown: the depth that was chosen.
    bool upward = false;

    double pixelsPerFraction() const { return area.width() / (end - begin); }
    double xAt(double fraction) const { return area.left() + (fraction - begin) * pixelsPerFraction(); }
    double fractionAt(double x) const { return begin + (x - area.left()) / pixelsPerFraction(); }
    /// May be negative or beyond the last row.
    int rowAt(double y) const;
    double rowTop(int row) const;
    bool isZoomed() const { return begin > 0 || end < 1; }

    /// Shows factor times as much around the fraction under pixel `x`; inside the root, and never less than what a
    /// double can tell apart.
    void zoomAbout(double x, double factor);
    void panBy(double pixels);
    /// Keeps `rows` rows, or those within the limit, in sight: no scrolling beyond the last.
    void clampScroll(int rows);
    /// The place between `from` and `to` at which every box stands at `t` of its way.
    static Viewport between(const Viewport& from, const Viewport& to, double t);
    bool showsSameAs(const Viewport& other) const
    {
        return begin == other.begin && end == other.end && scroll == other.scroll && rowHeight == other.rowHeight;
    }
};

} // namespace sundial
