// SPDX-License-Identifier: GPL-3.0-or-later
// Text in boxes and columns: names shortened in the middle, digits that stand below each other.
#pragma once

#include <QFontMetricsF>
#include <QPainter>
#include <QString>

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

/// Draws a number right-aligned in `rect` with every digit centred in a cell of the widest digit: Qt 6.4 cannot switch
/// a font's tabular figures on.
void drawTabular(QPainter& painter, const QRectF& rect, const QString& number);
/// The width drawTabular needs.
double tabularWidth(const QString& number, const QFontMetricsF& metrics);

} // namespace sundial
