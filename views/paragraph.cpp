// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/paragraph.h"

#include <QFontMetrics>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr int kLeastCharacters = 12; // a line: where a path is longer, it breaks behind a slash

} // namespace

Paragraph::Paragraph(const QString& text, const QFont& font, QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setFont(font);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setText(text);
    m_least = {QFontMetrics(font).averageCharWidth() * kLeastCharacters, QFontMetrics(font).height()};
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
