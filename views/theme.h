// SPDX-License-Identifier: GPL-3.0-or-later
// Colours, sizes and fonts of the window and of exported pictures. The colours come from resources/tokens.json, where
// their contrasts are checked; nothing else in views/ or app/ names a colour.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>

namespace sundial
{

/// One theme's colours, by the names of tokens.json.
struct Theme {
    bool isDark = false;
    struct {
        QColor window, header, panel, sunken, raised, hover;
    } surface;
    struct {
        QColor hair, strong, control;
    } line;
    struct {
        QColor primary, secondary, tertiary, disabled, onAccent;
    } text;
    struct {
        QColor base, hover, text, soft;
    } accent;
    struct {
        QColor row, outline, halo;
    } selection;
    QColor focus;
    struct {
        QColor fill, line;
    } match;
    struct {
        QColor lessText, lessSoft, moreText, moreSoft, warnText, warnSoft, errorText, errorSoft, movedText, movedSoft,
            sameText, sameSoft;
    } status;
    struct {
        QColor newText, newFill, removedText, removedLine;
    } change;
    static constexpr std::size_t kHues = 9;
    struct {
        QColor own, builtin, other;
        std::array<QColor, kHues> hues; ///< For the modules with the largest self, by rank.
    } module;
    std::array<QColor, 7> heat;      ///< Little to much.
    std::array<QColor, 9> diverging; ///< Less (0) to more (8); 4 is inside the noise.

    static const Theme& light();
    static const Theme& dark();
    static const Theme& of(bool isDark) { return isDark ? dark() : light(); }

    /// For Fusion widgets.
    QPalette palette() const;
    /// A module's colour for legends and swatches: lighter than the fill in the dark theme, where small areas drown.
    QColor swatch(const QColor& fill) const { return isDark ? fill.lighter(130) : fill; }
    /// The heat step for a fraction of the largest value.
    static std::size_t heatStep(double fraction);
    const QColor& heatAt(double fraction) const { return heat[heatStep(fraction)]; }
};

/// `px` is a size for a 13 px body font; scaled to the application's.
int scaled(int px);
double scaledF(double px);

/// The application's family in one of the design's sizes (11, 12, 13, 14, 15, 16, 17, 20, 26) and weights (400, 600).
QFont uiFont(int px, int weight = QFont::Normal);
/// The first installed of the design's families for source code.
QFont monoFont(int px);
/// Sets the application font: the desktop's, or Inter and its fallbacks where the platform gives none (offscreen).
void installApplicationFont();

} // namespace sundial
