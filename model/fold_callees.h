// SPDX-License-Identifier: GPL-3.0-or-later
// Functions that only one side of a comparison tells from their callers: built-ins, which samplers do not see, and
// comprehensions, which Python inlines from 3.12 on. A verdict must not take them for gone, nor their callers for
// dearer.
#pragma once

#include "model/diff.h"

namespace sundial
{

/// Fills `inCaller` and `judgedDelta` of a comparison whose sides are complete, and notes what was done.
/// O(functions + edges of what is folded).
void judgeBySelf(Comparison& comparison);

} // namespace sundial
