// SPDX-License-Identifier: GPL-3.0-or-later
// A first picture before a file is read to its end: what a reader has so far, for whoever waits for the whole.
#pragma once

#include "model/profile.h"

#include <chrono>
#include <mutex>

namespace sundial
{

/// A profile of the part of a file that has been read.
struct Snapshot {
    ProfilePtr profile;   ///< Null: there is none.
    double readShare = 0; ///< How much of the input that is, below 1.
};

/// One reader (isWanted, publish) and one who looks (take), on two threads. The reader asks now and then, and copies
/// what it has only if asked to: at growing distances, and never so often that copying costs more than a twentieth of
/// the time it takes to read.
class Snapshots
{
public:
    /// What is read faster than `first` shows no progress either, let alone a part of itself.
    explicit Snapshots(std::chrono::milliseconds first = std::chrono::milliseconds(120)) : m_next(m_start + first) {}

    /// Those that are looked at while this thread reads; null if nobody looks. Readers that show no parts need not
    /// know.
    static Snapshots* current();

    /// Whether it is time for one. Costs as much as looking at the clock: ask every megabyte, not every sample. A
    /// reader that has nothing yet which means something need not publish; it is asked again after a while.
    bool isWanted();
    /// Hands over what was read so far.
    void publish(Profile profile, double readShare);
    /// The last one published, once; without a profile if there is no new one.
    Snapshot take();

private:
    using Clock = std::chrono::steady_clock;

    const Clock::time_point m_start = Clock::now();
    Clock::time_point m_next;
    Clock::time_point m_askedAt; ///< When the reader began to copy.
    std::mutex m_mutex;
    Snapshot m_latest;
};

/// Makes `snapshots` the thread's current ones while it lives.
class ShowsSnapshots
{
public:
    explicit ShowsSnapshots(Snapshots* snapshots);
    ~ShowsSnapshots();
    ShowsSnapshots(const ShowsSnapshots&) = delete;

private:
    Snapshots* const m_before;
};

} // namespace sundial
