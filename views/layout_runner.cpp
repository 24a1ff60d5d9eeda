// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/layout_runner.h"

#include <QtConcurrent>

namespace sundial
{

namespace
{

constexpr std::uint32_t kAtOnce = 20'000; // nodes; 2 ms

IcicleLayoutPtr layOut(const AnalysisPtr& analysis, Progress& progress)
{
    return std::make_shared<const IcicleLayout>(analysis->tree, analysis->metric, progress);
}

} // namespace

LayoutRunner::LayoutRunner(QObject* parent) : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (m_watcher.isCanceled() || !m_progress || m_progress->isCancelled())
            return;
        m_layout = m_watcher.result();
        m_progress.reset();
        emit finished();
    });
}

LayoutRunner::~LayoutRunner()
{
    cancel();
}

void LayoutRunner::cancel()
{
    if (m_progress)
        m_progress->cancel();
    m_progress.reset();
    m_watcher.setFuture({}); // a stale result finds no one
}

const IcicleLayoutPtr& LayoutRunner::layout(const AnalysisPtr& analysis)
{
    if (analysis == m_analysis)
        return m_layout;
    cancel();
    m_analysis = analysis;
    m_layout.reset();
    if (!analysis)
        return m_layout;
    m_progress = std::make_shared<Progress>();
    if (analysis->tree.size() <= kAtOnce) {
        m_layout = layOut(analysis, *m_progress);
        m_progress.reset();
    } else {
        m_watcher.setFuture(
            QtConcurrent::run([analysis, progress = m_progress] { return layOut(analysis, *progress); }));
    }
    return m_layout;
}

} // namespace sundial
