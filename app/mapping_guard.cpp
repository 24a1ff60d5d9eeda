// SPDX-License-Identifier: GPL-3.0-or-later
// The handler of SIGBUS puts zero pages over what is gone, from the page that was touched to the mapping's end, and
// lets the reader go on. It may call async-signal-safe functions alone and shares nothing but atomics with the guards.
#include "app/mapping_guard.h"

#include <sys/mman.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <unistd.h>

namespace sundial
{

namespace
{

struct Slot {
    std::atomic<bool> isTaken{false};
    std::atomic<std::uintptr_t> begin{0};
    std::atomic<std::uintptr_t> end{0}; ///< Of the last page. 0: nothing to guard yet.
    std::atomic<bool> wasCut{false};
};

std::array<Slot, MappingGuard::kMost> guarded;
std::uintptr_t pageSize = 4096;
struct sigaction previousAction;

/// Whether the address was in a guarded mapping, which can be read now.
bool coverWithZeros(std::uintptr_t address)
{
    for (Slot& slot : guarded) {
        const std::uintptr_t end = slot.end;
        if (address < slot.begin || address >= end)
            continue;
        slot.wasCut = true;
        const std::uintptr_t page = address & ~(pageSize - 1);
        return mmap(reinterpret_cast<void*>(page), end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
                    0) != MAP_FAILED;
    }
    return false;
}

void onBusError(int, siginfo_t* info, void*)
{
    if (!coverWithZeros(reinterpret_cast<std::uintptr_t>(info->si_addr)))
        sigaction(SIGBUS, &previousAction, nullptr); // the access is tried again, and ends as it would have without us
}

void installHandler()
{
    static std::once_flag once;
    std::call_once(once, [] {
        pageSize = std::uintptr_t(sysconf(_SC_PAGESIZE));
        struct sigaction action = {};
        action.sa_sigaction = onBusError;
        action.sa_flags = SA_SIGINFO;
        sigemptyset(&action.sa_mask);
        sigaction(SIGBUS, &action, &previousAction);
    });
}

} // namespace

MappingGuard::MappingGuard(std::string_view mapped)
{
    installHandler();
    for (std::size_t i = 0; i < guarded.size(); ++i) {
        Slot& slot = guarded[i];
        if (slot.isTaken.exchange(true))
            continue;
        const auto begin = reinterpret_cast<std::uintptr_t>(mapped.data());
        slot.wasCut = false;
        slot.begin = begin;
        slot.end = (begin + mapped.size() + pageSize - 1) & ~(pageSize - 1);
        m_slot = i;
        return;
    }
}

MappingGuard::~MappingGuard()
{
    if (m_slot == kMost)
        return;
    guarded[m_slot].end = 0;
    guarded[m_slot].isTaken = false;
}

bool MappingGuard::wasCut() const
{
    return m_slot != kMost && guarded[m_slot].wasCut;
}

} // namespace sundial
