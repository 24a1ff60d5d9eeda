// SPDX-License-Identifier: GPL-3.0-or-later
// How tiles write their number: one place for those that are buttons and those that only tell.
#pragma once

#include "views/theme.h"

class QPainter;
class QRectF;
class QString;

namespace sundial
{

/// `value` large at the lower left of `inner`, `note` small at the lower right if both have room: numbers are never
/// cut, the note gives way.
void paintTileValue(QPainter& painter, const QRectF& inner, const QString& value, const QString& note,
                    const Theme& theme);

} // namespace sundial
