// SPDX-License-Identifier: GPL-3.0-or-later
// The call stack of a place in the tree, as a list: the function itself first, then who called it, up to the root.
#pragma once

#include "views/ranked_section.h"
#include "views/view_context.h"

namespace sundial
{

class StackSection : public RankedSection
{
    Q_OBJECT

public:
    explicit StackSection(QWidget* parent = nullptr);

    /// Hidden without a place. O(depth).
    void showStack(const ViewContext& context, NodeId place);
};

} // namespace sundial
