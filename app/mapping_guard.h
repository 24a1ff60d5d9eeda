// SPDX-License-Identifier: GPL-3.0-or-later
// A mapped file that becomes shorter while it is read: the system would end the process (SIGBUS) when a byte behind the
// new end is touched.
#pragma once

#include <cstddef>
#include <string_view>

namespace sundial
{

/// While it lives, bytes of the mapping that are gone read as zeros, and wasCut() tells. Any thread may read meanwhile.
/// Has to go before the mapping does. There may be kMost at once; further ones guard nothing.
class MappingGuard
{
public:
    static constexpr std::size_t kMost = 64;

    explicit MappingGuard(std::string_view mapped);
    MappingGuard(const MappingGuard&) = delete;
    MappingGuard& operator=(const MappingGuard&) = delete;
    ~MappingGuard();

    bool wasCut() const;

private:
    std::size_t m_slot = kMost; ///< kMost: none was free.
};

} // namespace sundial
