// SPDX-License-Identifier: GPL-3.0-or-later
// "Export picture…": the current view as PNG, SVG or PDF.
#pragma once

class QString;
class QWidget;

namespace sundial
{

class View;

/// Asks where to, and writes. A file that could not be written is told, and an old one of that name survives.
void exportPictureOf(View* view, const QString& profilePath, QWidget* parent);

} // namespace sundial
