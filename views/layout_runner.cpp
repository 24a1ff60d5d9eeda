// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/layout_runner.h"

#include "views/on_worker.h"

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

LayoutRunner::LayoutRunner(QObject* parent) : QObject(parent) {}

LayoutRunner::~LayoutRunner()
{
    cancel();
}

void LayoutRunner::cancel()
{
    if (m_progress)
        m_progress->cancel();
    m_progress.reset(); // a stale result finds another one
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
        const auto job = [analysis, progress = m_progress] { return layOut(analysis, *progress); };
        onWorker(this, job, [this, progress = m_progress](const IcicleLayoutPtr& layout) {
            if (progress != m_progress)
                return;
            m_layout = layout;
            m_progress.reset();
            if (layout)
                emit finished();
        });
    }
    return m_layout;
}

} // namespace sundial
