// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader says of a place in the tree: units as words, no signs.
#pragma once

#include "model/analysis.h"

#include <QString>

namespace sundial
{

/// "order_total, shop/report.py line 30".
QString spokenName(const Analysis& analysis, NodeId node);
/// "total 251 milliseconds, 10.8 percent, estimated; self 12 milliseconds; level 6, child 2 of 5, 3 children; my code".
/// `position` counts from 1 among `siblings`.
QString spokenDescription(const Analysis& analysis, NodeId node, int position, int siblings, int children);

} // namespace sundial
