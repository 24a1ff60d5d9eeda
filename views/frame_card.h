// SPDX-License-Identifier: GPL-3.0-or-later
// What there is to say about one frame at one place: the same text in the hover card, the status bar and for
// assistive technology.
#pragma once

#include "views/view_context.h"

#include <QString>

#include <vector>

namespace sundial
{

struct CardRow {
    QString label; ///< "Self"
    QString value; ///< "≈ 32.45 ms"
    QString share; ///< "≈ 1.4 %"; may be empty.
};

struct FrameCard {
    QColor swatch;
    QString title;
    QString location;
    std::vector<CardRow> rows;
    QString footnote; ///< A sentence: why a number is an estimate, what a folded node stands for.
};

/// The name to write into a box: a frame's, "14 smaller", "(unattributed)", or `rootName` for node 0.
QString nodeName(const Analysis& analysis, NodeId node, const QString& rootName);
/// True if a node's total is a guess (PRODUCT: estimated), so that its numbers carry ≈.
bool isGuess(const Analysis& analysis, NodeId node);

/// A node of the tree: self and total there, its interval where estimated, share of parent.
FrameCard describeNode(const ViewContext& context, NodeId node);
/// The same in another tree of the profile that is open: callers or callees of one function.
FrameCard describeNode(const ViewContext& context, const Analysis& analysis, NodeId node);
/// A function wherever it stands: exact self, total, calls, per call.
FrameCard describeFrame(const ViewContext& context, FrameId frame);
/// The card in one line, for the status bar.
QString oneLine(const FrameCard& card);

} // namespace sundial
