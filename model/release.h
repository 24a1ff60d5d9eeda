// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of containers that have done their work.
#pragma once

namespace sundial
{

/// Empties a container and gives its memory back. clear() keeps the capacity, and so does `= {}`, which for a vector is
/// an assignment of no elements.
template <class Container> void release(Container& container)
{
    Container().swap(container);
}

} // namespace sundial
