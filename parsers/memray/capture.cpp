// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/capture.h"

namespace sundial::memray
{

std::uint32_t Capture::threadIndex(std::uint64_t id)
{
    const auto [entry, isNew] = m_threadById.try_emplace(id, std::uint32_t(threads.size()));
    if (isNew) {
        Thread thread;
        thread.id = id;
        thread.framesToSkip = id == header.mainThread ? header.framesToSkip : 0;
        threads.push_back(std::move(thread));
    }
    return entry->second;
}

} // namespace sundial::memray
