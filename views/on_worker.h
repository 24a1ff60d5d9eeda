// SPDX-License-Identifier: GPL-3.0-or-later
// What a view computes away from the window's thread.
#pragma once

#include "model/memory_guard.h"

#include <QTimer>
#include <QtConcurrentRun>

#include <memory>
#include <new>

namespace sundial
{

/// Runs `job` on a worker and calls `done` with its result on the thread of `owner`, unless that is gone by then. If
/// memory runs out meanwhile, `done` gets a default-constructed result, and std::bad_alloc is thrown in the event loop
/// of `owner`: what is open is closed there, as where memory runs out while it is painted (see GuardedApplication).
template <class Job, class Done> void onWorker(QObject* owner, Job job, Done done)
{
    using Value = std::decay_t<decltype(job())>;
    using Shared = std::shared_ptr<Result<Value>>; // QFuture wants its results default-constructible
    QtConcurrent::run([job = std::move(job)]() -> Shared {
        return std::make_shared<Result<Value>>(withinMemory([&job]() -> Result<Value> { return job(); }));
    }).then(owner, [owner, done = std::move(done)](const Shared& result) mutable {
        if (*result)
            return done(**result);
        QTimer::singleShot(0, owner, [] { throw std::bad_alloc(); });
        done(Value());
    });
}

} // namespace sundial
