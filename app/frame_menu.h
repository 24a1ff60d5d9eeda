// SPDX-License-Identifier: GPL-3.0-or-later
// The one context menu of a frame, the same in every view.
#pragma once

#include "app/pipeline.h"

#include <functional>

class QMenu;
class QWidget;

namespace sundial
{

/// What the window does for the menu; zooming, selecting and copying the menu does itself.
struct FrameMenuHandlers {
    std::function<void(FrameId)> showCallers;
    std::function<void(FrameId)> findInGraph;
    std::function<void(FrameId)> setGraphRoot;
    std::function<void(FrameId)> showSource;
    std::function<void(FrameId)> zoomToFunction; ///< To its largest place in the tree.
};

/// For `frame`, at `node` of the tree if it was clicked there. Deletes itself when it closes.
QMenu* makeFrameMenu(ViewContext* context, Pipeline* pipeline, FrameId frame, NodeId node,
                     const FrameMenuHandlers& handlers, QWidget* parent);

/// Copies the name of the selected function, if there is one.
void copySelectedName(const ViewContext& context);

} // namespace sundial
