// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kept_threads.h"

#include <QThreadPool>

#include <latch>
#include <memory>

namespace sundial
{

void keepThreads(QThreadPool& pool)
{
    pool.setExpiryTimeout(-1);
    const auto allAsked = std::make_shared<std::latch>(1); // a thread that was done would take the next job as well
    for (int i = pool.maxThreadCount() - pool.activeThreadCount(); i > 0; --i)
        pool.start([allAsked] { allAsked->wait(); });
    allAsked->count_down();
}

} // namespace sundial
