// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of rings as pixels.
#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>
#include <QRect>

#include <cstdint>
#include <vector>

class QPainter;

namespace sundial
{

/// Fills pieces of rings around one centre, each pixel by the part of it that they cover. For thousands of pieces that
/// fill most of their disc, several times faster than polygons are filled: the colours around a ring are laid out once
/// along a line, which its pixels then look up by their angle.
class RingRaster
{
public:
    /// Nothing further than `radius` from the centre is filled. In a painter's units, of which each is `scale` pixels
    /// and the first begins with one (pixelScale()).
    RingRaster(const QPointF& center, double radius, double scale);

    /// Whether a disc of this radius is small enough for a picture of its pixels.
    static bool fits(double radius, double scale);

    /// From `begin` to `end` in turns, 0…1 clockwise from the top, between two distances from the centre. Pieces of one
    /// ring do not overlap; a ring may lie over others that were begun before.
    void add(double begin, double end, double inner, double outer, const QColor& color);
    /// O(pieces + pixels of the disc).
    void paint(QPainter& painter);

private:
    struct Piece {
        double begin, end;
        QRgb color; ///< Premultiplied.
    };
    struct Ring {
        double inner, outer; ///< Pixels.
        std::vector<Piece> pieces;
        bool isAbove;             ///< Lies over another.
        std::vector<QRgb> around; ///< Its colours, from the top clockwise.
    };
    Ring& ringOf(double inner, double outer);
    static void layOut(Ring& ring);
    static void layOut(std::vector<QRgb>& around, double begin, double end, double pixel, QRgb color);
    /// Of the disc's rows those from `top`, as many as m_strip has.
    void fillStrip(const Ring& ring, int top);
    void fillSpan(const Ring& ring, const QPointF& first, QRgb* line, int count, bool isLeft);

    double m_scale;
    QRect m_pixels;   ///< Of the disc.
    QPointF m_center; ///< From the first of these.
    std::vector<Ring> m_rings;
    QImage m_strip; ///< Some rows of the disc, premultiplied.
    std::vector<QRgb> m_span;
};

} // namespace sundial
