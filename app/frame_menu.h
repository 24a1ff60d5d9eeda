// SPDX-License-Identifier: GPL-3.0-or-later
// The one context menu of a frame, the same in every view.
#pragma once

#include "app/pipeline.h"
#include "views/models/function_rows_text.h"

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace sundial
{

/// What the window does for the menu; zooming, selecting and copying the menu does itself.
struct FrameMenuHandlers {
    std::function<void(FrameId)> showCallers, showCallees;
    std::function<void(FrameId)> findInGraph;
    std::function<void(FrameId)> setGraphRoot;
    std::function<void(FrameId)> showSource, openInEditor;
    std::function<void(FrameId, RowsFormat)> copyRow;
    std::function<void(FrameId)> zoomToFunction; ///< To its largest place in the tree.
    QList<QAction*> ofPicture;                   ///< What a click beside all frames offers.
};

/// For `frame`, at `node` of the tree if it was clicked there; for the picture if there is neither. Deletes itself when
/// it closes.
QMenu* makeFrameMenu(ViewContext* context, Pipeline* pipeline, FrameId frame, NodeId node,
                     const FrameMenuHandlers& handlers, QWidget* parent);

/// Copies the name of the selected function, if there is one.
void copySelectedName(const ViewContext& context);

} // namespace sundial
