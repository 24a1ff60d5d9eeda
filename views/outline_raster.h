// SPDX-License-Identifier: GPL-3.0-or-later
// Small outlines, such as letters, as pixels.
#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>
#include <QRect>

#include <array>
#include <span>
#include <vector>

namespace sundial
{

/// Fills closed lines with one colour into a picture of their own, each pixel by the part of it that they cover. For
/// hundreds of letters a frame, several times faster than a path is filled. By the winding rule, as long as no line
/// crosses itself or another of its letter.
class OutlineRaster
{
public:
    /// A new picture of these pixels, empty.
    void begin(const QRect& pixels, const QColor& color);
    /// A letter: its contours lie one after the other in `points`, in pixels; each is closed and ends before the index
    /// in `ends`. O(points + pixels they cross + pixels of its bounds).
    void add(std::span<const QPointF> points, std::span<const std::uint32_t> ends);
    const QImage& image() const { return m_image; }

private:
    void addEdge(QPointF from, QPointF to);
    void addEdgeInRow(std::size_t row, double from, double to, double height);

    QImage m_image; ///< Premultiplied.
    QRect m_pixels;
    std::array<QRgb, 256> m_shades{}; ///< The colour, by coverage.
    QRect m_bounds;                   ///< Of the letter.
    std::vector<float> m_cells; ///< Of its bounds and one column more: how coverage changes from the pixel before.
};

} // namespace sundial
