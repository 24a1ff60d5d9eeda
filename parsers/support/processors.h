// SPDX-License-Identifier: GPL-3.0-or-later
// How many processors this process may use.
#pragma once

#include <algorithm>
#include <thread>

#ifdef __linux__
#    include <sched.h>
#endif

namespace sundial
{

/// At least one. Unlike std::thread::hardware_concurrency() it heeds taskset and cpusets.
inline unsigned allowedProcessors()
{
#ifdef __linux__
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
        return unsigned(std::max(1, CPU_COUNT(&allowed)));
#endif
    return std::max(1u, std::thread::hardware_concurrency());
}

} // namespace sundial
