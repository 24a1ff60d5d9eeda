// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does to the profile that is open: metric, threads, filters, direction. Computed on a worker.
#pragma once

#include "views/view_context.h"

#include <QUndoStack>

namespace sundial
{

/// Replaces the context's analysis by one of the same profile. Requests add up: what is asked while a worker still
/// computes starts from what that one was asked for, and cancels it. Filters can be undone, by name.
class Pipeline : public QObject
{
    Q_OBJECT

public:
    explicit Pipeline(ViewContext* context, QObject* parent = nullptr);
    ~Pipeline() override;

    /// While parts of a file are shown, nothing can be asked of them; the undo steps are about the profile that was
    /// open before, which may come back.
    void setPaused(bool isPaused) { m_isPaused = isPaused; }
    /// Whether there is a tree to filter: one whole profile, with paths or arcs.
    bool canFilter() const;
    /// Why the tree cannot be turned over, for a tooltip; empty if it can.
    QString whyNotInverted() const;
    /// Why a filter of this kind has nothing to hide in this profile, for a tooltip; empty if it may have.
    QString whyNotHidden(FilterKind kind) const;
    /// What was asked for last; it may not be shown yet.
    const AnalysisOptions& options() const { return m_options; }
    bool isBusy() const { return m_progress != nullptr; }

    /// A step that takes no function is taken back if it is there already; any other is added once.
    void addFilter(const FilterStep& step);
    void removeFilter(int index);
    void clearFilters();
    void setMetric(MetricId metric);
    void setLanes(const std::vector<LaneId>& lanes);
    /// Of a memory capture, as in AnalysisOptions.
    void setAllocator(std::optional<std::uint32_t> allocator);
    /// Of the profile's time; none is all of it.
    void setRange(std::optional<ProfileRange> range);
    void setInverted(bool inverted);
    QUndoStack* undoStack() { return &m_undo; }

signals:
    /// The context shows what was asked for.
    void applied();

private:
    friend class FilterCommand;

    void onAnalysisChanged();
    void pushFilters(std::vector<FilterStep> filters, const QString& name);
    void dropForeignRange();
    void start();
    void finish(const AnalysisPtr& analysis);

    ViewContext* m_context;
    ProfilePtr m_profile;
    std::pair<const void*, const void*> m_document; ///< What the undo steps are about.
    MetricId m_metric;
    AnalysisOptions m_options;
    std::shared_ptr<Progress> m_progress; ///< Of the worker whose result is waited for, or null.
    QUndoStack m_undo;
    bool m_isPaused = false;
};

/// "hide importlib", as chips and undo name it.
QString filterName(const Analysis& analysis, const FilterStep& step);
/// "Hide importlib (time goes to callers)", as menus offer it.
QString filterOffer(const Analysis& analysis, const FilterStep& step);

} // namespace sundial
