// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/paragraph.h"

#include <QFontMetrics>

#include <algorithm>

namespace sundial
{

Paragraph::Paragraph(const QString& text, const QFont& font, QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setFont(font);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setText(text);
    qsizetype longest = 0, first = 0;
    for (qsizetype start = 0; start < text.size();) {
        qsizetype end = start;
        while (end < text.size() && !text[end].isSpace())
            ++end;
        if (end - start > longest) {
            longest = end - start;
            first = start;
        }
        start = end + 1;
    }
    const QFontMetrics metrics(font);
    m_word = {metrics.horizontalAdvance(text.mid(first, longest)) + 1, metrics.height()};
}

int Paragraph::heightForWidth(int width) const
{
    const auto isKnown = [width](const QSize& known) { return known.width() == width; };
    if (const auto known = std::find_if(m_known.begin(), m_known.end(), isKnown); known != m_known.end())
        return known->height();
    if (m_known.size() == m_known.capacity())
        m_known.clear();
    m_known.append({width, QLabel::heightForWidth(width)});
    return m_known.back().height();
}

} // namespace sundial
