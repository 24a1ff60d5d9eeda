// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/text_fit.h"

#include <QTextLayout>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr qsizetype kLongestShown = 4000;

/// Explicit direction marks and isolates.
bool turnsText(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x200e || u == 0x200f || u == 0x061c || (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
}

double digitWidth(const QFontMetricsF& metrics)
{
    double widest = 0;
    for (char c = '0'; c <= '9'; ++c)
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(c)));
    return widest;
}

} // namespace

QString displayText(std::string_view utf8)
{
    QString text = QString::fromUtf8(utf8.data(), std::min(qsizetype(utf8.size()), kLongestShown * 4));
    if (text.size() > kLongestShown)
        text.truncate(kLongestShown);
    for (QChar& c : text) {
        if ((c.unicode() < 0x20 && c != u'\t') || turnsText(c))
            c = QChar::ReplacementCharacter;
    }
    return text;
}

QString elideMiddle(const QString& text, const QFontMetricsF& metrics, double width)
{
    // A name far longer than the box is cut by count first, so that measuring stays cheap.
    const qsizetype most = qsizetype(width / 2) + 8;
    QString candidate = text;
    if (text.size() > most)
        candidate = text.left(most / 2) + QChar(0x2026) + text.right(most / 2);
    else if (metrics.horizontalAdvance(text) <= width)
        return text;
    const QString elided = metrics.elidedText(candidate, Qt::ElideMiddle, width);
    return elided.size() < 3 ? QString() : elided;
}

QString elidePath(const QString& text, const QFontMetricsF& metrics, double width)
{
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    for (qsizetype at = text.indexOf(u'/', 1); at >= 0; at = text.indexOf(u'/', at + 1)) {
        const QString rest = QChar(0x2026) + text.mid(at);
        if (metrics.horizontalAdvance(rest) <= width)
            return rest;
    }
    return elideMiddle(text.mid(text.lastIndexOf(u'/') + 1), metrics, width);
}

QStringList wrappedLines(const QString& text, const QFont& font, double width, int most)
{
    QStringList lines;
    QTextLayout layout(text, font);
    layout.beginLayout();
    while (lines.size() < most) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        const bool isLast = lines.size() + 1 == most;
        lines << (isLast ? QFontMetricsF(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, width)
                         : text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

LabelFitter::LabelFitter(const QFont& font)
    : m_font(font), m_metrics(font), m_baselineOffset((m_metrics.ascent() - m_metrics.descent()) / 2)
{
    for (std::size_t c = 0; c < m_ascii.size(); ++c)
        m_ascii[c] = m_metrics.horizontalAdvance(QLatin1Char(char(c)));
}

double LabelFitter::advance(QChar c) const
{
    if (c.unicode() < m_ascii.size())
        return m_ascii[c.unicode()];
    auto known = m_others.find(c.unicode());
    if (known == m_others.end())
        known = m_others.insert(c.unicode(), m_metrics.horizontalAdvance(c));
    return *known;
}

double LabelFitter::width(const QString& text) const
{
    double width = 0;
    for (const QChar c : text)
        width += advance(c);
    return width;
}

QString LabelFitter::elide(const QString& text, double width) const
{
    if (this->width(text) <= width)
        return text;
    // From both ends inwards, as far as the room goes.
    const QChar ellipsis(0x2026);
    double room = width - advance(ellipsis);
    qsizetype left = 0;
    qsizetype right = text.size();
    while (left < right) {
        const bool takeLeft = left <= text.size() - right;
        room -= advance(takeLeft ? text[left] : text[right - 1]);
        if (room < 0)
            break;
        if (takeLeft)
            ++left;
        else
            --right;
    }
    if (left > 0 && text[left - 1].isHighSurrogate())
        --left;
    if (right < text.size() && text[right].isLowSurrogate())
        ++right;
    if (left == 0 || right == text.size())
        return {};
    return text.left(left) + ellipsis + text.mid(right);
}

double tabularWidth(const QString& number, const QFontMetricsF& metrics)
{
    const double cell = digitWidth(metrics);
    double width = 0;
    for (const QChar c : number)
        width += c.isDigit() ? cell : metrics.horizontalAdvance(c);
    return width;
}

void drawTabular(QPainter& painter, const QRectF& rect, const QString& number)
{
    const QFontMetricsF metrics(painter.font());
    const double cell = digitWidth(metrics);
    const double baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    double right = rect.right();
    for (qsizetype i = number.size(); i-- > 0;) {
        const QChar c = number[i];
        const double advance = metrics.horizontalAdvance(c);
        const double width = c.isDigit() ? cell : advance;
        painter.drawText(QPointF(right - (width + advance) / 2, baseline), QString(c));
        right -= width;
    }
}

} // namespace sundial
