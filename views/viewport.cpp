// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/viewport.h"

#include <algorithm>
#include <cmath>

namespace sundial
{

namespace
{

constexpr double kLeastSpan = 1e-11; // a thousandth of a pixel is then still five digits away from a double's end

} // namespace

int Viewport::rowAt(double y) const
{
    const double fromRoot = upward ? area.bottom() - y : y - area.top();
    return int(std::floor((fromRoot + scroll) / rowHeight));
}

double Viewport::rowTop(int row) const
{
    const double fromRoot = row * rowHeight - scroll;
    return upward ? area.bottom() - fromRoot - rowHeight : area.top() + fromRoot;
}

void Viewport::zoomAbout(double x, double factor)
{
    const double fixed = fractionAt(x);
    const double share = (x - area.left()) / area.width();
    const double span = std::clamp((end - begin) * factor, kLeastSpan, 1.0);
    begin = std::clamp(fixed - share * span, 0.0, 1.0 - span);
    end = std::min(1.0, begin + span);
}

void Viewport::panBy(double pixels)
{
    const double span = end - begin;
    begin = std::clamp(begin + pixels / pixelsPerFraction(), 0.0, 1.0 - span);
    end = std::min(1.0, begin + span);
}

void Viewport::clampScroll(int rows)
{
    scroll = std::clamp(scroll, 0.0, std::max(0.0, std::min(rows, rowLimit) * rowHeight - area.height()));
}

Viewport Viewport::between(const Viewport& from, const Viewport& to, double t)
{
    if (t >= 1)
        return to;
    // Pixel positions are fraction × scale − offset: linear in scale and offset, not in the edges.
    const auto mix = [t](double a, double b) { return a + (b - a) * t; };
    Viewport result = to;
    const double scale = mix(1 / (from.end - from.begin), 1 / (to.end - to.begin));
    const double offset = mix(from.begin / (from.end - from.begin), to.begin / (to.end - to.begin));
    result.begin = std::clamp(offset / scale, 0.0, 1.0);
    result.end = std::clamp((offset + 1) / scale, result.begin + kLeastSpan, 1.0);
    result.scroll = mix(from.scroll, to.scroll);
    result.rowHeight = mix(from.rowHeight, to.rowHeight);
    return result;
}

} // namespace sundial
