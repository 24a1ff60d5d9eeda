// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/read_pages.h"

#if __has_include(<sys/mman.h>)
#    include <sys/mman.h>

#    include <unistd.h>
#endif

#include <cstdint>

namespace sundial
{

void ReadPages::letGo(std::size_t offset)
{
#if __has_include(<sys/mman.h>)
    // A read-only mapping of a file: what is dropped is read again if it is touched, and nothing can be lost.
    static const auto pageBytes = std::uintptr_t(sysconf(_SC_PAGESIZE));
    const auto address = reinterpret_cast<std::uintptr_t>(m_text.data());
    const std::uintptr_t first = (address + m_done + pageBytes - 1) / pageBytes * pageBytes;
    const std::uintptr_t end = (address + offset) / pageBytes * pageBytes;
    if (first < end)
        madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
    m_done = end - address;
#else
    m_done = offset;
#endif
}

} // namespace sundial
