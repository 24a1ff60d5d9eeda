// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/async_loader.h"

#include "app/loader.h"
#include "model/compare_analysis.h"
#include "model/memory_guard.h"

#include <QFileInfo>
#include <QtConcurrentRun>

namespace sundial
{

namespace
{

constexpr int kQuietMs = 200; // what is faster than this shows no progress: it would only flicker
constexpr int kPollMs = 100;

Result<AnalysisPtr> loadAnalysis(const QString& path, Progress& progress)
{
    Result<ProfilePtr> profile = loadFile(path, {}, progress);
    if (!profile)
        return profile.error();
    return analyse(*profile, MetricId{0}, progress);
}

Result<ComparedSide> loadSide(const QStringList& paths, Progress& progress)
{
    ComparedSide side;
    for (const QString& path : paths) {
        Result<AnalysisPtr> run = loadAnalysis(path, progress);
        if (!run) {
            Error error = run.error();
            if (paths.size() > 1)
                error.message = QFileInfo(path).fileName().toStdString() + ": " + error.message;
            return error;
        }
        side.runs.push_back(*run);
    }
    side.name = QFileInfo(paths.front()).fileName().toStdString();
    if (paths.size() > 1)
        side.name += " and " + std::to_string(paths.size() - 1) + " more";
    return side;
}

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
    m_isComparison = false;
    start(path, [path](Progress& progress) { return loadAnalysis(path, progress); });
}

void AsyncLoader::loadComparison(const QStringList& before, const QStringList& after, const CompareOptions& options)
{
    m_isComparison = true;
    start(after.front(), [before, after, options](Progress& progress) -> Result<AnalysisPtr> {
        Result<ComparedSide> beforeSide = loadSide(before, progress);
        if (!beforeSide)
            return beforeSide.error();
        Result<ComparedSide> afterSide = loadSide(after, progress);
        if (!afterSide)
            return afterSide.error();
        return analyseComparison(*beforeSide, *afterSide, options, CompareWidth::Larger, progress);
    });
}

void AsyncLoader::start(const QString& path, std::function<Result<AnalysisPtr>(Progress&)> job)
{
    if (m_progress)
        m_progress->cancel();
    m_path = path;
    m_progress = std::make_shared<Progress>();
    m_isLoading = true;
    m_since.start();
    m_poll.start();
    // The worker owns what it needs by value; setFuture drops the result of the load before.
    m_watcher.setFuture(QtConcurrent::run([job = std::move(job), progress = m_progress]() -> LoadResult {
        return std::make_shared<Result<AnalysisPtr>>(withinMemory([&] { return job(*progress); }));
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
