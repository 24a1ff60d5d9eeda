// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that runs out, as an Error: the door through which no std::bad_alloc leaves a folder.
#pragma once

#include "model/result.h"

#include <new>
#include <stdexcept>

namespace sundial
{

/// A sentence with its cure.
Error outOfMemory();

/// Runs `job`, which returns a Result or an optional Error. What it had taken is free again when memory runs out.
/// Around parseAny(), analyse(), expanded() and loadFile(), whose errors are TooLarge then.
template <class Job> auto withinMemory(Job&& job) -> decltype(job())
{
    try {
        return job();
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    } catch (const std::length_error&) { // more than a container can hold at all
        return outOfMemory();
    }
}

} // namespace sundial
