// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/curved_text.h"

#include "views/pixel_scale.h"

#include <QPainter>
#include <QTransform>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sundial
{

namespace
{

constexpr double kTurn = 2 * std::numbers::pi;
constexpr int kLargestSide = 4096; ///< Of a label in pixels; longer ones are drawn as paths.

} // namespace

CurvedText::CurvedText(const LabelFitter& fitter) : m_fitter(fitter)
{
    thread_local QHash<QString, std::shared_ptr<Letters>> fonts;
    std::shared_ptr<Letters>& known = fonts[fitter.font().key()];
    if (!known)
        known = std::make_shared<Letters>();
    m_letters = known;
}

const QPainterPath& CurvedText::path(QChar c)
{
    auto known = m_paths.find(c);
    if (known == m_paths.end()) {
        known = m_paths.insert(c, {});
        known->addText(0, 0, m_fitter.font(), QString(c));
    }
    return *known;
}

const CurvedText::Letter& CurvedText::letter(QChar c)
{
    auto known = m_letters->find(c);
    if (known == m_letters->end()) {
        constexpr double kFine = 8; // Qt's polygons are half a pixel off the curves, these a sixteenth
        Letter made;
        for (const QPolygonF& contour : path(c).toSubpathPolygons(QTransform::fromScale(kFine, kFine))) {
            for (const QPointF& point : contour)
                made.points.push_back(point / kFine);
            made.ends.push_back(std::uint32_t(made.points.size()));
        }
        known = m_letters->insert(c, made);
    }
    return *known;
}

/// Calls `place` for each character with where its outline lies before it is turned round the centre, and by how much
/// (radians, clockwise).
template <class Place>
void CurvedText::forEachPlace(const QString& text, double radius, double turn, const Place& place) const
{
    const bool isBelow = turn > 0.25 && turn < 0.75;
    const double direction = isBelow ? -1 : 1;
    const double perPixel = 1 / (kTurn * radius); // turns
    const double baseline = m_fitter.baselineOffset() + (isBelow ? radius : -radius);
    double at = turn - direction * m_fitter.width(text) / 2 * perPixel;
    for (const QChar c : text) {
        const double advance = m_fitter.advance(c);
        at += direction * advance / 2 * perPixel;
        place(c, QPointF(-advance / 2, baseline), (at + (isBelow ? 0.5 : 0)) * kTurn);
        at += direction * advance / 2 * perPixel;
    }
}

void CurvedText::draw(QPainter& painter, const QString& text, const QColor& color, const QPointF& center, double radius,
                      double turn)
{
    const double scale = pixelScale(painter);
    if (scale == 0)
        return drawPath(painter, text, color, center, radius, turn);
    m_points.clear();
    forEachPlace(text, radius, turn, [&](QChar c, const QPointF& shift, double angle) {
        const double sine = std::sin(angle), cosine = std::cos(angle);
        for (const QPointF& point : letter(c).points) {
            const QPointF p = point + shift;
            m_points.push_back((center + QPointF(p.x() * cosine - p.y() * sine, p.x() * sine + p.y() * cosine)) *
                               scale);
        }
    });
    if (m_points.empty())
        return;
    const auto [left, right] = std::minmax_element(m_points.begin(), m_points.end(),
                                                   [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); });
    const auto [top, bottom] = std::minmax_element(m_points.begin(), m_points.end(),
                                                   [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
    const QRect pixels(QPoint(int(std::floor(left->x())), int(std::floor(top->y()))),
                       QPoint(int(std::floor(right->x())), int(std::floor(bottom->y()))));
    if (std::max(pixels.width(), pixels.height()) > kLargestSide)
        return drawPath(painter, text, color, center, radius, turn);
    m_raster.begin(pixels, color);
    std::size_t begin = 0;
    for (const QChar c : text) {
        const Letter& known = letter(c);
        m_raster.add(std::span(m_points).subspan(begin, known.points.size()), known.ends);
        begin += known.points.size();
    }
    painter.drawImage(QRectF(QPointF(pixels.topLeft()) / scale, QSizeF(pixels.size()) / scale), m_raster.image());
}

void CurvedText::drawPath(QPainter& painter, const QString& text, const QColor& color, const QPointF& center,
                          double radius, double turn)
{
    QPainterPath label;
    label.setFillRule(Qt::WindingFill);
    forEachPlace(text, radius, turn, [&](QChar c, const QPointF& shift, double angle) {
        QTransform place = QTransform::fromTranslate(center.x(), center.y());
        place.rotateRadians(angle);
        place.translate(shift.x(), shift.y());
        label.addPath(place.map(path(c)));
    });
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPath(label);
}

} // namespace sundial
