// SPDX-License-Identifier: GPL-3.0-or-later
// The current view on its way out of the window: into a file, onto the clipboard, onto paper.
#pragma once

class QString;
class QWidget;

namespace sundial
{

class View;

/// Asks where to, and writes. A file that could not be written is told, and an old one of that name survives.
void exportPictureOf(View* view, const QString& profilePath, QWidget* parent);
/// As it stands, twice as sharp as on screen.
void copyPictureOf(View* view);
/// Asks for a printer, then fits the picture onto one page, as vectors.
void printPictureOf(View* view, const QString& profilePath, QWidget* parent);

} // namespace sundial
