// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of a tree for assistive technology: a Tree, whose boxes are TreeItems made on demand.
#pragma once

#include "model/ids.h"

namespace sundial
{

class TreeView;

/// Makes Qt ask us for the interface of TreeViews; any number of calls.
void installTreeAccessibility();
/// Tells that the keyboard is at `node`.
void notifyFocused(TreeView* view, NodeId node);
/// Forgets the items of a tree that is gone.
void forgetTreeItems(TreeView* view);

} // namespace sundial
