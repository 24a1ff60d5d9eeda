// SPDX-License-Identifier: GPL-3.0-or-later
// How standard widgets look: Fusion with buttons, fields and scroll bars drawn from the tokens. With it, a QToolButton
// or a QLineEdit anywhere in the window is right without a style sheet.
#pragma once

#include "views/theme.h"

#include <QProxyStyle>
#include <QStyleOption>

namespace sundial
{

/// Dynamic properties that widgets set: `primary` (the one filled button of a screen), `quiet` (no border until
/// hovered), `segment` (a tab in a row of tabs), `chip` (a pill), `warn` (a mark
/// of caution).
class SundialStyle : public QProxyStyle
{
    Q_OBJECT

public:
    explicit SundialStyle(const Theme& theme);

    void setTheme(const Theme& theme) { m_theme = &theme; }

    using QProxyStyle::polish;
    /// Makes every label plain text, those of tooltips and message boxes too, unless it says RichText itself: words of
    /// a file are never markup.
    void polish(QWidget* widget) override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    /// What does not fit into the menu bar is behind an icon of ours; all others are Qt's.
    QIcon standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* result) const override;

private:
    void drawButtonPanel(const QStyleOption* option, QPainter* painter, const QWidget* widget) const;
    void drawToolButton(const QStyleOptionToolButton& option, QPainter* painter, const QWidget* widget) const;
    void drawScrollBar(const QStyleOptionSlider& option, QPainter* painter) const;
    void drawFocusRing(QPainter* painter, const QRectF& rect, double radius) const;

    const Theme* m_theme;
};

} // namespace sundial
