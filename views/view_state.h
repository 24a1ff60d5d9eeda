// SPDX-License-Identifier: GPL-3.0-or-later
// What all views of one window share, as one value.
#pragma once

#include "model/ids.h"

#include <QString>

namespace sundial
{

/// What the fill of boxes and nodes tells. Change: in comparisons only.
enum class ColorBy : std::uint8_t { Module, Self, Total, File, Kind, Change };

/// A view changes a copy and gives it to ViewContext::update(), which emits stateChanged(before) once, and only if
/// something differs. Hover is not in here: it stays in its view.
struct ViewState {
    NodeId zoomRoot{0};
    FrameId selected;    ///< A frame, not a node, so that trees, graphs and tables agree on it.
    NodeId selectedNode; ///< The place where it was selected, if in a tree: the first to show.
    QString search;
    ColorBy colorBy = ColorBy::Module;
    bool inTimeOrder = false; ///< The icicle shows what happened one after another, thread by thread.
    bool operator==(const ViewState&) const = default;
};

} // namespace sundial
