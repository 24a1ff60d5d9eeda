// SPDX-License-Identifier: GPL-3.0-or-later
// "Matched with… ▸": what a function is taken for on the other side, and what else it could be.
#pragma once

#include "views/view_context.h"

class QMenu;

namespace sundial
{

class Recompare;

/// The submenu for a row of the comparison that is open. Its owner is `parent`.
QMenu* makeMatchMenu(const ViewContext& context, Recompare* recompare, FrameId row, QWidget* parent);
/// Adds that submenu, and what else a comparison offers for a function, to the context menu of a frame.
void addCompareItems(QMenu* menu, const ViewContext& context, Recompare* recompare, FrameId row);

} // namespace sundial
