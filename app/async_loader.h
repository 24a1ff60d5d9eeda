// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a file without stopping the window: read, parse and analyse on a worker.
#pragma once

#include "model/compare_analysis.h"
#include "model/frame_map.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>

namespace sundial
{

struct Snapshot;

/// One side of a comparison: what was read, and the files it was read from.
struct LoadedSide {
    QStringList paths; ///< Empty if there are none any more: a former run of a file that was written anew.
    ComparedSide side;
};
using LoadedSidePtr = std::shared_ptr<const LoadedSide>;

/// A side that is there already, or the files to read it from.
struct SideSource {
    QStringList paths;
    LoadedSidePtr loaded; ///< If set, nothing is read.
};

/// Whether a file that ends too early will do in place of what is shown.
enum class NewRun {
    AsItIs,
    Whole, ///< It fails with Truncated, unless what is shown ends too early as well: it may still be written.
};

/// What a worker has made ready to be shown.
struct LoadedAnalysis {
    AnalysisPtr analysis;
    LoadedSidePtr before{}, after{}; ///< Of a comparison.
    /// What it goes on from, where it is more of the same file or another run: zoom and selection are found again
    /// through `frames`. Null: a profile of its own.
    AnalysisPtr from{};
    FrameMap frames{};
    std::string change{}; ///< Of a reload: the verdict on the run before and this one, in a sentence.
    double readShare = 1; ///< Below 1: so much of the file has been read so far.
};

/// One load at a time: starting another cancels the first, whose result is dropped. Signals come on the UI thread.
class AsyncLoader : public QObject
{
    Q_OBJECT

public:
    explicit AsyncLoader(QObject* parent = nullptr);
    ~AsyncLoader() override;

    /// Tells of parts with partlyLoaded() while a large file is read.
    void load(const QString& path);
    /// A profile that is no file: what was pasted. `path` stands for it in signals.
    void loadText(const QByteArray& text, const QString& path);
    /// The same file anew, with what is asked of `shown`: metric, threads, filters, direction.
    void reload(const QString& path, const AnalysisPtr& shown, NewRun newRun = NewRun::AsItIs);
    /// Makes both sides ready, several runs a side if several paths are given, and compares them. `from`: the
    /// comparison that this one goes on from, if any.
    void loadComparison(const SideSource& before, const SideSource& after, const CompareOptions& options = {},
                        const AnalysisPtr& from = {}, NewRun newRun = NewRun::AsItIs);
    /// Emits failed() with Cancelled, at once, if something is loading.
    void cancel();
    bool isLoading() const { return m_isLoading; }
    const QString& path() const { return m_path; }
    /// Whether two sides are loading, or were loaded last.
    bool isComparison() const { return m_isComparison; }
    bool isReload() const { return m_isReload; }
    /// Whether what is loading, or was loaded last, has to be whole.
    bool wantsWhole() const { return m_newRun == NewRun::Whole; }

signals:
    void loaded(const QString& path, const sundial::LoadedAnalysis& loaded);
    /// What there is so far of a file that is still being read. loaded() or failed() follows.
    void partlyLoaded(const QString& path, const sundial::LoadedAnalysis& soFar);
    void failed(const QString& path, const sundial::Error& error);
    /// From 200 ms after the start: bytes done and in all (0: not known).
    void progressed(quint64 done, quint64 total, qint64 elapsedMs);

private:
    template <class T> using Shared = std::shared_ptr<T>; ///< QFuture wants its results default-constructible.
    using LoadResult = Shared<Result<LoadedAnalysis>>;

    struct Job; ///< What worker and window share.
    using Work = std::function<Result<LoadedAnalysis>(Job&)>;

    void start(const QString& path, Work work);
    void abandon();
    void poll();
    void onRead();
    void showPart(const Snapshot& snapshot);

    QString m_path;
    Shared<Job> m_job;
    QThreadPool m_readers; ///< Their own: whatever else is computed need not wait until a file is read.
    QFutureWatcher<LoadResult> m_reading;
    Shared<Progress> m_analysing; ///< Of the part that is made ready; null if none is.
    AnalysisPtr m_soFar;          ///< What partlyLoaded() has told of last.
    QTimer m_poll;                ///< Runs only while a load does.
    QElapsedTimer m_since;
    bool m_isLoading = false;
    bool m_isComparison = false;
    bool m_isReload = false;
    NewRun m_newRun = NewRun::AsItIs;
};

} // namespace sundial
