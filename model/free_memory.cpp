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

void mapLargeBlocks()
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    mallopt(M_MMAP_MAX, 1 << 15); // a process may have 65,530 mappings; beyond ours the heap serves
#endif
}

} // namespace sundial
