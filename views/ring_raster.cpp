// SPDX-License-Identifier: GPL-3.0-or-later
// A pixel is covered by what a line through its middle, one pixel long, has in the ring (along the radius) times what
// one across the radius has in a piece. This is mostly within a tenth of the area that is covered, and colours across
// the radius are laid out once a ring: their pixel is that of the ring's middle.
#include "views/ring_raster.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace sundial
{

namespace
{

constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kLargestRadius = 2500; ///< Pixels: 100 MB of them.
constexpr int kStripPixels = 50'000; ///< Below the size from which memory comes from the system, and is slow at first.
constexpr double kFine = 8;          ///< Colours a pixel along the outer edge of a ring.

/// Angles as whole numbers, of which a turn has 2³², so that they go round by themselves.
using Angle = std::uint32_t;
constexpr Angle kHalfTurn = 1U << 31;
constexpr Angle kQuarterTurn = 1U << 30;

/// Of the slopes 0…1, evenly spaced. Between two of them a straight line is less than 10⁻⁷ off.
constexpr int kSlopes = 1024;
using SlopeAngles = std::array<float, kSlopes + 2>;

const SlopeAngles& slopeAngles()
{
    static const SlopeAngles angles = [] {
        SlopeAngles made{};
        for (std::size_t i = 0; i < made.size(); ++i)
            made[i] = float(std::atan(double(i) / kSlopes) / kTurn * 0x1p32);
        return made;
    }();
    return angles;
}

/// Clockwise from the top; y points downwards.
Angle angleOf(const SlopeAngles& angles, float x, float y)
{
    const float across = std::abs(x), along = std::abs(y);
    const float longer = std::max(across, along);
    if (longer == 0)
        return 0;
    const float slope = std::min(across, along) / longer * kSlopes;
    const auto before = std::size_t(slope);
    const float part = slope - float(before);
    Angle angle = Angle(angles[before] + (angles[before + 1] - angles[before]) * part);
    if (across > along)
        angle = kQuarterTurn - angle;
    if (y > 0)
        angle = kHalfTurn - angle;
    return x < 0 ? 0 - angle : angle;
}

/// All four channels times `share` of 256, rounded.
QRgb scaledBy(QRgb color, std::uint32_t share)
{
    constexpr std::uint32_t kEven = 0x00ff00ff, kHalves = 0x00800080;
    const std::uint32_t even = ((color & kEven) * share + kHalves) >> 8 & kEven;
    const std::uint32_t odd = ((color >> 8 & kEven) * share + kHalves) & ~kEven;
    return even | odd;
}

std::uint32_t shareOf(double coverage)
{
    return std::uint32_t(std::clamp(coverage, 0.0, 1.0) * 256 + 0.5);
}

/// What lies on something opaque stays so.
QRgb over(QRgb above, QRgb below)
{
    const auto alpha = std::uint32_t(qAlpha(above));
    return above + scaledBy(below, 256 - alpha - (alpha >> 7));
}

/// Of whole ones in a row, the first whose middle does not lie before the place.
int firstBehind(double place)
{
    return int(std::ceil(place - 0.5));
}

/// The colours of pixels of a line, whose first lies at `at` from the centre. Angles are computed every `stride` pixels
/// and interpolated between these.
void lookUp(const std::vector<QRgb>& around, QRgb* pixels, int count, const QPointF& at, int stride)
{
    const SlopeAngles& angles = slopeAngles();
    const std::uint64_t size = around.size();
    float x = float(at.x());
    const float y = float(at.y());
    Angle angle = angleOf(angles, x, y);
    for (int done = 0; done < count;) {
        const int end = std::min(done + stride, count);
        x += float(end - done);
        const Angle next = angleOf(angles, x, y);
        const auto step = Angle(std::int32_t(next - angle) / (end - done));
        for (; done < end; ++done) {
            pixels[done] = around[angle * size >> 32];
            angle += step;
        }
        angle = next;
    }
}

} // namespace

RingRaster::RingRaster(const QPointF& center, double radius, double scale) : m_scale(scale)
{
    const QPointF middle = center * scale;
    const double reach = radius * scale + 1;
    m_pixels = QRect(QPoint(int(std::floor(middle.x() - reach)), int(std::floor(middle.y() - reach))),
                     QPoint(int(std::ceil(middle.x() + reach)), int(std::ceil(middle.y() + reach))));
    m_center = middle - m_pixels.topLeft();
}

bool RingRaster::fits(double radius, double scale)
{
    return radius * scale <= kLargestRadius;
}

RingRaster::Ring& RingRaster::ringOf(double inner, double outer)
{
    // Pieces come ring by ring, or in turn for the few that lie over each other.
    const auto known = std::find_if(m_rings.rbegin(), m_rings.rend(),
                                    [&](const Ring& ring) { return ring.inner == inner && ring.outer == outer; });
    if (known != m_rings.rend())
        return *known;
    const bool isAbove = std::any_of(m_rings.begin(), m_rings.end(),
                                     [&](const Ring& ring) { return ring.inner < outer && ring.outer > inner; });
    return m_rings.emplace_back(Ring{inner, outer, {}, isAbove, {}});
}

void RingRaster::add(double begin, double end, double inner, double outer, const QColor& color)
{
    if (begin < end && inner < outer)
        ringOf(inner * m_scale, outer * m_scale).pieces.push_back({begin, end, qPremultiply(color.rgba())});
}

void RingRaster::layOut(Ring& ring)
{
    const double size = std::ceil(kFine * kTurn * ring.outer);
    ring.around.assign(std::size_t(size), 0);
    const double pixel = std::min(size / (kTurn * (ring.inner + ring.outer) / 2), size / 4); // less goes round
    for (const Piece& piece : ring.pieces)
        layOut(ring.around, piece.begin * size, piece.end * size, pixel, piece.color);
}

/// All but the colour is measured in colours. A piece goes over what its neighbours have of the pixels at its ends, as
/// polygons do.
void RingRaster::layOut(std::vector<QRgb>& around, double begin, double end, double pixel, QRgb color)
{
    const int size = int(around.size());
    if (end - begin >= size) {
        std::fill(around.begin(), around.end(), color);
        return;
    }
    const int first = firstBehind(begin - pixel / 2), last = firstBehind(end + pixel / 2);
    int whole = firstBehind(begin + pixel / 2), wholeEnd = firstBehind(end - pixel / 2);
    if (whole >= wholeEnd)
        whole = wholeEnd = last;
    const auto blend = [&](int from, int to) {
        for (int i = from; i < to; ++i) {
            const double behind = std::min((i + 0.5 - begin) / pixel + 0.5, 1.0);
            const double before = std::min((end - i - 0.5) / pixel + 0.5, 1.0);
            QRgb& at = around[std::size_t(i < 0 ? i + size : i < size ? i : i - size)];
            at = over(scaledBy(color, shareOf(behind + before - 1)), at);
        }
    };
    blend(first, whole);
    if (whole < wholeEnd)
        std::fill(around.begin() + whole, around.begin() + wholeEnd, color);
    blend(wholeEnd, last);
}

/// Colours of pixels from `first` (its middle, from the centre) to the right.
void RingRaster::fillSpan(const Ring& ring, const QPointF& first, QRgb* line, int count, bool isLeft)
{
    if (count <= 0)
        return;
    QRgb* const pixels = ring.isAbove ? m_span.data() : line;
    // In n pixels of a straight line at distance d from the centre, angles are up to n² / 8d pixels off.
    lookUp(ring.around, pixels, count, first, ring.inner >= 64 ? 8 : ring.inner >= 16 ? 4 : 1);
    const auto distanceAt = [&](int i) { return std::sqrt((first.x() + i) * (first.x() + i) + first.y() * first.y()); };
    const auto fade = [&](bool fromLeft, const auto& shareAt) {
        for (int i = 0; i < count; ++i) {
            const int at = fromLeft ? i : count - 1 - i;
            const double share = shareAt(distanceAt(at));
            if (share >= 1)
                break;
            pixels[at] = scaledBy(pixels[at], shareOf(share));
        }
    };
    fade(isLeft, [&](double distance) { return ring.outer - distance + 0.5; });
    fade(!isLeft, [&](double distance) { return distance - ring.inner + 0.5; });
    if (!ring.isAbove)
        return;
    for (int i = 0; i < count; ++i)
        line[i] = over(pixels[i], line[i]);
}

void RingRaster::fillStrip(const Ring& ring, int top)
{
    const double outer = ring.outer + 0.5, inner = std::max(0.0, ring.inner - 0.5);
    const auto firstRight = [this](double x) { return std::clamp(firstBehind(m_center.x() + x), 0, m_strip.width()); };
    const int begin = std::max(0, int(std::floor(m_center.y() - outer)) - top);
    const int end = std::min(m_strip.height(), int(std::ceil(m_center.y() + outer)) - top);
    for (int row = begin; row < end; ++row) {
        auto* const line = reinterpret_cast<QRgb*>(m_strip.scanLine(row));
        const double y = top + row + 0.5 - m_center.y();
        const double half = std::sqrt(std::max(0.0, outer * outer - y * y));
        const double hole = std::sqrt(std::max(0.0, inner * inner - y * y));
        const auto span = [&](int from, int to, bool isLeft) {
            fillSpan(ring, {from + 0.5 - m_center.x(), y}, line + from, to - from, isLeft);
        };
        span(firstRight(-half), firstRight(-hole), true); // both sides run towards the centre or away from it
        span(firstRight(hole), firstRight(half), false);
    }
}

void RingRaster::paint(QPainter& painter)
{
    for (Ring& ring : m_rings)
        layOut(ring);
    const int width = m_pixels.width(), height = m_pixels.height();
    m_strip = QImage(width, std::min(height, std::max(1, kStripPixels / width)), QImage::Format_ARGB32_Premultiplied);
    m_span.resize(std::size_t(width));
    for (int top = 0; top < height; top += m_strip.height()) {
        m_strip.fill(Qt::transparent);
        for (const Ring& ring : m_rings)
            fillStrip(ring, top);
        const QSizeF rows(width, std::min(m_strip.height(), height - top));
        painter.drawImage(QRectF((m_pixels.topLeft() + QPointF(0, top)) / m_scale, rows / m_scale), m_strip,
                          QRectF(QPointF(), rows));
    }
}

} // namespace sundial
