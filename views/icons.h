// SPDX-License-Identifier: GPL-3.0-or-later
// The drawn icons of resources/icons in the colours of a theme.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace sundial
{

/// The icon `name` (its file name without .svg) of `size` logical pixels; cached by name, colour, size and pixel ratio.
QPixmap iconPixmap(const QString& name, const QColor& color, int size, double devicePixelRatio);
/// For buttons and menus: normal and disabled in two colours, at every pixel ratio.
QIcon themedIcon(const QString& name, const QColor& color, const QColor& disabledColor);

} // namespace sundial
