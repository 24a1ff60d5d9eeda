// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/snapshots.h"

#include <algorithm>
#include <utility>

namespace sundial
{

namespace
{

constexpr std::chrono::milliseconds kAgain{100};
constexpr int kMostCost = 20;        // a snapshot that takes 1 ms is followed by 20 ms without
constexpr double kAlmostAll = 0.999; // a snapshot never claims to be the whole

thread_local Snapshots* currentSnapshots = nullptr;

} // namespace

ShowsSnapshots::ShowsSnapshots(Snapshots* snapshots) : m_before(std::exchange(currentSnapshots, snapshots)) {}

ShowsSnapshots::~ShowsSnapshots()
{
    currentSnapshots = m_before;
}

Snapshots* Snapshots::current()
{
    return currentSnapshots;
}

bool Snapshots::isWanted()
{
    const Clock::time_point now = Clock::now();
    if (now < m_next)
        return false;
    m_askedAt = now;
    m_next = now + kAgain;
    const std::lock_guard lock(m_mutex);
    return m_latest.profile == nullptr; // else whoever looks has not even seen the one before
}

void Snapshots::publish(Profile profile, double readShare)
{
    Snapshot snapshot{std::make_shared<const Profile>(std::move(profile)), std::min(readShare, kAlmostAll)};
    const Clock::time_point now = Clock::now();
    m_next = std::max(now + (now - m_askedAt) * kMostCost, m_start + (now - m_start) * 2);
    const std::lock_guard lock(m_mutex);
    m_latest = std::move(snapshot);
}

Snapshot Snapshots::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_latest, {});
}

} // namespace sundial
