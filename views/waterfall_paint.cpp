// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/waterfall_paint.h"

#include "views/change_marks.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QCoreApplication>

#include <cmath>

namespace sundial
{

namespace
{

constexpr int kBar = 11;

QString tr(const char* text)
{
    return QCoreApplication::translate("Waterfall", text);
}

/// Paints rows one below the other.
class WaterfallPainter
{
public:
    WaterfallPainter(QPainter& painter, const Theme& theme, double width, double largest)
        : m_p(painter), m_theme(theme), m_width(width), m_largest(largest)
    {
    }

    double x(double value) const { return value / m_largest * m_width; }

    /// Label and value; returns where the row's bar goes.
    QRectF nextRow(const QString& label, const QString& value, const QColor& valueColor, bool isTotal)
    {
        const QRectF text(0, m_y, m_width, scaledF(24));
        const QFont strong = uiFont(13, QFont::DemiBold);
        m_p.setFont(isTotal ? strong : uiFont(13));
        const double valueWidth = tabularWidth(value, QFontMetricsF(strong));
        m_p.setPen(m_theme.text.primary);
        m_p.drawText(text, Qt::AlignVCenter | Qt::TextSingleLine,
                     elideMiddle(label, QFontMetricsF(m_p.font()), m_width - valueWidth - scaledF(12)));
        m_p.setFont(strong);
        m_p.setPen(valueColor);
        drawTabular(m_p, text, value);
        const QRectF bar(0, m_y + scaledF(26), m_width, scaledF(kBar));
        m_y += scaled(kWaterfallRow);
        return bar;
    }

    void paintTotal(const QString& label, const QString& text, double value, const QColor& color)
    {
        const QRectF bar = nextRow(label, text, m_theme.text.primary, true);
        m_p.fillRect(QRectF(bar.left(), bar.top(), x(value), bar.height()), color);
    }

    void paintStep(const WaterfallStep& step, const CompareAnalysis& info, const QString& text, bool isSelected)
    {
        const double delta = step.delta();
        const QRectF bar = nextRow(displayText(step.label), text, changeTextColor(delta, true, m_theme), false);
        m_p.fillRect(bar, m_theme.surface.sunken);
        const QRectF part(x(std::min(step.start, step.end)), bar.top(), std::max(1.0, x(std::abs(delta))),
                          bar.height());
        const int strength = std::max(2, std::abs(info.step(delta)));
        const ChangeLook look{delta < 0 ? ChangeMark::Less : ChangeMark::More, delta < 0 ? -strength : strength};
        if (delta != 0) {
            m_p.fillRect(part, changeFill(look, m_theme));
            paintChangeMark(m_p, look, part, m_theme);
        }
        if (isSelected) {
            m_p.setPen(QPen(m_theme.accent.base, 2));
            m_p.setBrush(Qt::NoBrush);
            m_p.drawRect(part.adjusted(-1, -1, 1, 1));
        }
    }

private:
    QPainter& m_p;
    const Theme& m_theme;
    double m_width, m_largest;
    double m_y = 0;
};

} // namespace

double waterfallHeight(const Waterfall& waterfall)
{
    return (double(waterfall.steps.size()) + 2) * scaled(kWaterfallRow);
}

void paintWaterfall(QPainter& painter, const CompareAnalysis& info, const Waterfall& waterfall, const Theme& theme,
                    double width, FrameId selected)
{
    const Comparison& sides = *info.comparison;
    const NumberStyle style = localeStyle();
    double largest = std::max(waterfall.before, waterfall.after);
    for (const WaterfallStep& step : waterfall.steps)
        largest = std::max({largest, step.start, step.end});
    if (!(largest > 0))
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    WaterfallPainter rows(painter, theme, width, largest);
    rows.paintTotal(tr("Before"), displayText(comparedValue(sides, waterfall.before, style)), waterfall.before,
                    theme.line.control);
    for (const WaterfallStep& step : waterfall.steps)
        rows.paintStep(step, info, displayText(comparedDelta(sides, step.delta(), style)),
                       step.row && step.row == selected);
    rows.paintTotal(tr("After"), displayText(comparedValue(sides, waterfall.after, style)), waterfall.after,
                    theme.text.secondary);
}

} // namespace sundial
