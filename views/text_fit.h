// SPDX-License-Identifier: GPL-3.0-or-later
// Text in boxes and columns: names shortened in the middle, digits that stand below each other.
#pragma once

#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QString>
#include <QStringList>

#include <array>
#include <string>
#include <string_view>

namespace sundial
{

/// UTF-8 of a file as a QString that can be shown: bad bytes, NUL and text-direction marks become U+FFFD, so that a
/// name can neither end early nor turn its surroundings around. Cut at 4,000 characters.
QString displayText(std::string_view utf8);
inline QString displayText(const std::string& utf8)
{
    return displayText(std::string_view(utf8));
}

/// `text` if it fits, else with its middle replaced by "…", keeping both ends; empty if not even one letter a side
/// fits.
QString elideMiddle(const QString& text, const QFontMetricsF& metrics, double width);
/// For paths: "…/shop/report.py:30", which keeps the file name.
QString elidePath(const QString& text, const QFontMetricsF& metrics, double width);

/// `text` broken at words into at most `most` lines of `width`; if that is not all of it, the last one ends in "…".
QStringList wrappedLines(const QString& text, const QFont& font, double width, int most);

/// Fits labels of one font by adding character widths that were measured once (kerning is left out): thousands of boxes
/// a frame need it, where elideMiddle would shape each text several times.
class LabelFitter
{
public:
    explicit LabelFitter(const QFont& font);

    const QFont& font() const { return m_font; }
    double width(const QString& text) const;
    /// As elideMiddle.
    QString elide(const QString& text, double width) const;
    /// From the middle of a line to its baseline.
    double baselineOffset() const { return m_baselineOffset; }
    double advance(QChar c) const;

private:
    QFont m_font;
    QFontMetricsF m_metrics;
    double m_baselineOffset;
    std::array<double, 128> m_ascii{};
    mutable QHash<char16_t, double> m_others;
};

/// Draws a number right-aligned in `rect` with every digit centred in a cell of the widest digit: Qt 6.4 cannot switch
/// a font's tabular figures on.
void drawTabular(QPainter& painter, const QRectF& rect, const QString& number);
/// The width drawTabular needs.
double tabularWidth(const QString& number, const QFontMetricsF& metrics);

} // namespace sundial
