// SPDX-License-Identifier: GPL-3.0-or-later
// How a long job and whoever waits for it talk: bytes done one way, "stop" the other way.
#pragma once

#include <atomic>
#include <cstdint>

namespace sundial
{

/// Shared by the worker (advanceTo) and the waiting thread (done, total, cancel). Lock-free; no callbacks, so a worker
/// never runs code of the window. Units are whatever the job counts, for files bytes of the decompressed input.
class Progress
{
public:
    void setTotal(std::uint64_t total) { m_total.store(total, std::memory_order_relaxed); }
    /// Returns false if the job has to stop. Cheap enough for every few kilobytes of input.
    bool advanceTo(std::uint64_t done)
    {
        m_done.store(done, std::memory_order_relaxed);
        return !m_cancelled.load(std::memory_order_relaxed);
    }

    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }
    bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }
    std::uint64_t done() const { return m_done.load(std::memory_order_relaxed); }
    std::uint64_t total() const { return m_total.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_done{0};
    std::atomic<std::uint64_t> m_total{0};
    std::atomic<bool> m_cancelled{false};
};

} // namespace sundial
