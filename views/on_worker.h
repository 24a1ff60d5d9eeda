// SPDX-License-Identifier: GPL-3.0-or-later
// What a view computes away from the window's thread.
#pragma once

#include "model/memory_guard.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QtConcurrentRun>

#include <memory>
#include <new>
#include <utility>

namespace sundial
{

/// Runs `job` on a worker and calls `done` with its result, which can be copied, on the thread of `owner`, which is the
/// caller's, unless `owner` is gone by then. QFuture::then() with a context is not for owners that may go: it asserts
/// that they live (Qt 6.4), in the worker.
template <class Job, class Done> void runThen(QObject* owner, Job job, Done done)
{
    auto* const watcher = new QFutureWatcher<std::decay_t<decltype(job())>>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner, [watcher, done = std::move(done)]() mutable {
        watcher->deleteLater();
        done(watcher->result());
    });
    watcher->setFuture(QtConcurrent::run(std::move(job)));
}

/// As runThen(), with any result. If memory runs out meanwhile, `done` gets a default-constructed result, and
/// std::bad_alloc is thrown in the event loop of `owner`: what is open is closed there, as where memory runs out while
/// it is painted (see GuardedApplication).
template <class Job, class Done> void onWorker(QObject* owner, Job job, Done done)
{
    using Value = std::decay_t<decltype(job())>;
    using Shared = std::shared_ptr<Result<Value>>; // QFuture wants its results default-constructible
    const auto guarded = [job = std::move(job)]() mutable -> Shared {
        return std::make_shared<Result<Value>>(withinMemory([&job]() -> Result<Value> { return job(); }));
    };
    runThen(owner, guarded, [owner, done = std::move(done)](const Shared& result) mutable {
        if (*result)
            return done(**result);
        QTimer::singleShot(0, owner, [] { throw std::bad_alloc(); });
        done(Value());
    });
}

} // namespace sundial
