// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/outline_raster.h"

#include <algorithm>
#include <cmath>

namespace sundial
{

void OutlineRaster::begin(const QRect& pixels, const QColor& color)
{
    m_pixels = pixels;
    if (m_image.size() != pixels.size())
        m_image = QImage(pixels.size(), QImage::Format_ARGB32_Premultiplied);
    m_image.fill(Qt::transparent);
    const int opaque = color.alpha();
    for (int coverage = 0; coverage < int(m_shades.size()); ++coverage)
        m_shades[std::size_t(coverage)] =
            qPremultiply(qRgba(color.red(), color.green(), color.blue(), (opaque * coverage + 127) / 255));
}

void OutlineRaster::add(std::span<const QPointF> points, std::span<const std::uint32_t> ends)
{
    if (points.empty())
        return;
    const auto [left, right] = std::minmax_element(points.begin(), points.end(),
                                                   [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); });
    const auto [top, bottom] = std::minmax_element(points.begin(), points.end(),
                                                   [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
    m_bounds = QRect(QPoint(int(std::floor(left->x())), int(std::floor(top->y()))),
                     QPoint(int(std::floor(right->x())), int(std::floor(bottom->y()))));
    if (!m_pixels.contains(m_bounds)) // only whole letters
        return;
    const std::size_t stride = std::size_t(m_bounds.width()) + 1;
    m_cells.assign(stride * std::size_t(m_bounds.height()), 0);
    std::uint32_t begin = 0;
    for (const std::uint32_t end : ends) {
        for (std::uint32_t i = begin; i < end; ++i)
            addEdge(points[i], points[i + 1 < end ? i + 1 : begin]);
        begin = end;
    }
    for (int y = 0; y < m_bounds.height(); ++y) {
        const float* const cells = m_cells.data() + stride * std::size_t(y);
        auto* const line = reinterpret_cast<QRgb*>(m_image.scanLine(m_bounds.top() - m_pixels.top() + y)) +
                           (m_bounds.left() - m_pixels.left());
        float covered = 0;
        for (int x = 0; x < m_bounds.width(); ++x) {
            covered += cells[x];
            const QRgb shade = m_shades[std::size_t(std::min(std::abs(covered), 1.0F) * 255.0F + 0.5F)];
            if (qAlpha(shade) > qAlpha(line[x])) // the next letter may touch
                line[x] = shade;
        }
    }
}

/// The area to the right of an edge is covered: by height times width in the pixels that it crosses, by its height in
/// those behind.
void OutlineRaster::addEdge(QPointF from, QPointF to)
{
    from -= m_bounds.topLeft();
    to -= m_bounds.topLeft();
    if (from.y() == to.y())
        return;
    const double sign = from.y() < to.y() ? 1 : -1;
    if (sign < 0)
        std::swap(from, to);
    const double least = std::min(from.x(), to.x()), most = std::max(from.x(), to.x());
    const double slope = (to.x() - from.x()) / (to.y() - from.y());
    double x = from.x();
    for (double y = from.y(); y < to.y();) {
        const double row = std::floor(y);
        const double next = std::min(row + 1, to.y());
        const double nextX = next == to.y() ? to.x() : std::clamp(x + slope * (next - y), least, most);
        addEdgeInRow(std::size_t(row), x, nextX, sign * (next - y));
        x = nextX;
        y = next;
    }
}

void OutlineRaster::addEdgeInRow(std::size_t row, double from, double to, double height)
{
    float* const cells = m_cells.data() + row * (std::size_t(m_bounds.width()) + 1);
    if (from > to)
        std::swap(from, to);
    const auto put = [cells](std::size_t column, double part, double middle) {
        const double behind = part * (middle - double(column)); // what the edge leaves free of its own pixel
        cells[column] += float(part - behind);
        cells[column + 1] += float(behind);
    };
    const auto first = std::size_t(from), last = std::size_t(to);
    if (first == last)
        return put(first, height, (from + to) / 2);
    const double perPixel = height / (to - from);
    put(first, perPixel * (double(first + 1) - from), (from + double(first + 1)) / 2);
    for (std::size_t column = first + 1; column < last; ++column)
        put(column, perPixel, double(column) + 0.5);
    if (to > double(last))
        put(last, perPixel * (to - double(last)), (double(last) + to) / 2);
}

} // namespace sundial
