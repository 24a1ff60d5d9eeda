// SPDX-License-Identifier: GPL-3.0-or-later
// A change in words: for hover cards, the status bar and the table.
#pragma once

#include "model/compare_analysis.h"
#include "views/frame_card.h"

namespace sundial
{

/// A node of the union tree: before, after and change there.
FrameCard describeNodeChange(const ViewContext& context, NodeId node);
/// A function wherever it stands: self, total and calls on both sides, what the change is made of, how it was matched.
FrameCard describeFunctionChange(const ViewContext& context, FrameId row);

/// "420 → 12,600", "—" where a side does not count.
QString callsChangeText(const Comparison& comparison, FrameId row);
/// "0.73×", "new", "gone" or "same".
QString ratioText(const CompareAnalysis& comparison, FrameId row);

} // namespace sundial
