// SPDX-License-Identifier: GPL-3.0-or-later
// The function card's page about one function.
#pragma once

#include "model/function_edges.h"
#include "views/blocks_strip.h"
#include "views/ranked_section.h"
#include "views/share_strip.h"
#include "views/stack_section.h"
#include "views/stat_tile.h"
#include "views/view_context.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace sundial
{

class ElidedLabel;

class FunctionPage : public QWidget
{
    Q_OBJECT

public:
    explicit FunctionPage(const ViewContext* context, QWidget* parent = nullptr);

    /// `components` are those of the context's graph.
    void showFunction(FrameId function, const Components& components);
    /// Where it was selected in a picture, or none.
    void showPlace(NodeId place);
    void applyTheme();

    const ShareStrip& strip() const { return *m_strip; }
    const BlocksStrip& blocks() const { return *m_blocks; }
    RankedSection& callers() { return *m_callers; }
    RankedSection& callees() { return *m_callees; }
    StackSection& stack() { return *m_stack; }

signals:
    void functionActivated(FrameId function);
    void placeActivated(FrameId function, NodeId place);
    void openInEditorRequested(FrameId function);

private:
    QWidget* makeHeading();
    QWidget* makeBlocks();
    void showTiles(FrameId function);
    void showBlocks(FrameId function);
    void showBlocksOverTime(FrameId function);
    void showStrip(FrameId function, const Components& components);
    void showEdges(RankedSection& section, const QString& title, const FunctionEdges& edges, FrameId function,
                   bool areCallers);
    RankedRow edgeRow(const Edge& edge, FrameId other, FrameId function, bool isOutside, const DisplayUnit& unit,
                      double largest) const;

    const ViewContext* m_context;
    FrameId m_function;
    QLabel* m_swatch;
    ElidedLabel* m_name;
    ElidedLabel* m_location;
    QToolButton* m_copy;
    QToolButton* m_editor;
    StatTile* m_self;
    StatTile* m_total;
    StatTile* m_calls;
    StatTile* m_perCall;
    QLabel* m_stripTitle;
    ShareStrip* m_strip;
    QWidget* m_blocksBox;
    QLabel* m_blocksTitle;
    QLabel* m_blocksMost;
    BlocksStrip* m_blocks; ///< Of captures with single allocations.
    RankedSection* m_callers;
    RankedSection* m_callees;
    StackSection* m_stack;
};

} // namespace sundial
