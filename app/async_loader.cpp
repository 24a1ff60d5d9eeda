// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/async_loader.h"

#include "app/kept_threads.h"
#include "app/loader.h"
#include "model/helper_thread.h"
#include "model/memory_guard.h"
#include "model/snapshots.h"
#include "views/number_text.h"
#include "views/on_worker.h"

#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

namespace sundial
{

namespace
{

constexpr int kQuietMs = 200; // what is faster than this shows no progress: it would only flicker
constexpr int kPollMs = 50;
constexpr int kMostReaders = 2; // the current one, and one before it that has still to notice that it is cancelled

Result<AnalysisPtr> loadAnalysis(const QString& path, Progress& progress, Snapshots* snapshots = nullptr)
{
    const ShowsSnapshots shows(snapshots);
    LoadOptions options;
    options.parse.nativeFrames = true;
    Result<ProfilePtr> profile = loadFile(path, options, progress);
    if (!profile)
        return profile.error();
    return analyse(*profile, MetricId{0}, progress);
}

/// The verdict on two runs of a program, in a sentence.
std::string changeOf(const ProfilePtr& before, const ProfilePtr& after)
{
    const Run runs[] = {wholeRun(before, MetricId{0}), wholeRun(after, MetricId{0})};
    const ComparisonPtr comparison = compare(makeRunSet({&runs[0], 1}), makeRunSet({&runs[1], 1}));
    return judge(*comparison, measureNoise(*comparison), {}, localeStyle()).title;
}

bool isPartial(const ComparedSide& side)
{
    return std::any_of(side.runs.begin(), side.runs.end(),
                       [](const AnalysisPtr& run) { return run->profile->isPartial; });
}

Error notWhole()
{
    return {ErrorKind::Truncated, "It ends too early: it may not have been written completely.", Error::kNoOffset,
            "Reload it once it is complete."};
}

/// The file anew, seen as `shown` is seen.
Result<LoadedAnalysis> loadAgain(const QString& path, const AnalysisPtr& shown, NewRun newRun, Progress& progress)
{
    Result<AnalysisPtr> whole = loadAnalysis(path, progress);
    if (!whole)
        return whole.error();
    const ProfilePtr& profile = (*whole)->profile;
    if (newRun == NewRun::Whole && profile->isPartial && !shown->profile->isPartial)
        return notWhole();
    LoadedAnalysis loaded{.analysis = *whole,
                          .from = shown,
                          .frames = sameFunctions(*shown, **whole),
                          .change = changeOf(shown->profile, profile)};
    const MetricId metric = sameMetric(shown->metric, *shown->profile, *profile);
    const AnalysisOptions options = sameOptions(shown->options, *shown->profile, *profile, loaded.frames);
    if (metric == (*whole)->metric && options == (*whole)->options)
        return loaded;
    const Result<AnalysisPtr> asShown = analyse(profile, metric, options, progress);
    if (!asShown)
        return asShown.error();
    loaded.analysis = *asShown;
    return loaded;
}

/// Whatever is shown of a profile, sides are compared as a whole.
Result<LoadedSidePtr> wholeSide(const LoadedSidePtr& side, Progress& progress)
{
    auto whole = std::make_shared<LoadedSide>(*side);
    for (AnalysisPtr& run : whole->side.runs) {
        if (run->metric == MetricId{0} && run->options == AnalysisOptions())
            continue;
        Result<AnalysisPtr> all = analyse(run->profile, MetricId{0}, progress);
        if (!all)
            return all.error();
        run = *all;
    }
    return LoadedSidePtr(std::move(whole));
}

Result<LoadedSidePtr> loadSide(const SideSource& source, Progress& progress)
{
    if (source.loaded)
        return wholeSide(source.loaded, progress);
    auto loaded = std::make_shared<LoadedSide>();
    loaded->paths = source.paths;
    for (const QString& path : source.paths) {
        Result<AnalysisPtr> run = loadAnalysis(path, progress);
        if (!run) {
            Error error = run.error();
            if (source.paths.size() > 1)
                error.message = QFileInfo(path).fileName().toStdString() + ": " + error.message;
            return error;
        }
        loaded->side.runs.push_back(*run);
    }
    loaded->side.name = QFileInfo(source.paths.front()).fileName().toStdString();
    if (source.paths.size() > 1)
        loaded->side.name += " and " + std::to_string(source.paths.size() - 1) + " more";
    return LoadedSidePtr(std::move(loaded));
}

/// Both sides, the second one by another thread, if the system has one: two files take little longer than the larger
/// one.
std::pair<Result<LoadedSidePtr>, Result<LoadedSidePtr>> loadSides(const SideSource& before, const SideSource& after,
                                                                  Progress& progress)
{
    using namespace std::chrono_literals;
    Progress other;
    auto second = std::async(kHelperThread, [&] { return withinMemory([&] { return loadSide(after, other); }); });
    Result<LoadedSidePtr> first = withinMemory([&] { return loadSide(before, progress); });
    if (!first)
        other.cancel();
    while (second.wait_for(20ms) == std::future_status::timeout) {
        if (!progress.advanceTo(progress.done()))
            other.cancel();
    }
    return {std::move(first), second.get()};
}

Result<LoadedAnalysis> compareSides(const SideSource& before, const SideSource& after, const CompareOptions& options,
                                    const AnalysisPtr& from, NewRun newRun, Progress& progress)
{
    const auto [beforeSide, afterSide] = loadSides(before, after, progress);
    if (!beforeSide)
        return beforeSide.error();
    if (!afterSide)
        return afterSide.error();
    if (newRun == NewRun::Whole && isPartial((*afterSide)->side) && !isPartial((*beforeSide)->side))
        return notWhole();
    const auto width = from ? CompareWidth(from->metric.value) : CompareWidth::Larger;
    const Result<AnalysisPtr> analysis =
        analyseComparison((*beforeSide)->side, (*afterSide)->side, options, width, progress);
    if (!analysis)
        return analysis.error();
    LoadedAnalysis loaded{.analysis = *analysis, .before = *beforeSide, .after = *afterSide, .from = from};
    if (from)
        loaded.frames = equalFrames(from->frames(), (*analysis)->frames());
    loaded.change = (*analysis)->comparison->verdict.title;
    return loaded;
}

/// What there is of a file so far, ready to be shown in place of what there was `before`.
Result<LoadedAnalysis> partOf(const Snapshot& snapshot, const AnalysisPtr& before, Progress& progress)
{
    const Result<AnalysisPtr> analysis = analyse(snapshot.profile, MetricId{0}, progress);
    if (!analysis)
        return analysis.error();
    LoadedAnalysis part{.analysis = *analysis, .from = before, .readShare = snapshot.readShare};
    if (before)
        part.frames = equalFrames(before->frames(), (*analysis)->frames());
    return part;
}

} // namespace

struct AsyncLoader::Job {
    Snapshots snapshots;
    Progress progress;
};

AsyncLoader::AsyncLoader(QObject* parent) : QObject(parent)
{
    m_poll.setInterval(kPollMs);
    m_readers.setMaxThreadCount(kMostReaders);
    keepThreads(m_readers);
    connect(&m_poll, &QTimer::timeout, this, &AsyncLoader::poll);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &AsyncLoader::onRead);
}

AsyncLoader::~AsyncLoader()
{
    abandon();
}

void AsyncLoader::load(const QString& path)
{
    m_isComparison = m_isReload = false;
    m_newRun = NewRun::AsItIs;
    start(path, [path](Job& job) -> Result<LoadedAnalysis> {
        Result<AnalysisPtr> analysis = loadAnalysis(path, job.progress, &job.snapshots);
        if (!analysis)
            return analysis.error();
        return LoadedAnalysis{.analysis = *analysis};
    });
}

void AsyncLoader::loadText(const QByteArray& text, const QString& path)
{
    m_isComparison = m_isReload = false;
    m_newRun = NewRun::AsItIs;
    start(path, [text](Job& job) -> Result<LoadedAnalysis> {
        Result<Profile> profile = parseAny({{text.constData(), std::size_t(text.size())}, {}}, {}, job.progress);
        if (!profile)
            return profile.error();
        Result<AnalysisPtr> analysis =
            analyse(std::make_shared<const Profile>(std::move(*profile)), MetricId{0}, job.progress);
        if (!analysis)
            return analysis.error();
        return LoadedAnalysis{.analysis = *analysis};
    });
}

void AsyncLoader::reload(const QString& path, const AnalysisPtr& shown, NewRun newRun)
{
    m_isComparison = false;
    m_isReload = true;
    m_newRun = newRun;
    start(path, [path, shown, newRun](Job& job) { return loadAgain(path, shown, newRun, job.progress); });
}

void AsyncLoader::loadComparison(const SideSource& before, const SideSource& after, const CompareOptions& options,
                                 const AnalysisPtr& from, NewRun newRun)
{
    m_isComparison = true;
    m_isReload = from != nullptr;
    m_newRun = newRun;
    const QStringList& paths = after.loaded ? after.loaded->paths : after.paths;
    start(paths.value(0), [before, after, options, from, newRun](Job& job) {
        return compareSides(before, after, options, from, newRun, job.progress);
    });
}

void AsyncLoader::start(const QString& path, Work work)
{
    abandon();
    m_path = path;
    m_job = std::make_shared<Job>();
    m_soFar.reset();
    m_isLoading = true;
    m_since.start();
    m_poll.start();
    // The worker owns what it needs by value.
    m_reading.setFuture(QtConcurrent::run(&m_readers, [work = std::move(work), job = m_job]() -> LoadResult {
        return std::make_shared<Result<LoadedAnalysis>>(withinMemory([&] { return work(*job); }));
    }));
}

void AsyncLoader::cancel()
{
    if (!m_isLoading)
        return;
    abandon();
    emit failed(m_path, {ErrorKind::Cancelled, {}});
}

/// Stops listening at once; the workers notice when they next look.
void AsyncLoader::abandon()
{
    if (m_job)
        m_job->progress.cancel();
    if (m_analysing)
        m_analysing->cancel();
    m_job.reset(); // with the last part that nobody took; a closed profile's memory goes back
    m_analysing.reset();
    m_reading.setFuture({});
    m_soFar.reset();
    m_poll.stop();
    m_isLoading = false;
}

void AsyncLoader::poll()
{
    if (m_since.elapsed() >= kQuietMs)
        emit progressed(m_job->progress.done(), m_job->progress.total(), m_since.elapsed());
    if (m_analysing || !m_isLoading) // who was told may have cancelled
        return;
    if (const Snapshot snapshot = m_job->snapshots.take(); snapshot.profile)
        showPart(snapshot);
}

/// Makes a part ready on a worker, and tells of it unless the whole has come meanwhile.
void AsyncLoader::showPart(const Snapshot& snapshot)
{
    m_analysing = std::make_shared<Progress>();
    const auto analysePart = [snapshot, before = m_soFar, progress = m_analysing]() -> LoadResult {
        return std::make_shared<Result<LoadedAnalysis>>(
            withinMemory([&] { return partOf(snapshot, before, *progress); }));
    };
    runThen(this, analysePart, [this, progress = m_analysing](const LoadResult& result) {
        if (progress != m_analysing)
            return;
        m_analysing.reset();
        if (!*result)
            return;
        m_soFar = (*result)->analysis;
        emit partlyLoaded(m_path, **result);
    });
}

void AsyncLoader::onRead()
{
    // The empty future that abandon() left counts as finished, and may tell so while the next one runs.
    if (!m_isLoading || !m_reading.isFinished() || m_reading.isCanceled())
        return;
    const Result<LoadedAnalysis> result = *m_reading.result();
    const AnalysisPtr soFar = m_soFar;
    if (!result || !soFar) {
        abandon(); // no part comes after the end
        result ? emit loaded(m_path, *result) : emit failed(m_path, result.error());
        return;
    }
    // What was seen of it already is found again in the whole.
    if (m_analysing)
        m_analysing->cancel();
    m_poll.stop();
    m_analysing = std::make_shared<Progress>();
    const auto match = [from = soFar->profile, to = result->analysis->profile] {
        return equalFrames(from->frames, to->frames);
    };
    onWorker(this, match, [this, soFar, whole = *result, progress = m_analysing](const FrameMap& frames) mutable {
        if (progress != m_analysing)
            return;
        if (!frames.empty()) { // else memory ran out
            whole.from = soFar;
            whole.frames = frames;
        }
        abandon();
        emit loaded(m_path, whole);
    });
}

} // namespace sundial
