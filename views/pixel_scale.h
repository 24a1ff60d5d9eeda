// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a picture that is made pixel by pixel can stand for what a painter would draw.
#pragma once

class QPainter;

namespace sundial
{

/// Pixels a unit, where the painter makes pixels and its units are a whole number of them and begin with one; otherwise
/// 0: in files of lines and curves, turned, or a part of a pixel off.
double pixelScale(const QPainter& painter);

} // namespace sundial
