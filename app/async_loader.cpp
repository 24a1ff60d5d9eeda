// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/async_loader.h"

#include "app/loader.h"

#include <QtConcurrentRun>

namespace sundial
{

namespace
{

constexpr int kQuietMs = 200; // what is faster than this shows no progress: it would only flicker
constexpr int kPollMs = 100;

} // namespace

AsyncLoader::AsyncLoader(QObject* parent) : QObject(parent)
{
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_since.elapsed() >= kQuietMs)
            emit progressed(m_progress->done(), m_progress->total(), m_since.elapsed());
    });
    connect(&m_watcher, &QFutureWatcher<LoadResult>::finished, this, &AsyncLoader::finish);
}

AsyncLoader::~AsyncLoader()
{
    if (m_progress)
        m_progress->cancel();
    m_watcher.waitForFinished();
}

void AsyncLoader::load(const QString& path)
{
    if (m_progress)
        m_progress->cancel();
    m_path = path;
    m_progress = std::make_shared<Progress>();
    m_isLoading = true;
    m_since.start();
    m_poll.start();
    // The worker owns what it needs by value; setFuture drops the result of the load before.
    m_watcher.setFuture(QtConcurrent::run([path, progress = m_progress]() -> LoadResult {
        Result<ProfilePtr> profile = loadFile(path, {}, *progress);
        if (!profile)
            return std::make_shared<Result<AnalysisPtr>>(profile.error());
        return std::make_shared<Result<AnalysisPtr>>(analyse(*profile, MetricId{0}, *progress));
    }));
}

void AsyncLoader::cancel()
{
    if (m_progress)
        m_progress->cancel();
}

void AsyncLoader::finish()
{
    m_poll.stop();
    m_isLoading = false;
    const LoadResult result = m_watcher.result();
    if (*result)
        emit loaded(m_path, **result);
    else
        emit failed(m_path, result->error());
}

} // namespace sundial
