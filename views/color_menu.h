// SPDX-License-Identifier: GPL-3.0-or-later
// The choice of what colours tell, shared by all pictures: "Colour: module ▾".
#pragma once

class QToolButton;
class QWidget;

namespace sundial
{

class ViewContext;

/// A button with a menu of all colourings; it changes the context's state and follows it.
QToolButton* makeColorMenu(ViewContext* context, QWidget* parent);

} // namespace sundial
