// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes of a picture, whatever their rows are made of: fills at once, and what lies above them in few passes, since
// each change of font or pen costs more than a box.
#pragma once

#include "views/text_fit.h"
#include "views/theme.h"

#include <QImage>
#include <QPainter>
#include <QVector>

#include <vector>

namespace sundial
{

/// The least side of a ring around a box that is too small to see.
constexpr int kLeastRing = 6;

class BoxPainter
{
public:
    /// `labelOpacity`: below 1 while a zoom moves; at 0 no labels are made.
    BoxPainter(QPainter& painter, const Theme& theme, double labelOpacity);

    /// Between these, boxes and slivers that all stand on `row` are gathered and painted in one go: for rows of many
    /// narrow boxes, where each fill costs more than its pixels. Nothing else may be painted on the row before its end.
    void beginRow(const QRectF& row);
    void endRow();
    /// Rects are of whole pixels.
    void fillBox(const QRectF& rect, const QColor& color);
    /// One pixel of boxes that are too narrow to be told apart; neighbours of one colour become one.
    void addSliver(const QRectF& rect, QRgb color);
    void flushSliver();
    bool wantsLabel(const QRectF& rect) const;
    /// Names and values leave this place to what is painted above.
    void keepFree(const QRectF& place) { m_free = place; }
    /// `makeValue` is asked for the text at the right only where there is room for one.
    template <class MakeValue>
    void addLabel(QRectF rect, const QString& name, bool isBold, const QColor& color, MakeValue&& makeValue)
    {
        if (rect.intersects(m_free))
            rect.setRight(std::max(m_free.left(), rect.left()));
        if (const double room = addName(rect, name, isBold, color); room > 0)
            addValue(rect, makeValue(), room, color);
    }
    /// A dotted line above a box's foot: its width is a guess.
    void addFoot(const QRectF& rect);
    /// Not of a row that is cut down to a line.
    void addOutline(const QRectF& rect)
    {
        if (rect.height() >= kLeastRing)
            m_outlines.push_back(rect);
    }
    /// Feet, labels and outlines, in this order.
    void paintAbove();
    /// The mark of the place that is selected, or of where the keyboard is.
    void paintRing(const QRectF& rect, bool isFocus);

private:
    struct Label {
        QPointF baseline;
        QString text;
        QColor color;
    };
    void fillInRow(int left, int right, QRgb color);
    double addName(const QRectF& rect, const QString& name, bool isBold, const QColor& color);
    void addValue(const QRectF& rect, const QString& value, double room, const QColor& color);

    QPainter& m_p;
    const Theme& m_theme;
    double m_labelOpacity;
    LabelFitter m_regular, m_bold;
    bool m_isRaster;
    double m_leastLabelled, m_leastLabelledHeight;
    bool m_isInRow = false;
    QRect m_row;
    int m_rowBegin = 0, m_rowEnd = 0;  ///< What is filled of it, from its left edge.
    std::vector<QRgb> m_inner, m_edge; ///< Its pixels: those of its first and last line, and those of all others.
    QImage m_rowImage;
    QRectF m_sliver;
    QRgb m_sliverColor = 0;
    std::vector<Label> m_labels, m_boldLabels;
    std::vector<QRectF> m_outlines;
    QRectF m_free;
    QVector<QLineF> m_feet;
};

} // namespace sundial
