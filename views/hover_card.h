// SPDX-License-Identifier: GPL-3.0-or-later
// The card beside the pointer.
#pragma once

#include "views/frame_card.h"

#include <QWidget>

namespace sundial
{

/// A child of the top-level window that floats over it, never takes the pointer or the focus, and flips at its edges.
class HoverCard : public QWidget
{
    Q_OBJECT

public:
    explicit HoverCard(QWidget* window);

    /// Shows `card` beside `globalPosition`.
    void showCard(const FrameCard& card, const Theme& theme, const QPoint& globalPosition);
    const FrameCard& card() const { return m_card; }
    /// The one card of `widget`'s window, made on first use.
    static HoverCard* of(QWidget* widget);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int contentHeight() const;

    FrameCard m_card;
    const Theme* m_theme = nullptr;
};

} // namespace sundial
