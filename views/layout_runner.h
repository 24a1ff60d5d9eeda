// SPDX-License-Identifier: GPL-3.0-or-later
// Lays trees out away from the UI thread.
#pragma once

#include "model/analysis.h"
#include "views/layout/icicle_layout.h"

#include <QObject>

namespace sundial
{

/// Holds the boxes of one analysis: at once where the tree is small, so that nothing flickers, else from a worker.
/// Another analysis cancels what runs.
class LayoutRunner : public QObject
{
    Q_OBJECT

public:
    explicit LayoutRunner(QObject* parent = nullptr);
    ~LayoutRunner() override;

    /// The boxes of `analysis`, or null until finished() tells that they are there.
    const IcicleLayoutPtr& layout(const AnalysisPtr& analysis);

signals:
    void finished();

private:
    void cancel();

    AnalysisPtr m_analysis;
    IcicleLayoutPtr m_layout;
    std::shared_ptr<Progress> m_progress; ///< Of the worker that lays out, or null.
};

} // namespace sundial
