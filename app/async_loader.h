// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a file without stopping the window: read, parse and analyse on a worker.
#pragma once

#include "model/analysis.h"
#include "model/diff.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace sundial
{

/// One load at a time: starting another cancels the first, whose result is dropped. Signals come on the UI thread.
class AsyncLoader : public QObject
{
    Q_OBJECT

public:
    explicit AsyncLoader(QObject* parent = nullptr);
    ~AsyncLoader() override;

    void load(const QString& path);
    /// Loads both sides, several runs a side if several paths are given, and compares them.
    void loadComparison(const QStringList& before, const QStringList& after, const CompareOptions& options = {});
    void cancel();
    bool isLoading() const { return m_isLoading; }
    const QString& path() const { return m_path; }
    /// Whether two sides are loading, or were loaded last.
    bool isComparison() const { return m_isComparison; }

signals:
    void loaded(const QString& path, const sundial::AnalysisPtr& analysis);
    void failed(const QString& path, const sundial::Error& error);
    /// From 200 ms after the start, ten times a second: bytes done and in all (0: not known).
    void progressed(quint64 done, quint64 total, qint64 elapsedMs);

private:
    using LoadResult = std::shared_ptr<Result<AnalysisPtr>>; ///< QFuture wants its results default-constructible.

    void start(const QString& path, std::function<Result<AnalysisPtr>(Progress&)> job);
    void finish();

    QString m_path;
    std::shared_ptr<Progress> m_progress;
    QFutureWatcher<LoadResult> m_watcher;
    QTimer m_poll; ///< Runs only while a load does.
    QElapsedTimer m_since;
    bool m_isLoading = false;
    bool m_isComparison = false;
};

} // namespace sundial
