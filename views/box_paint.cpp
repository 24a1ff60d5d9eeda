// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/box_paint.h"

#include "views/tree_scene.h"

#include <QPaintEngine>

#include <cstring>

namespace sundial
{

namespace
{

constexpr int kTextPadding = 6;
constexpr int kLeastLabelled = 52;
constexpr int kLeastFooted = 14; ///< From here on an estimated box has its dotted foot.
constexpr int kLeastRounded = 5;
constexpr double kFootOpacity = 0.34;
constexpr double kCornerOpacity = 0.45; ///< What a rounded corner of radius 2 covers of its outermost pixel.

} // namespace

BoxPainter::BoxPainter(QPainter& painter, const Theme& theme, double labelOpacity)
    : m_p(painter), m_theme(theme), m_labelOpacity(labelOpacity), m_regular(uiFont(12)),
      m_bold(uiFont(12, QFont::DemiBold)),
      m_isRaster(painter.paintEngine()->type() == QPaintEngine::Raster && painter.device()->devicePixelRatioF() == 1.0),
      m_leastLabelled(scaled(kLeastLabelled)), m_leastLabelledHeight(scaled(14))
{
}

void BoxPainter::beginRow(const QRectF& row)
{
    flushSliver();
    m_row = row.toRect();
    m_isInRow = m_isRaster && !m_row.isEmpty() && m_p.transform().type() <= QTransform::TxTranslate;
    if (!m_isInRow)
        return;
    m_inner.assign(std::size_t(m_row.width()), 0);
    m_edge.assign(std::size_t(m_row.width()), 0);
    m_rowBegin = m_row.width();
    m_rowEnd = 0;
}

void BoxPainter::endRow()
{
    flushSliver();
    if (!m_isInRow)
        return;
    m_isInRow = false;
    if (m_rowBegin >= m_rowEnd)
        return;
    if (m_rowImage.size() != m_row.size())
        m_rowImage = QImage(m_row.size(), QImage::Format_ARGB32_Premultiplied);
    const auto bytes = std::size_t(m_rowEnd - m_rowBegin) * sizeof(QRgb);
    for (int y = 0; y < m_row.height(); ++y) {
        const std::vector<QRgb>& line = y == 0 || y == m_row.height() - 1 ? m_edge : m_inner;
        std::memcpy(m_rowImage.scanLine(y) + std::size_t(m_rowBegin) * sizeof(QRgb), line.data() + m_rowBegin, bytes);
    }
    m_p.drawImage(QPoint(m_row.left() + m_rowBegin, m_row.top()), m_rowImage,
                  QRect(m_rowBegin, 0, m_rowEnd - m_rowBegin, m_row.height()));
}

void BoxPainter::fillInRow(int left, int right, QRgb color)
{
    const int begin = std::max(left - m_row.left(), 0);
    const int end = std::min(right - m_row.left(), m_row.width());
    if (begin >= end)
        return;
    std::fill(m_inner.begin() + begin, m_inner.begin() + end, color);
    std::fill(m_edge.begin() + begin, m_edge.begin() + end, color);
    m_rowBegin = std::min(m_rowBegin, begin);
    m_rowEnd = std::max(m_rowEnd, end);
    if (right - left < kLeastRounded)
        return;
    m_edge[std::size_t(begin)] = m_edge[std::size_t(end - 1)] =
        mixed(QColor::fromRgba(color), m_theme.surface.panel, kCornerOpacity).rgba();
}

void BoxPainter::addSliver(const QRectF& rect, QRgb color)
{
    if (m_isInRow)
        return fillInRow(int(rect.left()), int(rect.left()) + 1, color);
    if (m_sliver.right() == rect.left() && m_sliver.top() == rect.top() && m_sliverColor == color) {
        m_sliver.setRight(rect.right());
        return;
    }
    flushSliver();
    m_sliver = rect;
    m_sliverColor = color;
}

void BoxPainter::flushSliver()
{
    if (!m_sliver.isEmpty())
        m_p.fillRect(m_sliver, QColor::fromRgba(m_sliverColor));
    m_sliver = {};
}

void BoxPainter::fillBox(const QRectF& rect, const QColor& color)
{
    if (m_isInRow)
        return fillInRow(int(rect.left()), int(rect.right()), color.rgba());
    flushSliver();
    if (rect.width() < kLeastRounded) {
        m_p.fillRect(rect, color);
        return;
    }
    if (!m_isRaster) {
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(color);
        m_p.drawRoundedRect(rect, 2, 2);
        return;
    }
    // The same picture as an antialiased radius of 2, many times faster.
    m_p.fillRect(rect.toRect(), color);
    const QColor corner = mixed(color, m_theme.surface.panel, kCornerOpacity);
    const int x = int(rect.left());
    const int y = int(rect.top());
    const int right = int(rect.right()) - 1;
    const int bottom = int(rect.bottom()) - 1;
    for (const QPoint at : {QPoint(x, y), QPoint(right, y), QPoint(x, bottom), QPoint(right, bottom)})
        m_p.fillRect(at.x(), at.y(), 1, 1, corner);
}

bool BoxPainter::wantsLabel(const QRectF& rect) const
{
    return rect.width() >= m_leastLabelled && rect.height() >= m_leastLabelledHeight && m_labelOpacity > 0;
}

double BoxPainter::addName(const QRectF& rect, const QString& name, bool isBold, const QColor& color)
{
    const LabelFitter& fitter = isBold ? m_bold : m_regular;
    const double padding = scaledF(kTextPadding);
    const double room = rect.width() - 2 * padding;
    const double baseline = rect.center().y() + m_regular.baselineOffset();
    const double width = fitter.width(name);
    const QString fitted = width <= room ? name : fitter.elide(name, room);
    if (!fitted.isEmpty())
        (isBold ? m_boldLabels : m_labels).push_back({QPointF(rect.left() + padding, baseline), fitted, color});
    return width > room - scaledF(40) ? 0 : room - width;
}

void BoxPainter::addValue(const QRectF& rect, const QString& value, double room, const QColor& color)
{
    const double padding = scaledF(kTextPadding);
    const double width = m_regular.width(value);
    if (width + 2 * padding <= room)
        m_labels.push_back(
            {QPointF(rect.right() - padding - width, rect.center().y() + m_regular.baselineOffset()), value, color});
}

void BoxPainter::addFoot(const QRectF& rect)
{
    const double y = rect.bottom() - 3.5;
    if (rect.width() >= scaled(kLeastFooted) && y > rect.top())
        m_feet.push_back(QLineF(rect.left() + 1, y, rect.right() - 1, y));
}

void BoxPainter::paintAbove()
{
    flushSliver();
    if (!m_feet.isEmpty()) {
        QColor color = m_theme.text.primary;
        color.setAlphaF(float(kFootOpacity));
        QPen pen(color, 1);
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({2, 3});
        m_p.setPen(pen);
        m_p.drawLines(m_feet);
    }
    m_p.setOpacity(m_labelOpacity);
    for (const auto& [fitter, labels] : {std::pair(&m_regular, &m_labels), std::pair(&m_bold, &m_boldLabels)}) {
        m_p.setFont(fitter->font());
        for (const Label& label : *labels) {
            m_p.setPen(label.color);
            m_p.drawText(label.baseline, label.text);
        }
    }
    m_p.setOpacity(1);
    m_p.setRenderHint(QPainter::Antialiasing, true);
    m_p.setBrush(Qt::NoBrush);
    m_p.setPen(QPen(m_theme.selection.outline, 2));
    for (const QRectF& rect : m_outlines) {
        if (rect.width() < 4)
            m_p.fillRect(rect, m_theme.selection.outline);
        else
            m_p.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 2, 2);
    }
}

void BoxPainter::paintRing(const QRectF& rect, bool isFocus)
{
    m_p.setBrush(Qt::NoBrush);
    m_p.setPen(QPen(isFocus ? m_theme.focus : m_theme.selection.outline, 2));
    m_p.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 2, 2);
    m_p.setPen(QPen(m_theme.selection.halo, 1));
    if (isFocus)
        m_p.setPen(QPen(m_theme.selection.outline, 1, Qt::DotLine));
    m_p.drawRoundedRect(rect.adjusted(2.5, 2.5, -2.5, -2.5), 1, 1);
}

} // namespace sundial
