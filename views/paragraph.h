// SPDX-License-Identifier: GPL-3.0-or-later
// Wrapped plain text that can be selected.
#pragma once

#include <QLabel>
#include <QVarLengthArray>

namespace sundial
{

/// Its text does not change, and it remembers its height by width: QLabel lays the text out for every size that a
/// layout asks for, which for a page of them takes longer than a frame has.
class Paragraph : public QLabel
{
    Q_OBJECT

public:
    Paragraph(const QString& text, const QFont& font, QWidget* parent = nullptr);

    int heightForWidth(int width) const override;
    /// A short line: who lays it out asks for the height at a width.
    QSize sizeHint() const override { return m_least; }
    QSize minimumSizeHint() const override { return m_least; }

private:
    QSize m_least;
    mutable QVarLengthArray<QSize, 8> m_known; ///< Widths that were asked for, and what they need.
};

} // namespace sundial
