// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/capture.h"

namespace sundial::memray
{

std::uint32_t Capture::threadIndex(std::uint64_t id)
{
    const auto [entry, isNew] = m_threadById.try_emplace(id, std::uint32_t(threads.size()));
    if (isNew) {
        const std::uint32_t root = stacks.addRoot();
        threads.push_back({id, {}, root, root});
    }
    return entry->second;
}

} // namespace sundial::memray
