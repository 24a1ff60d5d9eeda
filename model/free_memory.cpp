// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/free_memory.h"

#include <cstdlib>
#ifdef __GLIBC__
#    include <malloc.h>
#endif

namespace sundial
{

void returnFreeMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace sundial
