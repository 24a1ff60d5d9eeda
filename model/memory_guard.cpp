// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/memory_guard.h"

namespace sundial
{

Error outOfMemory()
{
    return {ErrorKind::TooLarge, "There is not enough free memory for it.", Error::kNoOffset,
            "Close other profiles and programs, or raise the limit (ulimit -v), and try again."};
}

} // namespace sundial
